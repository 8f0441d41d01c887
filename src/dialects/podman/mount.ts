import { quoteGo } from '../../go/text.js';
import type { MountField, MountSpec } from '../../spec/ast.js';
import { parseMount } from '../../spec/parse.js';
import type { Range } from '../../text/range.js';
import { csvError } from '../docker/client/csv-error.js';
import { type MountKeyRow, type MountValue, rowsOf, typesOf } from './mount-keys.js';
import { type PodmanMount, type PodmanVerdict, refuse } from './verdict.js';
import type { PodmanFacts } from './versions.js';
import { checkVolumeName } from './volume.js';
import { checkWords, isRefusal, PROPAGATIONS } from './words.js';

type MountType = PodmanMount['type'];

/** What `podman create --mount SPEC` says. What only the machine can say (missing files, images, volumes) is left out. Total. */
export function judgeMount(spec: string, podman: PodmanFacts): PodmanVerdict {
  const node = parseMount(spec);
  const whole = { start: 0, end: spec.length };
  if (node.problem !== undefined && node.problem.kind !== 'empty-spec')
    return refuse(csvError(node, node.problem), node.problem.range);
  const named = node.fields.find(
    ({ key, value }) => key.value === 'type' && value?.value.includes('=') === false,
  );
  if (node.fields.length === 0 || (named === undefined && !podman.defaultsToVolume))
    return refuse(
      `incorrect mount format: should be --mount type=<bind|${podman.globAndRamfs ? 'glob|' : ''}tmpfs|volume>,[src=<host-dir|volume-name>,]target=<ctr-dir>[,options]`,
      whole,
    );
  const type = named?.value?.value ?? 'volume';
  if (!isType(type, podman)) return refuse(`invalid filesystem type ${quoteGo(type)}`, named!.value!.range);
  return new Reader(node, type, podman).read(node.fields.filter((field) => field !== named));
}

const isType = (type: string, podman: PodmanFacts): type is MountType =>
  typesOf(podman).some((one) => one === type);

class Reader {
  readonly #whole: Range;
  readonly #rows: readonly MountKeyRow[];
  readonly #seen = new Set<MountKeyRow>();
  readonly #words: { value: string; range: Range }[] = [];
  #source: { value: string; range: Range } | undefined;
  #target: string | undefined;
  #late: PodmanVerdict | undefined;

  constructor(
    node: MountSpec,
    private readonly type: MountType,
    private readonly podman: PodmanFacts,
  ) {
    this.#whole = { start: 0, end: node.text.length };
    this.#rows = rowsOf(podman);
  }

  read(fields: readonly MountField[]): PodmanVerdict {
    for (const field of fields) {
      const refusal = this.#enter(field);
      if (refusal !== undefined) return refusal;
    }
    return this.#finish();
  }

  #enter(field: MountField): PodmanVerdict | undefined {
    const { key, value, range } = field;
    const name = key.value;
    const named = this.#rows.filter(({ keys }) => keys.split(' ').includes(name));
    const row = named.find(({ types }) => types.split(' ').includes(this.type));
    if (row === undefined)
      return this.#refuseKey(
        field,
        named.some(({ isTyped }) => isTyped),
      );
    if (row.once && this.#seen.has(row))
      return refuse(
        `cannot pass ${row.oneOf ?? `${quoteGo(name)} option`} more than once: must provide an argument for option`,
        range,
      );
    this.#seen.add(row);
    if (value === undefined && row.value !== undefined && NEEDED.has(row.value))
      return refuse(`${name}: must provide an argument for option`, range);
    return refuseValue(row.value, field, this.type, this.podman) ?? this.#keep(row, field);
  }

  #keep({ value: kind, isWord }: MountKeyRow, { key, value, range }: MountField): PodmanVerdict | undefined {
    const text = value?.value ?? '';
    switch (kind) {
      case 'source':
        // An empty one stood for none, and the last one counted.
        this.#source = text === '' ? undefined : { value: text, range: value!.range };
        return undefined;
      case 'target':
        this.#target = text;
        return undefined;
      case 'propagation':
        this.#words.push({ value: text, range: value!.range });
        return undefined;
      case 'relabel':
        this.#words.push({ value: text === 'shared' ? 'z' : 'Z', range });
        return undefined;
      default:
        if (isWord && (kind === undefined || kind === 'any')) this.#words.push({ value: key.value, range });
        return undefined;
    }
  }

  #refuseKey({ key, range }: MountField, isOfOther: boolean): PodmanVerdict | undefined {
    const name = key.value;
    if (!isOfOther || !typesWithOneParser.has(this.type))
      return refuse(`${name}: invalid mount option`, key.range.end > key.range.start ? key.range : range);
    if (name.includes('subpath'))
      return refuse(`cannot set option ${quoteGo(name)} on non-volume mounts`, range);
    if (name !== 'noswap')
      return refuse(`${quoteGo(name)} option not supported for ${quoteGo(this.type)} mount types`, range);
    // Looked at once all keys are read.
    this.#late ??=
      this.type === 'volume'
        ? refuse("the 'noswap' option is only allowed with tmpfs mounts: invalid mount option", range)
        : refuse('invalid option type "noswap"', range);
    return undefined;
  }

  #finish(): PodmanVerdict {
    const source = this.#source;
    if (this.type === 'image' && (source === undefined || this.#target === undefined))
      return refuse('must set source and destination for image volume', this.#whole);
    if (this.#target === undefined && this.type !== 'glob')
      return refuse('must set volume destination', this.#whole);
    if (this.#late !== undefined) return this.#late;
    const kept = checkWords(this.#words, this.podman);
    if (isRefusal(kept)) return kept;
    const label = this.#words.find(({ value }) => value === 'z' || value === 'Z');
    if (this.type === 'tmpfs' && label !== undefined)
      return refuse(
        "the 'z' and 'Z' options are not allowed with tmpfs mounts: invalid mount option",
        label.range,
      );
    const badName = this.type === 'volume' && source !== undefined ? checkVolumeName(source) : undefined;
    if (badName !== undefined) return badName;
    const target = this.#target ?? source?.value ?? '';
    return {
      kind: 'accepted',
      mount: {
        type: this.type,
        source: source?.value ?? (this.type === 'bind' ? target : undefined),
        target,
        words: kept,
      },
    };
  }
}

const typesWithOneParser = new Set<MountType>(['bind', 'volume', 'tmpfs', 'glob', 'ramfs']);

const NEEDED: ReadonlySet<MountValue> = new Set(['source', 'target', 'needed', 'absolute', 'propagation']);

const notBoolean = (keys: string, text = ''): string =>
  `${keys} must be set to true or false, instead received ${quoteGo(text)}: must provide an argument for option`;

/** What is wrong with the value of a key, which is there where it must be. */
function refuseValue(
  kind: MountValue | undefined,
  { key: { value: name }, value, range }: MountField,
  type: MountType,
  podman: PodmanFacts,
): PodmanVerdict | undefined {
  const text = value?.value;
  const refuseUnless = (isRight: boolean, why: string, at = range) => (isRight ? undefined : refuse(why, at));
  const isBoolean = text === undefined || /^(?:true|false)$/i.test(text);
  switch (kind) {
    case 'source':
      return refuseUnless(
        text !== '' || (type === 'volume' && !podman.oneMountParser),
        'host directory cannot be empty: must provide an argument for option',
      );
    case 'no-source':
      return refuse(`source is not supported with ${type} mounts`, range);
    case 'target':
    case 'absolute':
      if (kind === 'target' && text === '') return refuse('container directory cannot be empty', range);
      return refuseUnless(
        text!.startsWith('/'),
        kind === 'target'
          ? `invalid container path ${quoteGo(text!)}, must be an absolute path`
          : `volume subpath ${quoteGo(text!)} must be an absolute path`,
        value!.range,
      );
    case 'boolean':
      return refuseUnless(
        isBoolean || (text === '' && !podman.refusesEmptyChown),
        notBoolean("'U' or 'chown'", text),
      );
    case 'read-only':
      return refuseUnless(isBoolean || podman.oneMountParser, notBoolean("'readonly', 'ro', or 'rw'", text));
    case 'exact-boolean':
      return refuseUnless(
        text === 'true' || text === 'false',
        text === undefined && podman.bareImageWriteCrashes
          ? 'panic: runtime error: index out of range [1] with length 1'
          : `invalid rw value ${quoteGo(text ?? '')}: invalid mount option`,
      );
    case 'propagation':
      return refuseUnless(
        !podman.checksPropagation || PROPAGATIONS.has(text!),
        `invalid value ${quoteGo(`${name}=${text}`)}`,
        value!.range,
      );
    case 'relabel':
      return refuseUnless(
        text === 'shared' || text === 'private',
        "relabel mount option must be 'private' or 'shared': invalid mount option",
      );
    case 'driver-option':
      return refuseUnless(text?.includes('=') === true, 'cannot parse driver opts: invalid mount option');
    case 'never':
      return refuse(`the --${name} option is not presently implemented`, range);
    default:
      return undefined;
  }
}
