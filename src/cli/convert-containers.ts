import { dirname, resolve } from 'node:path';
import { type ContainerOptions, containersOf } from '../convert/compose-containers.js';
import { type ComposeProject, composeText } from '../convert/compose-output.js';
import type { ConvertedMount } from '../convert/convert-mounts.js';
import { moveToEnvFile } from '../convert/env-file.js';
import { mergeCompose } from '../convert/merge-compose.js';
import { withFile } from '../files/open-file.js';
import { patchPath } from '../files/patch-path.js';
import { reasonOf } from '../files/system-error.js';
import { changedBytes, decodeText, NO_TEXT, type SourceBytes } from '../files/text-bytes.js';
import { replaceText, writeFile } from '../files/write-file.js';
import { makePatch } from '../report/patch.js';
import { json, product, show } from '../text/shown.js';
import { losesBytes } from './convert-output.js';
import { EXIT } from './exit-codes.js';
import { type CliIo, patchSink } from './io.js';
import { moveProject } from './move-project.js';
import type { CommandInput } from './read-input.js';
import { tellConversions } from './tell-conversion.js';

/** Commands, and where the services that they become go. */
export interface ContainersJob {
  readonly input: CommandInput;
  readonly to: 'compose' | 'compose-short';
  readonly options: ContainerOptions;
  readonly json: boolean;
  /** A Compose file that the services are added to. */
  readonly merge?: string;
  /** That file is changed. */
  readonly write: boolean;
  /** What would be changed in it is shown. */
  readonly diff: boolean;
  /** `--color`. */
  readonly color?: string;
  /** Where the values of variables go. */
  readonly envToFile?: string;
}

/** Writes the containers of commands as a Compose file, or into one; answers the exit code. */
export async function runContainers(job: ContainersJob, io: CliIo): Promise<number> {
  const { input, to, options, merge, envToFile } = job;
  const fail = async (why: string, code: number = EXIT.environment): Promise<number> => {
    await io.stderr.write(show`mountc convert: ${why}\n`);
    return code;
  };
  const { project: typed, conversions } = containersOf(input.views, to, options);
  const whole = merge === undefined ? typed : moveProject(typed, io.cwd, merge);
  const told = [...conversions];
  const { project, files, kept } =
    envToFile === undefined ? { project: whole, files: [], kept: [] } : moveToEnvFile(whole, envToFile);
  for (const name of kept)
    told.push({
      from: `--env ${name}`,
      written: true,
      exact: true,
      losses: [
        {
          field: 'Env',
          kind: 'none-here',
          why: 'its value stays in the Compose file: an env file cannot hold it',
        },
      ],
    });
  const target = merge === undefined ? undefined : readTarget(resolve(io.cwd, merge));
  if (typeof target === 'string') return fail(`${merge}: ${target}`);
  const made = target === undefined ? { text: composeText(project) } : merged(target.text, project, told);
  if ('why' in made) return fail(`${merge}: ${made.why}; the file is left unchanged`);
  if (losesBytes(input, made.text)) return fail(`standard input ${NO_TEXT}`);
  await tellConversions(told, io);
  const code = told.every(({ written }) => written) ? EXIT.ok : EXIT.findings;
  if (options.strict && told.some(({ exact }) => !exact))
    return fail('nothing is written: with --strict only what is exact is', EXIT.findings);
  for (const { name, text } of files) {
    if (job.diff && !job.write) {
      await io.stderr.write(show`mountc: would write ${name}\n`);
      continue;
    }
    const path = resolve(merge === undefined ? io.cwd : dirname(resolve(io.cwd, merge)), name);
    const failed = writeFile(path, Buffer.from(text), { cwd: io.cwd, mode: 0o600, isExclusive: true });
    if (failed !== undefined) return fail(`${name}: ${failed}`);
    await io.stderr.write(show`mountc: wrote ${name}\n`);
  }
  if (job.json) {
    await io.stdout.write(json(`${JSON.stringify({ output: made.text, conversions: told }, null, 2)}\n`));
    if (!job.write) return code;
  }
  if (target !== undefined && job.diff && !job.json) {
    const texts = { path: patchPath(resolve(io.cwd, merge!), io.cwd), before: target.text, after: made.text };
    const patch = makePatch(
      { ...texts, toBytes: (one) => changedBytes(target, one) },
      patchSink(io, job.color),
    );
    if (patch === undefined) return fail(`${merge}: ${NO_TEXT}`);
    await io.stdout.write(patch);
  }
  if (target !== undefined && job.write) {
    const failed = replaceText(resolve(io.cwd, merge!), target, made.text, io.cwd);
    if (failed !== undefined) return fail(`${merge}: ${failed}`);
    await io.stderr.write(
      show`mountc: added ${project.services.map(({ name }) => name).join(', ')} to ${merge!}\n`,
    );
  }
  if (!job.write && !job.diff && !job.json) await io.stdout.write(product(made.text, io.stdout));
  return code;
}

/** Compose reads no more than a few megabytes in a reasonable time. */
const LIMIT = 4 * 1024 * 1024;

function readTarget(path: string): SourceBytes | string {
  try {
    return withFile(path, { limit: LIMIT }, ({ bytes }) => {
      const read = bytes();
      return { bytes: read, text: decodeText(read) };
    });
  } catch (error) {
    return reasonOf(error, path);
  }
}

function merged(
  text: string,
  project: ComposeProject,
  told: ConvertedMount[],
): { readonly text: string } | { readonly why: string } {
  const made = mergeCompose(text, project);
  if ('why' in made) return made;
  for (const { from, loss } of made.losses) told.push({ from, written: true, exact: false, losses: [loss] });
  return made;
}
