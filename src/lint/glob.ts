/** Whether a path (slashes forward, relative) is meant. */
type PathMatcher = (path: string) => boolean;

/** A glob, cut at its slashes. A test takes time in proportion to pattern times path, whatever either of them holds. */
export type Glob = readonly GlobPart[];

type GlobPart = string | readonly Piece[] | typeof FOLDERS;
type Piece = string | typeof ANY | typeof MANY | CharTest;
type CharTest = (char: string) => boolean;
/** `?`, `*` and `**`. */
const ANY = Symbol('one character');
const MANY = Symbol('any number of characters');
const FOLDERS = Symbol('any number of folders');

/** Longer ones, and those that stand for more texts, are refused. */
const LONGEST = 4096;
const MOST = 256;

/** The globs without braces that a glob with `{a,b}` stands for; undefined when they are too many, or it is too long. */
export function expandBraces(glob: string): readonly string[] | undefined {
  if (glob.length > LONGEST) return undefined;
  for (let at = 0; at < glob.length; at++) {
    if (glob[at] === '\\') at++;
    else if (glob[at] === '{') {
      const group = readGroup(glob, at);
      if (group === undefined) continue;
      const rest = expandBraces(glob.slice(group.end));
      const out: string[] = [];
      for (const item of group.items) {
        const inner = expandBraces(item);
        if (inner === undefined || rest === undefined) return undefined;
        if (out.length + inner.length * rest.length > MOST) return undefined;
        for (const one of inner) for (const tail of rest) out.push(glob.slice(0, at) + one + tail);
      }
      return out;
    }
  }
  return [glob];
}

/** The alternatives of the braces that open at `start`; without a comma or an end they are not braces. */
function readGroup(glob: string, start: number): { items: string[]; end: number } | undefined {
  const items: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < glob.length; at++) {
    const char = glob[at];
    if (char === '\\') at++;
    else if (char === '{') depth++;
    else if ((char === ',' && depth === 1) || (char === '}' && --depth === 0)) {
      items.push(glob.slice(from, at));
      from = at + 1;
      if (depth === 0) return items.length > 1 ? { items, end: from } : undefined;
    }
  }
  return undefined;
}

/**
 * Reads a glob without braces as git reads one: `*`, `?` and `[a-z]` stay in one folder, a whole part `**` goes through any
 * number of them. What has no end, a bracket or a backslash, matches nothing to git; otherwise it means itself.
 */
export function parseGlob(glob: string, isGit = false): Glob {
  const parts: GlobPart[] = [];
  let pieces: Piece[] = [];
  const endPart = () => {
    const isFolders = pieces.length > 1 && pieces.every((piece) => piece === MANY);
    if (isFolders) parts.push(FOLDERS);
    else if (pieces.every((piece) => typeof piece === 'string')) parts.push(pieces.join(''));
    else parts.push(pieces);
    pieces = [];
  };
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (char === '/') endPart();
    else if (char === '\\' && glob[at + 1] === '/') {
      at++;
      endPart();
    } else if (char === '*') pieces.push(MANY);
    else if (char === '?') pieces.push(ANY);
    else if (char === '\\' && (isGit || at + 1 < glob.length)) pieces.push(glob[++at] ?? NOTHING);
    else if (char === '[') {
      const set = readSet(glob, at);
      pieces.push(set?.test ?? (isGit ? NOTHING : '['));
      at = set?.last ?? at;
    } else pieces.push(char);
  }
  endPart();
  // `a/**` is what is in `a`, not `a` itself.
  if (parts.at(-1) === FOLDERS) parts.splice(-1, 0, [MANY]);
  return parts;
}

const NOTHING: CharTest = () => false;

const CLASSES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    alnum: /[a-z0-9]/i,
    alpha: /[a-z]/i,
    blank: /[ \t]/,
    cntrl: /[\0-\x1f\x7f]/,
    digit: /[0-9]/,
    graph: /[!-~]/,
    lower: /[a-z]/,
    print: /[ -~]/,
    punct: /[!-/:-@[-`{-~]/,
    space: /[ \t-\r]/,
    upper: /[A-Z]/,
    xdigit: /[0-9a-f]/i,
  }),
);

/** Reads `[…]` step by step as git's wildmatch.c does; undefined where it has no end. `last`: its bracket's place. */
function readSet(glob: string, start: number): { test: CharTest; last: number } | undefined {
  const ranges: [from: string, to: string][] = [];
  const classes: RegExp[] = [];
  let isBroken = false;
  let before = '';
  let at = start + 1;
  const isNegative = glob[at] === '!' || glob[at] === '^';
  if (isNegative) at++;
  do {
    let char = glob[at];
    const next = glob[at + 1];
    if (char === '\\') {
      char = glob[++at];
      ranges.push([char ?? '', char ?? '']);
    } else if (char === '-' && before !== '' && next !== undefined && next !== ']') {
      char = glob[++at];
      if (char === '\\') char = glob[++at];
      ranges.push([before, char ?? '']);
      // It ends one range and begins no other.
      if (char !== undefined) char = '';
    } else if (char === '[' && next === ':') {
      const end = glob.indexOf(']', at + 2);
      if (end < 0) return undefined;
      if (end > at + 2 && glob[end - 1] === ':') {
        const known = CLASSES.get(glob.slice(at + 2, end - 1));
        if (known === undefined) isBroken = true;
        else classes.push(known);
        at = end;
        char = '';
      } else ranges.push(['[', '[']);
    } else ranges.push([char ?? '', char ?? '']);
    if (char === undefined) return undefined;
    before = char;
    at++;
  } while (glob[at] !== ']');
  const test: CharTest = (char) =>
    !isBroken &&
    char !== '/' &&
    (ranges.some(([from, to]) => from <= char && char <= to) || classes.some((one) => one.test(char))) !==
      isNegative;
  return { test, last: at };
}

/** Whether a glob matches the names of a path, all from `from` on. */
export function matchesNames(glob: Glob, names: readonly string[], from = 0): boolean {
  return matchRow(glob, FOLDERS, names, from, matchesName);
}

function matchesName(part: GlobPart, name: string): boolean {
  if (typeof part === 'string') return part === name;
  return typeof part !== 'symbol' && matchRow(part, MANY, name, 0, matchesChar);
}

function matchesChar(piece: Piece, char: string): boolean {
  return typeof piece === 'function' ? piece(char) : piece === ANY || piece === char;
}

/** Where something does not fit, only the last star takes one more: earlier ones have what they need, so there is no way back. */
function matchRow<Want, Item>(
  wanted: readonly Want[],
  star: Want,
  items: ArrayLike<Item>,
  from: number,
  fits: (want: Want, item: Item) => boolean,
): boolean {
  let want = 0;
  let item = from;
  let afterStar = -1;
  let taken = 0;
  while (item < items.length) {
    if (want < wanted.length && wanted[want] === star) {
      afterStar = ++want;
      taken = item;
    } else if (want < wanted.length && fits(wanted[want]!, items[item]!)) {
      want++;
      item++;
    } else if (afterStar >= 0) {
      want = afterStar;
      item = ++taken;
    } else return false;
  }
  while (want < wanted.length && wanted[want] === star) want++;
  return want === wanted.length;
}

/** Whether one of the globs matches; the last one that does decides, and a `!` before it takes the path out. */
export function matchGlobs(globs: readonly string[]): PathMatcher {
  const known = MATCHERS.get(globs);
  if (known !== undefined) return known;
  const matcher = compileGlobs(globs);
  MATCHERS.set(globs, matcher);
  return matcher;
}

// A configuration's lists are asked for every file.
const MATCHERS = new WeakMap<readonly string[], PathMatcher>();

function compileGlobs(globs: readonly string[]): PathMatcher {
  const compiled = globs.flatMap((glob) => {
    const isNegative = glob.startsWith('!');
    const alternatives = expandBraces(isNegative ? glob.slice(1) : glob) ?? [];
    return alternatives.map((one) => ({ isNegative, glob: anchorGlob(one) }));
  });
  return (path) => {
    const names = path.split('/');
    const last = compiled.findLast(({ glob }) => matchesNames(glob, names));
    return last !== undefined && !last.isNegative;
  };
}

/** Without a slash a glob matches at any depth. A folder's name stands for all that is in it. */
function anchorGlob(glob: string): Glob {
  const bare = glob.replace(/\/$/, '');
  const parts = parseGlob(bare.replace(/^\.?\//, ''));
  return bare.includes('/') ? [...parts, FOLDERS] : [FOLDERS, ...parts, FOLDERS];
}

/** Whether a word has anything that only a glob has. */
export function isGlob(word: string): boolean {
  return /[*?[{]/.test(word);
}
