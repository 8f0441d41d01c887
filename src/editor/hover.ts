import { RUN_MOUNT_KEY_BY_NAME } from '../dialects/buildkit/run-mount-keys.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { KNOWN_WORDS } from '../explain/known-words.js';
import type { MountView, ViewPart } from '../mount/view.js';
import { contains, type Range } from '../text/range.js';
import { explainMount } from './explain-mounts.js';
import { type OpenText, placeMounts } from './placed-mounts.js';

/** What is said of a place in a text. */
export interface Hover {
  /** What it is said of. */
  readonly range: Range;
  /** What the word there means, where it is a key, a mode or a type. */
  readonly word?: string;
  /** What the mount is, in a few words, and what it does, a sentence each. */
  readonly heading: string;
  readonly sentences: readonly string[];
}

/** What the mount at an offset does, and what the word there means; undefined where there is none. */
export async function hoverAt(open: OpenText, offset: number): Promise<Hover | undefined> {
  const { mounts } = await placeMounts(open);
  const at = { start: offset, end: offset };
  const here = mounts.filter(({ range }) => contains(range, at));
  const placed = here.at(-1);
  if (placed === undefined) return undefined;
  const { range, heading, sentences } = explainMount(placed, open.dialect ?? makeDialect());
  const word = wordAt(placed.view, at);
  return { range: word?.range ?? range, word: word?.text, heading, sentences };
}

function wordAt(view: MountView, at: Range): { readonly range: Range; readonly text: string } | undefined {
  const isAt = (part: ViewPart | undefined): part is ViewPart =>
    part !== undefined && contains(part.place, at) && part.place.end > part.place.start;
  const said = (part: ViewPart, text: string | undefined) =>
    text === undefined ? undefined : { range: part.place, text: `\`${part.value}\`: ${text}` };
  const mode = view.modes.find(({ part }) => isAt(part));
  if (mode !== undefined) return said(mode.part, meaningOfMode(mode.part.value));
  for (const { name, key, value } of view.fields) {
    if (isAt(key)) return said(key, meaningOfKey(name, view));
    if (name === 'type' && isAt(value)) return said(value, meaningOfType(value.value));
    if (isAt(value) && /propagation|selinux/.test(name)) return said(value, meaningOfMode(value.value));
  }
  return undefined;
}

const meaningOfMode = (word: string): string | undefined =>
  VOLUME_MODE_BY_NAME.get(word)?.summary ?? KNOWN_WORDS.get(word)?.[0]?.summary;

const meaningOfType = (word: string): string | undefined =>
  KNOWN_WORDS.get(word.toLowerCase())?.find(({ noun }) => noun.includes('type of'))?.summary;

/** What a key means, in the words of the program that reads it. */
export function meaningOfKey(name: string, { form }: Pick<MountView, 'form'>): string | undefined {
  if (form === 'run-mount') return RUN_MOUNT_KEY_BY_NAME.get(name)?.summary;
  if (form === 'compose-long') {
    const last = name.split('.').at(-1)!;
    const known = KNOWN_WORDS.get(last)?.find(({ noun }) => noun.includes('key of Compose'));
    return known?.summary ?? MOUNT_KEY_BY_NAME.get(last)?.summary;
  }
  const key = MOUNT_KEY_BY_NAME.get(name);
  if (key === undefined) return undefined;
  return key.since === undefined ? key.summary : `${key.summary} (since docker ${showVersion(key.since)})`;
}
