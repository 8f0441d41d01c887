import type { LintOptions } from '../lint/lint-text.js';
import type { FileKind } from '../source/file-kinds.js';
import { composeFilesOf } from './compose-files.js';
import { type IncludingFiles, isIncluded, isOverlaid } from './compose-siblings.js';
import type { GivenProjects } from './given-projects.js';
import { unitsAround } from './quadlet-siblings.js';

/** What was found out of what surrounds the files of a run: each folder is looked at once. */
export interface Around {
  readonly cwd: string;
  readonly including: IncludingFiles;
  readonly given: GivenProjects;
}

/** What a file (absolute path) is read together with, as rules need it. */
export async function aroundFile(
  kind: FileKind,
  absolute: string,
  text: string,
  { cwd, including, given }: Around,
): Promise<Pick<LintOptions, 'isOverlaid' | 'composeFiles' | 'unitNames'>> {
  return {
    isOverlaid: kind === 'compose' && isOverlaid(absolute, including),
    composeFiles:
      kind === 'compose' && !isIncluded(absolute, including)
        ? await composeFilesOf(absolute, text, cwd, await given.of(absolute, cwd), given.mentions)
        : undefined,
    unitNames: kind === 'quadlet' ? unitsAround(absolute) : undefined,
  };
}
