import { readFlagWord } from '../dialects/docker/client/flag-word.js';
import type { DockerFlag } from '../dialects/docker/tables/docker-flags.js';
import { makeFlagTable } from '../dialects/docker/tables/flag-table.js';
import { operand } from '../text/operand.js';
import { displayText, type SpecText } from '../text/spec-text.js';
import type { ComposeValue, SaidFlags, ToldService, ValueKind } from './field.js';
import { FLAG, hasMark, last, mapIn, PAIRS, TEXT } from './kinds.js';

/** The options of `docker network create` and `docker volume create`. */
interface MadeField {
  readonly flag: string;
  readonly short?: string;
  /** Its path among what a Compose file declares of the thing; absent where there is none. */
  readonly key?: string;
  readonly kind: ValueKind;
}

const ADDRESSES = ['subnet', 'gateway', 'ip-range', 'aux-address'] as const;

/** Compose has a list of address ranges; docker sorts several into such ranges itself. */
const range = (flag: (typeof ADDRESSES)[number], kind: ValueKind = TEXT): MadeField => ({
  flag,
  key: `ipam.config.[].${flag === 'aux-address' ? 'aux_addresses' : flag.replace('-', '_')}`,
  kind,
});

const NETWORK_FIELDS: readonly MadeField[] = [
  { flag: 'driver', short: 'd', key: 'driver', kind: TEXT },
  { flag: 'opt', short: 'o', key: 'driver_opts', kind: PAIRS },
  { flag: 'label', key: 'labels', kind: PAIRS },
  { flag: 'internal', key: 'internal', kind: FLAG },
  { flag: 'attachable', key: 'attachable', kind: FLAG },
  { flag: 'ipv6', key: 'enable_ipv6', kind: FLAG },
  { flag: 'ipam-driver', key: 'ipam.driver', kind: TEXT },
  { flag: 'ipam-opt', key: 'ipam.options', kind: PAIRS },
  range('subnet'),
  range('gateway'),
  range('ip-range'),
  range('aux-address', PAIRS),
  { flag: 'ipv4', kind: FLAG },
  { flag: 'ingress', kind: FLAG },
  { flag: 'config-only', kind: FLAG },
  { flag: 'config-from', kind: TEXT },
  { flag: 'scope', kind: TEXT },
];

const VOLUME_FIELDS: readonly MadeField[] = [
  { flag: 'driver', short: 'd', key: 'driver', kind: TEXT },
  { flag: 'opt', short: 'o', key: 'driver_opts', kind: PAIRS },
  { flag: 'label', key: 'labels', kind: PAIRS },
  ...'availability group limit-bytes required-bytes scope secret sharing topology-preferred topology-required type'
    .split(' ')
    .map((flag): MadeField => ({ flag, kind: TEXT })),
];

const FIELDS = { network: NETWORK_FIELDS, volume: VOLUME_FIELDS };

/** No container is said anything of. */
const NOBODY: SaidFlags = {
  all: () => [],
  serviceOf: () => undefined,
  has: () => undefined,
  isPlainFile: () => false,
};

/** A network or a volume that a command makes. */
export interface MadeThing {
  readonly what: 'network' | 'volume';
  /** Absent where nothing can be declared: the losses say why. */
  readonly name?: string;
  /** What a Compose file declares of it, its name left out. */
  readonly declared: ReadonlyMap<string, ComposeValue>;
  readonly losses: readonly { readonly from: string; readonly why: string }[];
}

/** The command that makes a network or a volume as a file declares it, `docker` included; unknown parts are marks. */
export function writeMade(
  { what, name }: { readonly what: MadeThing['what']; readonly name: string },
  declared: Readonly<Record<string, ComposeValue>>,
): {
  readonly words: readonly string[];
  readonly losses: readonly { readonly key: string; readonly why: string }[];
} {
  const { flags, losses } = madeFlags(what, declared);
  const words = flags.flatMap(({ flag, values, isSwitch }) =>
    values.flatMap((value) => (isSwitch ? [`--${flag}`] : [`--${flag}`, value])),
  );
  return { words: ['docker', what, 'create', ...words, ...operand(name)], losses };
}

/** What a file declares of a network or a volume, its name left out, as flags; each key that is none of them is a loss. */
export function madeFlags(
  what: MadeThing['what'],
  declared: Readonly<Record<string, ComposeValue>>,
): {
  readonly flags: readonly {
    readonly flag: string;
    readonly key: string;
    readonly isSwitch: boolean;
    readonly values: readonly string[];
  }[];
  readonly losses: readonly { readonly key: string; readonly why: string }[];
} {
  const losses: { key: string; why: string }[] = [];
  const told = new Set(['name', 'external']);
  const service: ToldService = { containerOf: () => undefined, networkOf: (key) => key };
  const flags = FIELDS[what].flatMap(({ flag, key, kind }) => {
    if (key === undefined) return [];
    const read = valuesAt(declared, key.split('.')).map((value) => kind.fromCompose!(value, service));
    if (read.length > 0) told.add(key.replace('.[]', ''));
    for (const one of read) if ('why' in one) losses.push({ key, why: one.why });
    const values = read.flatMap((one) => ('why' in one ? [] : one.values));
    return values.length === 0 ? [] : [{ flag, key, isSwitch: kind === FLAG, values }];
  });
  const walk = (value: ComposeValue, path: string) => {
    const isInside = [...told].some((one) => one.startsWith(`${path}.`));
    // `docker compose config` writes `ipam: {}`.
    const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
    if (told.has(path) || value === null || isEmpty) return;
    if (path !== '' && !isInside) losses.push({ key: path, why: `docker ${what} create has no flag for it` });
    else if (Array.isArray(value)) for (const one of value) walk(one as ComposeValue, path);
    else
      for (const [key, one] of Object.entries(value as object))
        if (!key.startsWith('x-')) walk(one as ComposeValue, path === '' ? key : `${path}.${key}`);
  };
  walk(declared, '');
  return { flags, losses };
}

/** What stands at a path; `[]` is each item of a list. */
function valuesAt(value: ComposeValue, [first, ...rest]: readonly string[]): readonly ComposeValue[] {
  if (value === null || value === undefined) return [];
  if (first === undefined) return [value];
  if (first === '[]')
    return (Array.isArray(value) ? (value as ComposeValue[]) : []).flatMap((one) => valuesAt(one, rest));
  const own = mapIn(value);
  return Object.hasOwn(own, first) ? valuesAt(own[first] as ComposeValue, rest) : [];
}

/** Reads `docker network create …` and `docker volume create …`, `words` without `docker`; undefined for any other command. */
export function readMade(words: readonly SpecText[]): MadeThing | undefined {
  const what = words[0]?.value;
  if ((what !== 'network' && what !== 'volume') || words[1]?.value !== 'create') return undefined;
  const fields = FIELDS[what];
  const flags = fields.map(
    ({ flag, short, kind }): DockerFlag => ({ name: flag, short, kind: kind === FLAG ? 'bool' : 'value' }),
  );
  const table = makeFlagTable(flags, false);
  const values = new Map<string, string[]>();
  const names: string[] = [];
  const losses: { from: string; why: string }[] = [];
  for (let at = 2; at < words.length; ) {
    const word = words[at]!;
    if (!word.value.startsWith('-') || word.value === '-') {
      names.push(word.value);
      at++;
      continue;
    }
    const read = readFlagWord(words, at, table);
    if (read.problem !== undefined)
      losses.push({ from: displayText(word), why: `docker refuses it: ${read.problem}` });
    for (const { flag, value } of read.flags) {
      if (value.holes.length > 0)
        losses.push({
          from: `--${flag.name} ${displayText(value)}`,
          why: `what \`${displayText(value)}\` holds is not known`,
        });
      else values.set(flag.name, [...(values.get(flag.name) ?? []), value.value]);
    }
    at = read.next;
  }
  const why = unnamed(what, names);
  if (why !== undefined) {
    losses.push({ from: `docker ${what} create`, why });
    return { what, declared: new Map(), losses };
  }
  const declared = new Map<string, ComposeValue>();
  const many = (values.get('subnet') ?? []).length > 1;
  for (const { flag, key, kind } of fields) {
    const given = values.get(flag);
    if (given === undefined) continue;
    const from = `--${flag} ${last(given)}`;
    const written = kind.toCompose(given, NOBODY);
    if ('why' in written) losses.push({ from, why: written.why });
    else if (many && ADDRESSES.some((one) => one === flag))
      losses.push({ from, why: `docker decides which of several address ranges it belongs to` });
    else if (key === undefined && written.value !== undefined)
      losses.push({ from, why: `Compose has no key for it` });
    else if (key !== undefined && written.value !== undefined) declared.set(key, written.value);
  }
  return { what, name: names[0]!, declared, losses };
}

/** Why nothing can be declared of what is called so. */
function unnamed(what: MadeThing['what'], names: readonly string[]): string | undefined {
  if (names.length > 1) return 'docker refuses more than one name';
  if (names[0] === undefined)
    return what === 'network'
      ? 'docker refuses it without a name'
      : 'docker makes up a name for it, which no file can know';
  return hasMark(names[0]) ? `what the ${what} is called is not known` : undefined;
}
