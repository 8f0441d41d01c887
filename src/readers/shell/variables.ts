import type { ArrayValue, Word } from 'unbash';
import { ABSOLUTE_VARIABLES } from './absolute.js';
import type { ScriptPosition, ShellAssignment, ShellScript } from './script.js';
import { decodeWord, type ShellText } from './word.js';

/** A value that a variable has, or a part of it that was appended. */
export interface VariablePart {
  readonly value: Word | ArrayValue;
  readonly conditional: boolean;
}

/**
 * What a variable may hold at a place of the script, as far as the same file says so: a value that is set once, what is
 * added to it, and flags that take its place in some runs. Undefined when it may be something else; `unknown` stands for
 * arguments of the script that are kept beside what it adds.
 */
export function resolveVariable(
  script: ShellScript,
  name: string,
  site: ScriptPosition,
): readonly (VariablePart | 'unknown')[] | undefined {
  const visible = visibleFrom(script.assignments.get(name) ?? [], name, site);
  if (visible.length === 0 || visible.some((one) => one.value === undefined)) return undefined;
  const self = referencesTo(name);
  const isSure = (one: ShellAssignment) => !one.conditional && isSettled(one, site);
  const base = visible.findLastIndex((one) => isSure(one) && !appends(one, self));
  const parts: VariablePart[] = [];
  const values = new Set<VariablePart>();
  for (const one of visible.slice(Math.max(0, base))) {
    const { value } = one;
    const adds = appends(one, self);
    if (!adds && isInside(value, self)) return undefined;
    if (value === undefined || isEmpty(value)) continue;
    const part = { value, conditional: !isSure(one) };
    parts.push(part);
    if (adds) continue;
    values.add(part);
    // What is set over something that was added to may be all that there is, or take its place.
    if (parts.length > values.size) return undefined;
  }
  const settled = values.size > 1 ? alternatives(parts, values) : parts;
  return settled && name === '@' && base < 0 ? [...settled, 'unknown'] : settled;
}

const ENGINE_AT_END = /^["']?(?:[\w\s./=-]*[\s/])?(?:docker|podman|nerdctl)["']?$/;

function lastText(value: Word | ArrayValue): string {
  return value.type === 'Word' ? value.text : (value.elements.at(-1)?.text ?? '');
}

/**
 * One of several values: only flags are known to be whole words of a command, whichever of them is there. Of several ways to
 * run an engine any will do, docker's first.
 */
function alternatives(
  parts: readonly VariablePart[],
  values: ReadonlySet<VariablePart>,
): readonly VariablePart[] | undefined {
  const engines = [...values].filter(({ value }) => ENGINE_AT_END.test(lastText(value)));
  if (engines.length === parts.length)
    return [engines.find(({ value }) => lastText(value).includes('docker')) ?? engines[0]!];
  if (![...values].every(({ value }) => startsWithFlag(value))) return undefined;
  return parts.map((part) => (values.has(part) ? { ...part, conditional: true } : part));
}

function startsWithFlag(value: Word | ArrayValue): boolean {
  const first = value.type === 'ArrayValue' ? value.elements[0] : value;
  return first !== undefined && /^["']?\s*-/.test(first.text);
}

/** Whether every value that the file gives to the variable is an absolute path. */
export function isAbsoluteVariable(script: ShellScript, text: ShellText, name: string): boolean {
  const all = script.assignments.get(name);
  if (all === undefined) return ABSOLUTE_VARIABLES.has(name);
  return all.every(({ value, append }) => {
    if (value === undefined || value.type === 'ArrayValue' || append) return false;
    const word = decodeWord(text, value, 'assigned');
    // It may be a whole mount.
    if (word.value.includes(':')) return false;
    return (
      word.value.startsWith('/') || (word.holes[0]?.range.start === 0 && word.holes[0].absolute === true)
    );
  });
}

function visibleFrom(
  all: readonly ShellAssignment[],
  name: string,
  site: ScriptPosition,
): readonly ShellAssignment[] {
  // A loop that was written out may have thousands of them, and as many uses.
  if (site.scope === 0 && isFlat(all)) return all.slice(0, countBefore(all, site.pos));
  const own = all.filter((one) => one.scope === site.scope && one.pos < site.pos);
  const shadowed = own.some((one) => one.local);
  // A function has arguments of its own.
  if (shadowed || name === '@') return own;
  const hidden = new Set(all.filter((one) => one.local).map((one) => one.scope));
  return all.filter((one) => isVisible(one, site, hidden));
}

const flat = new WeakMap<readonly ShellAssignment[], boolean>();

/** Whether all of them stand outside of functions, in order. */
function isFlat(all: readonly ShellAssignment[]): boolean {
  let answer = flat.get(all);
  if (answer === undefined) {
    answer = all.every(({ scope, local, pos }, i) => scope === 0 && !local && pos >= (all[i - 1]?.pos ?? 0));
    flat.set(all, answer);
  }
  return answer;
}

function countBefore(all: readonly ShellAssignment[], pos: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle]!.pos < pos) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Seen from a function, what is set outside counts wherever it stands; from elsewhere only what stands before. */
function isVisible(one: ShellAssignment, site: ScriptPosition, hidden: ReadonlySet<number>): boolean {
  if (one.scope === site.scope) return one.pos < site.pos;
  return one.scope === 0 || !hidden.has(one.scope);
}

function isSettled(one: ShellAssignment, site: ScriptPosition): boolean {
  return one.scope === site.scope || one.scope === 0;
}

/** The ways in which a value can name a variable. */
interface References {
  /** The whole of a word. */
  readonly word: RegExp;
  /** A word among others. */
  readonly field: RegExp;
  readonly anywhere: RegExp;
}

function referencesTo(name: string): References {
  const reference = `\\$(?:${name}(?!\\w)|\\{${name}(?:\\[[@*]\\])?(?::?[-+][^}]*)?\\})`;
  return {
    word: new RegExp(`^"?${reference}"?$`),
    field: new RegExp(`(?:^["']?|\\s)${reference}(?=["']?$|\\s)`),
    anywhere: new RegExp(`\\$\\{?${name}(?!\\w)`),
  };
}

/** `A+=x` adds to what was there, and so do `A="$A x"`, `A="x $A"` and `A=(x "${A[@]}")`. */
function appends({ append, value }: ShellAssignment, self: References): boolean {
  if (append || value === undefined) return append;
  return value.type === 'ArrayValue'
    ? value.elements.some((element) => self.word.test(element.text))
    : self.field.test(value.text);
}

/** What it was is in its new value, and not as words of their own: `A="$A:ro"`. */
function isInside(value: ShellAssignment['value'], self: References): boolean {
  return value?.type === 'Word' && self.anywhere.test(value.text);
}

/** A word that is nothing but the variable. */
export function isWholly(name: string): RegExp {
  return referencesTo(name).word;
}

function isEmpty(value: Word | ArrayValue): boolean {
  return value.type === 'ArrayValue' ? value.elements.length === 0 : /^(?:''|"")?$/.test(value.text);
}
