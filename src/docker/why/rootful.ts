import { askDocker } from '../ask-docker.js';
import type { Engine } from './gather.js';

const PATIENCE = 3000;

/** Whether the numbers of an engine's containers are surely those of its machine: it runs as root, and maps no users. */
export async function isRootful(
  { name, path }: Engine,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  // podman has no engine: it makes containers as whoever asks, if nobody has it ask another one.
  if (name === 'podman') return process.getuid?.() === 0;
  if (path === '') return false;
  const { stdout, exit } = await askDocker(
    path,
    ['info', '--format', '{{json .SecurityOptions}}'],
    env,
    PATIENCE,
  );
  // What is no list is no answer of docker's; `null` says that it has none of them.
  return exit === 0 && /^\s*(?:\[.*\]|null)\s*$/s.test(stdout) && !/name=(?:rootless|userns)/.test(stdout);
}
