import { usableFix, withoutOverlaps } from '../lint/fix.js';
import { listMounts } from '../lint/inventory.js';
import { unifiedDiff } from '../report/unified-diff.js';
import { makeSink } from '../source/frontend.js';
import { applyEdits } from '../text/edit.js';
import { NOTHING, product, show } from '../text/shown.js';
import { VERSION } from '../version.js';
import { chooseDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { lintInput } from './lint-command.js';
import { configFinder, readConfigFor } from './lint-config.js';
import type { LintArgs } from './lint-flags.js';
import { lintHost } from './lint-host.js';
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
  const host = await lintHost(args.checkPaths ?? config.checkPaths ?? false, io);
  const { input, text, diagnostics } = await lintInput(
    args.argv ?? args.command ?? '',
    { ...chosen, host },
    {
      ...config.rules,
      ...args.rules,
    },
  );
  if (input.views.every(({ invocation }) => invocation === undefined)) {
    await io.stderr.write(
      show`mountc lint: this is no docker command that takes mounts (run, create, service create), and no mount flags\n`,
    );
    return EXIT.ok;
  }
  if (args.isList) {
    const findings = makeSink();
    const mounts = listMounts({ views: input.views, findings }, undefined, input.text);
    await printList(mounts, args, io);
    return EXIT.ok;
  }
  const failed = failing(diagnostics, args.failOn ?? config.failOn ?? 'error');
  const code = failed.length > 0 ? EXIT.findings : EXIT.ok;
  if (args.isDiff) {
    const mode = args.fix ?? 'safe';
    const fixes = withoutOverlaps(diagnostics.filter((one) => usableFix(one, mode) !== undefined));
    const fixed = applyEdits(
      text,
      fixes.flatMap(({ fix }) => fix?.edits ?? []),
    );
    await io.stdout.write(product(unifiedDiff('command', `${text}\n`, `${fixed ?? text}\n`), io.stdout));
    const left = failed.filter((one) => !fixes.includes(one)).length;
    await io.stderr.write(args.isQuiet ? NOTHING : staying(left));
    return code;
  }
  const outputs = await openOutputs(args.outputs, { version: VERSION, ruleInfo }, io, args.color);
  await outputs.file({ path: undefined, text, diagnostics: args.isQuiet ? failed : diagnostics });
  await outputs.end({ files: 1, fixed: 0, fixable: 0, isQuiet: args.isQuiet });
  for (const error of outputs.errors) await io.stderr.write(show`mountc lint: ${error}\n`);
  return outputs.errors.length > 0 ? EXIT.environment : code;
}
