import { type Command, forEachChild, type Script, type SyntaxNode } from 'unbash';
import type { Range } from '../../text/range.js';
import { assignmentsOf } from './assignments.js';
import type { ShellAssignment, ShellCommand, ShellFunction, ShellScript } from './script.js';

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
    // `unset "$(x)"` and the like name nothing that a shell would expand.
    if (!VARIABLE.test(assignment.name)) return;
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
      functions.set(node.name.value, { ...range, scope, conditional: conditional || frame.scope > 0 });
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

const VARIABLE = /^(?:[A-Za-z_]\w*|@)$/;

/** Nobody has as many commands between what prints a script and the shell that reads it. */
const MOST_READERS = 20;

/** The commands of a pipe are read by those after them. */
function addFeeds(children: Frame[]): void {
  let feeds: readonly Command[] = [];
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i]!;
    const { node } = child;
    if ('keywordEnd' in node || node.type === 'Negation') continue;
    children[i] = { ...child, feeds };
    if (node.type === 'Command') feeds = [node, ...feeds.slice(0, MOST_READERS - 1)];
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
