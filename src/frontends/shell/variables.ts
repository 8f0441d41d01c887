import type { ArrayValue, Word } from 'unbash';
import { ABSOLUTE_VARIABLES } from './absolute.js';
import type { ShellAssignment, ShellScript, Site } from './collect.js';
import { decodeWord, type ShellText } from './word.js';

/** A value that a variable has, or a part of it that was appended. */
export interface VariablePart {
  readonly value: Word | ArrayValue;
  readonly conditional: boolean;
}

/**
 * What a variable holds at a place of the script, as far as the same file says so without doubt: a value that is set
 * once, and what is appended to it. Undefined when it may be something else; `unknown` stands for arguments of the
 * script that are kept beside what it adds.
 */
export function resolveVariable(
  script: ShellScript,
  name: string,
  site: Site,
): readonly (VariablePart | 'unknown')[] | undefined {
  const all = script.assignments.get(name) ?? [];
  const own = all.filter((one) => one.scope === site.scope && one.pos < site.pos);
  const shadowed = own.some((one) => one.local);
  const visible = shadowed ? own : all.filter((one) => isVisible(one, site));
  if (visible.length === 0 || visible.some((one) => one.value === undefined)) return undefined;
  const base = visible.findLastIndex((one) => !appends(one) && !one.conditional && isSettled(one, site));
  const parts: VariablePart[] = [];
  let values = 0;
  for (const one of visible.slice(Math.max(0, base))) {
    const empty = isEmpty(one.value);
    if (!appends(one) && !empty) {
      values += 1;
      if (parts.length > 0) return undefined;
    }
    if (!empty && one.value !== undefined) {
      parts.push({ value: one.value, conditional: one.conditional || !isSettled(one, site) });
    }
  }
  if (values > 1) return undefined;
  return name === '@' && base < 0 ? [...parts, 'unknown'] : parts;
}

/** Whether every value that the file gives to the variable is an absolute path. */
export function isAbsoluteVariable(script: ShellScript, text: ShellText, name: string): boolean {
  const all = script.assignments.get(name);
  if (all === undefined) return ABSOLUTE_VARIABLES.has(name);
  return all.every(({ value, append }) => {
    if (value === undefined || value.type === 'ArrayValue' || append) return false;
    const word = decodeWord(text, value, 'assigned');
    return (
      word.value.startsWith('/') || (word.holes[0]?.range.start === 0 && word.holes[0].absolute === true)
    );
  });
}

/** Seen from a function, what is set outside counts wherever it stands; from elsewhere only what stands before. */
function isVisible(one: ShellAssignment, site: Site): boolean {
  if (one.scope === site.scope) return one.pos < site.pos;
  return one.scope === 0 || !one.local;
}

function isSettled(one: ShellAssignment, site: Site): boolean {
  return one.scope === site.scope || one.scope === 0;
}

/** `A+=x` appends, and so does `A="$A x"`. */
function appends(one: ShellAssignment): boolean {
  return one.append || (one.value?.type === 'Word' && selfReference(one.name).test(one.value.text));
}

/** The value of a variable that starts with what it was. */
export function selfReference(name: string): RegExp {
  return new RegExp(`^"?\\$(?:${name}(?!\\w)|\\{${name}(?::?[-+][^}]*)?\\})`);
}

function isEmpty(value: Word | ArrayValue | undefined): boolean {
  if (value === undefined) return true;
  return value.type === 'ArrayValue' ? value.elements.length === 0 : /^(?:''|"")?$/.test(value.text);
}
