import type { ContainerProcess } from '../inspect/container-json.js';
import type { FileView } from './file-view.js';

/** A run of numbers of a user namespace: inside from `inside`, on the host from `host`. */
export interface IdRange {
  readonly inside: number;
  readonly host: number;
  readonly length: number;
}

/** Who a process is to the files of the host. All numbers are the host's. */
export interface Credentials {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Of which groups it is a member stands in a file that may not be read: it may be any. */
  readonly isGroupOpen?: boolean;
  /** CAP_DAC_OVERRIDE: may read and write everything whose owner has a number in its namespace. */
  readonly overrides: boolean;
  /** CAP_DAC_READ_SEARCH: the same for reading. */
  readonly readsAll: boolean;
  readonly uids: readonly IdRange[];
  readonly gids: readonly IdRange[];
}

/** The numbers of an engine's containers on its machine: the same, or those of a namespace. */
export type UserNumbers = 'same' | { readonly uids: readonly IdRange[]; readonly gids: readonly IdRange[] };

/** All numbers are themselves. */
const NO_NAMESPACE: readonly IdRange[] = [{ inside: 0, host: 0, length: 2 ** 32 - 1 }];

const DAC_OVERRIDE = 1n;
const DAC_READ_SEARCH = 2n;

/** Reads `/proc/PID/status` and the maps next to it, as a process of the host sees them. Undefined for what is none. */
export function readCredentials(status: string, uidMap: string, gidMap: string): Credentials | undefined {
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(status)?.[1]?.trim().split(/\s+/);
  // Of the four it is the last that the kernel compares with a file.
  const [uid, gid] = [Number(field('Uid')?.[3]), Number(field('Gid')?.[3])];
  const caps = field('CapEff')?.[0] ?? '';
  if (!Number.isInteger(uid) || !Number.isInteger(gid) || !/^[0-9a-f]+$/.test(caps)) return undefined;
  const set = BigInt(`0x${caps}`);
  return {
    uid,
    gid,
    groups: (field('Groups') ?? []).filter((text) => /^\d+$/.test(text)).map(Number),
    overrides: (set & (1n << DAC_OVERRIDE)) !== 0n,
    readsAll: (set & (1n << DAC_READ_SEARCH)) !== 0n,
    uids: readIdMap(uidMap),
    gids: readIdMap(gidMap),
  };
}

/** Reads `/proc/PID/uid_map`. */
function readIdMap(text: string): IdRange[] {
  return text.split('\n').flatMap((line) => {
    const [inside, host, length] = line.trim().split(/\s+/).map(Number);
    return length === undefined || [inside, host, length].some((number) => !Number.isSafeInteger(number))
      ? []
      : [{ inside: inside!, host: host!, length }];
  });
}

/** What a number of the host is called in a namespace; undefined where it has none there. */
export function insideId(ranges: readonly IdRange[], host: number): number | undefined {
  const range = ranges.find((one) => host >= one.host && host < one.host + one.length);
  return range && host - range.host + range.inside;
}

/** The root that an engine makes mounts as; undefined where its numbers are not known. */
export function runtimeOf(users: UserNumbers | undefined): Credentials | undefined {
  if (users === undefined) return undefined;
  const { uids, gids } = users === 'same' ? { uids: NO_NAMESPACE, gids: NO_NAMESPACE } : users;
  const who = { uid: hostId(uids, 0)!, gid: hostId(gids, 0)!, groups: [], uids, gids };
  return { ...who, overrides: true, readsAll: true };
}

function hostId(ranges: readonly IdRange[], inside: number): number | undefined {
  const range = ranges.find((one) => inside >= one.inside && inside < one.inside + one.length);
  return range && inside - range.inside + range.host;
}

/**
 * Who the process of a container that does not run would be; undefined where that depends on a file that may not be read, or on a
 * namespace that nobody knows. `files`: those of the container. `users`: what the engine says of its numbers.
 */
export function plannedCredentials(
  { user, groups, isPrivileged, capAdd, capDrop, userns }: ContainerProcess,
  files: FileView | undefined,
  users: UserNumbers | undefined,
): Credentials | undefined {
  if (users === undefined || (userns !== '' && userns !== 'host')) return undefined;
  const { uids, gids } =
    users === 'same' || userns === 'host' ? { uids: NO_NAMESPACE, gids: NO_NAMESPACE } : users;
  const [name = '', group] = user.split(':');
  const isNumber = /^\d+$/.test(name);
  const has = (cap: string) =>
    isPrivileged ||
    (names(capAdd).some((one) => one === cap || one === 'ALL') && !names(capDrop).includes(cap)) ||
    (cap === 'DAC_OVERRIDE' && !names(capDrop).some((one) => one === cap || one === 'ALL'));
  // Whom every file lets in needs no groups: nothing is to be read of the container, which may take a while.
  const lists =
    /^0?$/.test(name) && has('DAC_OVERRIDE') && [group ?? '', ...groups].every(isNumberOrNone)
      ? undefined
      : files;
  const passwd = rowsOf(lists?.text('/etc/passwd'));
  const row = passwd?.find(([login, , id]) => (isNumber ? id === name : login === name));
  if (name !== '' && !isNumber && row === undefined) return undefined;
  const uid = name === '' ? 0 : isNumber ? Number(name) : Number(row![2]);
  const named = [...(group === undefined || group === '' ? [] : [group]), ...groups];
  const known = rowsOf(lists?.text('/etc/group'));
  const numbers = named.map((one) =>
    /^\d+$/.test(one) ? Number(one) : Number(known?.find(([login]) => login === one)?.[2] ?? Number.NaN),
  );
  if (numbers.some(Number.isNaN) || !Number.isInteger(uid)) return undefined;
  const member = known?.filter(([, , , list = '']) => row !== undefined && list.split(',').includes(row[0]!));
  const own = group === undefined || group === '' ? Number(row?.[3] ?? 0) : numbers[0]!;
  const isRoot = uid === 0;
  const real = hostId(uids, uid);
  const all = [own, ...numbers, ...(member ?? []).map(([, , id]) => Number(id))].map((id) =>
    hostId(gids, id),
  );
  if (real === undefined || all.includes(undefined)) return undefined;
  const [gid, ...others] = all as number[];
  return {
    uid: real,
    gid: gid!,
    // A number alone has the group of its line in /etc/passwd, and those that /etc/group gives it.
    ...((passwd === undefined || known === undefined) &&
      !isRoot &&
      (group === undefined || group === '') && { isGroupOpen: true }),
    groups: others,
    overrides: isRoot && has('DAC_OVERRIDE'),
    readsAll: isRoot && has('DAC_READ_SEARCH'),
    uids,
    gids,
  };
}

const isNumberOrNone = (text: string): boolean => /^\d*$/.test(text);

const names = (caps: readonly string[]): string[] =>
  caps.map((cap) => cap.toUpperCase().replace(/^CAP_/, ''));

const rowsOf = (text: string | undefined): string[][] | undefined =>
  text?.split('\n').map((line) => line.trim().split(':'));
