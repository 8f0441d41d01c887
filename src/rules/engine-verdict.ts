import { judgeSent, type SentVerdict } from '../dialects/docker/engine/judge.js';
import type { CommandView, Site } from '../source/site.js';
import { hasHole } from '../text/spec-text.js';
import type { MountContext } from './rule.js';
import { volumeDriver } from './volume-driver.js';

/** The engine's verdict on what the client sends for one flag; undefined when the client refuses it, or that is not known. */
export function engineVerdict(site: Site, command: CommandView): SentVerdict | undefined {
  if (!verdicts.has(site)) verdicts.set(site, judgeSite(site, command));
  return verdicts.get(site);
}

// A site belongs to one command.
const verdicts = new WeakMap<Site, SentVerdict | undefined>();

function judgeSite(site: Site, { dialect, invocation }: CommandView): SentVerdict | undefined {
  if (site.result?.ok !== true || invocation?.path.startsWith('service')) return undefined;
  const driver = invocation && volumeDriver(invocation);
  if (driver !== undefined && hasHole(driver)) return undefined;
  return judgeSent(site.result.sent, dialect, undefined, driver?.value);
}

/** Whether client and engine surely take the flag as it is, as far as it does not depend on the host. */
export function isTaken({ site, command }: MountContext): boolean {
  const verdict = site && command && engineVerdict(site, command);
  return verdict !== undefined && verdict.create === undefined && verdict.start === undefined;
}
