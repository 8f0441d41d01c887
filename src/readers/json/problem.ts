import type { Range } from '../../text/range.js';

/** Where a JSON text is broken first. */
interface JsonProblem {
  readonly message: string;
  readonly range: Range;
}

const TOKEN =
  /[ \t\r\n\ufeff]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|[{}[\]:,]|[^\s{}[\]:,"]+|[\s\S]/g;
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

/** Finds the first mistake; comments and commas after the last item are none unless the text `isStrict`. */
export function jsonProblem(text: string, isStrict: boolean): JsonProblem | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  const closed = (): Expected => (open.length > 0 ? ', or end' : 'nothing');
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    const range = { start: match.index, end: match.index + token.length };
    const first = token[0]!;
    if (/[ \t\r\n\ufeff]/.test(first)) continue;
    if (/^\/[/*]/.test(token)) {
      if (isStrict) return { message: 'it has a comment', range };
      continue;
    }
    const isString = first === '"' && token.length > 1 && ![...token].some((char) => char < ' ');
    if (first === '"' && !isString) return { message: 'a string does not end, or has a wrong escape', range };
    const isValue: boolean = expected === 'value' || expected === 'value or ]';
    if (isValue && (first === '{' || first === '[')) {
      open.push(first);
      expected = first === '{' ? 'key or }' : 'value or ]';
    } else if (isValue && (isString || LITERAL.test(token))) expected = closed();
    else if ((expected === 'key' || expected === 'key or }') && isString) expected = ':';
    else if (expected === ':' && first === ':') expected = 'value';
    else if (expected === ', or end' && first === ',')
      expected = open.at(-1) === '{' ? (isStrict ? 'key' : 'key or }') : isStrict ? 'value' : 'value or ]';
    else if (mayClose(expected, first) && open.at(-1) === (first === '}' ? '{' : '[')) {
      open.pop();
      expected = closed();
    } else return { message: mistake(expected, token), range };
  }
  if (expected === 'nothing' || text.trim() === '') return undefined;
  return { message: 'it ends too early', range: { start: text.length, end: text.length } };
}

function mayClose(expected: Expected, char: string): boolean {
  if (char === '}') return expected === 'key or }' || expected === ', or end';
  return char === ']' && (expected === 'value or ]' || expected === ', or end');
}

function mistake(expected: Expected, token: string): string {
  const found = `\`${token.length > 30 ? `${token.slice(0, 30)}…` : token}\``;
  switch (expected) {
    case 'nothing':
      return `${found} comes after its end`;
    case ', or end':
      return `a \`,\` or a closing bracket is missing before ${found}`;
    case ':':
      return `a \`:\` is missing before ${found}`;
    case 'key':
    case 'key or }':
      return `${found} is where a quoted key must be`;
    default:
      return `${found} is where a value must be`;
  }
}
