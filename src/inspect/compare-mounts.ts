import type { CreateBody } from '../dialects/docker/client/api.js';
import { readVolumesFrom } from '../dialects/docker/engine/volume-mode.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { cleanPath } from '../go/path.js';
import { FIELD_ROWS, showField } from '../mount/fields.js';
import type { Mount } from '../mount/mount.js';
import { append } from '../text/append.js';
import { mapOf } from '../text/map-of.js';
import { mountsOfBody } from './body-mounts.js';
import type { ContainerInfo } from './container-json.js';
import type { ContainerMount } from './container-mounts.js';

/** One way in which a container differs from what was expected. */
export interface MountDifference {
  /** Where it is mounted; for `volumes-from`, the container that it is from. */
  readonly target: string;
  /** What differs: `mount` when one side has nothing there. */
  readonly field: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** How a container's mounts differ from what a create call would have made; empty when the effect is the same. */
export function compareMounts(
  expected: CreateBody,
  info: ContainerInfo,
  mounts: readonly ContainerMount[],
  dialect: Dialect,
): MountDifference[] {
  const differences: MountDifference[] = [];
  const wanted = mountsOfBody(expected, dialect);
  const left = new Set(mounts);
  // An anonymous volume is not made where another mount is.
  const taken = new Set(wanted.filter(({ sent }) => sent.slot !== 'Volumes').map(({ target }) => target));
  for (const { target, mount, sent } of wanted) {
    if (sent.slot === 'Volumes' && taken.has(target)) continue;
    const wantsTmpfs = sent.slot === 'Tmpfs';
    const there = [...left].filter((one) => one.target === target);
    const match = there.find((one) => (one.origin === '--tmpfs') === wantsTmpfs) ?? there[0];
    if (match === undefined) {
      differences.push({
        target,
        field: 'mount',
        expected: mount === undefined ? sent.slot : showMount(mount),
      });
      continue;
    }
    left.delete(match);
    if (mount !== undefined) append(differences, fieldsOf(mount, match));
  }
  for (const extra of left) {
    if (extra.origin === 'image' || extra.origin === 'image or -v' || extra.origin === '--volumes-from')
      continue;
    const actual = extra.asked?.mount === undefined ? shown(extra) : showMount(extra.asked.mount);
    differences.push({ target: extra.target, field: 'mount', actual });
  }
  return [...differences, ...fromOthers(expected, info)];
}

function fieldsOf(wanted: Mount, actual: ContainerMount): MountDifference[] {
  const want = describe(wanted);
  const is = {
    ...(actual.asked?.mount === undefined ? {} : describe(actual.asked.mount)),
    ...pointFields(actual),
  };
  const names = [...new Set([...Object.keys(want), ...Object.keys(is)])];
  return names.flatMap((field): MountDifference[] => {
    if (IMPLIED.has(field) && want[field] === undefined) return [];
    const [a, b] = [want[field] ?? DEFAULTS.get(field) ?? 'none', is[field] ?? DEFAULTS.get(field) ?? 'none'];
    return a === b ? [] : [{ target: actual.target, field, expected: a, actual: b }];
  });
}

// What the engine fills in where nothing was said.
const IMPLIED: ReadonlySet<string> = new Set(['propagation', 'driver']);
const DEFAULTS = mapOf<string>({ propagation: 'rprivate', driver: 'local' });

function pointFields({ point, isAnonymous }: ContainerMount): Record<string, string> {
  if (point === undefined) return {};
  const source =
    point.type === 'bind' || point.type === 'npipe'
      ? point.source
      : isAnonymous
        ? 'anonymous'
        : (point.name ?? '');
  return {
    type: point.type,
    ...(source === '' ? {} : { source }),
    access: point.isWritable ? 'rw' : 'ro',
    ...(point.propagation === '' ? {} : { propagation: point.propagation }),
    ...(point.driver === undefined ? {} : { driver: point.driver }),
  };
}

/** The effects of a mount by name; what is as docker does it by itself is left out. */
function describe(mount: Mount): Record<string, string> {
  const effects: Record<string, string> = {
    type: mount.type,
    // An image is read-only, whatever was said.
    access: mount.readOnly || mount.type === 'image' ? 'ro' : 'rw',
    ...(mount.type === 'volume' && { source: mount.source ?? 'anonymous' }),
    ...(mount.type === 'bind' && { source: cleanPath(mount.source) }),
  };
  for (const row of FIELD_ROWS[mount.type]) {
    const { name, unobserved } = row.field;
    if (row.name === 'target' || name in effects || unobserved !== undefined) continue;
    const shown = showField(mount, row);
    if (shown !== undefined) effects[name] = shown;
  }
  return effects;
}

function showMount(mount: Mount): string {
  const { type, access, source, ...rest } = describe(mount);
  const words = [type, source, access, ...Object.entries(rest).map(([key, value]) => `${key}=${value}`)];
  return words.filter((word) => word !== undefined).join(' ');
}

const shown = ({ type, source, readOnly }: ContainerMount): string =>
  [type, source, readOnly ? 'ro' : 'rw'].filter((word) => word !== undefined).join(' ');

/** The containers that mounts are inherited from. */
function fromOthers(expected: CreateBody, { body }: ContainerInfo): MountDifference[] {
  const read = (list: readonly string[] | null) =>
    new Map(
      (list ?? []).map((spec) => {
        const { container, mode } = readVolumesFrom(spec);
        return [container, mode.split(',').includes('ro') ? 'ro' : 'rw'] as const;
      }),
    );
  const [want, is] = [read(expected.VolumesFrom), read(body.VolumesFrom)];
  return [...new Set([...want.keys(), ...is.keys()])].flatMap((container): MountDifference[] =>
    want.get(container) === is.get(container)
      ? []
      : [
          {
            target: container,
            field: 'volumes-from',
            expected: want.get(container),
            actual: is.get(container),
          },
        ],
  );
}
