import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// Where it was made, by which process, and when that began; the rest is chance.
const NAME = /^\.mountc-([0-9a-f]{16})-(\d+)-(\d+)-[0-9a-f]{24}\.draft$/;

/** What the name of a draft says of who made it; null for any other name. */
export function readDraftName(name: string): RegExpExecArray | null {
  return NAME.exec(name);
}

/** Whether a file of that name is a draft of ours: part of no tree, and not to be read. */
export function isDraftName(name: string): boolean {
  return NAME.test(name);
}

/** The drafts in a folder, by whole path; none where it cannot be looked into. */
export function draftsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter(isDraftName)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
