import { parseVolume } from '../../spec/parse.js';
import { PROPAGATIONS } from '../docker/tables/volume-modes.js';
import { isPath } from './compose-keys.js';
import { type ComposeNode, stringIn } from './node.js';

/** An entry of the short syntax as Compose reads it: what it is, and words that it knows; it drops all others. */
interface ShortEntry {
  /** Why it refuses it. */
  readonly problem?: string;
  /** Undefined for an anonymous volume. */
  readonly source?: string;
  /** As it is written: it is cleaned later. */
  readonly target: string;
  readonly readOnly: boolean;
  readonly noCopy: boolean;
  readonly propagation?: string;
  readonly relabel?: 'z' | 'Z';
  readonly isBind: boolean;
}

const PROBLEMS = {
  'empty-spec': 'it is empty',
  'empty-section': 'a section between its colons is empty',
  'too-many-colons': 'it has too many colons',
} as const;

const known = new WeakMap<ComposeNode, ShortEntry>();

/** Reads an entry of a file, if it is a text whose every character is known; once for all who ask. */
export function readShortItem(item: ComposeNode): ShortEntry | undefined {
  const text = stringIn(item);
  if (text === undefined) return undefined;
  const read = known.get(item) ?? readShort(text);
  known.set(item, read);
  return read;
}

/** Reads an entry whose every character is known (compose-go format.ParseVolume). */
function readShort(text: string): ShortEntry {
  const none = { readOnly: false, noCopy: false, isBind: false };
  // It counts bytes, and takes what is that short for a target.
  if (text !== '' && text.length <= 2 && bytesOf(text) <= 2) return { ...none, target: text };
  const node = parseVolume(text);
  if (node.problem !== undefined)
    return { ...none, target: '', problem: PROBLEMS[node.problem.kind as keyof typeof PROBLEMS] };
  const words = node.options.map(({ value }) => value);
  const source = node.source?.value;
  const isBind = source !== undefined && isPath(source);
  const last = (fits: (word: string) => boolean) => words.findLast(fits);
  const access = last((word) => word === 'ro' || word === 'rw');
  const propagation = last((word) => PROPAGATIONS.has(word));
  const relabel = last((word) => word === 'z' || word === 'Z') as 'z' | 'Z' | undefined;
  return {
    ...(source !== undefined && { source }),
    target: node.target?.value ?? '',
    readOnly: access === 'ro',
    noCopy: words.includes('nocopy'),
    ...(propagation !== undefined && { propagation }),
    ...(relabel !== undefined && { relabel }),
    isBind,
  };
}

/** How many bytes a text has in UTF-8. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
