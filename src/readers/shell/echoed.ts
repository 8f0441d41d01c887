import type { AndOr, Command, CompoundList, PipelineNode, Statement, Word } from 'unbash';

/** The flags that `$([ -f x ] && echo "-v x:/y")` gives in some runs; undefined for every other word. */
export function echoedFlags(word: Word): readonly Word[] | undefined {
  const [part, ...others] = word.parts ?? [];
  if (part?.type !== 'CommandExpansion' || others.length > 0) return undefined;
  if (part.script === undefined || part.script.source !== undefined) return undefined;
  const echoes = printersIn(part.script.commands);
  const words = echoes?.map(({ suffix }) => suffix.filter((item) => item.type === 'Word')) ?? [];
  const flags = words.filter(([first]) => first !== undefined && !/^(?:""|'')$/.test(first.text));
  return flags.length > 0 && flags.every(([first]) => /^["']?-/.test(first!.text)) ? flags.flat() : undefined;
}

const PRINTS_NOTHING = new Set(['[', 'test', 'true', 'false', ':']);

type Node = PipelineNode | AndOr;

/** The `echo` commands that make up all that is printed; undefined when it may be something else. */
function printersIn(statements: readonly Statement[]): Command[] | undefined {
  return joined(statements.map(({ command }) => printersOf(command)));
}

function printersOf(node: Node): Command[] | undefined {
  switch (node.type) {
    case 'AndOr':
      return joined(node.commands.map(printersOf));
    case 'If': {
      const lists = [node, ...node.elif].flatMap(({ clause, then }) => [clause, then]);
      const all: CompoundList[] = node.else === undefined ? lists : [...lists, node.else];
      return joined(all.map(({ commands }) => printersIn(commands)));
    }
    case 'TestCommand':
      return [];
    case 'Command':
      return printerOf(node);
    default:
      return undefined;
  }
}

function printerOf(node: Command): Command[] | undefined {
  const { name, redirects, suffix } = node;
  const away = redirects.some((one) => one.type === 'Redirect' && one.target?.value === '/dev/null');
  if (away || PRINTS_NOTHING.has(name?.value ?? '')) return [];
  const isEcho =
    name?.value === 'echo' && !/^-[neE]+$/.test(suffix[0]?.type === 'Word' ? suffix[0].value : '');
  return isEcho && redirects.length === 0 ? [node] : undefined;
}

function joined(all: readonly (Command[] | undefined)[]): Command[] | undefined {
  const known = all.filter((one) => one !== undefined);
  return known.length === all.length ? known.flat() : undefined;
}
