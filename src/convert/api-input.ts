import { type ApiMount, type CreateBody, stringifyApi } from '../dialects/docker/client/api.js';
import { lowerParts } from '../dialects/docker/lower-parts.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { readApiFields, wrongApiField } from '../forms/api-fields.js';
import type { Loss } from '../forms/loss.js';
import { wellFormedValue } from '../text/hole-mark.js';
import {
  type DescribedMount,
  type MountList,
  type OmittedMount,
  type TakenMounts,
  takeMounts,
} from './described-mount.js';

/**
 * The mounts of a create call, of its `HostConfig`, or of what `docker inspect` prints (the first container of a list).
 * Undefined when the text is no such JSON.
 */
export function apiMounts(text: string, dialect: Dialect): MountList | undefined {
  const value = readApiJson(text)?.[0];
  return value === undefined ? undefined : bodyMounts(value, dialect);
}

/** Every value of a text that is JSON: of a list its items, of several values after each other all; undefined where it is none. */
export function readApiJson(text: string): readonly unknown[] | undefined {
  // PowerShell puts a mark before what it writes into a file.
  const quoted = quoteLongIntegers(text.replace(/^\uFEFF/, ''));
  const parse = (one: string) => [wellFormedValue(JSON.parse(one))].flat();
  try {
    return parse(quoted);
  } catch {
    try {
      // `xargs` runs docker several times.
      return valuesIn(quoted).flatMap(parse);
    } catch {
      return undefined;
    }
  }
}

/** The texts of the objects and lists that stand after each other. */
function valuesIn(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/gs)) {
    if (/^[[{]/.test(token)) depth++;
    else if (/^[\]}]/.test(token) && --depth === 0) {
      found.push(text.slice(start, index + 1));
      start = index + 1;
    }
  }
  return [...found, ...(text.slice(start).trim() === '' && found.length > 0 ? [] : [text.slice(start)])];
}

/** The mounts of one container, or create call. */
export function bodyMounts(value: unknown, dialect: Dialect): MountList | undefined {
  const given = bodyOf(value);
  if (given === undefined) return undefined;
  const mounts: DescribedMount[] = [];
  const omitted: OmittedMount[] = [];
  const body = { ...given, Mounts: given.Mounts?.filter((mount) => isSound(mount, omitted)) };
  const froms = [
    ...(body.Binds ?? []),
    ...Object.keys(body.Volumes ?? {}),
    ...(body.Mounts ?? []).map((mount) => stringifyApi(mount)),
    ...Object.entries(body.Tmpfs ?? {}).map(([target, options]) => `${target}:${options}`),
  ];
  const first = (body.Binds?.length ?? 0) + Object.keys(body.Volumes ?? {}).length;
  for (const [index, lowered] of lowerParts(body, dialect).entries()) {
    const from = froms[index]!;
    if (!lowered.ok) {
      omitted.push({ from, why: lowered.why });
      continue;
    }
    const api = body.Mounts?.[index - first];
    const { mount = lowered.mount, unread = [] } = api ? readApiFields(api, lowered.mount) : {};
    const lost = unread.map(
      (field): Loss => ({ field, kind: 'changed', why: `${field} of the Engine API is not carried over` }),
    );
    // What stands in `Volumes` is of an image, or of a `-v`.
    const isVolume = index < first && index >= (body.Binds?.length ?? 0);
    mounts.push({ from, form: isVolume ? 'volume' : 'api', mount, lost, holes: new Map() });
  }
  const taken: TakenMounts[] = [];
  for (const value of body.VolumesFrom ?? []) {
    const from = `VolumesFrom ${value}`;
    const one = takeMounts({ value, holes: [] }, from, undefined);
    if (typeof one === 'string') omitted.push({ from, why: one });
    else taken.push(one);
  }
  return { mounts, taken, omitted };
}

/** An int64 above 2^53 would come out as another number. */
function quoteLongIntegers(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs, (one) =>
    one.startsWith('"') ? one : `"${one}"`,
  );
}

function bodyOf(value: unknown): Partial<CreateBody> | undefined {
  const root = mapOf(value);
  if (root === undefined) return undefined;
  const host = mapOf(root['HostConfig']) ?? root;
  const own = mapOf(root['Config']) ?? root;
  const known = ['Binds', 'Mounts', 'Tmpfs', 'VolumesFrom', 'VolumeDriver'];
  if (root['HostConfig'] === undefined && !known.some((key) => key in host) && !('Volumes' in own))
    return undefined;
  const binds = textsOf(host['Binds']);
  const hostMounts = host['Mounts'];
  const mounts = Array.isArray(hostMounts) ? hostMounts.map(mountOf) : [];
  const tmpfs = mapOf(host['Tmpfs']) ?? {};
  // Binds and Mounts count before a VOLUME of the image with the same target.
  const taken = new Set([
    ...binds.map((bind) => bind.split(':')[1]),
    ...mounts.map(({ Target }) => Target),
    ...Object.keys(tmpfs),
  ]);
  const volumes = Object.keys(mapOf(own['Volumes']) ?? {}).filter((target) => !taken.has(target));
  const driver = host['VolumeDriver'];
  return {
    Binds: binds,
    Mounts: mounts,
    Tmpfs: Object.fromEntries(Object.entries(tmpfs).map(([key, item]) => [key, String(item ?? '')])),
    Volumes: Object.fromEntries(volumes.map((target) => [target, {}])),
    VolumeDriver: typeof driver === 'string' ? driver : null,
    VolumesFrom: textsOf(host['VolumesFrom']),
  };
}

function isSound(mount: ApiMount, omitted: OmittedMount[]): boolean {
  const wrong = wrongApiField(mount);
  if (wrong !== undefined)
    omitted.push({ from: stringifyApi(mount), why: `docker refuses the value of \`${wrong}\`` });
  return wrong === undefined;
}

function mountOf(value: unknown): ApiMount {
  const mount = { Type: '', ...mapOf(value) } as ApiMount;
  const size: unknown = mount.TmpfsOptions?.SizeBytes;
  return typeof size === 'string' && /^\d+$/.test(size)
    ? { ...mount, TmpfsOptions: { ...mount.TmpfsOptions, SizeBytes: BigInt(size) } }
    : mount;
}

function mapOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
