/** How Compose splits a command that is one text, or why it does not. */
interface SplitCommand {
  readonly words: readonly string[];
  /** What stands after the first `;`, `&`, `|`, `<` or `>` that is in no quotes, which Compose drops. */
  readonly dropped: string;
}

/** Splits a command as mattn/go-shellwords does for Compose; undefined for what that refuses. */
export function splitCommand(text: string): SplitCommand | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '\\' && quote !== "'") {
      const next = text[++at];
      if (next === undefined) return undefined;
      word = (word ?? '') + (next === 't' ? '\t' : next === 'n' ? '\n' : next);
    } else if (/[ \t\r\n]/.test(letter)) {
      if (quote !== '') word = (word ?? '') + letter;
      else if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
    } else if ((letter === '"' || letter === "'") && (quote === '' || quote === letter)) {
      word ??= '';
      quote = quote === '' ? letter : '';
    } else if (letter === '`' && (quote === '' || quote === '`')) {
      word = (word ?? '') + letter;
      quote = quote === '' ? '`' : '';
    } else if (letter === ')' && (quote === '' || quote === ')')) {
      word = (word ?? '') + letter;
      quote = quote === '' ? ')' : '';
    } else if (letter === '(' && quote === '') {
      if (word?.endsWith('$') !== true) return undefined;
      word += letter;
      quote = ')';
    } else if (quote === '' && /[;&|<>]/.test(letter)) {
      // The number of a stream goes with it.
      if (letter === '>' && /^\d/.test(word ?? '')) word = undefined;
      if (word !== undefined) words.push(word);
      return { words, dropped: text.slice(at) };
    } else word = (word ?? '') + letter;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  return { words, dropped: '' };
}
