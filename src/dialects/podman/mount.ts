import { quoteGo } from '../../go/text.js';
import type { MountField, MountSpec } from '../../spec/ast.js';
import { parseMount } from '../../spec/parse.js';
import type { Range } from '../../text/range.js';
import { csvError } from '../docker/client/csv-error.js';
import { type MountKeyRow, rowsOf, typesOf } from './mount-keys.js';
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
    const text = value?.value;
    const needs = (): PodmanVerdict => refuse(`${name}: must provide an argument for option`, range);
    switch (row.value) {
      case 'source':
        if (text === undefined) return needs();
        // An empty one stood for none.
        if (text === '' && this.type === 'volume' && !this.podman.oneMountParser) return undefined;
        if (text === '')
          return refuse('host directory cannot be empty: must provide an argument for option', range);
        this.#source = { value: text, range: value!.range };
        return undefined;
      case 'no-source':
        return refuse(`source is not supported with ${this.type} mounts`, range);
      case 'target':
        if (text === undefined) return needs();
        if (text === '') return refuse('container directory cannot be empty', range);
        if (!text.startsWith('/'))
          return refuse(`invalid container path ${quoteGo(text)}, must be an absolute path`, value!.range);
        this.#target = text;
        return undefined;
      case 'needed':
        return text === undefined ? needs() : undefined;
      case 'absolute':
        if (text === undefined) return needs();
        return text.startsWith('/')
          ? undefined
          : refuse(`volume subpath ${quoteGo(text)} must be an absolute path`, value!.range);
      case 'boolean':
        if (text === undefined || /^(?:true|false)$/i.test(text)) return undefined;
        if (text === '' && !this.podman.refusesEmptyChown) return undefined;
        return refuse(
          `'U' or 'chown' must be set to true or false, instead received ${quoteGo(text)}: must provide an argument for option`,
          range,
        );
      case 'read-only':
        if (this.podman.oneMountParser || text === undefined || /^(?:true|false)$/i.test(text))
          return undefined;
        return refuse(
          `'readonly', 'ro', or 'rw' must be set to true or false, instead received ${quoteGo(text)}: must provide an argument for option`,
          range,
        );
      case 'exact-boolean':
        if (text === 'true' || text === 'false') return undefined;
        return refuse(
          text === undefined && this.podman.bareImageWriteCrashes
            ? 'panic: runtime error: index out of range [1] with length 1'
            : `invalid rw value ${quoteGo(text ?? '')}: invalid mount option`,
          range,
        );
      case 'propagation':
        if (text === undefined) return needs();
        if (this.podman.checksPropagation && !PROPAGATIONS.has(text))
          return refuse(`invalid value ${quoteGo(`${name}=${text}`)}`, value!.range);
        this.#words.push({ value: text, range: value!.range });
        return undefined;
      case 'relabel':
        if (text !== 'shared' && text !== 'private')
          return refuse("relabel mount option must be 'private' or 'shared': invalid mount option", range);
        this.#words.push({ value: text === 'shared' ? 'z' : 'Z', range });
        return undefined;
      case 'driver-option':
        return text === undefined || !text.includes('=')
          ? refuse('cannot parse driver opts: invalid mount option', range)
          : undefined;
      case 'never':
        return refuse(`the --${name} option is not presently implemented`, range);
      default:
        if (row.isWord) this.#words.push({ value: name, range });
        return undefined;
    }
  }

  #refuseKey({ key, range }: MountField, isOfOther: boolean): PodmanVerdict {
    const name = key.value;
    if (!isOfOther || !typesWithOneParser.has(this.type))
      return refuse(`${name}: invalid mount option`, key.range.end > key.range.start ? key.range : range);
    if (name.includes('subpath'))
      return refuse(`cannot set option ${quoteGo(name)} on non-volume mounts`, range);
    if (name !== 'noswap')
      return refuse(`${quoteGo(name)} option not supported for ${quoteGo(this.type)} mount types`, range);
    return this.type === 'volume'
      ? refuse("the 'noswap' option is only allowed with tmpfs mounts: invalid mount option", range)
      : refuse('invalid option type "noswap"', range);
  }

  #finish(): PodmanVerdict {
    const source = this.#source;
    if (this.type === 'image' && (source === undefined || this.#target === undefined))
      return refuse('must set source and destination for image volume', this.#whole);
    if (this.#target === undefined && this.type !== 'glob')
      return refuse('must set volume destination', this.#whole);
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
