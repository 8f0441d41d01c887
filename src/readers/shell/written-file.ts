import type { Command } from 'unbash';
import type { FoundWord } from '../../source/frontend.js';

/** Where a command writes what it is given: `cat > path`, `tee path`. */
export function writtenPath(node: Command, words: readonly FoundWord[]): string | undefined {
  return redirectedTo(node) ?? teesTo(words);
}

function redirectedTo({ redirects }: Command): string | undefined {
  const [last] = redirects.filter(({ type, operator }) => type === 'Redirect' && /^>[>|]?$/.test(operator));
  return last?.type === 'Redirect' && last.target?.text !== '/dev/null' ? last.target?.value : undefined;
}

function teesTo(words: readonly FoundWord[]): string | undefined {
  const tee = words.findIndex(({ value }) => value === 'tee');
  return tee < 0 ? undefined : words.slice(tee + 1).find(({ value }) => !value.startsWith('-'))?.value;
}
