import type { LintOptions } from '../lint/lint-text.js';
import type { FileKind } from '../source/file-kinds.js';
import { composeFilesOf } from './compose-files.js';
import { type IncludingFiles, isIncluded, isOverlaid } from './compose-siblings.js';
import { unitsAround } from './quadlet-siblings.js';

/** What a file (absolute path) is read together with, as rules need it. */
export async function aroundFile(
  kind: FileKind,
  absolute: string,
  text: string,
  { cwd, including }: { readonly cwd: string; readonly including: IncludingFiles },
): Promise<Pick<LintOptions, 'isOverlaid' | 'composeFiles' | 'unitNames'>> {
  return {
    isOverlaid: kind === 'compose' && isOverlaid(absolute, including),
    composeFiles:
      kind === 'compose' && !isIncluded(absolute, including)
        ? await composeFilesOf(absolute, text, cwd)
        : undefined,
    unitNames: kind === 'quadlet' ? unitsAround(absolute) : undefined,
  };
}
