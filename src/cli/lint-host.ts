import type { HostView } from '../source/host.js';
import type { CliIo } from './io.js';

/** What rules may see of this machine: nothing, unless somebody asks for `--check-paths`. */
export async function lintHost(checksPaths: boolean, { env, cwd }: CliIo): Promise<HostView | undefined> {
  if (!checksPaths) return undefined;
  // Loaded when it is asked for: looking at docker's contexts takes node:crypto.
  const { hostView } = await import('../docker/host-view.js');
  const { findDocker } = await import('../docker/find.js');
  return hostView({ env, docker: findDocker({ env, cwd, selves: [], isAside: true }).path });
}
