import { API_FACTS } from './api-facts.js';
import { CREATE_MOUNTPOINT_ENGINES, ENGINE_FACTS } from './engine-facts.js';
import { apiOf, RELEASES, type Version } from './version.js';

interface Change {
  readonly since?: Version;
  readonly until?: Version;
}

/**
 * One release for each way in which engines judge mounts, newest first: the tables and the API see no difference between the
 * releases that are left out.
 */
export function engineEras(): Version[] {
  const changes: readonly Change[] = [...Object.values(ENGINE_FACTS), ...CREATE_MOUNTPOINT_ENGINES];
  const points = new Set(changes.flatMap(({ since, until }) => [since, until]));
  const passed = (version: Version) => [...points].filter((at) => at !== undefined && at <= version).length;
  const apis = Object.values(API_FACTS).map(({ since }) => since);
  const spoken = (version: Version) => apis.filter((api) => api <= apiOf(version)).length;
  const eras = new Map<string, Version>();
  for (const { version } of RELEASES) eras.set(`${passed(version)} ${spoken(version)}`, version);
  return [...eras.values()].reverse();
}
