import { type ArrayValue, type Command, forEachChild, type Script, type SyntaxNode, type Word } from 'unbash';
import type { Range } from '../../text/range.js';
import { assignmentsOf } from './assignments.js';

/** Where in a script something stands. */
export interface Site {
  readonly pos: number;
  /** 0 outside functions; each function has its own number. */
  readonly scope: number;
  readonly conditional: boolean;
}

/** One assignment; without a value when what is assigned cannot be known. */
export interface ShellAssignment extends Site {
  readonly name: string;
  readonly append: boolean;
  readonly local: boolean;
  readonly value: Word | ArrayValue | undefined;
}

/** One simple command, and the commands that read what it prints. */
export interface ShellCommand extends Site {
  readonly node: Command;
  readonly feeds: readonly Command[];
}

/** A function: where it stands, and the scope of what stands in it. */
export interface ShellFunction extends Range {
  readonly scope: number;
}

/** What one pass over a script's tree collects. */
export interface ShellScript {
  readonly commands: ShellCommand[];
  readonly assignments: ReadonlyMap<string, readonly ShellAssignment[]>;
  /** Functions by name. */
  readonly functions: ReadonlyMap<string, ShellFunction>;
  /** Scripts in escaped backticks: their offsets are not those of the text around. */
  readonly detached: readonly Range[];
  /** Other scripts in backticks: nothing that would need an escape may be written there. */
  readonly ticked: readonly Range[];
  /** Words and heredocs, where a `#` starts no comment; left out unless they were asked for. */
  readonly opaque: readonly Range[];
}

interface Frame {
  readonly node: SyntaxNode;
  readonly scope: number;
  readonly conditional: boolean;
  readonly feeds: readonly Command[];
}

/** Walks a script without recursion: people nest a few levels, generated text may nest thousands. */
export function collectScript(script: Script, wantsOpaque = true): ShellScript {
  const commands: ShellCommand[] = [];
  const assignments = new Map<string, ShellAssignment[]>();
  const functions = new Map<string, ShellFunction>();
  const detached: Range[] = [];
  const ticked: Range[] = [];
  const opaque: Range[] = [];
  const assign = (assignment: ShellAssignment) => {
    const known = assignments.get(assignment.name);
    if (known === undefined) assignments.set(assignment.name, [assignment]);
    else known.push(assignment);
  };
  let scopes = 0;
  const stack: Frame[] = [{ node: script, scope: 0, conditional: false, feeds: [] }];
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    const { node, conditional } = frame;
    let { scope, feeds } = frame;
    const range = { start: node.pos, end: node.end };
    if (node.type === 'Command') {
      commands.push({ node, pos: node.pos, scope, conditional, feeds });
      for (const assignment of assignmentsOf(node, { pos: node.pos, scope, conditional })) assign(assignment);
      // What a substitution in its words prints goes to the command itself.
      if (node.name?.value !== 'echo' && node.name?.value !== 'printf') feeds = [];
    } else if (node.type === 'For' || node.type === 'Select') {
      const site = { pos: node.pos, scope, conditional };
      assign({ ...site, name: node.name.value, append: false, local: false, value: undefined });
    } else if (node.type === 'Function') {
      scopes += 1;
      scope = scopes;
      functions.set(node.name.value, { ...range, scope });
    } else if (node.type === 'Word' || node.type === 'HereDocBody') {
      if (wantsOpaque) opaque.push(range);
      // Nothing in it runs.
      if (node.type === 'Word' && !/[$`]|[<>]\(/.test(node.text)) continue;
    }
    if (node.type === 'CommandExpansion' && node.text.startsWith('`')) {
      if (node.text.includes('\\')) {
        detached.push(range);
        continue;
      }
      ticked.push(range);
    }
    const children: Frame[] = [];
    forEachChild(node, (child) => {
      const inside = conditional || isConditional(node, child, children.length);
      children.push({ node: child, scope, conditional: node.type === 'Function' ? false : inside, feeds });
    });
    if (node.type === 'Pipeline') addFeeds(children);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]!);
  }
  return { commands, assignments, functions, detached, ticked, opaque };
}

/** The commands of a pipe are read by those behind them. */
function addFeeds(children: Frame[]): void {
  const members = children.filter(({ node }) => !('keywordEnd' in node) && node.type !== 'Negation');
  const readers = members.map(({ node }) => (node.type === 'Command' ? node : undefined));
  for (const [index, child] of members.entries()) {
    const feeds = readers.slice(index + 1).filter((reader) => reader !== undefined);
    children[children.indexOf(child)] = { ...child, feeds };
  }
}

function isConditional(parent: SyntaxNode, child: SyntaxNode, index: number): boolean {
  switch (parent.type) {
    case 'AndOr':
      return index > 0;
    case 'If':
      return child !== parent.clause;
    case 'Elif':
    case 'While':
    case 'For':
    case 'Select':
    case 'ArithmeticFor':
    case 'CaseItem':
      return true;
    default:
      return false;
  }
}
