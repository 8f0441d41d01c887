import type { ParseError } from 'unbash';
import { unread } from '../../source/bounds.js';
import { budgetOf, type ExpansionBudget } from '../../source/expansion-budget.js';
import type { FoundProblem, ReadContext, ShellKind } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { maskText } from '../../source/mask.js';
import { containedIn, type Range } from '../../text/range.js';
import { collectScript } from './collect.js';
import { fishText } from './fish.js';
import { maskBats, shellMasks } from './masks.js';
import { parseScript } from './parse-script.js';
import type { ShellScript } from './script.js';
import { isAbsoluteVariable } from './variables.js';
import type { ScriptText } from './word.js';
import { zshText } from './zsh.js';

/** A text as a shell reads it, and what one pass over its tree collected. */
export interface OpenScript {
  readonly text: ScriptText;
  readonly script: ShellScript;
  readonly hasDirectives: boolean;
  readonly errors: readonly ParseError[] | undefined;
}

/** Parses a text for that shell, or says why not. Nothing but what is collected stays of the tree. */
export function openScript(
  written: HostedText,
  shell: ShellKind,
  context: ReadContext,
): OpenScript | FoundProblem {
  const raw = shell === 'fish' ? fishText(written) : shell === 'zsh' ? zshText(written) : written;
  const masked = maskText(raw, shellMasks(raw.value, context.placeholders === true));
  const hasDirectives = masked.value.includes('mountc-');
  const parsed = parseScript(maskBats(masked.value));
  if ('why' in parsed) return unread(masked, parsed.why, { start: parsed.at, end: parsed.at });
  const script = collectScript(parsed.script, hasDirectives);
  const host = guardBackticks(masked, script.ticked);
  const text = shellText(host, shell, script, budgetOf(written, context));
  return { text, script, hasDirectives, errors: parsed.script.errors };
}

/** In backticks some characters would need one more escape; nothing with them is written there. */
function guardBackticks(host: HostedText, ticked: readonly Range[]): HostedText {
  if (ticked.length === 0) return host;
  let isTicked: ((part: Range) => boolean) | undefined;
  return {
    ...host,
    edit(part, text) {
      isTicked ??= containedIn(ticked);
      return isTicked(part) && /[`\\]/.test(text.value) ? undefined : host.edit(part, text);
    },
  };
}

// Each variable that the value of another names is asked for in turn; nobody goes as far.
const MOST_IN_TURN = 40;

function shellText(
  host: HostedText,
  shell: ShellKind,
  script: ShellScript,
  budget: ExpansionBudget,
): ScriptText {
  const known = new Map<string, boolean>();
  let inTurn = 0;
  const text: ScriptText = {
    host,
    shell,
    budget,
    isAbsolute(name) {
      const answer = known.get(name);
      if (answer !== undefined) return answer;
      if (inTurn >= MOST_IN_TURN) return false;
      known.set(name, false);
      inTurn++;
      const absolute = isAbsoluteVariable(script, text, name);
      inTurn--;
      known.set(name, absolute);
      return absolute;
    },
  };
  return text;
}
