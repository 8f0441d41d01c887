import type { DockerInvocation } from '../dialects/docker/client/docker-argv.js';
import type { FlagUse } from '../dialects/docker/client/flag-word.js';

/** The value of `--volume-driver`, the last of them; looked for once, since it is asked for every mount. */
export function volumeDriver(invocation: DockerInvocation): FlagUse['value'] | undefined {
  if (!drivers.has(invocation))
    drivers.set(invocation, invocation.flags.findLast(({ flag }) => flag.name === 'volume-driver')?.value);
  return drivers.get(invocation);
}

const drivers = new WeakMap<DockerInvocation, FlagUse['value'] | undefined>();
