import type { ContainerField, SaidFlags } from '../container/field.js';
import { FIELD_OF_FLAG } from '../container/fields.js';
import { type NewText, NewTextBuilder, splitAtHoles } from '../source/new-text.js';
import type { CommandView } from '../source/site.js';
import { displayText, type Hole, hasHole, type SpecText } from '../text/spec-text.js';
import { languageOf } from './command-mounts.js';
import { containersOwn } from './convert-command.js';
import { HoleTable, TOO_MANY_HOLES } from './described-mount.js';
import { type ForeignHole, shownHole, writeHole } from './variables.js';

/** A flag or a word that cannot be carried over, or not as it was. */
interface LeftWord {
  /** For a person, without the value where that may be a secret. */
  readonly from: string;
  readonly why: string;
  readonly field?: ContainerField;
  /** Where it is none of a flag's: its place in the create call. */
  readonly api?: string;
  /** It is written all the same. */
  readonly isWritten?: true;
}

/** What a command says about its container apart from the mounts, with marks for what only its shell knows. */
interface CommandFlags {
  readonly said: Omit<SaidFlags, 'has'>;
  readonly holes: ReadonlyMap<string, ForeignHole>;
  readonly image?: string;
  /** What runs in it; absent where that is what the image says, or not known. */
  readonly words?: readonly string[];
  readonly left: readonly LeftWord[];
}

/** Reads the flags that are about no mounts, the image and the command; `around`: what is known besides. */
export function commandFlags(
  view: CommandView,
  around: Pick<SaidFlags, 'serviceOf' | 'isPlainFile'>,
): CommandFlags {
  const { invocation } = view;
  const language = languageOf(view);
  const table = new HoleTable(language);
  const values = new Map<string, string[]>();
  const left: LeftWord[] = [];
  const take = (written: SpecText, place: Pick<LeftWord, 'from' | 'field' | 'api'>): string | undefined => {
    // There is no such image.
    const text = place.api === 'Image' ? written : settled(written);
    const unsaid = text.holes.find((hole) => writeHole({ ...hole, language }, 'compose') === undefined);
    const value = table.absorb(text);
    if (!table.isFull && unsaid === undefined) return value;
    left.push({
      ...place,
      why: unsaid
        ? `Compose has no name for \`${shownHole(unsaid.text)}\`, which only its shell knows`
        : TOO_MANY_HOLES,
    });
    return undefined;
  };
  const isService = invocation?.path.startsWith('service') === true;
  for (const use of invocation?.flags ?? []) {
    const field = FIELD_OF_FLAG.get(use.flag.name);
    if (field !== undefined && 'isMount' in field.compose) continue;
    if (SPEC_KINDS.has(use.flag.kind)) continue;
    const from = showFlag(field, use.flag.name, use.value);
    if (field === undefined || isService) {
      left.push({ from, why: isService ? 'it belongs to a swarm service' : 'docker run does not have it' });
      continue;
    }
    const own = containersOwn(view, { use });
    if (own !== undefined) left.push({ from, why: own, field });
    const value = own === undefined ? take(use.value, { from, field }) : undefined;
    if (value !== undefined) values.set(field.flag, [...(values.get(field.flag) ?? []), value]);
  }
  const said = { ...around, all: (flag: string) => values.get(flag) ?? [] };
  const at = invocation?.image ?? invocation?.opaque;
  const rest = at === undefined ? [] : (invocation?.words.slice(at) ?? []);
  const [first, ...words] = rest;
  // After a word of unknown shape there may be the image still.
  if (first !== undefined && invocation?.opaque === at && words.length > 0) {
    left.push({ ...imageOf(first), why: 'whether it is the image is not known' });
    return { said, holes: table.holes, left };
  }
  const image = first && take(first, imageOf(first));
  const loose = words.find(isLoose);
  if (loose !== undefined)
    left.push({
      ...COMMAND,
      isWritten: true,
      why: `\`${displayText(loose)}\` is one word there, which the shell may make several of`,
    });
  const taken = words.map((word) => take(word, COMMAND));
  const known = taken.filter((word) => word !== undefined);
  const isKnown = known.length > 0 && known.length === taken.length;
  return {
    said,
    holes: table.holes,
    left,
    ...(image !== undefined && { image }),
    ...(isKnown && { words: known }),
  };
}

const COMMAND = { from: 'the command', api: 'Cmd' } as const;
const imageOf = (word: SpecText) => ({ from: `image ${shownHole(displayText(word))}`, api: 'Image' });

/** What a person or a template fills in is filled in there just as well, unless it looks like a variable of Compose's. */
function settled(text: SpecText): NewText {
  if (!text.holes.some(isForOthers)) return text;
  const out = new NewTextBuilder();
  for (const piece of splitAtHoles(text)) {
    if (typeof piece === 'string') out.add(piece);
    else if (isForOthers(piece)) out.add(piece.text);
    else out.addHole(piece);
  }
  return out.build();
}

const isForOthers = ({ kind, text }: Hole): boolean =>
  (kind === 'template' || kind === 'placeholder') && !text.includes('$');

/** Flags that `commandMounts` reads. */
const SPEC_KINDS: ReadonlySet<string> = new Set(['volume', 'mount', 'tmpfs', 'volumesFrom']);

/** A word that the shell makes several of, or none. */
const isLoose = (word: SpecText): boolean =>
  hasHole(word) &&
  word.holes.some(
    (hole) => (!hole.quoted && hole.kind !== 'tilde' && !isForOthers(hole)) || /[@*]/.test(hole.text),
  );

/** A flag as it was written, without what may be a secret. */
function showFlag(
  { isSecret }: Pick<ContainerField, 'isSecret'> = { isSecret: true },
  name: string,
  value: SpecText,
): string {
  const text = displayText(value);
  if (value.map.segments.length === 0 && text === 'true') return `--${name}`;
  return `--${name} ${isSecret ? (/^[\w.-]+(?==)/.exec(text)?.[0] ?? '…') : text}`;
}
