import { API_FACTS } from './api-facts.js';
import { CLIENT_FACTS } from './client-facts.js';
import { CONTAINER_FLAGS, serviceCreateFlags, serviceUpdateFlags } from './docker-flags.js';
import { CREATE_MOUNTPOINT_ENGINES, ENGINE_FACTS } from './engine-facts.js';
import { MOUNT_KEYS, type MountKey } from './mount-keys.js';
import { apiOf, RELEASES, type Version } from './version.js';

interface Change {
  readonly since?: Version;
  readonly until?: Version;
  readonly removed?: Version;
}

/**
 * One release for each way in which clients read commands, newest first: the tables and the API see no difference between the
 * releases that are left out.
 */
export function clientEras(): Version[] {
  const keys: readonly MountKey[] = MOUNT_KEYS;
  const changes: readonly Change[] = [
    ...Object.values(CLIENT_FACTS),
    ...keys,
    ...CONTAINER_FLAGS,
    ...serviceCreateFlags(),
    ...serviceUpdateFlags(),
  ];
  return distinct(changes, apiOf);
}

/** One release for each way in which engines judge mounts, newest first. */
export function engineEras(): Version[] {
  const apis = Object.values(API_FACTS).map(({ since }) => since);
  const changes: readonly Change[] = [...Object.values(ENGINE_FACTS), ...CREATE_MOUNTPOINT_ENGINES];
  return distinct(changes, (version) => apis.filter((api) => api <= apiOf(version)).length);
}

function distinct(changes: readonly Change[], api: (version: Version) => number): Version[] {
  const points = new Set(changes.flatMap(({ since, until, removed }) => [since, until, removed]));
  const passed = (version: Version) => [...points].filter((at) => at !== undefined && at <= version).length;
  const eras = new Map<string, Version>();
  for (const { version } of RELEASES) eras.set(`${passed(version)} ${api(version)}`, version);
  return [...eras.values()].reverse();
}
