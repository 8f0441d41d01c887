import { closeSync, constants, lstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { mapOf } from '../text/map-of.js';
import { writeAll } from './draft.js';
import { removeLeftovers } from './leftovers.js';
import { Refusal } from './refusal.js';
import { codeOf } from './system-error.js';
import { writableTarget } from './tree.js';
import { reasonOfFailure, writeFile } from './write-file.js';

/**
 * Writes a report whole, to a file or to what only takes bytes: a pipe, a terminal, `/dev/stdout`. Answers why it did not; a
 * file that was there is then as it was.
 */
export function writeReport(path: string, bytes: Buffer, cwd: string): string | undefined {
  return reasonOfFailure(() => {
    // These names stand for what is open already, maybe a file that others write to as well.
    if (/^\/(?:dev|proc)\//.test(path)) return append(path, bytes);
    const target = writableTarget(path, cwd);
    const stat = lstatSync(target, { throwIfNoEntry: false });
    if (stat?.isFIFO() || stat?.isCharacterDevice()) return append(target, bytes);
    removeLeftovers(dirname(target));
    const failed = writeFile(target, bytes, { cwd });
    if (failed !== undefined) throw new Refusal(failed);
  });
}

function append(path: string, bytes: Buffer): void {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_WRONLY | constants.O_APPEND);
  } catch (error) {
    // A socket cannot be opened again.
    if (codeOf(error) !== 'ENXIO' || OPEN.get(path) === undefined) throw error;
  }
  try {
    writeAll(fd ?? OPEN.get(path)!, bytes, false);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

const OPEN = mapOf<number>({ '/dev/stdout': 1, '/dev/stderr': 2 });
