import type { CommandWord } from '../source/command-source.js';
import type { Range } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';

/** A flag that gives a mount, after a sub-command that makes no container. */
interface MountFlag {
  readonly word: CommandWord;
  /** As it is written, without its value. */
  readonly flag: string;
  /** The word that its value is in, and where. */
  readonly value: CommandWord;
  readonly range: Range;
}

/** The flags of mounts from a word on; `isOver`: what stands after the first word that is no flag is not a flag of the engine either. */
export function mountFlags(words: readonly CommandWord[], from: number, isOver = false): MountFlag[] {
  const found: MountFlag[] = [];
  for (let i = from; i < words.length; i++) {
    const word = words[i]!;
    const [all, flag] = /^(-v|--volume|--mount)(?:=|$)|^(-v)/.exec(word.value) ?? [];
    if (all !== undefined) {
      const value = all === word.value ? words[++i] : word;
      if (value === undefined) break;
      const range = { start: value === word ? all.length : 0, end: value.value.length };
      found.push({ word, flag: flag ?? '-v', value, range });
    } else if (word.value === '--') break;
    // It may be a flag that takes the next word.
    else if (hasHole(word) && !word.value.startsWith('-')) i++;
    else if (!word.value.startsWith('-')) {
      if (isOver) break;
    } else if (takesValue(word.value)) i++;
  }
  return found;
}

/** Whether the next word is the value of this one, as far as these sub-commands go. */
const takesValue = (flag: string): boolean =>
  /^(?:-[a-z]*[efuwtolcmd]|--(?:env|env-file|user|workdir|tag|file|build-arg|build-context|label|annotation|target|platform|output|opt|driver|name|cache-from|cache-to|secret|ssh|network|progress|detach-keys|message|author|change|scale|timeout))$/.test(
    flag,
  ) && !/^-(?:d|it|ti|itd|dit)$/.test(flag);
