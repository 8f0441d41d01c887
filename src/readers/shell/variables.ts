import type { ArrayValue, Word } from 'unbash';
import type { ExpansionBudget } from '../../source/expansion-budget.js';
import { ABSOLUTE_VARIABLES } from './absolute.js';
import type { ScriptPosition, ShellAssignment, ShellScript } from './script.js';
import { decodeWord, type ShellText } from './word.js';

/** A value that a variable has, or a part of it that was appended. */
export interface VariablePart {
  readonly value: Word | ArrayValue;
  readonly conditional: boolean;
  /** It names an engine, and in some runs the variable names another. */
  readonly isUnsure?: boolean;
}

/**
 * What a variable may hold at a place of the script, as far as the same file says so: a value that is set once, what is
 * added to it, and flags that take its place in some runs. Undefined when it may be something else; `unknown` stands for
 * arguments of the script that are kept next to what it adds.
 */
export function resolveVariable(
  script: ShellScript,
  name: string,
  site: ScriptPosition,
  budget: ExpansionBudget,
): readonly (VariablePart | 'unknown')[] | undefined {
  const visible = budget.left < 0 ? undefined : visibleFrom(script.assignments.get(name), name, site, budget);
  if (visible === undefined) return undefined;
  const isSure = (one: ShellAssignment) => !one.conditional && isSettled(one, site);
  const { all, end } = visible;
  const last = Math.max(0, end - MOST_VISIBLE);
  let base = end - 1;
  while (base >= last && !(isSure(all[base]!) && !usesItself(all[base]!).adds)) base--;
  budget.left -= (end - base) / 10;
  // What is so far above that nobody looks there is not known either.
  if (base < last && last > 0) return undefined;
  const parts: VariablePart[] = [];
  const values = new Set<VariablePart>();
  for (const one of all.slice(Math.max(0, base), end)) {
    const { value } = one;
    const { adds, isInside } = usesItself(one);
    if (isInside) return undefined;
    if (value === undefined || isEmpty(value)) continue;
    const part = { value, conditional: !isSure(one) };
    parts.push(part);
    if (adds) continue;
    values.add(part);
    // What is set over something that was added to may be all that there is, or take its place.
    if (parts.length > values.size) return undefined;
  }
  const before = all.slice(Math.max(0, base - MOST_BEFORE), Math.max(0, base));
  const settled = values.size > 1 ? alternatives(parts, values) : besideOthers(parts, before, site);
  return settled && name === '@' && base < 0 ? [...settled, 'unknown'] : settled;
}

/** So many assignments that another one hides are looked at. */
const MOST_BEFORE = 20;

const ENGINE_AT_END = /^["']?(?:[\w\s./=-]*[\s/])?(docker|podman|nerdctl)["']?$/;

function engineAtEnd(value: Word | ArrayValue): string | undefined {
  const last = value.type === 'Word' ? value.text : (value.elements.at(-1)?.text ?? '');
  return ENGINE_AT_END.exec(last)?.[1];
}

/** The engine's name that a function may set again is not sure; whether it is called, and when, nobody says. */
function besideOthers(
  parts: readonly VariablePart[],
  before: readonly ShellAssignment[],
  site: ScriptPosition,
): readonly VariablePart[] {
  const [only] = parts;
  const engine = only === undefined || parts.length > 1 ? undefined : engineAtEnd(only.value);
  if (only === undefined || engine === undefined) return parts;
  const isOther = ({ value }: ShellAssignment) => value && (engineAtEnd(value) ?? engine) !== engine;
  return before.some((one) => !isSettled(one, site) && isOther(one)) ? [{ ...only, isUnsure: true }] : parts;
}

/**
 * One of several values: only flags are known to be whole words of a command, whichever of them is there. Of several ways to
 * run an engine any will do, docker's first.
 */
function alternatives(
  parts: readonly VariablePart[],
  values: ReadonlySet<VariablePart>,
): readonly VariablePart[] | undefined {
  const engines = parts.map(({ value }) => engineAtEnd(value));
  if (!engines.includes(undefined)) {
    const one = parts[Math.max(0, engines.indexOf('docker'))]!;
    return [new Set(engines).size > 1 ? { ...one, isUnsure: true } : one];
  }
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

/** A loop that was written out may have thousands of assignments, and as many uses: so many of them are looked at for each. */
const MOST_VISIBLE = 5000;

/** The first `end` of some assignments. */
interface Visible {
  readonly all: readonly ShellAssignment[];
  readonly end: number;
}

/** The assignments that count at a place; undefined where there is none, or one whose value is not known. */
function visibleFrom(
  all: readonly ShellAssignment[] | undefined,
  name: string,
  site: ScriptPosition,
  budget: ExpansionBudget,
): Visible | undefined {
  if (all === undefined) return undefined;
  const isOwn = (site.scope === 0 && isFlat(all)) || name === '@';
  const own = isOwn ? upTo(scopesOf(all).get(site.scope) ?? NONE, site.pos) : ownOf(all, site);
  const visible = own ?? visibleAround(all, site, budget);
  return visible.end === 0 || firstUnknown(visible.all) < visible.end ? undefined : visible;
}

/** What a function says of a variable of its own. */
function ownOf(all: readonly ShellAssignment[], site: ScriptPosition): Visible | undefined {
  const own = upTo(scopesOf(all).get(site.scope) ?? NONE, site.pos);
  return firstLocal(own.all) < own.end ? own : undefined;
}

function visibleAround(
  all: readonly ShellAssignment[],
  site: ScriptPosition,
  budget: ExpansionBudget,
): Visible {
  budget.left -= all.length / 50;
  const hidden = hiddenIn(all);
  const visible = all.filter((one) => isVisible(one, site, hidden));
  return { all: visible, end: visible.length };
}

const NONE: readonly ShellAssignment[] = [];

function upTo(all: readonly ShellAssignment[], pos: number): Visible {
  return { all, end: countBefore(all, pos) };
}

/** An answer about a list of assignments, which does not change, found once. */
function once<Answer>(find: (all: readonly ShellAssignment[]) => Answer) {
  const answers = new WeakMap<readonly ShellAssignment[], Answer>();
  return (all: readonly ShellAssignment[]): Answer => {
    let answer = answers.get(all);
    if (answer === undefined) {
      answer = find(all);
      answers.set(all, answer);
    }
    return answer;
  };
}

/** Whether all of them stand outside of functions. */
const isFlat = once((all) => all.every(({ scope, local }) => scope === 0 && !local));

/** The assignments of each function, and those outside of functions, in order of place. */
const scopesOf = once((all) => {
  const scopes = new Map<number, ShellAssignment[]>();
  for (const one of all) {
    const others = scopes.get(one.scope);
    if (others === undefined) scopes.set(one.scope, [one]);
    else others.push(one);
  }
  for (const own of scopes.values()) own.sort((a, b) => a.pos - b.pos);
  return scopes as ReadonlyMap<number, readonly ShellAssignment[]>;
});

const indexOr = (index: number, { length }: readonly unknown[]) => (index < 0 ? length : index);

/** The index of the first whose value is not known; that of the end where all are known. */
const firstUnknown = once((all) =>
  indexOr(
    all.findIndex(({ value }) => value === undefined),
    all,
  ),
);

/** The index of the first that declares the variable for its function alone. */
const firstLocal = once((all) =>
  indexOr(
    all.findIndex(({ local }) => local),
    all,
  ),
);

/** The functions that have such a variable of their own. */
const hiddenIn = once((all) => new Set(all.filter(({ local }) => local).map(({ scope }) => scope)));

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

// Making them takes longer than most questions that they are asked.
const references = new Map<string, References>();
const MOST_REFERENCES = 1000;

function referencesTo(name: string): References {
  let known = references.get(name);
  if (known === undefined) {
    const reference = `\\$(?:${name}(?!\\w)|\\{${name}(?:\\[[@*]\\])?(?::?[-+][^}]{0,200})?\\})`;
    known = {
      word: new RegExp(`^"?${reference}"?$`),
      field: new RegExp(`(?:^["']?|\\s)${reference}(?=["']?$|\\s)`),
      anywhere: new RegExp(`\\$\\{?${name}(?!\\w)`),
    };
    if (references.size >= MOST_REFERENCES) references.clear();
    references.set(name, known);
  }
  return known;
}

/** How a new value uses the old one. */
interface SelfUse {
  /** It adds to what was there, as `A+=x` does, and `A="$A x"`, `A="x $A"` and `A=(x "${A[@]}")`. */
  readonly adds: boolean;
  /** What it was is in it, and not as words of their own: `A="$A:ro"`. */
  readonly isInside: boolean;
}

const selfUses = new WeakMap<ShellAssignment, SelfUse>();

function usesItself(one: ShellAssignment): SelfUse {
  let use = selfUses.get(one);
  if (use === undefined) {
    const { name, append, value } = one;
    // Most values name other variables, and making the patterns takes long.
    const mayUse = value?.type === 'ArrayValue' || value?.text.includes(name);
    const adds = append || (mayUse === true && addsTo(one, referencesTo(name)));
    const isInside =
      mayUse && !adds && value?.type === 'Word' && referencesTo(name).anywhere.test(value.text);
    use = { adds, isInside: isInside === true };
    selfUses.set(one, use);
  }
  return use;
}

function addsTo({ value }: ShellAssignment, self: References): boolean {
  if (value === undefined) return false;
  return value.type === 'ArrayValue'
    ? value.elements.some((element) => self.word.test(element.text))
    : self.field.test(value.text);
}

/** A word that is nothing but the variable. */
export function isWholly(name: string): RegExp {
  return referencesTo(name).word;
}

function isEmpty(value: Word | ArrayValue): boolean {
  return value.type === 'ArrayValue' ? value.elements.length === 0 : /^(?:''|"")?$/.test(value.text);
}
