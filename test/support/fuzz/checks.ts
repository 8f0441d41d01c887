// What must hold of any input: nothing is thrown, and what comes out is as good as what went in.

import { type FileForm, rewriteFile } from '../../../src/convert/rewrite-file.js';
import { makeDialect } from '../../../src/dialects/docker/tables/dialect.js';
import { portableDialects } from '../../../src/dialects/docker/tables/fleet.js';
import { fixText } from '../../../src/lint/fix.js';
import { type FixMode, type Judged, toJudged } from '../../../src/lint/fix-attempt.js';
import { listMounts } from '../../../src/lint/inventory.js';
import { judgeText } from '../../../src/lint/judge-text.js';
import type { LintOptions } from '../../../src/lint/lint-text.js';
import { readFindings } from '../../../src/readers/index.js';
import { checkCommand } from '../../../src/shim/check-command.js';
import { isSurelySilent } from '../../../src/shim/fast-path.js';
import type { FileKind } from '../../../src/source/file-kinds.js';
import { applyEdits } from '../../../src/text/edit.js';
import { runMountc } from '../cli.js';

/** What must not be. */
export class Broken extends Error {
  override name = 'Broken';
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

const OPTIONS: LintOptions = { dialect: makeDialect(), rules: {} };
const ALL_RULES: LintOptions = {
  ...OPTIONS,
  rules: Object.fromEntries(
    ['mount-key-style', 'prefer-mount-syntax', 'readonly-spelling', 'single-file-bind', 'socket-mount'].map(
      (name) => [name, 'info'] as const,
    ),
  ),
};
const FORMS: readonly FileForm[] = ['mount', 'volume', 'tmpfs', 'compose'];

/** A file: linted, listed, fixed twice, converted twice. */
export async function checkFile(kind: FileKind, text: string): Promise<void> {
  for (const options of [OPTIONS, ALL_RULES]) {
    const judge = async (now: string): Promise<Judged> =>
      toJudged(now, await judgeText(kind, now, 'x', options));
    const linted = await judgeText(kind, text, 'x', { ...options, keepsViews: true });
    listMounts(linted, 'x', text);
    for (const { range, fix, related = [], rule } of linted.diagnostics) {
      for (const { start, end } of [
        range,
        ...related.map((one) => one.range),
        ...(fix?.edits ?? []).map((one) => one.range),
      ])
        must(start >= 0 && start <= end && end <= text.length, `${rule} is outside of the text`);
      if (fix !== undefined) must(applyEdits(text, fix.edits) !== undefined, `the edits of ${rule} overlap`);
    }
    const again = await judgeText(kind, text, 'x', options, await readFindings(kind, text, { path: 'x' }));
    must(show(again.diagnostics) === show(linted.diagnostics), 'it depends on how it is read');
    const start = await judge(text);
    for (const mode of ['safe', 'unsafe'] as const) await checkFix(start, mode, judge);
  }
  for (const form of FORMS) await checkConversion(kind, text, form);
}

const show = (found: Judged['diagnostics']) =>
  JSON.stringify(found.map(({ rule, range, message }) => [rule, range, message]));

async function checkFix(
  start: Judged,
  mode: FixMode,
  judge: (text: string) => Promise<Judged>,
): Promise<void> {
  const once = await fixText(start, mode, judge);
  if (once.applied === 0) {
    must(once.text === start.text, 'a text changes without a fix');
    return;
  }
  must(
    once.problems.length <= start.problems.length,
    `${mode} fixes break the text: ${JSON.stringify(once.text)}`,
  );
  const errors = ({ diagnostics }: Judged) =>
    diagnostics.filter(({ severity }) => severity === 'error').length;
  must(errors(once) <= errors(start), `${mode} fixes make errors: ${JSON.stringify(once.text)}`);
  const twice = await fixText(await judge(once.text), mode, judge);
  must(twice.text === once.text, `${mode} fixes are not done: ${JSON.stringify([once.text, twice.text])}`);
}

async function checkConversion(kind: FileKind, text: string, form: FileForm): Promise<void> {
  const how = { short: false, options: { dialects: portableDialects(), strict: false } };
  const once = await rewriteFile(kind, text, form, how, 'x');
  if (once === undefined) return;
  if (once.broken !== undefined) return must(once.text === text, 'a broken text is converted');
  if (once.text === text) return;
  const before = await readFindings(kind, text, { path: 'x' });
  const after = await readFindings(kind, once.text, { path: 'x' });
  const changed = JSON.stringify(once.text);
  must(after.problems.length <= before.problems.length, `conversion to ${form} breaks the text: ${changed}`);
  must(
    after.commands.length === before.commands.length,
    `conversion to ${form} changes the commands: ${changed}`,
  );
  const twice = await rewriteFile(kind, once.text, form, how, 'x');
  must(
    twice?.text === once.text,
    `conversion to ${form} is not done: ${JSON.stringify([once.text, twice?.text])}`,
  );
}

/** Runs the program; only its own exit codes are right. */
export async function checkRun(
  argv: readonly string[],
  world?: Parameters<typeof runMountc>[1],
): Promise<void> {
  const { code, stderr } = await runMountc(argv, world);
  must(code >= 0 && code <= 3, `exit code ${code}: ${stderr}`);
}

/** docker's arguments at the door. */
export async function checkArgs(args: readonly string[], isTerminal: boolean): Promise<void> {
  const settings = { mode: 'block' as const, rules: {}, problems: [] };
  const env = { HOME: '/nonexistent' };
  const isSilent = isSurelySilent(args, {
    env,
    docker: '/bin/true',
    settings,
    isTerminal,
    known: () => undefined,
  });
  const result = await checkCommand({
    args,
    cwd: '/',
    settings,
    host: { env, docker: '/bin/true' },
    stderr: { isTerminal, color: false },
  });
  must(!isSilent || (!result.refuse && result.text.shown === ''), 'the fast path hides what the check says');
}
