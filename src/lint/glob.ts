/** Whether a path (slashes forward, relative) is meant. */
export type PathMatcher = (path: string) => boolean;

/**
 * A glob as a pattern for whole relative paths: `*` and `?` stay in one folder, `**` goes through any number of them,
 * `[a-z]`, `[!a]` and `{a,b}` work. An unclosed bracket means itself. Without a slash it is matched with the last part
 * of a path only, at any depth.
 */
export function compileGlob(glob: string): RegExp {
  const anchored = glob.replace(/^\.?\//, '');
  const anywhere = !glob.replace(/\/$/, '').includes('/');
  return new RegExp(`^${anywhere ? '(?:.*/)?' : ''}${globSource(anchored)}$`, 's');
}

/** Whether one of the globs matches; the last one that does decides, and a `!` in front of it takes the path out. */
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
  const compiled = globs.map((glob) => {
    const negative = glob.startsWith('!');
    const body = negative ? glob.slice(1) : glob;
    // A folder's name stands for all that is in it.
    return {
      negative,
      self: compileGlob(body.replace(/\/$/, '')),
      inside: compileGlob(`${folderGlob(body)}/**`),
    };
  });
  return (path) => {
    const last = compiled.findLast(({ self, inside }) => self.test(path) || inside.test(path));
    return last !== undefined && !last.negative;
  };
}

/** Whether a word has anything that only a glob has. */
export function isGlob(word: string): boolean {
  return /[*?]|\[[^\]]+\]|\{[^}]*,[^}]*\}/.test(word);
}

/** The body of a pattern, without anchors. */
export function globSource(glob: string): string {
  let out = '';
  let braces = 0;
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (char === '*') {
      const stars = /^\*+/.exec(glob.slice(at))![0].length;
      const whole =
        stars > 1 && (at === 0 || glob[at - 1] === '/' || glob[at - 1] === '{' || glob[at - 1] === ',');
      at += stars - 1;
      if (whole && glob[at + 1] === '/') {
        out += '(?:[^/]+/)*';
        at++;
      } else out += whole ? '.*' : '[^/]*';
    } else if (char === '?') out += '[^/]';
    else if (char === '[') {
      const set = /^\[([!^]?)(\]?[^\]]*)\]/.exec(glob.slice(at));
      if (set === null) out += '\\[';
      else {
        out += `[${set[1] === '' ? '' : '^/'}${set[2]!.replace(/[\\[\]^]/g, '\\$&')}]`;
        at += set[0].length - 1;
      }
    } else if (char === '{' && glob.indexOf('}', at) > at) {
      braces++;
      out += '(?:';
    } else if (char === '}' && braces > 0) {
      braces--;
      out += ')';
    } else if (char === ',' && braces > 0) out += '|';
    else if (char === '\\' && at + 1 < glob.length) out += escapeRegExp(glob[++at]!);
    else out += escapeRegExp(char);
  }
  return out + ')'.repeat(braces);
}

function folderGlob(glob: string): string {
  const bare = glob.replace(/\/$/, '');
  // Keeps a pattern without a slash free to match at any depth.
  return bare.includes('/') ? bare : `**/${bare}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
