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
  const uses = variables.size === 0 ? undefined : closeOver(variables, host, script);
  return ({ pos, end, redirects }) => {
    if (redirects.some(({ type }) => type === 'HereDoc')) return false;
    const text = host.value.slice(pos, end);
    return !mayHold(text) && uses?.test(text) !== true;
  };
}

/** The pattern of an expansion of one of the variables, or of one whose value expands one. */
function closeOver(
  variables: Set<string>,
  { value: text }: HostedText,
  { assignments }: ShellScript,
): RegExp {
  for (;;) {
    const uses = new RegExp(`\\$\\{?(?:${[...variables].join('|')})(?!\\w)`);
    const before = variables.size;
    for (const [name, values] of assignments) {
      if (variables.has(name)) continue;
      if (values.some(({ value }) => value !== undefined && uses.test(text.slice(value.pos, value.end))))
        variables.add(name);
    }
    if (variables.size === before) return uses;
  }
}
