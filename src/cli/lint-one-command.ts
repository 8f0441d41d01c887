import { LintHost } from '../docker/lint-host.js';
import { fixText } from '../lint/fix.js';
import type { Judged } from '../lint/fix-attempt.js';
import { listMounts } from '../lint/inventory.js';
import { makePatch } from '../report/patch.js';
import { makeSink } from '../source/frontend.js';
import { NOTHING, show } from '../text/shown.js';
import { VERSION } from '../version.js';
import { isUsageError } from './bug.js';
import { chooseDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import { type CliIo, patchSink } from './io.js';
import { lintInput } from './lint-command.js';
import { configFinder, readConfigFor } from './lint-config.js';
import { tellRefused } from './lint-fix.js';
import type { LintArgs } from './lint-flags.js';
import { printList } from './lint-list.js';
import { openOutputs } from './lint-outputs.js';
import { failing, staying } from './lint-verdict.js';
import { ruleInfo } from './rule-info.js';

/** `mountc lint --command`: one command, judged as it would be run from this folder. */
export async function lintOneCommand(args: LintArgs, io: CliIo): Promise<number> {
  const chosen = await chooseDialect(args.dialect, io);
  const placed = await readConfigFor(io.cwd, args, configFinder(args, io), io);
  if (placed === 'broken') return EXIT.usage;
  const config = placed?.config ?? {};
  const checksPaths = args.checkPaths ?? config.checkPaths ?? false;
  const host = checksPaths ? await new LintHost(io).ofCommand() : undefined;
  const rules = { ...config.rules, ...args.rules };
  const { input, text, diagnostics } = await lintInput(
    args.argv ?? args.command ?? '',
    { ...chosen, host },
    rules,
  );
  // Of another sub-command there may be a word all the same.
  if (diagnostics.length === 0 && input.views.every(({ invocation }) => invocation === undefined)) {
    await io.stderr.write(
      show`mountc lint: this is not a docker command that takes mounts (run, create, service create), and no mount flags\n`,
    );
    return EXIT.ok;
  }
  if (args.isList) {
    const findings = makeSink();
    const mounts = listMounts({ views: input.views, findings }, undefined, input.text);
    await printList(mounts, args, io);
    return EXIT.ok;
  }
  const failOn = args.failOn ?? config.failOn ?? 'error';
  const failed = failing(diagnostics, failOn);
  const code = failed.length > 0 ? EXIT.findings : EXIT.ok;
  if (args.isDiff) {
    const mode = args.fix ?? 'safe';
    const judge = async (now: string): Promise<Judged> => {
      try {
        return { ...(await lintInput(now, { ...chosen, host }, rules)), ...whole(now) };
      } catch (error) {
        if (!isUsageError(error)) throw error;
        return { text: now, diagnostics: [], ...whole(now), problems: [{ start: 0, end: now.length }] };
      }
    };
    const fixed = await fixText({ text, diagnostics, ...whole(text) }, mode, judge);
    const texts = { path: 'command', before: `${text}\n`, after: `${fixed.text}\n` };
    await io.stdout.write(makePatch(texts, patchSink(io, args.color)) ?? NOTHING);
    await tellRefused(fixed, mode, 'command', io);
    const left = failing(fixed.diagnostics, failOn).length;
    await io.stderr.write(args.isQuiet ? NOTHING : staying(left));
    return code;
  }
  const outputs = await openOutputs(args.outputs, { version: VERSION, ruleInfo }, io, args.color);
  await outputs.file({ path: undefined, text, diagnostics: args.isQuiet ? failed : diagnostics });
  await outputs.end({ files: 1, fixed: 0, fixable: 0, isQuiet: args.isQuiet });
  for (const error of outputs.errors) await io.stderr.write(show`mountc lint: ${error}\n`);
  return outputs.errors.length > 0 ? EXIT.environment : code;
}

/** A command that was read has nothing in it that could not be, and is one whole; each of its words may be wrong. */
const whole = ({ length }: string): Pick<Judged, 'problems' | 'wholes' | 'work'> => ({
  problems: [],
  wholes: [],
  work: 10 * length,
});
