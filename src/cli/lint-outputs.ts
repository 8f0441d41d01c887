import { isAbsolute, resolve } from 'node:path';
import { showPath } from '../files/discover.js';
import { patchPath } from '../files/patch-path.js';
import { FORMATS, type FormatName } from '../report/index.js';
import type { ReportContext, Reporter, RunSummary } from '../report/reporter.js';
import { siteOf } from '../site.js';
import type { FileReport } from '../text/file-report.js';
import type { Shown } from '../text/shown.js';
import { type CliIo, wantsColor } from './io.js';
import type { Output } from './lint-flags.js';

/** All reports of a run. */
export interface Outputs {
  file(report: FileReport): Promise<void>;
  end(summary: RunSummary): Promise<void>;
  /** Why some report could not be written. */
  readonly errors: readonly string[];
}

interface Open {
  readonly reporter: Reporter;
  readonly inRepository: (report: FileReport) => FileReport;
  readonly write: Write;
}

/** Opens the reports; without any, the one for people. */
export async function openOutputs(
  outputs: readonly Output[],
  base: Pick<ReportContext, 'version' | 'ruleInfo'>,
  io: CliIo,
  color: string | undefined,
): Promise<Outputs> {
  const errors: string[] = [];
  const open: Open[] = [];
  for (const { format, file } of outputs.length > 0 ? outputs : [{ format: 'pretty' } as Output]) {
    const context: ReportContext = {
      ...base,
      site: siteOf(io.env),
      color: file === undefined && wantsColor(io.stdout, io.env, color),
      width: file === undefined && io.stdout.isTerminal ? io.stdout.columns : undefined,
      isTerminal: file === undefined && io.stdout.isTerminal,
    };
    open.push({
      reporter: (await FORMATS[format]())(context),
      inRepository: repositoryPaths(format, io),
      write: file === undefined ? toStdout(io) : toFile(file, io, errors),
    });
  }
  return {
    errors,
    async file(report) {
      for (const { reporter, write, inRepository } of open)
        await write(reporter.file(inRepository(report)), false);
    },
    async end(summary) {
      for (const { reporter, write } of open) await write(reporter.end(summary), true);
    },
  };
}

// Who reads these takes paths from the root of the checkout, in whatever folder mountc runs; CI names the root.
const ROOTS: { readonly [Format in FormatName]?: string } = {
  github: 'GITHUB_WORKSPACE',
  sarif: 'GITHUB_WORKSPACE',
  gitlab: 'CI_PROJECT_DIR',
};

function repositoryPaths(format: FormatName, { env, cwd }: CliIo): (report: FileReport) => FileReport {
  if (format === 'diff')
    return (report) => ({ ...report, path: report.path && patchPath(resolve(cwd, report.path), cwd) });
  const root = env[ROOTS[format] ?? ''] ?? '';
  if (!isAbsolute(root)) return (report) => report;
  return (report) => {
    const path = report.path === undefined ? undefined : showPath(resolve(cwd, report.path), root);
    return path === undefined || isAbsolute(path) ? report : { ...report, path };
  };
}

type Write = (text: Shown, isLast: boolean) => Promise<void>;

function toStdout(io: CliIo): Write {
  return async (text) => {
    if (text.shown !== '') await io.stdout.write(text);
  };
}

function toFile(file: string, io: CliIo, errors: string[]): Write {
  const parts: Buffer[] = [];
  return async ({ shown, bytes }, isLast) => {
    parts.push(Buffer.from(bytes ?? shown));
    if (!isLast) return;
    const { writeReport } = await import('../files/write-report.js');
    const failed = writeReport(resolve(io.cwd, file), Buffer.concat(parts), io.cwd);
    if (failed !== undefined) errors.push(`${file}: ${failed}`);
  };
}
