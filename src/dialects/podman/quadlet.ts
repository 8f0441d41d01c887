import { makeVersion, type Version } from '../docker/tables/version.js';
import { QUADLET_ENDINGS, quadletKeys } from './quadlet-keys.js';

/** An entry of a unit; the value is undefined where it is not known. */
export interface QuadletEntry {
  readonly section: string | undefined;
  readonly key: string;
  readonly value: string | undefined;
  readonly conditional: boolean;
}

/** What Quadlet refuses a unit for: of an entry by its number, or of the unit as a whole. */
interface QuadletRefusal {
  readonly entry?: number;
  /** Quadlet's own words. */
  readonly message: string;
  /** A key that it does not know. */
  readonly isKey?: true;
}

/** Keys of which a unit needs one. */
const NEEDED: readonly (readonly [ending: string, keys: readonly string[], message: string])[] = [
  ['container', ['Image', 'Rootfs'], 'no Image or Rootfs key specified'],
  ['kube', ['Yaml'], 'no Yaml key specified'],
  ['image', ['Image'], 'no Image key specified'],
  ['build', ['ImageTag'], 'no ImageTag key specified'],
  ['build', ['File', 'SetWorkingDirectory'], 'neither SetWorkingDirectory, nor File key specified'],
];

/** How Quadlet calls the keys that need `RemapUsers=`. */
const REMAPPED = [
  ['RemapUid', 'UidMap'],
  ['RemapGid', 'GidMap'],
] as const;
const MAPPINGS = ['UserNS', 'UIDMap', 'GIDMap', 'SubUIDMap', 'SubGIDMap'] as const;

/** What the generator refuses a unit for, whatever the machine; `podman`: the release, or none for what all of them refuse. */
export function judgeUnit(
  unit: { readonly ending: string; readonly entries: readonly QuadletEntry[]; readonly isPartial: boolean },
  podman: Version | undefined,
): QuadletRefusal[] {
  const section = QUADLET_ENDINGS.get(unit.ending);
  const keys = section && quadletKeys(section);
  if (keys === undefined) return [];
  // A release that does not know such units looks at none of them.
  const readsIt = podman === undefined || [...keys.values()].some((since) => since <= podman);
  const release = readsIt ? podman : undefined;
  const refusals: QuadletRefusal[] = [];
  for (const [entry, { section: of, key }] of unit.entries.entries()) {
    if (of !== section) continue;
    const since = keys.get(key);
    if (since !== undefined && (release === undefined || since <= release)) continue;
    refusals.push({ entry, isKey: true, message: `unsupported key '${key}' in group '${section}'` });
  }
  const last: Last = (name, of = section!) => {
    const entry = unit.entries.findLastIndex((one) => one.section === of && one.key === name);
    const found = unit.entries[entry];
    return found === undefined || found.value === '' ? undefined : { ...found, entry };
  };
  const isComplete = !unit.isPartial;
  for (const [ending, needed, message] of isComplete ? NEEDED : [])
    if (ending === unit.ending && !needed.some((key) => last(key) !== undefined)) refusals.push({ message });
  if (unit.ending === 'container') {
    for (const one of judgeContainer(last, isComplete)) refusals.push(one);
    for (const [entry, { section: of, key, value }] of unit.entries.entries())
      if (of === section && key === 'ExposeHostPort' && value && !EXPOSED.test(value))
        refusals.push({ entry, message: `invalid port format '${value}'` });
    for (const one of judgeUsers(last, isComplete, release)) refusals.push(one);
    refuseOther(last('KillMode', 'Service'), ['mixed', 'control-group'], 'KillMode', refusals);
    refuseOther(last('Type', 'Service'), ['notify', 'oneshot'], 'service Type', refusals);
  }
  const type = last('Type');
  if (unit.ending === 'volume' && type !== undefined && last('Device') === undefined && isComplete)
    refusals.push({ entry: type.entry, message: "key Type can't be used without Device" });
  return refusals;
}

const EXPOSED = /^\s*\d+(?:-\d+)?(?:\/(?:tcp|udp))?\s*$/;

/** The last entry of a key, which counts; of the unit's own section where none is named. */
type Last = (name: string, section?: string) => (QuadletEntry & { readonly entry: number }) | undefined;

/** Keys of `[Container]` that go with others, or do not. */
function judgeContainer(last: Last, isComplete: boolean): QuadletRefusal[] {
  const refusals: QuadletRefusal[] = [];
  const rootfs = last('Rootfs');
  if (rootfs !== undefined && last('Image') !== undefined && isComplete)
    refusals.push({
      entry: rootfs.entry,
      message: 'the Image And Rootfs keys conflict can not be specified together',
    });
  const pod = last('Pod');
  if (pod?.value !== undefined && !pod.value.endsWith('.pod'))
    refusals.push({ entry: pod.entry, message: `pod ${pod.value} is not Quadlet based` });
  const group = last('Group');
  if (group !== undefined && last('User') === undefined && isComplete)
    refusals.push({ entry: group.entry, message: 'invalid Group set without User' });
  return refusals;
}

/** The keys that say which users of the host are those of the container. */
function judgeUsers(last: Last, isComplete: boolean, release: Version | undefined): QuadletRefusal[] {
  const refusals: QuadletRefusal[] = [];
  const users = last('RemapUsers');
  for (const [key, name] of isComplete && users === undefined ? REMAPPED : []) {
    const map = last(key);
    if (map !== undefined) refusals.push({ entry: map.entry, message: `${name} set without RemapUsers` });
  }
  if (users?.value !== undefined && !['manual', 'auto', 'keep-id'].includes(users.value))
    refusals.push({ entry: users.entry, message: `unsupported RemapUsers option '${users.value}'` });
  const mapped = MAPPINGS.map((key) => last(key)).find((one) => one !== undefined);
  const remap = [users, last('RemapUid'), last('RemapGid')].find((one) => one !== undefined);
  if (mapped !== undefined && remap !== undefined && release !== undefined && release >= makeVersion(4, 8, 0))
    refusals.push({
      entry: remap.entry,
      message: 'deprecated Remap keys are set along with explicit mapping keys',
    });
  return refusals;
}

function refuseOther(
  given: { readonly value: string | undefined; readonly entry: number } | undefined,
  allowed: readonly string[],
  what: string,
  refusals: QuadletRefusal[],
): void {
  if (given?.value === undefined || allowed.includes(given.value)) return;
  refusals.push({ entry: given.entry, message: `invalid ${what} '${given.value}'` });
}
