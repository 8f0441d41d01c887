import type { SpecNode } from '../../../spec/ast.js';
import { hasHole } from '../../../text/spec-text.js';
import type { Dialect } from '../tables/dialect.js';
import type { CreateBody, Sent } from './api.js';
import { parseFor, readSpec } from './client-spec.js';
import { judgeCommand } from './client-verdict.js';
import type { ClientContext } from './client-volume.js';
import { type DockerInvocation, isFlagSet } from './docker-argv.js';
import type { FlagUse } from './flag-word.js';
import type { ClientRefusal, MountUse } from './mount-use.js';

/** What the docker client does with a command. */
export interface CompiledCommand {
  readonly invocation: DockerInvocation;
  readonly mounts: readonly MountUse[];
  /** The first thing that the client refuses, in its order. */
  readonly refusal?: ClientRefusal;
  /** Set where it cannot be known whether the client refuses. */
  readonly unknown?: string;
  /** What it would send; only without refusal and unknown. */
  readonly create?: CreateBody;
}

/** The form that a flag's value is written in. */
export function formOf({ flag }: FlagUse): SpecNode['kind'] | undefined {
  return flag.kind === 'volume' || flag.kind === 'mount' || flag.kind === 'tmpfs' ? flag.kind : undefined;
}

/** Compiles a whole command: each mount flag, the client's verdict in its own order of checks, and what it would send. */
export function compileInvocation(
  invocation: DockerInvocation,
  context: ClientContext,
  options: CompileOptions = {},
): CompiledCommand {
  const mounts: MountUse[] = [];
  for (const use of invocation.flags) {
    const form = formOf(use);
    if (form === undefined) continue;
    const node = parseFor(form, use.value.value, context.dialect);
    mounts.push({ use, node, result: hasHole(use.value) ? undefined : readSpec(node, context) });
  }
  const outcome = judgeCommand(invocation, mounts, context);
  if (typeof outcome === 'string') return { invocation, mounts, unknown: outcome };
  if (outcome !== undefined) return { invocation, mounts, refusal: outcome };
  return { invocation, mounts, create: createBody(invocation, mounts, context.dialect, options) };
}

/** What the client knows of its surroundings. */
export interface CompileOptions {
  /** The path of the engine's socket, for `--use-api-socket` with the clients that send their own (28.1.0 to 28.3.1). */
  readonly apiSocket?: string;
}

/** What the client puts into the create call, provided that it does not refuse the command. */
export function createBody(
  invocation: DockerInvocation,
  mounts: readonly MountUse[],
  dialect: Dialect,
  options: CompileOptions = {},
): CreateBody {
  const sent = mounts.flatMap(({ result }): Sent[] => (result?.ok ? [result.sent] : []));
  const binds = new Set<string>();
  const volumes = new Map<string, Record<string, never>>();
  const tmpfs = new Map<string, string>();
  const api: CreateBody['Mounts'] = [];
  for (const item of sent) {
    switch (item.slot) {
      case 'Binds':
        binds.add(item.bind);
        break;
      case 'Volumes':
        volumes.set(item.target, {});
        break;
      case 'Tmpfs':
        tmpfs.set(item.target, item.options);
        break;
      case 'Mounts':
        api.push(item.mount);
        break;
    }
  }
  if (isFlagSet(invocation, 'use-api-socket')) {
    const own = dialect.has.apiSocketIsClients ? (options.apiSocket ?? API_SOCKET) : API_SOCKET;
    api.push({ Type: 'bind', Source: own, Target: API_SOCKET, BindOptions: {} });
  }
  const texts = (name: string) =>
    invocation.flags.filter(({ flag }) => flag.name === name).map(({ value }) => value.value);
  const from = texts('volumes-from');
  return {
    Binds: binds.size > 0 ? [...binds] : null,
    Mounts: api.length > 0 ? api : null,
    Tmpfs: tmpfs.size > 0 ? Object.fromEntries(tmpfs) : null,
    Volumes: volumes.size > 0 ? Object.fromEntries(volumes) : null,
    VolumeDriver: texts('volume-driver').at(-1) || null,
    VolumesFrom: from.length > 0 ? from : null,
  };
}

const API_SOCKET = '/var/run/docker.sock';
