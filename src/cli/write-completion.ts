import { lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { withFile } from '../files/open-file.js';
import { makeFolder } from '../files/own-folder.js';
import { reasonOf } from '../files/system-error.js';
import { writeFile } from '../files/write-file.js';

const HEAD = 200;

/** Writes a completion script, over one of ours or where there is none; answers why not. Never throws. */
export function writeCompletion(path: string, script: string): string | undefined {
  try {
    // A shell runs it.
    const why = makeFolder(dirname(path), 0o755);
    if (why !== undefined) return why;
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there === undefined) return writeFile(path, Buffer.from(script), { mode: 0o644, isExclusive: true });
    const head = withFile(path, { limit: HEAD }, (file) => file.head(HEAD).toString('latin1'));
    if (!there.isFile() || !/ completion for mountc\b/.test(head))
      return 'there is a file that mountc did not write';
    return writeFile(path, Buffer.from(script), { mode: 0o644, isOwn: true });
  } catch (error) {
    return reasonOf(error);
  }
}
