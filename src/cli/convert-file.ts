import type { ConvertOptions, FlagConversion } from '../convert/convert-command.js';
import { rewriteFile } from '../convert/rewrite-file.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import type { FoundFile } from '../files/discover.js';
import { patchPath } from '../files/patch-path.js';
import { readSource } from '../files/read-source.js';
import { changedBytes, NO_TEXT } from '../files/text-bytes.js';
import { replaceText } from '../files/write-file.js';
import type { FileSettings } from '../lint/settings.js';
import { makePatch } from '../report/patch.js';
import { LineIndex } from '../text/line-index.js';
import { show } from '../text/shown.js';
import { type CliIo, patchSink } from './io.js';

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
  /** `--color`. */
  readonly color?: string;
  readonly json: boolean;
}

/** One file's outcome, for the summary. */
export interface FileOutcome {
  readonly path: string;
  readonly changed: boolean;
  readonly conversions: readonly (FlagConversion & { readonly line: number })[];
}

/** What became of one file: nothing to say of it, an outcome, or a failure that was said. */
interface ConvertedFile {
  readonly failed: boolean;
  readonly outcome?: FileOutcome;
}

/** Converts one file, and writes it or shows the changes where that was asked for. */
export async function convertFile(
  found: FoundFile,
  settings: FileSettings,
  job: FilesJob,
  io: CliIo,
): Promise<ConvertedFile> {
  const { absolute, path, isNamed } = found;
  const say = (text: string) => io.stderr.write(show`mountc convert: ${path}${text}\n`);
  const read = readSource(found, settings.commands);
  if ('error' in read) {
    // Some go away while others are read.
    const isGone = !isNamed && read.error.startsWith('no such');
    if (!isGone) await say(`: ${read.error}`);
    return { failed: !isGone };
  }
  if ('skipped' in read) {
    if (isNamed && read.skipped === 'no-kind') await say(': not a kind of file that mountc reads');
    return { failed: false };
  }
  const { kind, text } = read.file;
  // What it mounts is written in YAML; its commands, if it has any, are looked at all the same.
  if (isNamed && kind === 'compose' && job.to !== 'compose')
    await say(`: a Compose file has no flags to change; \`-f ${path}\` prints those for its mounts`);
  const how = { short: job.short, options: optionsFor(settings, job) };
  const converted = await rewriteFile(kind, text, job.to, how, path);
  if (converted === undefined) return { failed: false };
  const lines = new LineIndex(text);
  const { broken } = converted;
  if (broken !== undefined) {
    const { line, column } = lines.position(broken.range.start);
    await say(`:${line}:${column}: ${broken.message}; the file is left unchanged`);
  }
  const failed = broken !== undefined;
  if (converted.conversions.length === 0) return { failed };
  const changed = converted.text !== text;
  let why: string | undefined;
  if (changed && job.diff && !job.json) {
    const texts = { path: patchPath(absolute, io.cwd), before: text, after: converted.text };
    const patch = makePatch(
      { ...texts, toBytes: (one) => changedBytes(read.file, one) },
      patchSink(io, job.color),
    );
    if (patch === undefined) why = NO_TEXT;
    else await io.stdout.write(patch);
  }
  if (changed && job.write) why ??= replaceText(absolute, read.file, converted.text, io.cwd);
  if (why !== undefined) {
    await say(`: ${why}`);
    return { failed: true };
  }
  const conversions = converted.conversions.map((one) => ({
    ...one,
    line: lines.position(one.range.start).line,
  }));
  return { failed, outcome: { path, changed, conversions } };
}

/** How the file's commands are converted: its configuration says for which docker, where the command line does not. */
function optionsFor({ isDialectGiven, versions, commands }: FileSettings, job: FilesJob) {
  const isConfigured = isDialectGiven && !job.isDialectGiven;
  const dialects = isConfigured ? [makeDialect(versions)] : job.options.dialects;
  return { ...job.options, dialects, commands };
}
