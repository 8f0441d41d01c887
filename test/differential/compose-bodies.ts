// What Compose asked the engine for, and what mountc says that the service's mounts are, as the same kind of thing.
import { composeMounts } from '../../src/convert/compose-mounts.js';
import type { DescribedMount } from '../../src/convert/described-mount.js';
import type { ComposeChoice } from '../../src/dialects/compose/versions.js';
import { stringifyApi } from '../../src/dialects/docker/client/api.js';
import { lowerParts } from '../../src/dialects/docker/lower-parts.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { cleanPath } from '../../src/go/path.js';
import type { Mount } from '../../src/mount/mount.js';
import type { ComposeAnswer } from '../support/compose-engine.js';
import type { ProjectFiles } from './compose-file-arbitrary.js';

const dialect = makeDialect();

/** One mount that is the same, or a difference: in silence, or with a word about the entry. */
export interface BodyDifference {
  readonly kind: 'same' | 'silent' | 'said';
  readonly what: string;
  /** What mountc says of the service. */
  readonly ours: readonly string[];
}

/** Compares the mounts of the service `a`. */
export async function compareBodies(
  files: ProjectFiles,
  folder: string,
  home: string,
  real: ComposeAnswer,
  compose: ComposeChoice,
): Promise<readonly BodyDifference[]> {
  if (real.services['a'] === undefined) return [];
  const read = async (path: string) =>
    files[path.slice(folder.length + 1)] ?? { why: 'is not there', isMissing: true };
  const list = await composeMounts(
    ['compose.yaml', 'compose.override.yaml']
      .filter((name) => name in files)
      .map((name) => `${folder}/${name}`),
    { service: 'a', project: 'p' },
    { dialects: [dialect], compose },
    read,
  );
  if ('why' in list) return [{ kind: 'silent', what: list.why, ours: [] }];
  const words = [
    ...list.omitted.map(({ from, why }) => `left out ${from}: ${why}`),
    ...list.mounts.flatMap(({ from, lost = [] }) => lost.map(({ why }) => `${from}: ${why}`)),
  ];
  const taken = (list.taken ?? []).map(({ container }) => `VolumesFrom ${container}`);
  const ours = [...list.mounts.map(({ mount, holes }) => show(filled(mount, holes, home), folder)), ...taken];
  const theirs = realMounts(real);
  const said = new Set<string>();
  const rest = [...ours];
  const differences: BodyDifference[] = [];
  for (const one of theirs) {
    const at = rest.indexOf(one);
    if (at >= 0) {
      rest.splice(at, 1);
      differences.push({ kind: 'same', what: one, ours });
    } else said.add(one);
  }
  const kind = words.length > 0 ? 'said' : 'silent';
  const all = [...words, ...ours];
  for (const one of said) differences.push({ kind, what: `Compose alone: ${one}`, ours: all });
  for (const one of rest) differences.push({ kind, what: `mountc alone: ${one}`, ours: all });
  return differences;
}

/** The mounts of the service `a` as Compose asked the engine for them, each as a text. */
export function realMounts({ services, volumes }: ComposeAnswer): string[] {
  const body = (services['a'] ?? {}) as Parameters<typeof lowerParts>[0];
  const made = new Map(
    (volumes as unknown as { Name: string; Driver?: string; DriverOpts?: object; Labels?: object }[]).map(
      (one) => [one.Name, one],
    ),
  );
  const mounts = lowerParts(body, dialect).map((lowered) => {
    if (!lowered.ok) return `refused: ${lowered.why}`;
    const { mount } = lowered;
    const volume = mount.type === 'volume' && mount.source !== undefined ? made.get(mount.source) : undefined;
    if (mount.type !== 'volume' || volume === undefined) return show(mount);
    const driver = volume.Driver || undefined;
    const own = { driver, driverOptions: volume.DriverOpts ?? {}, labels: volume.Labels ?? {} };
    return show({ ...mount, ...own } as Mount);
  });
  const from = (body.VolumesFrom ?? []).map((one) => `VolumesFrom ${one}`);
  return [...mounts.filter((one) => !one.startsWith('refused')), ...from];
}

/** The mount with the values that its variables have for Compose here: none is set. */
function filled(mount: Mount, holes: DescribedMount['holes'], home: string): Mount {
  if (holes.size === 0) return mount;
  const filling = (text: string) => (text === '~' ? home : (/^\$\{\w+:?-(.*)\}$/.exec(text)?.[1] ?? ''));
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return [...value]
        .map((letter) => (holes.has(letter) ? filling(holes.get(letter)!.text) : letter))
        .join('');
    if (Array.isArray(value)) return value.map(fill);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]));
  };
  return fill(mount) as Mount;
}

/** A mount as one text; where it is in the container, clean, and what engines ignore left out. */
export function show(mount: Mount, folder = ''): string {
  const placed = 'source' in mount ? mount.source : undefined;
  const known = Object.entries({
    ...mount,
    target: cleanPath(mount.target),
    consistency: undefined,
    createSourceVaries: undefined,
    external: undefined,
    ...(placed !== undefined && {
      source:
        mount.type === 'bind' ? cleanPath(placed.startsWith('.') ? `${folder}/${placed}` : placed) : placed,
    }),
  }).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  const sorted = known
    .map(
      ([key, value]) =>
        [key, isPlain(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value] as const,
    )
    .sort(byKey);
  return stringifyApi(Object.fromEntries(sorted));
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
