import type { RunFlag, RunLoss } from '../container/run-fields.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { CONTAINER_FLAGS } from '../dialects/docker/tables/docker-flags.js';
import { lackingFlag } from '../dialects/docker/tables/lacking-flag.js';
import { quoteWord } from '../readers/shell/encode.js';
import { operand } from '../text/operand.js';
import type { DescribedMount, MountList } from './described-mount.js';
import { type ForeignHole, fillHoles } from './variables.js';
import { flagLines, type MountOutcome, shellText, type WriteOptions, writeMounts } from './write-mounts.js';

/** A container for `docker run`, unknown parts of its texts as marks. */
export interface RunContainer {
  readonly flags: readonly RunFlag[];
  /** What goes before the command. */
  readonly words: readonly string[];
  readonly mounts: readonly MountOutcome[];
  readonly image: string;
  readonly command: readonly string[];
  readonly holes: ReadonlyMap<string, ForeignHole>;
}

const SHORT: ReadonlyMap<string, string> = new Map(
  CONTAINER_FLAGS.flatMap(({ name, short }) =>
    short !== undefined && /^[deitpv]$/.test(short) ? [[name, `-${short}`] as const] : [],
  ),
);
const SWITCHES: ReadonlySet<string> = new Set(
  CONTAINER_FLAGS.flatMap(({ name, kind }) => (kind === 'bool' ? [name] : [])),
);

/** The words of a command as a shell must see them; undefined where a variable in them has no name there. */
export function shellLine(
  words: readonly string[],
  holes: ReadonlyMap<string, ForeignHole>,
): string | undefined {
  const quoted = words.map((word) =>
    fillHoles(word, holes, 'shell') === undefined ? undefined : quoteWord(shellText(word, holes), 0)?.value,
  );
  return quoted.includes(undefined) ? undefined : quoted.join(' ');
}

/** Whether a shell has a name for all that is unknown in a text. */
export const isSayable = (text: string, holes: ReadonlyMap<string, ForeignHole>): boolean =>
  fillHoles(text, holes, 'shell') !== undefined;

/** The mounts by the flags that say them exactly: each by that which docker sends to the same place, if it can. */
export function runMounts(list: MountList, options: WriteOptions): readonly MountOutcome[] {
  const outcomes = new Map(
    (['volume', 'mount', 'tmpfs'] as const).map((form) => [form, writeMounts(list, form, options)]),
  );
  const first = list.omitted.length;
  return outcomes.get('volume')!.map((short, i) => {
    const one = list.mounts[i - first];
    const own = one === undefined ? ORDER.other : ORDER[placeOf(one)];
    return own.map((form) => outcomes.get(form)![i]!).find(({ exact }) => exact) ?? short;
  });
}

const ORDER = {
  tmpfs: ['tmpfs', 'mount'],
  mounts: ['mount', 'volume', 'tmpfs'],
  other: ['volume', 'mount', 'tmpfs'],
} as const;

/** Where the engine was told of it: `Tmpfs`, `Mounts`, or in `Binds`. */
function placeOf({ from, form, mount }: DescribedMount): keyof typeof ORDER {
  if (from.startsWith('{')) return 'mounts';
  return mount.type === 'tmpfs' && form !== 'compose' ? 'tmpfs' : 'other';
}

/** The flags that these dockers have, and a word of each that some of them lack. */
export function knownFlags(
  flags: RunContainer['flags'],
  dialects: readonly Dialect[],
): {
  readonly flags: RunContainer['flags'];
  readonly losses: readonly (RunLoss & { readonly flag: string })[];
} {
  const losses: (RunLoss & { flag: string })[] = [];
  const kept = flags.flatMap((one): RunContainer['flags'] => {
    const { field, values } = one;
    const lacking = lackingFlag(field.flag, values.length > 1, dialects);
    if (lacking === undefined) return [one];
    const what = lacking.isOne ? `takes one \`--${field.flag}\` only` : `has no \`--${field.flag}\``;
    const why = `docker before ${lacking.since.replace(/\.0$/, '')} ${what}`;
    const flag = field.flag;
    losses.push({
      key: field.inspect ?? field.api ?? flag,
      flag,
      kind: lacking.all ? 'impossible' : 'changed',
      why,
    });
    if (!lacking.all) return [one];
    return lacking.isOne ? [{ field, values: values.slice(0, 1) }] : [];
  });
  return { flags: kept, losses };
}

/** The command that runs the container, on one line. */
export function runLine({ flags, mounts, image, words, command, holes }: RunContainer): string {
  const said = flags.flatMap(({ field: { flag }, values }) => {
    const name = SHORT.get(flag) ?? `--${flag}`;
    return values.flatMap((value) => {
      if (!SWITCHES.has(flag)) return [name, value];
      return value === 'true' ? [name] : [`--${flag}=${value}`];
    });
  });
  const line = (all: readonly string[]) => shellLine(all, holes) ?? '';
  return [
    line(['docker', 'run', ...said]),
    ...flagLines(mounts),
    line([...operand(image), ...words, ...command]),
  ].join(' ');
}
