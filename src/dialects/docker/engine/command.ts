import type { CompiledCommand } from '../client/compile.js';
import type { Dialect } from '../tables/dialect.js';
import { judgeEngine } from './judge.js';
import type { EngineVerdict } from './refusal.js';
import { judgeService, type ServiceVerdict } from './service.js';
import type { System } from './system.js';

/** What the engine says to a command that its client sends. */
export type CommandVerdict = EngineVerdict & Partial<Pick<ServiceVerdict, 'dropped'>>;

/**
 * The engine's verdict on a compiled command: for containers at create and at start, for services by the manager (`create`)
 * and on the nodes (`start`). Undefined when nothing is sent, or it is not known what.
 */
export function judgeCommand(
  { invocation, create: body }: Pick<CompiledCommand, 'invocation' | 'create'>,
  dialect: Dialect,
  host?: System,
): CommandVerdict | undefined {
  if (body === undefined) return undefined;
  if (!invocation.path.startsWith('service')) return judgeEngine(body, dialect, host);
  const verdict = judgeService(body.Mounts ?? [], dialect, {
    isUpdate: invocation.path === 'service update',
    host,
  });
  return { ...verdict, items: [], open: [] };
}
