import type { Command } from 'unbash';
import { type ExtraCommands, mentionsEngine } from '../../source/engine.js';
import type { HostedText } from '../../source/hosted-text.js';
import type { ShellScript } from './script.js';

/** Quotes and escapes may part a name; `$'…'` may write it in numbers. */
const PARTED = /\\\n|["'\\]/g;

/**
 * Says of commands that they surely run no engine and hold no directive: neither what is written in them nor a variable that
 * the same file assigns names one. Words need not be made of those, and they are most of what scripts consist of.
 */
export function quietCommands(
  host: HostedText,
  script: ShellScript,
  commands: ExtraCommands | undefined,
): (node: Command) => boolean {
  const speaks = (text: string) => mentionsEngine(text, commands) || text.includes('mountc-');
  const mayHold = (text: string) =>
    speaks(text) || text.includes("$'") || (/["'\\]/.test(text) && speaks(text.replace(PARTED, '')));
  if (host.holes.some((hole) => mayHold(hole.text))) return () => false;
  const variables = new Set<string>();
  for (const [name, values] of script.assignments) {
    const holds = ({ pos, end }: { pos: number; end: number }) => mayHold(host.value.slice(pos, end));
    if (values.some(({ value }) => value !== undefined && holds(value))) variables.add(name);
  }
  if (variables.has('@')) return () => false;
  closeOver(variables, host, script);
  return ({ pos, end, redirects }) => {
    if (redirects.some(({ type }) => type === 'HereDoc')) return false;
    const text = host.value.slice(pos, end);
    return !mayHold(text) && (variables.size === 0 || !namesOf(text).some((name) => variables.has(name)));
  };
}

/** The variables that are expanded in a text. */
function namesOf(text: string): string[] {
  return text.includes('$') ? [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name!) : [];
}

/** Adds the variables whose value expands one of them, and so on. */
function closeOver(variables: Set<string>, { value: text }: HostedText, { assignments }: ShellScript): void {
  if (variables.size === 0) return;
  const users = new Map<string, string[]>();
  for (const [name, values] of assignments) {
    for (const { value } of values) {
      for (const used of value === undefined ? [] : namesOf(text.slice(value.pos, value.end))) {
        const known = users.get(used);
        if (known === undefined) users.set(used, [name]);
        else if (known.at(-1) !== name) known.push(name);
      }
    }
  }
  // What is added while they are gone through is gone through as well.
  for (const name of variables) for (const user of users.get(name) ?? []) variables.add(user);
}
