import type { ContainerInfo } from '../../inspect/container-json.js';
import { askDocker } from '../ask-docker.js';
import type { Engine } from './gather.js';

const PATIENCE = 3000;

/** The end of what a container wrote that runs or ended badly; of one that came to a good end nobody asks. */
export async function lastWords(
  engine: Engine,
  { id, state }: ContainerInfo,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const isOver = state.status !== 'restarting' && !state.isRunning && state.exitCode === 0;
  if (engine.path === '' || id === '' || isOver || state.error !== '') return undefined;
  const { stdout, stderr } = await askDocker(engine.path, ['logs', '--tail', '50', id], env, PATIENCE);
  return `${stdout}\n${stderr}`;
}
