import type { Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';
import type { FoundProblem } from './frontend.js';
import type { HostedText } from './hosted-text.js';

/** How deep lists, maps, quotes may lie in one another to be read: several times what people write, and little for a reader. */
export const MOST_DEPTH = 100;

/** How many characters of YAML, JSON and TOML are made a tree, which takes some hundred times as much memory. */
export const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Thrown by a reader whose text turns out to be more than it takes: nothing more of it is read. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
}

/** Whether a reader gave up; by name, since every entry's bundle has its own class. */
export function isNotRead(error: unknown): error is NotRead {
  return error instanceof Error && error.name === 'NotRead';
}

/** Says of a text, or of a part of it, that it was not read, and why. */
export function unread(host: HostedText, why: string, part: Range = { start: 0, end: 0 }): FoundProblem {
  return { message: `not read: ${why}`, range: sourceRange(host, part), scope: 'unread' };
}

/** Why a text with more than {@link MOST_DEPTH} things in one another is not read. */
export const TOO_DEEP = `it is nested more than ${MOST_DEPTH} deep`;

/** Why a text with more than {@link MOST_CHARACTERS} is not read. */
export const TOO_LONG = `it is longer than ${MOST_CHARACTERS / 1024 / 1024} MB, the most that is read of YAML, JSON and TOML`;

/**
 * How many characters the services of a project may come to as commands or units: services that extend one repeat all of it, and
 * each mount among them is written for every release.
 */
const MOST_WRITTEN = 2 * 1024 * 1024;

/** As how many characters a mount counts: each is read again for every release when it is written. */
const MOUNT = 32;

/** Counts the values and the mounts of a project's services; throws {@link NotRead} where they are more than could be written. */
export function valuesSoFar(): (value: unknown, mounts?: number) => void {
  let left = MOST_WRITTEN;
  const count = (value: unknown, mounts = 0): void => {
    left -= (typeof value === 'string' ? value.length + 1 : 1) + mounts * MOUNT;
    if (left < 0) throw tooMuch();
    if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) count(one);
  };
  return count;
}

const tooMuch = () => new NotRead(`its services come to more than ${MOST_WRITTEN / 1024 / 1024} MB`);

/** Counts what is written; throws {@link NotRead} where that is too much. */
export function writtenSoFar(): (text: string) => void {
  let left = MOST_WRITTEN;
  return (text) => {
    left -= text.length;
    if (left < 0) throw tooMuch();
  };
}
