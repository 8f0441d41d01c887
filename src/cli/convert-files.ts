import { dirname } from 'node:path';
import { discoverFiles } from '../files/discover.js';
import type { ConfigFinder } from '../files/find-config.js';
import { type FileSettings, settingsFor } from '../lint/settings.js';
import { hideSecrets } from '../text/secrets.js';
import { exact, json, show } from '../text/shown.js';
import { orBug } from './bug.js';
import { convertFile, type FileOutcome, type FilesJob } from './convert-file.js';
import { countFlags, type FlagCount, isLeft, showCount, warnings } from './convert-report.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { configFinder, isGivenBroken, readConfigFor } from './lint-config.js';
import { tellUncharted } from './uncharted.js';

/** Converts files in place, or shows what would be changed. */
export async function runFiles(job: FilesJob, io: CliIo): Promise<number> {
  const finder = configFinder(job, io);
  if (await isGivenBroken(job, finder, io)) return EXIT.usage;
  const { files, problems } = discoverFiles(job.words, io.cwd, io.env);
  let failed = problems.length > 0;
  let hasBug = false;
  const tidy = job.write ? (await import('../files/leftovers.js')).leftoverRemover() : undefined;
  for (const { path, why } of problems)
    await io.stderr.write(show`mountc convert: ${hideSecrets(path, 'source')}: ${why}\n`);
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    let settings: FileSettings | 'broken' | undefined;
    const bug = await orBug(async () => {
      settings = await settingsOf(file.absolute, job, finder, io);
      if (settings === 'broken' || settings.isIgnored) return;
      tidy?.(file.absolute);
      const converted = await convertFile(file, settings, job, io);
      if (converted.failed) failed = true;
      if (converted.outcome !== undefined) outcomes.push(converted.outcome);
    });
    if (settings === 'broken') return EXIT.usage;
    if (bug === undefined) continue;
    hasBug = true;
    await io.stderr.write(show`mountc convert: ${file.path}: ${bug}\n`);
  }
  await report(outcomes, job, io);
  if (hasBug) return EXIT.bug;
  if (failed) return EXIT.environment;
  return outcomes.some(({ conversions }) => conversions.some((one) => isLeft(one))) ? EXIT.findings : EXIT.ok;
}

/** What the configuration of lint says of a file; that it is broken was said. */
async function settingsOf(
  absolute: string,
  { config, isDialectGiven }: FilesJob,
  finder: ConfigFinder,
  io: CliIo,
): Promise<FileSettings | 'broken'> {
  const loaded = await readConfigFor(dirname(absolute), { config }, finder, io);
  if (loaded === 'broken') return loaded;
  const settings = settingsFor(absolute, loaded, { rules: {} });
  if (!isDialectGiven) await tellUncharted(settings.versions, io);
  return settings;
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
    await io.stdout.write(json(`${JSON.stringify({ files, ...count }, null, 2)}\n`));
    return;
  }
  const changes = new Map<string, number>();
  for (const { path, conversions } of outcomes) {
    for (const one of conversions) {
      if (isLeft(one))
        for (const text of warnings(one)) await io.stderr.write(show`${path}:${one.line}: ${text}\n`);
      else
        for (const { kind, why } of one.losses)
          if (kind === 'changed') changes.set(why, (changes.get(why) ?? 0) + 1);
    }
  }
  for (const [why, times] of changes)
    await io.stderr.write(
      show`mountc: ${times} ${times === 1 ? 'mount changes its' : 'mounts change their'} effect: ${why}\n`,
    );
  await io.stderr.write(exact(summary(count, outcomes, job)));
}

function summary(count: FlagCount, outcomes: readonly FileOutcome[], job: FilesJob): string {
  const changed = outcomes.filter((one) => one.changed).length;
  const did = job.write ? 'changed' : 'would change';
  return `mountc: ${changed} ${changed === 1 ? 'file' : 'files'} ${did}; ${showCount(count)}\n`;
}
