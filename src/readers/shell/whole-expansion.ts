import type { DoubleQuotedChild, Word, WordPart } from 'unbash';

/** The expansion of a whole variable or array. */
export interface WholeExpansion {
  readonly name: string;
  readonly quoted: boolean;
  readonly index: '@' | '*' | undefined;
}

/** The variable that a word consists of, when it is nothing else. */
export function wholeExpansion(word: Word): WholeExpansion | undefined {
  const [part, ...others] = word.parts ?? [];
  if (part === undefined || others.length > 0) return undefined;
  if (part.type !== 'DoubleQuoted') return expansionOf(part, false);
  const [child, ...rest] = part.parts;
  return child === undefined || rest.length > 0 ? undefined : expansionOf(child, true);
}

function expansionOf(part: WordPart | DoubleQuotedChild, quoted: boolean): WholeExpansion | undefined {
  if (part.type === 'SimpleExpansion') {
    const name = part.text.slice(1);
    return {
      name: name === '*' ? '@' : name,
      quoted,
      index: name === '@' || name === '*' ? name : undefined,
    };
  }
  if (part.type !== 'ParameterExpansion' || part.prefix !== undefined) return undefined;
  const index = part.index?.text;
  const operation = part.operation;
  if (operation !== undefined) {
    // `${A[@]+"${A[@]}"}` keeps old shells quiet about an empty array.
    if (operation.type !== 'Default' || !operation.operator.endsWith('+')) return undefined;
    const same = wholeExpansion(operation.operand);
    return same !== undefined && same.name === part.parameter ? same : undefined;
  }
  if (part.parameter === '@' || part.parameter === '*') return { name: '@', quoted, index: part.parameter };
  if (index !== undefined && index !== '@' && index !== '*') return undefined;
  return { name: part.parameter, quoted, index };
}
