import { CLIENT_FACTS } from './client-facts.js';
import type { Version } from './version.js';

/** The first client that makes this relative source absolute; undefined for what none does. */
export function expandsFrom(source: string, hostOs: 'posix' | 'windows'): Version | undefined {
  if (!source.startsWith('.')) return undefined;
  const prefix = hostOs === 'windows' ? '.\\' : './';
  const isOld = source === '.' || source.startsWith(prefix);
  return (isOld ? CLIENT_FACTS.expandsDotSlash : CLIENT_FACTS.expandsAnyDot).since;
}
