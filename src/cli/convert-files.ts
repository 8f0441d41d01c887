import { dirname } from 'node:path';
import type { ConvertOptions, FlagConversion } from '../convert/convert-command.js';
import { makeDialect } from '../dialect/dialect.js';
import { discoverFiles } from '../lint/discover.js';
import type { ConfigFinder } from '../lint/find-config.js';
import { readSource } from '../lint/read-source.js';
import { type FileSettings, settingsFor } from '../lint/settings.js';
import { replaceFile } from '../lint/write-file.js';
import { unifiedDiff } from '../report/unified-diff.js';
import { rewriteFile } from '../rewrite/rewrite-file.js';
import { LineIndex } from '../text/line-index.js';
import { countFlags, type FlagCount, isLeft, showCount, warnings } from './convert-report.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { askAuto, asksDocker, configFinder, isGivenBroken, readConfigFor } from './lint-config.js';

/** What to do with the files that were named. */
export interface FilesJob {
  /** Files, folders, globs. */
  readonly words: readonly string[];
  readonly to: 'mount' | 'volume' | 'tmpfs' | 'compose';
  /** With `compose`: the short syntax instead of the long one. */
  readonly short: boolean;
  readonly options: ConvertOptions;
  /** The dialect was given on the command line, where it goes before every configuration. */
  readonly isDialectGiven: boolean;
  /** This configuration instead of the nearest; `false`: none. */
  readonly config: string | false | undefined;
  readonly write: boolean;
  readonly diff: boolean;
  readonly json: boolean;
}

/** One file's outcome, for the summary. */
interface FileOutcome {
  readonly path: string;
  readonly changed: boolean;
  readonly conversions: readonly (FlagConversion & { readonly line: number })[];
}

/** Converts files in place, or shows what would be changed. */
export async function runFiles(job: FilesJob, io: CliIo): Promise<number> {
  const finder = configFinder(job, io);
  if (await isGivenBroken(job, finder, io)) return EXIT.usage;
  const { files, problems } = await discoverFiles(job.words, io.cwd);
  let failed = problems.length > 0;
  for (const { path, why } of problems) await io.stderr.write(`mountc convert: ${path}: ${why}\n`);
  const outcomes: FileOutcome[] = [];
  let asked: Promise<string | undefined> | undefined;
  const auto = () => (asked ??= askAuto(io));
  for (const { absolute, path, isNamed } of files) {
    const settings = await settingsOf(absolute, job, finder, auto, io);
    if (settings === undefined) return EXIT.usage;
    if (settings.isIgnored) continue;
    const { commands } = settings;
    const read = readSource(absolute, path, commands);
    // Git lists files that are gone from the folder.
    if ('error' in read && (isNamed || !read.error.startsWith('no such'))) {
      failed = true;
      await io.stderr.write(`mountc convert: ${path}: ${read.error}\n`);
    }
    if (!('file' in read)) {
      if (isNamed && 'skipped' in read && read.skipped === 'no-kind')
        await io.stderr.write(`mountc convert: ${path}: not a kind of file that mounts are looked for in\n`);
      continue;
    }
    const { kind, text, isWritable } = read.file;
    const dialects =
      settings.isDialectGiven && !job.isDialectGiven
        ? [makeDialect(settings.versions)]
        : job.options.dialects;
    const options = { ...job.options, dialects, commands };
    // What it mounts is written in YAML; its commands, if it has any, are looked at all the same.
    if (isNamed && kind === 'compose' && job.to !== 'compose')
      await io.stderr.write(
        `mountc convert: ${path}: a Compose file has no flags to change; \`-f ${path}\` prints those for its mounts\n`,
      );
    const converted = await rewriteFile(kind, text, job.to, { short: job.short, options }, path);
    if (converted === undefined) continue;
    const lines = new LineIndex(text);
    if (converted.broken !== undefined) {
      const { line, column } = lines.position(converted.broken.range.start);
      failed = true;
      await io.stderr.write(
        `mountc convert: ${path}:${line}:${column}: ${converted.broken.message}; the file is left as it is\n`,
      );
    }
    if (converted.conversions.length === 0) continue;
    const conversions = converted.conversions.map((one) => ({
      ...one,
      line: lines.position(one.range.start).line,
    }));
    const changed = converted.text !== text;
    if (changed && job.diff && !job.json) await io.stdout.write(unifiedDiff(path, text, converted.text));
    if (changed && job.write) {
      const why = isWritable
        ? replaceFile(absolute, text, converted.text)
        : 'is not UTF-8; nothing is written';
      if (why !== undefined) {
        failed = true;
        await io.stderr.write(`mountc convert: ${path}: ${why}\n`);
        continue;
      }
    }
    outcomes.push({ path, changed, conversions });
  }
  await report(outcomes, job, io);
  if (failed) return EXIT.environment;
  return outcomes.some(({ conversions }) => conversions.some((one) => isLeft(one))) ? EXIT.findings : EXIT.ok;
}

/** What the configuration of lint says of a file; undefined when it is broken, which was said. */
async function settingsOf(
  absolute: string,
  { config }: FilesJob,
  finder: ConfigFinder,
  auto: () => Promise<string | undefined>,
  io: CliIo,
): Promise<FileSettings | undefined> {
  const loaded = await readConfigFor(dirname(absolute), { config }, finder, io);
  if (loaded === 'broken') return undefined;
  const autoDocker = asksDocker(loaded) ? await auto() : undefined;
  return settingsFor(absolute, loaded, { rules: {}, autoDocker });
}

async function report(outcomes: readonly FileOutcome[], job: FilesJob, io: CliIo): Promise<void> {
  const count = countFlags(outcomes.flatMap(({ conversions }) => conversions));
  if (job.json) {
    const files = outcomes.map(({ path, changed, conversions }) => ({
      path,
      changed,
      conversions: conversions.map(({ line, from, to, exact, losses }) => ({
        line,
        from,
        to,
        exact,
        losses,
      })),
    }));
    await io.stdout.write(`${JSON.stringify({ files, ...count }, null, 2)}\n`);
    return;
  }
  const changes = new Map<string, number>();
  for (const { path, conversions } of outcomes) {
    for (const one of conversions) {
      if (isLeft(one))
        for (const text of warnings(one)) await io.stderr.write(`${path}:${one.line}: ${text}\n`);
      else
        for (const { kind, why } of one.losses)
          if (kind === 'changed') changes.set(why, (changes.get(why) ?? 0) + 1);
    }
  }
  for (const [why, times] of changes)
    await io.stderr.write(
      `mountc: ${times} ${times === 1 ? 'mount changes its' : 'mounts change their'} effect: ${why}\n`,
    );
  await io.stderr.write(summary(count, outcomes, job));
}

function summary(count: FlagCount, outcomes: readonly FileOutcome[], job: FilesJob): string {
  const changed = outcomes.filter((one) => one.changed).length;
  const did = job.write ? 'changed' : 'would change';
  return `mountc: ${changed} ${changed === 1 ? 'file' : 'files'} ${did}; ${showCount(count)}\n`;
}
