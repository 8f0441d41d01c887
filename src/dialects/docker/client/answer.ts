import { wellFormed } from '../../../text/hole-mark.js';
import { plainText } from '../../../text/spec-text.js';
import type { Dialect } from '../tables/dialect.js';
import type { CreateBody } from './api.js';
import { refuseGlobals } from './client-verdict.js';
import { type CompileOptions, compileInvocation } from './compile.js';
import { scanDocker } from './docker-argv.js';

/** What the docker client would do with a command; `ok: null` where that cannot be known. */
export type ApiAnswer =
  | { readonly ok: true; readonly create: CreateBody }
  | { readonly ok: false; readonly exit: number; readonly stderr: string }
  | { readonly ok: null; readonly why: string };

/** Where and by which docker a command is judged. */
interface AnswerOptions extends CompileOptions {
  readonly dialect: Dialect;
  /** The directory that relative sources are relative to; absolute. */
  readonly cwd: string;
}

/**
 * Answers what the docker client would send for `args` (docker's arguments; a leading `docker` is skipped), or how it would
 * refuse on its own: exit status and first line of stderr, log lines left out. Pure and total.
 */
export function answerCommand(args: readonly string[], options: AnswerOptions): ApiAnswer {
  const words = (args[0] === 'docker' ? args.slice(1) : args).map((word) => plainText(wellFormed(word)));
  const scan = scanDocker(words, options.dialect.client);
  if (scan.kind === 'unknown') {
    const refused = refuseGlobals(scan.globals, options.dialect);
    if (typeof refused === 'object') return { ok: false, exit: refused.exit, stderr: refused.stderr };
    return scan.problem === undefined
      ? { ok: null, why: scan.why }
      : { ok: false, exit: 125, stderr: scan.problem.reason.split('\n', 1)[0]! };
  }
  const compiled = compileInvocation(scan, options, options);
  if (compiled.unknown !== undefined) return { ok: null, why: compiled.unknown };
  if (compiled.create !== undefined) return { ok: true, create: compiled.create };
  const { exit, stderr } = compiled.refusal!;
  return { ok: false, exit, stderr };
}
