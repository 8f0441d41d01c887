import { cacheFile, endpointKey, readCache } from '../docker/probe-cache.js';
import { isSurelySilent } from './fast-path.js';
import { readSettings } from './settings.js';

// The launcher's side: `check.cjs t|-[:ENGINE] DOCKER ARGS…`, `t` when stderr is a terminal. Exit 125: do not run docker. Any other: run it.
// Nothing that a plain command does not need is loaded for it.
const words = process.argv.slice(2);
const [terminal = '', docker = 'docker', ...args] = words;
const env = process.env;
const settings = readSettings(env);

function isSilent(): boolean {
  // What is usual is known of docker alone.
  if (terminal.endsWith(':podman')) return false;
  try {
    return isSurelySilent(args, {
      env,
      docker,
      settings,
      isTerminal: terminal.startsWith('t'),
      known: () => readCache(cacheFile(docker, env, endpointKey(env))),
    });
  } catch {
    return false;
  }
}

if (terminal === '--ready') {
  // `mountc doctor` asks whether all of it is there.
  import('#entry/self-test').then(({ selfTest }) => selfTest());
} else if (!isSilent()) {
  import('#entry/full-check').then(async ({ checkFully }) => {
    process.exitCode = await checkFully(words, settings);
  });
}
