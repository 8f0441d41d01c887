import type { Hole } from '../../text/spec-text.js';
import type { FoundWord } from '../frontend.js';
import type { HostedText } from '../hosted-text.js';
import { ABSOLUTE_VARIABLES } from '../shell/absolute.js';
import { valueWords } from '../shell/value-words.js';
import { decodeMake, type MakeNames } from './decode-make.js';
import type { MakeLine } from './scan.js';

const DEEPEST = 5;

/** What a makefile says of its own variables. */
export interface MakeVariables extends MakeNames {
  /** The words that a reference stands for, when the file gives the variable one value without doubt. */
  wordsOf(hole: Hole): readonly FoundWord[] | undefined;
  /** The values that no reference was read through, as texts. */
  unread(): readonly HostedText[];
}

/** Collects the assignments of a makefile. One that it `includes` may well set `pwd`. */
export function makeVariables(
  host: HostedText,
  lines: readonly MakeLine[],
  includes: boolean,
): MakeVariables {
  const all = new Map<string, MakeLine[]>();
  for (const line of lines) {
    if (line.type !== 'assignment') continue;
    const known = all.get(line.name);
    if (known === undefined) all.set(line.name, [line]);
    else known.push(line);
  }
  const texts = new Map<MakeLine, HostedText>();
  const used = new Set<MakeLine>();
  const busy = new Set<string>();
  const textOf = (line: MakeLine) => {
    const known = texts.get(line);
    if (known !== undefined) return known;
    const text = decodeMake(host, line.range, undefined, { isAbsolute, isOwn, isComma });
    texts.set(line, text);
    return text;
  };
  const isOwn = (name: string) => all.has(name) || (includes && name === 'pwd');
  const isComma = (name: string) => {
    const [line, other] = all.get(name) ?? [];
    if (line === undefined || other !== undefined || line.conditional) return false;
    return host.value.slice(line.range.start, line.range.end).trim() === ',';
  };
  function isAbsolute(name: string): boolean {
    const list = all.get(name);
    if (list === undefined) return name === 'CURDIR' || ABSOLUTE_VARIABLES.has(name);
    if (busy.has(name) || busy.size > 20) return false;
    busy.add(name);
    const answer = list.every((line) => {
      if (line.operator === '!=')
        return /^\s*pwd\s*$/.test(host.value.slice(line.range.start, line.range.end));
      const { value, holes } = textOf(line);
      return (
        line.operator !== '+=' &&
        !value.includes(':') &&
        (value.startsWith('/') || (holes[0]?.range.start === 0 && holes[0].absolute === true))
      );
    });
    busy.delete(name);
    return answer;
  }
  /** One plain value and what is appended to it. Several values, or one that is there in some runs, only when all are flags. */
  const settled = (name: string): readonly MakeLine[] | undefined => {
    const list = all.get(name) ?? [];
    const values = list.filter((line) => line.operator !== '+=');
    const sure = values.filter((line) => !line.conditional);
    if (list.length === 0 || sure.length > 1 || (sure[0] ?? list[0]) !== list[0]) return undefined;
    if (values.some((line) => line.operator === '!=')) return undefined;
    const isSet = values.length === sure.length;
    return isSet || values.every((line) => /^(?:-|$)/.test(textOf(line).value)) ? list : undefined;
  };
  const expand = (name: string, depth: number): FoundWord[] | undefined => {
    const list = depth > DEEPEST ? undefined : settled(name);
    const isOneOfSeveral = list?.some((line) => line.operator !== '+=' && line.conditional);
    return list?.flatMap((line) => {
      used.add(line);
      const conditional = line.conditional || (isOneOfSeveral && line.operator !== '+=');
      return valueWords(textOf(line), 'sh', name, `m${line.range.start}`).flatMap((found) => {
        const word = conditional ? { ...found, conditional } : found;
        const inner = wholeReference(word);
        const words = inner !== undefined && inner !== name ? expand(inner, depth + 1) : undefined;
        return words === undefined || isUnknown(words) ? [word] : words;
      });
    });
  };
  const known = new Map<string, readonly FoundWord[] | undefined>();
  return {
    isAbsolute,
    isOwn,
    isComma,
    wordsOf(hole) {
      const name = referenceName(hole.text);
      if (name === undefined) return undefined;
      if (!known.has(name)) {
        const words = expand(name, 0);
        known.set(name, words && isUnknown(words) ? undefined : words);
      }
      return known.get(name);
    },
    unread: () =>
      [...all.values()]
        .flat()
        .filter((line) => !used.has(line))
        .map(textOf),
  };
}

function referenceName(text: string): string | undefined {
  return /^\$[({]([\w.-]+)[)}]$/.exec(text)?.[1];
}

/** A value that only make can know: the name of its variable says more. */
function isUnknown([first, ...others]: readonly FoundWord[]): boolean {
  return first?.value.length === 1 && first.holes.length === 1 && others.length === 0;
}

function wholeReference(word: FoundWord): string | undefined {
  const hole = word.holes[0];
  return hole !== undefined && word.value.length === 1 && !hole.quoted ? referenceName(hole.text) : undefined;
}
