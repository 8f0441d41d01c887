import { cleanPath } from '../../../go/path.js';
import type { ApiMount } from '../client/api.js';
import type { Problem } from './refusal.js';
import type { System } from './system.js';

/** Why a bind of the engine's own directory is refused (§2.3 step 9); only where that directory is known. */
export function checkDaemonRoot(mount: ApiMount, host: System | undefined): Problem | undefined {
  const root = host?.daemonRoot;
  const propagation = mount.BindOptions?.Propagation;
  if (root === undefined || mount.Type !== 'bind' || !propagation) return undefined;
  if (propagation === 'rslave' || propagation === 'rshared') return undefined;
  const source = cleanPath(mount.Source ?? '');
  // The engine compares texts, so `/v` counts as a parent of `/var/lib/docker`.
  if (!root.startsWith(source) && !source.startsWith(root)) return undefined;
  return {
    kind: 'daemon-root',
    reason: `invalid mount config: must use either propagation mode "rslave" or "rshared" when mount source is within the daemon root, daemon root: "${root}", bind mount source: "${mount.Source}", propagation: "${propagation}"`,
  };
}
