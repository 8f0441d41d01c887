import { mentionsEngine } from '../../source/engine.js';
import type { FoundWord, ReadContext } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import type { NewText } from '../../source/new-text.js';
import type { Hole } from '../../text/spec-text.js';

/** What the reader of a shell text knows besides the text. */
export interface ShellContext extends ReadContext {
  /** Set for the value of an alias or a make variable: words may follow. */
  readonly partial?: boolean;
  /** Those of `commands` that in some runs are another engine's. */
  readonly unsureNames?: ReadonlySet<string>;
  /** The words that a hole of the host stands for, when it is a whole word and the host knows them. */
  readonly expandHole?: (hole: Hole) => readonly FoundWord[] | undefined;
}

/** Whether the text is a file of its own, rather than a part of one. */
export function isShellFile({ level }: HostedText, { depth, language }: ShellContext): boolean {
  return level === 0 && (depth ?? 0) === 0 && language === undefined;
}

/** Whether an engine or a directive is named in a text, or in what its holes stand for. */
export function isWorthReading(text: HostedText, { expandHole, commands }: ShellContext): boolean {
  const { value: all } = text;
  // A unit of Quadlet names no engine.
  if (mentionsEngine(all, commands) || all.includes('mountc-') || all.includes('[Container]')) return true;
  const isEngine = ({ value, holes }: NewText) =>
    mentionsEngine(value, commands) || holes.some((hole) => mentionsEngine(hole.text, commands));
  return isEngine(text) || text.holes.some((hole) => expandHole?.(hole)?.some(isEngine));
}
