import type { CommandSource } from '../source/command-source.js';
import { findSecrets, HIDDEN, hideSecrets } from '../text/secrets.js';
import { quoteShell } from '../text/shell-quote.js';
import { displayText } from '../text/spec-text.js';
import type { Finding } from './rule.js';

/** A finding whose sentences tell no secret; its edits stay as they are. */
export function discreet(finding: Finding): Finding {
  const { message, help, related, fix } = finding;
  return {
    ...finding,
    message: hideSecrets(message),
    help: discreetHelp(help),
    related: related?.map((other) => ({ ...other, message: hideSecrets(other.message) })),
    fix: fix && { ...fix, title: hideSecrets(fix.title) },
  };
}

/** Most findings of a rule have the same, of which the last few are kept. */
const helps = new Map<string, string>();
const MOST_HELPS = 100;

function discreetHelp(help: string): string {
  let known = helps.get(help);
  if (known === undefined) {
    if (helps.size === MOST_HELPS) helps.clear();
    known = hideSecrets(help);
    helps.set(help, known);
  }
  return known;
}

/** Docker's words about a command, in which it may repeat what is secret there, without the name that says so. */
export function withoutValuesOf(source: CommandSource, words: string): string {
  const line = source.words.map((word) => quoteShell(displayText(word))).join(' ');
  let out = words;
  for (const { start, end } of findSecrets(line)) {
    const value = line.slice(start, end);
    if (value.length >= SHORTEST) out = out.replaceAll(value, HIDDEN);
  }
  return out;
}

// Shorter ones stand in any sentence.
const SHORTEST = 4;
