import type { CreateBody } from '../dialects/docker/client/api.js';
import { stringifyApi } from '../dialects/docker/client/api.js';
import {
  type CompiledCommand,
  compileInvocation,
  createBody,
  formOf,
} from '../dialects/docker/client/compile.js';
import { type DockerInvocation, isFlagSet, scanDocker } from '../dialects/docker/client/docker-argv.js';
import { judgeCommand } from '../dialects/docker/engine/command.js';
import { judgeWhole } from '../dialects/docker/engine/judge.js';
import type { EngineRefusal } from '../dialects/docker/engine/refusal.js';
import { isWindowsPath } from '../mount/paths.js';
import type { SpecText } from '../text/spec-text.js';
import type { Docker } from './dockers.js';

/** Why a command surely fails, whatever the machine is like. */
export interface Refusal {
  /** Who says no, and when: the client, docker compose or podman at once, the engine when it makes the container or starts it. */
  readonly by: 'client' | 'compose' | 'podman' | 'create' | 'start';
  /** In docker's words, on one line. */
  readonly words: string;
  /** It is about a mount flag, and not about something else in the command. */
  readonly aboutMount: boolean;
  /** The engine has found the image by then, and the client has pulled one that was missing. */
  readonly afterImage?: boolean;
}

/** What a client does with the command: it refuses, or sends something; neither when that is not known. */
interface ClientSide {
  readonly refusal?: Refusal;
  readonly scan?: DockerInvocation;
  readonly body?: CreateBody;
}

/** Judges one command by one docker after the other: why it refuses; undefined when it does not, or when that is not certain. */
export function refuser(words: readonly SpecText[], cwd: string): (docker: Docker) => Refusal | undefined {
  // What clients send differs in a few versions only, and so does what engines say to it.
  const sides = new Map<string, ClientSide>();
  const texts = new Map<CreateBody, string>();
  const answers = new Map<string, Refusal | undefined>();
  return (docker) => {
    const { client, engine, engineOs, api, has } = docker.dialect;
    const side = remember(sides, `${client} ${has.goUnits05} ${api} ${engineOs}`, () =>
      readBy(words, docker, cwd),
    );
    const { scan, body } = side;
    if (scan === undefined || body === undefined) return side.refusal;
    const text = remember(texts, body, () => stringifyApi(body));
    const isLcow = docker.system !== undefined;
    return remember(answers, `${engine} ${api} ${engineOs} ${isLcow} ${text}`, () =>
      byEngine(scan, body, docker),
    );
  };
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  if (!known.has(key)) known.set(key, make());
  return known.get(key)!;
}

function readBy(words: readonly SpecText[], { dialect }: Docker, cwd: string): ClientSide {
  const scan = scanDocker(words, dialect.client);
  if (scan.kind === 'unknown' || scan.flags.length === 0) return {};
  const compiled = compileInvocation(scan, { dialect, cwd });
  const { refusal, create: body } = compiled;
  if (refusal !== undefined) {
    const aboutMount = refusal.use !== undefined && formOf(refusal.use) !== undefined;
    return { refusal: { by: 'client', words: refusal.stderr.replace(/^docker: /, ''), aboutMount } };
  }
  if (body !== undefined) return { scan, body };
  // It is not known whether the client takes another flag; if it does, the rest still stands.
  if (isFlagSet(scan, 'help')) return {};
  const bad = refusedMount(compiled);
  return bad === undefined
    ? { scan, body: createBody(scan, compiled.mounts, dialect) }
    : { refusal: { by: 'client', words: bad, aboutMount: true } };
}

function refusedMount({ mounts }: CompiledCommand): string | undefined {
  for (const { result } of mounts) if (result?.ok === false) return result.reason;
  return undefined;
}

function byEngine(scan: DockerInvocation, body: CreateBody, docker: Docker): Refusal | undefined {
  const { dialect, system } = docker;
  // Docker Desktop rewrites Windows paths for its Linux engine.
  if (dialect.engineOs === 'linux' && hasWindowsPath(body)) return undefined;
  if (scan.path.startsWith('service')) {
    // What is removed again is not sent; what the nodes say comes later, and not from this command.
    if (scan.flags.some(({ flag }) => flag.name === 'mount-rm')) return undefined;
    return told('create', judgeCommand({ invocation: scan, create: body }, dialect, system)?.create);
  }
  const { create, start } = judgeWhole(body, dialect, system);
  if (create !== undefined) return told('create', create);
  return scan.path.endsWith('run') && !isRuntimeChosen(scan) ? told('start', start) : undefined;
}

// What the runtime and the kernel say is known of docker's own runtime.
const isRuntimeChosen = (scan: DockerInvocation): boolean =>
  scan.flags.some(({ flag }) => flag.name === 'runtime');

function told(by: 'create' | 'start', refusal: EngineRefusal | undefined): Refusal | undefined {
  if (refusal === undefined) return undefined;
  const words = (refusal.reason || refusal.kind.replaceAll('-', ' '))
    .replace(/\.$/, '')
    .replaceAll('\n', ' ');
  return { by, words, aboutMount: true, afterImage: by === 'create' && isAfterImage(refusal) };
}

// The order of the engine's checks: §1.6 step 4.
function isAfterImage({ kind, place }: EngineRefusal): boolean {
  if (place.slot === 'Binds' || place.slot === 'VolumesFrom') return true;
  return kind === 'duplicate-target' || kind === 'volume-name' || kind === 'volume-options';
}

function hasWindowsPath({ Binds, Mounts, Tmpfs, Volumes }: CreateBody): boolean {
  return [
    ...(Binds ?? []),
    ...(Mounts ?? []).flatMap(({ Source = '', Target = '' }) => [Source, Target]),
    ...Object.keys(Tmpfs ?? {}),
    ...Object.keys(Volumes ?? {}),
  ].some((text) => isWindowsPath(text) && !text.startsWith('//'));
}
