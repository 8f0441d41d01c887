import { clockTrouble, SET_CLOCK } from '../why/engine-facts.js';
import { type Answer, askDocker } from './ask-docker.js';
import { readFacts } from './engine-facts.js';
import { type FindOptions, type FoundDocker, findDocker } from './find.js';
import type { KnownDocker } from './known-docker.js';
import { cachedProbe, probeDocker, probePodman } from './probe.js';

/** Something that is wrong, and what to do. */
interface Trouble {
  readonly what: string;
  readonly help: string;
}

/** All that can be found out about the docker that would run. What it does not say is left out. */
export interface Examination {
  readonly docker?: Extract<FoundDocker, { path: string }>;
  readonly known?: KnownDocker;
  /** The answer that checks go by until it is asked again; milliseconds since 1970. */
  readonly cachedAt?: number;
  readonly context?: string;
  readonly endpoint?: string;
  /** The release, of podman. */
  readonly podman?: string;
  /** `rootless`, `Docker Desktop`, … */
  readonly traits: readonly string[];
  readonly troubles: readonly Trouble[];
}

const PATIENCE = 4000;

/** Asks the podman that would run about itself; takes at most some seconds, and never rejects. */
export async function examinePodman(options: FindOptions, patience = PATIENCE): Promise<Examination> {
  const docker = findDocker({ ...options, engine: 'podman' });
  if (docker.path === undefined) {
    const help = 'install podman, or set its path in MOUNTC_PODMAN';
    return { traits: [], troubles: [{ what: docker.missing, help }] };
  }
  if (!isOutside(docker.path, { ...options, engine: 'podman' })) return notAsked(docker);
  const { env } = options;
  const podman = await probePodman({ docker: docker.path, env, patience });
  const info = await askDocker(docker.path, ['info', '--format', '{{json .Host}}'], env, patience);
  const { serviceIsRemote, security } = readHost(info.stdout);
  const troubles: Trouble[] = [];
  if (podman === undefined)
    troubles.push({
      what: `${docker.path} does not respond like podman`,
      help: 'set another one in MOUNTC_PODMAN',
    });
  else if (info.exit !== 0)
    troubles.push({
      what: firstLine(info.stderr) || 'podman does not say which machine it has',
      help: 'this is what `podman info` reports itself',
    });
  const traits = [...(security?.rootless ? ['rootless'] : []), ...(serviceIsRemote ? ['remote'] : [])];
  return { docker, podman, traits, troubles };
}

/** Whether it is found wherever one stands. */
const isOutside = (path: string, options: FindOptions) =>
  findDocker({ ...options, isAside: true }).path === path;

/** A program of the folder that one stands in is one of a repository, which nobody asked to run. */
function notAsked(docker: NonNullable<Examination['docker']>): Examination {
  const what = `${docker.path} is found through an entry of PATH that is relative to this folder, so it is asked nothing`;
  return {
    docker,
    traits: [],
    troubles: [{ what, help: 'take `.`, empty and other relative entries out of PATH' }],
  };
}

function readHost(text: string): { serviceIsRemote?: boolean; security?: { rootless?: boolean } } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Asks the docker that would run about itself; takes at most some seconds, and never rejects. */
export async function examineDocker(options: FindOptions, patience = PATIENCE): Promise<Examination> {
  const docker = findDocker(options);
  if (docker.path === undefined) {
    const help = 'install docker, or set its path in MOUNTC_DOCKER';
    return { traits: [], troubles: [{ what: docker.missing, help }] };
  }
  if (!isOutside(docker.path, options)) return notAsked(docker);
  const { env } = options;
  const cachedAt = cachedProbe({ docker: docker.path, env })?.asked;
  const ask = (...args: string[]) => askDocker(docker.path, args, env, patience);
  const asked = Date.now();
  const [version, context, info] = await Promise.all([
    ask('version', '--format', '{{json .}}'),
    ask('context', 'inspect', '--format', '{{json .}}'),
    ask('info', '--format', '{{json .}}'),
  ]);
  const facts = readFacts(info.stdout, { asked, answered: Date.now() });
  const known = await probeDocker({ docker: docker.path, env, patience: 1000 });
  const { name, endpoint } = readContext(context.stdout);
  const troubles: Trouble[] = [];
  if (known === undefined) troubles.push(notDocker(docker.path, version));
  else if (known.engineName === 'other')
    troubles.push({
      what: 'this is another engine, not docker',
      help: 'its commands are passed on unchecked',
    });
  else if (known.engine === undefined) troubles.push(noEngine(version, endpoint, patience));
  const clock = clockTrouble(facts.behind);
  if (clock !== undefined)
    troubles.push({ what: `${clock}: what compares the times of files goes wrong`, help: SET_CLOCK });
  const users = typeof facts.users === 'object' ? [`userns-remap from ${facts.users.uids[0]!.host}`] : [];
  const traits = [...readTraits(info.stdout), ...users];
  return { docker, known, cachedAt, context: name, endpoint, traits, troubles };
}

function notDocker(path: string, { stderr, exit }: Answer): Trouble {
  const said = firstLine(stderr);
  return {
    what: `${path} does not respond like docker${said === '' ? ` (exit code ${exit ?? 'none'})` : `: ${said}`}`,
    help: 'set another one in MOUNTC_DOCKER',
  };
}

// docker's words, and what they call for.
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /context not found|context .* (?:does not exist|is not found)/i,
    'see `docker context ls`, then `docker context use NAME`; DOCKER_CONTEXT may name it',
  ],
  [/permission denied/i, 'let this user use the socket: sudo usermod -aG docker "$USER", then log in again'],
  [
    /no such host|unable to (?:parse|resolve)|invalid (?:bind|proto)|unsupported protocol/i,
    'DOCKER_HOST or the context names an address that does not exist',
  ],
  [/client version .* is too (?:new|old)/i, 'client and engine are too far apart; update the older one'],
  [/certificate|tls|x509/i, 'check DOCKER_CERT_PATH and DOCKER_TLS_VERIFY'],
  [
    /Is the docker daemon running|cannot connect|connection refused|no such file/i,
    'start the engine (systemctl start docker, or Docker Desktop), or check DOCKER_HOST and `docker context ls`',
  ],
];

/** What to do about words of docker that say why no engine answers. */
export const helpOf = (said: string): string | undefined =>
  REMEDIES.find(([pattern]) => pattern.test(said))?.[1];

function noEngine({ stderr, timedOut }: Answer, endpoint: string | undefined, patience: number): Trouble {
  if (timedOut)
    return {
      what: `the engine${endpoint === undefined ? '' : ` at ${endpoint}`} does not respond (waited ${patience / 1000} s)`,
      help: 'something listens there and does not respond: restart the engine, or check DOCKER_HOST',
    };
  // A warning in front, such as of a configuration that cannot be read, is not why.
  const said =
    firstLine(stderr.replace(/^WARNING: .*\n/gm, '')) ||
    firstLine(stderr) ||
    'docker does not say which engine it has';
  return { what: said, help: helpOf(said) ?? 'this is what docker reports itself' };
}

function readContext(text: string): { name?: string; endpoint?: string } {
  try {
    const value = JSON.parse(text.split('\n', 1)[0] ?? '') as {
      Name?: string;
      Endpoints?: { docker?: { Host?: string } };
    };
    return { name: value.Name, endpoint: value.Endpoints?.docker?.Host };
  } catch {
    return {};
  }
}

function readTraits(text: string): string[] {
  try {
    const value = JSON.parse(text) as { SecurityOptions?: string[] | null; OperatingSystem?: string };
    const traits = (value.SecurityOptions ?? []).some((each) => each.includes('name=rootless'))
      ? ['rootless']
      : [];
    const system = value.OperatingSystem;
    return system === undefined || system === '' ? traits : [...traits, system];
  } catch {
    return [];
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
