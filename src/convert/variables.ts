import type { Hole } from '../text/spec-text.js';

/** The languages that a mount's variables are written in. */
export type VariableLanguage = 'shell' | 'compose' | 'devcontainer';

/** A hole, and in which language it is written; undefined for one that no other form can say. */
export type ForeignHole = Hole & { readonly language?: VariableLanguage };

/** A variable that shells, Compose and devcontainers can all name. */
interface Variable {
  readonly name: string;
  /** `:-` and the like, with the word after it. */
  readonly rest?: { readonly operator: string; readonly word: string };
}

const SHELL = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}$`"'\\]*))?\})$/;
// devcontainers/cli, variableSubstitution.ts: the default counts only where the variable is not set at all, up to the next colon.
const LOCAL_ENV = /^\$\{(?:localEnv|env):([A-Za-z_]\w*)(?::([^{}$:]*))?\}$/;

/** The variable that a hole stands for; undefined for what only its own language can say. */
function readVariable({ text, kind, language }: ForeignHole): Variable | undefined {
  if (kind === 'template' || kind === 'placeholder' || language === undefined) return undefined;
  if (kind === 'tilde') return text === '~' ? { name: 'HOME' } : undefined;
  if (language === 'devcontainer') {
    if (text === '${localWorkspaceFolder}') return { name: 'PWD' };
    const [, local, word] = LOCAL_ENV.exec(text) ?? [];
    if (local === undefined) return undefined;
    return { name: local, ...(word !== undefined && { rest: { operator: '-', word } }) };
  }
  if (language === 'shell' && /^(?:\$\(\s*pwd\s*\)|`\s*pwd\s*`)$/.test(text)) return { name: 'PWD' };
  const [, bare, braced, operator, word = ''] = SHELL.exec(text) ?? [];
  const name = bare ?? braced;
  // A shell expands the tilde of a word only where no quotes stand around it, Compose at the start of a source.
  if (name === undefined || word.startsWith('~')) return undefined;
  return { name, ...(operator !== undefined && { rest: { operator, word } }) };
}

/** The hole as that language writes it; undefined where it has no way to. */
export function writeHole(hole: ForeignHole, language: VariableLanguage): string | undefined {
  if (hole.language === language && hole.kind !== 'tilde') return hole.text;
  const variable = readVariable(hole);
  if (variable === undefined) return undefined;
  const { name, rest } = variable;
  if (language !== 'devcontainer') return `\${${name}${rest === undefined ? '' : rest.operator + rest.word}}`;
  if (rest === undefined) return name === 'PWD' ? '${localWorkspaceFolder}' : `\${localEnv:${name}}`;
  // It has no other operator, and takes the word up to a colon.
  return /^:?-$/.test(rest.operator) && !rest.word.includes(':')
    ? `\${localEnv:${name}:${rest.word}}`
    : undefined;
}

/** What is not quite the same of a hole that is written in that language. */
export function holeLoss(hole: ForeignHole, language: VariableLanguage): string | undefined {
  if (language !== 'devcontainer' || hole.language === language) return undefined;
  const { name, rest } = readVariable(hole) ?? {};
  return rest?.operator === ':-'
    ? `where \`${name}\` is set and empty, a devcontainer does not take \`${rest.word}\` for it`
    : undefined;
}

/** What the devcontainer would fill in of a text that says it literally. */
const OF_DEVCONTAINER =
  /\$\{(?:(?:localEnv|env)[:}]|(?:local|container)Workspace|localHomeFolder|devcontainerId)/;

/** Known text in that language; undefined where it would be taken for a variable, and nothing can be done about it. */
function writeKnown(known: string, language: VariableLanguage): string | undefined {
  switch (language) {
    case 'shell':
      return known;
    case 'compose':
      return known.replaceAll('$', '$$$$');
    case 'devcontainer':
      return OF_DEVCONTAINER.test(known) ? undefined : known;
  }
}

/** The text with each mark as its variable; undefined when a part of it cannot be written in that language. */
export function fillHoles(
  text: string,
  holes: ReadonlyMap<string, ForeignHole>,
  language: VariableLanguage,
): string | undefined {
  let out: string | undefined = '';
  let known = '';
  const add = (part: string | undefined) => {
    out = out === undefined || part === undefined ? undefined : out + part;
  };
  for (const character of text) {
    const hole = holes.get(character);
    if (hole === undefined) {
      known += character;
      continue;
    }
    add(writeKnown(known, language));
    add(writeHole(hole, language));
    known = '';
  }
  add(writeKnown(known, language));
  return out;
}

/** How an expansion names what it is about, without the words that it may come to. */
const SYNTAX = [
  // `${X:?message}` and `${X#pattern}` come to nothing but the value.
  /\$\{!?\w+(?:\[[^\]]*\])?(?::?\?|##?|%%?)[^{}]*\}/g,
  // `${X:1:2}`, `${X,,}`, `${X:h}` of zsh.
  /\$\{\w+(?:\[[^\]]*\])?(?:(?::\s*-?\d+)+|,,?|(?::[A-Za-z])+)\}/g,
  // `${X/pattern/word}`.
  /\$\{\w+(?:\[[^\]]*\])?\/[^{}/]*\//g,
  // The operator of `${X:-word}`.
  /\$\{\w+(?:\[[^\]]*\])?:?[-+=]/g,
  // `$env:X` of PowerShell, `${localEnv:X:word}` of devcontainers.
  /\$\{?(?:localEnv|env|containerEnv|script|global|private|local|using|variable):\w+:?/gi,
  // `%X:~0,3%` and `%X:a=word%` of batch files, `$(X:a=word)` of make.
  /%\w+:~[-\d,]+%|%~[a-z]*\$?\w*:?\d?|%\w+:[^=%]*=|\$[({]\w+:[^=(){}]*=/gi,
];

/** A tag that decides whether the text after it is there at all. */
const BRANCH =
  /^(?:\{%|<%(?![=-])|\{\{[-~]?\s*(?:[#^/]|(?:if|else|elif|end|range|with|define|block|template)\b))/;

/**
 * Whether the words that an expansion may come to hold, for everybody to see, what separates the parts of `-v` or of `--mount`.
 * What a variable holds is taken for a plain path or name.
 */
function mayDivide({ text, kind }: Pick<Hole, 'text' | 'kind'>): boolean {
  if (kind === 'tilde') return false;
  // Code of a template makes text of its strings only.
  if (/^(?:\$?\{\{|<%|\{%|\$\[\[)/.test(text))
    return (
      BRANCH.test(text) ||
      [...text.matchAll(/'([^']*)'|"([^"]*)"|`([^`]*)`/g)].some(([one]) => DIVIDER.test(one))
    );
  return DIVIDER.test(SYNTAX.reduce((rest, pattern) => rest.replace(pattern, ' '), text));
}

const DIVIDER = /[:,]/;

/** Why a mount with these holes is left alone: one of them may come to more than a part of a path or of a name. */
export function dividingWhy(holes: Iterable<Pick<Hole, 'text' | 'kind'>>): string | undefined {
  for (const hole of holes)
    if (mayDivide(hole))
      return `what \`${hole.text}\` stands for may hold a colon or a comma, which separate the parts of a mount`;
  return undefined;
}

/** The word that an expansion comes to where its variable is not set, or is; undefined for any other. */
function visibleWord({ text }: Pick<Hole, 'text'>): { operator: string; word: string } | undefined {
  const [, operator, word] =
    /^\$\{\w+:?([-+=])([^{}$`]*)\}$/.exec(text) ??
    /^\$\{(?:localEnv|env):\w+(:)([^{}$:]*)\}$/.exec(text) ??
    [];
  return operator === undefined || word === undefined ? undefined : { operator, word };
}

/** Whether everybody sees that an expansion may come to nothing: with `+`, and with an empty word. */
export function mayVanish(hole: Pick<Hole, 'text'>): boolean {
  const visible = visibleWord(hole);
  return visible !== undefined && (visible.operator === '+' || visible.word === '');
}

/** What the word of an expansion shows a source to be that starts with it; undefined when it shows nothing. */
export function kindOfWord(hole: Pick<Hole, 'text'>): 'bind' | 'volume' | undefined {
  const word = visibleWord(hole)?.word ?? '';
  if (word === '') return undefined;
  return /^[/.~\\]|^[A-Za-z]:/.test(word) ? 'bind' : 'volume';
}

/**
 * The hole with its word made absolute by `place`; undefined when a source that starts with it may begin with something else,
 * such as the rest of the path where it comes to nothing.
 */
export function placeWord<One extends Hole>(
  hole: One,
  rest: string,
  place: (path: string) => string,
): One | undefined {
  const visible = visibleWord(hole);
  if (visible === undefined) return hole;
  const { word } = visible;
  // Without a rest it is the folder of the project, then.
  if (mayVanish(hole) && !rest.startsWith('/')) return undefined;
  if (word === '' || /^[/~\\]|^[A-Za-z]:/.test(word)) return hole;
  const at = hole.text.length - 1 - word.length;
  const slash = word.endsWith('/') && !rest.startsWith('/') && rest !== '' ? '/' : '';
  return { ...hole, text: `${hole.text.slice(0, at)}${place(word)}${slash}}` };
}

/** An expansion as it is shown to users: without the words in it, which may be a secret. */
export const shownHole = (text: string): string =>
  text
    .replace(/^(\$\{\w+).+\}$/s, '$1…}')
    .replace(/^(\$\(+).+\)$/s, '$1…)')
    .replace(/^`.+`$/s, '`…`');
