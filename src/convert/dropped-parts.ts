import type { ComposeMount, ComposeVolume } from '../dialects/compose/compose.js';
import type { Loss } from '../forms/loss.js';
import { printComposeLong, printComposeShort } from '../forms/print-compose.js';
import type { Mount } from '../mount/mount.js';
import { parseVolume } from '../spec/parse.js';

/**
 * What an entry of a Compose file says and its mount does not: words that Compose takes and drops. Everything that is written
 * is looked for in the mount as Compose would be told it.
 */
export function droppedParts({ volume }: ComposeMount, mount: Mount): readonly Loss[] {
  if (volume === undefined) return [];
  const dropped =
    typeof volume === 'string'
      ? droppedWords(volume, mount)
      : droppedKeys(volume, printComposeLong(mount).volume);
  // No form can express it except the one that creates the volume.
  const isMade =
    mount.type === 'volume' && Object.keys({ ...mount.labels, ...mount.driverOptions }).length > 0;
  const relabel = mount.type === 'volume' && !isMade && !mount.driver ? mount.relabel : undefined;
  return dropped
    .filter((part) => part !== relabel)
    .map((part): Loss => {
      if (mount.type === 'volume' && /^[zZ]$/.test(part))
        return {
          field: 'relabel',
          // What local volumes get anyway.
          kind: part === 'z' ? 'none-here' : 'changed',
          why:
            mount.relabel === part
              ? `next to the volume's own driver, options and labels \`${part}\` is not carried over`
              : `Compose relabels a volume for SELinux since 2.35.1, and did not before: \`${part}\` is not carried over`,
        };
      if (part.startsWith('volume.labels'))
        return {
          field: 'labels',
          kind: 'changed',
          why: `Compose since 2.35 passes \`${part}\` to the engine, which labels a volume that it makes: it is not carried over`,
        };
      return {
        field: 'dropped',
        kind: 'none-here',
        why: `Compose takes \`${part}\` here, and does nothing about it`,
      };
    });
}

function droppedWords(volume: string, mount: Mount): readonly string[] {
  const written = parseVolume(volume).options.map(({ value }) => value);
  const short = printComposeShort(mount)?.volume;
  const said = typeof short === 'string' ? parseVolume(short).options.map(({ value }) => value) : [];
  return written.filter((word) => word !== '' && word !== 'rw' && !said.includes(word));
}

/** Keys of the long syntax with a value that says something, by their path. */
function droppedKeys(
  written: object,
  said: ComposeVolume | string | undefined,
  path = '',
): readonly string[] {
  return Object.entries(written).flatMap(([key, value]: [string, unknown]): readonly string[] => {
    if (key.startsWith('x-') || (path === '' && LOWERED.has(key))) return [];
    const other: unknown =
      typeof said === 'object' && Object.hasOwn(said, key)
        ? (said as unknown as Record<string, unknown>)[key]
        : undefined;
    if (typeof value === 'object' && value !== null)
      return droppedKeys(value, other as ComposeVolume | undefined, `${path}${key}.`);
    return other !== undefined || isDefault(value) ? [] : [`${path}${key}`];
  });
}

/** What every mount has; what became of it is not the same text. */
const LOWERED: ReadonlySet<string> = new Set(['type', 'source', 'target']);

function isDefault(value: unknown): boolean {
  return (
    value === false ||
    value === '' ||
    value === 0 ||
    value === 0n ||
    value === 'enabled' ||
    value === undefined
  );
}
