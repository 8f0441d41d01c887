import { engineOf } from '../../source/engine.js';
import type { FoundWord } from '../../source/frontend.js';

/** A command of Windows after what starts it. */
interface Wrapped {
  /** The word that the command begins with. */
  readonly from: number;
  /** A word that is a script of its own. */
  readonly script?: { readonly kind: 'batch' | 'powershell'; readonly word: FoundWord };
}

/** What `call`, `start`, `cmd /c`, `if exist x`, `for … do`, `iex` and `powershell -Command` run. */
export function unwrap(words: readonly FoundWord[]): Wrapped {
  const first = (words[0]?.value ?? '').toLowerCase().replace(/\.exe$/, '');
  switch (first) {
    case 'call':
    case 'return':
      return { from: 1 };
    case 'start':
      return { from: afterSwitches(words, isQuoted(words[1]) ? 2 : 1) };
    case 'cmd': {
      const from = afterSwitches(words, 1);
      return from === words.length - 1 ? { from, ...script('batch', words[from]) } : { from };
    }
    case 'iex':
    case 'invoke-expression':
      return { from: 0, ...script('powershell', words.at(-1)) };
    case 'powershell':
    case 'pwsh': {
      const flag = words.findIndex(({ value }) => /^-c(?:ommand)?$/i.test(value));
      if (flag < 0) return { from: 0 };
      return flag === words.length - 2
        ? { from: 0, ...script('powershell', words[flag + 1]) }
        : { from: flag + 1 };
    }
    case 'if':
    case 'for':
    case 'else': {
      const isEngine = (word: FoundWord) =>
        word.holes.length === 0 && engineOf(word, undefined) !== undefined;
      return { from: Math.max(0, words.findIndex(isEngine)) };
    }
    default:
      return { from: 0 };
  }
}

function script(kind: 'batch' | 'powershell', word: FoundWord | undefined): Pick<Wrapped, 'script'> {
  return word !== undefined && /\s/.test(word.value) ? { script: { kind, word } } : {};
}

function afterSwitches(words: readonly FoundWord[], from: number): number {
  const next = words.findIndex(({ value }, index) => index >= from && !value.startsWith('/'));
  return next < 0 ? words.length : next;
}

function isQuoted(word: FoundWord | undefined): boolean {
  return word?.host.value[word.raw.start] === '"';
}
