import { dirname, resolve } from 'node:path';
import { LintHost } from '../docker/lint-host.js';
import { type Around, aroundFile } from '../files/around-file.js';
import { discoverFiles, type FoundFile } from '../files/discover.js';
import type { ConfigFinder } from '../files/find-config.js';
import { GivenProjects } from '../files/given-projects.js';
import { patchPath } from '../files/patch-path.js';
import { fromBytes, readSource, type SourceFile } from '../files/read-source.js';
import { changedBytes, decodeText, NO_TEXT } from '../files/text-bytes.js';
import type { FailOn } from '../lint/config.js';
import type { Fixed } from '../lint/fix.js';
import { usableFix } from '../lint/fix-attempt.js';
import type { ListedMount } from '../lint/inventory.js';
import type { LintedText, LintOptions } from '../lint/lint-text.js';
import { type FileSettings, type GivenSettings, settingsFor } from '../lint/settings.js';
import { shownFindings } from '../lint/shown-findings.js';
import { readFindings } from '../readers/index.js';
import { makePatch } from '../report/patch.js';
import { FILE_KINDS } from '../source/file-kinds.js';
import type { Findings } from '../source/frontend.js';
import { guessKind } from '../source/guess-kind.js';
import { append } from '../text/append.js';
import type { Diagnostic } from '../text/diagnostic.js';
import type { FileReport } from '../text/file-report.js';
import { hideSecrets } from '../text/secrets.js';
import { NOTHING, productBytes, show } from '../text/shown.js';
import { VERSION } from '../version.js';
import { orBug } from './bug.js';
import { chooseVersions } from './dialect-flags.js';
import { EXIT } from './exit-codes.js';
import { type CliIo, patchSink } from './io.js';
import { Baselines, goneIn, type KnownFindings } from './lint-baseline.js';
import { configFinder, givenSettings, isGivenBroken, readConfigFor } from './lint-config.js';
import { disableLinted } from './lint-disables.js';
import { fixLinted, tellRefused } from './lint-fix.js';
import type { LintArgs } from './lint-flags.js';
import { printList } from './lint-list.js';
import { type Outputs, openOutputs } from './lint-outputs.js';
import { makeProgress } from './lint-progress.js';
import type { ChangesSince, FileChanges } from './lint-since.js';
import { failing, staying } from './lint-verdict.js';
import { ShortRun } from './short-run.js';
import { tellUncharted } from './uncharted.js';
import { UsageError } from './usage.js';

type Judge = typeof import('#entry/judge');

/** What a run has come to so far. */
interface Run {
  readonly args: LintArgs;
  readonly io: CliIo;
  readonly finder: ConfigFinder;
  readonly outputs: Outputs;
  readonly listed: ListedMount[];
  /** Where files are going to be written. */
  readonly tidy: ((file: string) => void) | undefined;
  readonly shortness: ShortRun;
  /** What was found out of what surrounds files. */
  readonly around: Around;
  readonly given: GivenSettings;
  readonly baselines: Baselines;
  readonly host: LintHost;
  readonly since: ChangesSince | undefined;
  /** Files (absolute) that are there and were not read. */
  readonly unread: Set<string>;
  cwd: string | undefined;
  files: number;
  /** What was found in them. */
  readonly read: { commands: number; mounts: number };
  fixed: number;
  /** Findings that comments were added for. */
  disabled: number;
  fixable: number;
  /** Findings that fail the run and that the fixes of `--diff` leave. */
  staying: number;
  hasFailed: boolean;
  /** The program itself failed in some file. */
  hasBug: boolean;
  readonly errors: string[];
  /** All that knows the rules; loaded for the first file that holds something to judge. */
  judge?: Judge;
}

/** `mountc lint` over files, or over standard input. */
export async function lintFiles(args: LintArgs, io: CliIo): Promise<number> {
  // Checks the versions once, before any file.
  const chosen = await chooseVersions(
    {
      ...args.dialect,
      '--docker': args.dialect['--docker'] === 'auto' ? undefined : args.dialect['--docker'],
    },
    io,
  );
  const run: Run = {
    args,
    io,
    finder: configFinder(args, io),
    outputs: await openOutputs(
      args.isDiff || args.isList ? [] : args.outputs,
      { version: VERSION, ruleInfo: (name) => run.judge?.ruleInfo(name) },
      io,
      args.color,
    ),
    listed: [],
    // Loaded when it is asked for: node:crypto takes as long as all the rest.
    tidy: isChanged(args) ? (await import('../files/leftovers.js')).leftoverRemover() : undefined,
    shortness: new ShortRun(),
    around: { cwd: io.cwd, including: new Map(), given: new GivenProjects() },
    given: await givenSettings(args, io),
    baselines: new Baselines(args, io),
    host: new LintHost(io),
    since: args.newFrom === undefined ? undefined : await changesSince(args.newFrom, io),
    unread: new Set(),
    cwd: args.dialect['--cwd'] === undefined ? undefined : chosen.cwd,
    files: 0,
    read: { commands: 0, mounts: 0 },
    fixed: 0,
    disabled: 0,
    fixable: 0,
    staying: 0,
    hasFailed: false,
    hasBug: false,
    errors: [],
  };
  try {
    return await lintAll(run);
  } finally {
    run.shortness.end();
    await run.since?.end();
  }
}

/** Loaded when it is asked for: it takes what starts programs. */
async function changesSince(name: string, io: CliIo): Promise<ChangesSince> {
  const { ChangesSince } = await import('./lint-since.js');
  return new ChangesSince(name, io);
}

async function lintAll(run: Run): Promise<number> {
  const { args, io } = run;
  if ((await isGivenBroken(args, run.finder, io)) || (await run.baselines.isGivenBroken())) return EXIT.usage;
  await run.since?.openAll(args);
  const code = args.paths.includes('-') ? await lintStdin(run) : await lintPaths(run);
  if (code !== undefined) return code;
  await endBaselines(run);
  if (args.isList) await printList(run.listed, args, io);
  else if (args.isDiff) await io.stderr.write(args.isQuiet ? NOTHING : staying(run.staying));
  else if (!(isChanged(args) && args.paths.includes('-'))) {
    const { files, read, fixed, fixable } = run;
    await run.outputs.end({ files, read, fixed, fixable, isQuiet: args.isQuiet });
  }
  if (run.disabled > 0 && !args.isQuiet && !args.isDiff)
    await io.stderr.write(show`mountc lint: ${turnedOff(run.disabled)} turned off by comments now\n`);
  for (const error of [...run.errors, ...run.outputs.errors])
    await io.stderr.write(show`mountc lint: ${error}\n`);
  if (run.hasBug) return EXIT.bug;
  if (run.errors.length + run.outputs.errors.length > 0) return EXIT.environment;
  return run.hasFailed ? EXIT.findings : EXIT.ok;
}

const turnedOff = (count: number): string => (count === 1 ? '1 finding is' : `${count} findings are`);

/** Whether what is linted gets another text. */
function isChanged({ fix, addsDisables }: LintArgs): boolean {
  return fix !== undefined || addsDisables;
}

async function lintPaths(run: Run): Promise<number | undefined> {
  const { args, io } = run;
  const { files, problems } = discoverFiles(args.isWithoutPaths ? ['.'] : args.paths, io.cwd, io.env);
  for (const { path, why } of problems) {
    const hint = /\s/.test(path) && why.startsWith('no such') ? ' (a command is given with --command)' : '';
    run.errors.push(`${hideSecrets(path, 'source')}: ${why}${hint}`);
  }
  const progress = makeProgress(files.length, io, args.isQuiet);
  for (const file of files) {
    progress.step(file.path);
    run.files++;
    let settings: PathSettings | 'broken' | undefined;
    await tryOne(run, file.path, async () => {
      settings = await settingsOf(run, file.absolute);
      if (settings !== 'broken' && !settings.isIgnored)
        await lintPath(run, file, settings, () => progress.clear());
    });
    if (settings === 'broken') return EXIT.usage;
  }
  if (problems.length > 0) run.unread.add(ALL);
  progress.clear();
  return undefined;
}

/** Stands for files that nobody could look for. */
const ALL = '*';

/** Writes the baselines, or tells which of their entries are for nothing. */
async function endBaselines(run: Run): Promise<void> {
  const { args, io, baselines, unread } = run;
  if (args.writesBaseline && baselines.isEmpty)
    throw new UsageError('--write-baseline does not know which file', 'name it with --baseline FILE');
  if (baselines.isEmpty) return;
  const isGone = unread.has(ALL) ? () => false : goneIn(args, io.cwd, unread);
  if (args.writesBaseline) {
    append(run.errors, await baselines.write(isGone));
    return;
  }
  if (args.isList || args.isDiff) return;
  for (const report of baselines.stale(isGone)) {
    const settings = await settingsOf(run, resolve(io.cwd, report.path ?? ''));
    if (settings === 'broken' || report.diagnostics.length === 0) continue;
    run.judge ??= await import('#entry/judge');
    const severity = run.judge.severityOf(run.judge.STALE_BASELINE, settings.rules);
    if (severity === undefined) continue;
    const diagnostics = report.diagnostics.map((one) => ({ ...one, severity }));
    await tellFindings(run, { ...report, diagnostics }, args.failOn ?? settings.failOn ?? 'error');
  }
}

/** Does what is to be done with one file: an exception is named, and the other files are done all the same. */
async function tryOne(run: Run, path: string, work: () => Promise<void>): Promise<void> {
  const bug = await orBug(work);
  if (bug === undefined) return;
  run.hasBug = true;
  run.errors.push(`${path}: ${bug}`);
}

async function lintPath(
  run: Run,
  file: FoundFile,
  settings: PathSettings,
  prepare: () => void,
): Promise<void> {
  if (run.baselines.isOne(file.absolute)) return;
  const result = readSource(file, settings.commands);
  if ('error' in result) {
    run.unread.add(file.absolute);
    // Nobody can do anything about a bundle that lies in the tree.
    if (result.isMade && !file.isNamed) {
      if (run.args.isQuiet) return;
      prepare();
      await run.io.stderr.write(show`mountc lint: not read: ${file.path} (${result.error})\n`);
      return;
    }
    // Some go away while others are read.
    if (file.isNamed || !result.error.startsWith('no such')) run.errors.push(`${file.path}: ${result.error}`);
    return;
  }
  if ('skipped' in result) {
    settings.known?.fresh('', []);
    const { isQuiet, isHandedOn } = run.args;
    if (file.isNamed && result.skipped === 'no-kind' && !isQuiet && !isHandedOn) {
      prepare();
      await run.io.stderr.write(
        show`mountc lint: not read: ${file.path} (not a kind of file that mountc reads)\n`,
      );
    }
    return;
  }
  run.tidy?.(file.absolute);
  prepare();
  await lintOne(run, file, result.file, settings);
}

type PathSettings = FileSettings &
  Pick<LintArgs, 'failOn' | 'checkPaths'> & { readonly known: KnownFindings | undefined };

async function settingsOf(run: Run, absolute: string): Promise<PathSettings | 'broken'> {
  const loaded = await readConfigFor(dirname(absolute), run.args, run.finder, run.io);
  if (loaded === 'broken') return 'broken';
  const known = await run.baselines.forFile(absolute, loaded);
  if (known === 'broken') return 'broken';
  const settings = settingsFor(absolute, loaded, run.given);
  await tellUncharted(settings.versions, run.io);
  return {
    ...settings,
    known,
    failOn: loaded?.config.failOn,
    checkPaths: loaded?.config.checkPaths,
  };
}

async function lintStdin(run: Run): Promise<number | undefined> {
  const { args, io } = run;
  if (args.paths.length > 1) throw new UsageError('- cannot be combined with files');
  const bytes = await io.readStdin();
  const fresh = { bytes };
  try {
    return await lintBytes(run, bytes, fresh);
  } finally {
    // A text on standard input is always given back, even if the run fails: an editor puts it in place of what was sent.
    if (isChanged(args) && !args.isDiff)
      await io.stdout.write(productBytes(fresh.bytes, decodeText(fresh.bytes), io.stdout));
  }
}

async function lintBytes(run: Run, bytes: Buffer, fresh: { bytes: Buffer }): Promise<number | undefined> {
  const { args, io } = run;
  const path = args.stdinFilename ?? 'stdin';
  const absolute = resolve(io.cwd, path);
  const kind = args.stdinFilename === undefined ? guessKind(decodeText(bytes)) : undefined;
  const result = fromBytes(bytes, path, { isNamed: true, kind });
  if (kind !== undefined && !args.isQuiet)
    await io.stderr.write(
      show`mountc lint: standard input is read as ${FILE_KINDS[kind].title} (--stdin-filename says what it is)\n`,
    );
  run.files++;
  if (!('file' in result)) {
    const why = 'error' in result ? result.error : 'is not a kind of file that mountc reads';
    run.errors.push(`${path}: ${why}`);
    return undefined;
  }
  const settings = await settingsOf(run, absolute);
  if (settings === 'broken') return EXIT.usage;
  if (settings.isIgnored) return undefined;
  const { file } = result;
  const found = { path, absolute, isNamed: true };
  await tryOne(run, path, () => lintOne(run, found, file, settings, fresh));
  return undefined;
}

// In characters. What is found in a larger file is judged as soon as it is read, so that none of it need be kept.
const SMALL = 50_000;

/** What a small file holds, as long as no file has needed the rules: most hold nothing, and then nobody needs them. */
async function readFirst(
  { judge, args }: Run,
  { kind, text }: SourceFile,
  path: string,
  { commands }: FileSettings,
): Promise<Findings | undefined> {
  if (judge !== undefined || text.length > SMALL || args.isList || args.isDiff || isChanged(args))
    return undefined;
  return readFindings(kind, text, { path, commands, comments: args.comments });
}

/** Whether there is nothing that a rule could judge. */
function isEmpty(found: Findings): boolean {
  // All kinds, so that one that is added counts; what refers to others is only there next to them.
  const { references: _, ...kinds } = found;
  return Object.values<readonly unknown[]>(kinds).every(({ length }) => length === 0);
}

async function lintOne(
  run: Run,
  file: FoundFile,
  source: SourceFile,
  settings: PathSettings,
  /** Of standard input, what goes to standard output with `--fix`. */
  fresh?: { bytes: Buffer },
): Promise<void> {
  const { args } = run;
  const { kind, text } = source;
  await run.shortness.read(text.length);
  const found = await readFirst(run, source, file.path, settings);
  if (found !== undefined && isEmpty(found)) {
    settings.known?.fresh(text, []);
    return run.outputs.file({ path: file.path, text, diagnostics: [] });
  }
  run.judge ??= await import('#entry/judge');
  const { judgeText, listMounts } = run.judge;
  const options = await optionsFor(run, run.judge, file, source, settings);
  const linted = await judgeText(kind, text, file.path, options, found);
  run.read.commands += linted.read.commands;
  run.read.mounts += linted.read.mounts;
  if (args.isList) {
    append(run.listed, listMounts(linted, file.path, text));
    return;
  }
  const since = linted.diagnostics.length === 0 ? undefined : await run.since?.forFile(file, source);
  if (typeof since === 'string') {
    run.errors.push(`${file.path}: ${since}`);
    return;
  }
  const failOn = args.failOn ?? settings.failOn ?? 'error';
  const unknown = (one: JudgedText) => {
    const fresh = settings.known?.fresh(one.text, one.diagnostics) ?? one.diagnostics;
    return since?.fresh(one.text, fresh) ?? fresh;
  };
  const now = await changeText(run, file, source, {
    linted,
    judgeText,
    options,
    since,
    unknown,
    failOn,
    fresh,
  });
  const toBytes = (one: string) => changedBytes(source, one);
  const report = { path: file.path, text: now.text, diagnostics: unknown(now), toBytes };
  if (args.isDiff) run.hasFailed ||= failing(report.diagnostics, failOn).length > 0;
  // The text of standard input took standard output.
  else await tellFindings(run, report, failOn, fresh === undefined || !isChanged(args));
}

/** By what the text of a file is judged. */
async function optionsFor(
  run: Run,
  { makeDialect }: Judge,
  { absolute }: FoundFile,
  { kind, text }: SourceFile,
  settings: PathSettings,
): Promise<LintOptions> {
  const { args } = run;
  const checkPaths = args.checkPaths ?? settings.checkPaths ?? false;
  return {
    dialect: makeDialect(settings.versions),
    compose: settings.compose,
    cwd: run.cwd,
    rules: settings.rules,
    commands: settings.commands,
    keepsViews: args.isList,
    comments: args.comments,
    ...(await aroundFile(kind, absolute, text, run.around)),
    host: checkPaths ? await run.host.ofFile({ kind, text, absolute }) : undefined,
  };
}

type JudgedText = Pick<Fixed, 'text' | 'diagnostics'>;

/** What a text is changed by. */
interface Changing {
  readonly linted: LintedText;
  readonly judgeText: Judge['judgeText'];
  readonly options: LintOptions;
  readonly since: FileChanges | undefined;
  readonly failOn: FailOn;
  readonly fresh: { bytes: Buffer } | undefined;
  unknown(one: JudgedText): readonly Diagnostic[];
}

/** Fixes a text or turns its findings off, where that is asked for, and writes it or what would change; answers how it is then. */
async function changeText(
  run: Run,
  file: FoundFile,
  source: SourceFile,
  { linted, judgeText, options, since, failOn, fresh, unknown }: Changing,
): Promise<JudgedText> {
  const { args, io } = run;
  const { text } = source;
  const start: JudgedText = { text, diagnostics: linted.diagnostics };
  const mode = args.fix ?? (args.isDiff && !args.addsDisables ? 'safe' : undefined);
  if (mode === undefined && !args.addsDisables) return start;
  const changing = { mode: mode ?? 'safe', judgeText: since?.judgeNew(judgeText) ?? judgeText, options };
  const judged = since?.withNewFixes(text, linted) ?? linted;
  const disabling = { judgeText, options, reason: args.reason };
  const fixed = args.addsDisables
    ? {
        applied: 0,
        refused: [],
        isCutShort: false,
        ...(await disableLinted(linted, unknown(start), source, file.path, disabling, io)),
      }
    : { added: 0, ...(await fixLinted(judged, source, file.path, changing, io)) };
  const toBytes = (one: string) => changedBytes(source, one);
  if (args.isDiff) {
    const path = patchPath(file.absolute, io.cwd);
    const patch = makePatch({ path, before: text, after: fixed.text, toBytes }, patchSink(io, args.color));
    if (patch === undefined) run.errors.push(`${file.path}: ${NO_TEXT}`);
    else await io.stdout.write(patch);
    run.staying += failing(unknown(fixed), failOn).length;
    return start;
  }
  let problem: string | undefined;
  if (fresh !== undefined) {
    const bytes = toBytes(fixed.text);
    if (bytes === undefined) problem = NO_TEXT;
    else fresh.bytes = bytes;
  } else if (fixed.text !== text) {
    const { replaceText } = await import('../files/write-file.js');
    problem = replaceText(file.absolute, source, fixed.text, io.cwd);
  }
  if (problem !== undefined) {
    run.errors.push(`${file.path}: ${problem}`);
    return start;
  }
  run.fixed += fixed.applied;
  run.disabled += fixed.added;
  await tellRefused(fixed, changing.mode, file.path, io);
  return fixed;
}

/** Counts findings, and reports them. */
async function tellFindings(run: Run, report: FileReport, failOn: FailOn, isReported = true): Promise<void> {
  const { diagnostics } = report;
  const failed = failing(diagnostics, failOn);
  if (failed.length > 0) run.hasFailed = true;
  run.fixable += diagnostics.filter((one) => usableFix(one, 'safe') !== undefined).length;
  if (!isReported) return;
  await run.outputs.file({ ...report, ...shownFindings(run.args.isQuiet ? failed : diagnostics) });
}
