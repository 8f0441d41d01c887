import type { Hole } from '../text/spec-text.js';

/** A variable that shells, Compose and devcontainers can all name. */
export interface Variable {
  readonly name: string;
  /** `:-` and the like, with the word behind it. */
  readonly rest?: { readonly operator: string; readonly word: string };
}

/** The languages that a mount's variables are written in. */
export type VariableLanguage = 'shell' | 'compose' | 'devcontainer';

const SHELL = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}$`"'\\]*))?\})$/;
const LOCAL_ENV = /^\$\{(?:localEnv|env):([A-Za-z_]\w*)(?::([^{}$]*))?\}$/;

/** The variable that a hole stands for; undefined for what only its own language can say. */
export function readVariable({ text, kind }: Pick<Hole, 'text' | 'kind'>): Variable | undefined {
  if (kind === 'tilde') return text === '~' ? { name: 'HOME' } : undefined;
  if (/^(?:\$\(\s*pwd\s*\)|`\s*pwd\s*`|\$\{localWorkspaceFolder\})$/.test(text)) return { name: 'PWD' };
  const local = LOCAL_ENV.exec(text);
  if (local !== null) {
    const [, name, word] = local;
    return { name: name!, ...(word !== undefined && { rest: { operator: ':-', word } }) };
  }
  const [, bare, braced, operator, word = ''] = SHELL.exec(text) ?? [];
  const name = bare ?? braced;
  if (name === undefined || kind === 'template' || kind === 'placeholder') return undefined;
  return { name, ...(operator !== undefined && { rest: { operator, word } }) };
}

/** The variable as that language writes it; undefined where it has no way to. */
export function writeVariable({ name, rest }: Variable, language: VariableLanguage): string | undefined {
  switch (language) {
    case 'shell':
    case 'compose':
      return `\${${name}${rest === undefined ? '' : rest.operator + rest.word}}`;
    case 'devcontainer':
      if (rest !== undefined) return rest.operator === ':-' ? `\${localEnv:${name}:${rest.word}}` : undefined;
      return name === 'PWD' ? '${localWorkspaceFolder}' : `\${localEnv:${name}}`;
  }
}

/**
 * The text with each mark as its variable, known stretches through `quote`; undefined when a hole has no such variable.
 */
export function fillHoles(
  text: string,
  holes: ReadonlyMap<string, Hole>,
  language: VariableLanguage,
  quote: (known: string) => string,
): string | undefined {
  let out = '';
  let known = '';
  for (const character of text) {
    const hole = holes.get(character);
    if (hole === undefined) {
      known += character;
      continue;
    }
    const variable = readVariable(hole);
    const written = variable && writeVariable(variable, language);
    if (written === undefined) return undefined;
    out += quote(known) + written;
    known = '';
  }
  return out + quote(known);
}
