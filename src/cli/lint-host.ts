import { findDocker } from '../docker/find.js';
import { hostView } from '../docker/host-view.js';
import type { HostView } from '../rules/host.js';
import type { CliIo } from './io.js';

/** What rules may see of this machine: nothing, unless somebody asks for `--check-paths`. */
export function lintHost(checksPaths: boolean, { env, cwd }: CliIo): HostView | undefined {
  if (!checksPaths) return undefined;
  return hostView({ env, docker: findDocker({ env, cwd, selves: [] }).path });
}
