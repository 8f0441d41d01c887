import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { MOST_CHARACTERS, NotRead, TOO_LONG, unread } from '../source/bounds.js';
import { readComments } from '../source/comments.js';
import { mentionsEngine } from '../source/engine.js';
import type { Engine, FoundMount, ReadContext, Sink } from '../source/frontend.js';
import { type HostedText, joinHosted, sliceHosted } from '../source/hosted-text.js';
import { findTemplates, maskText } from '../source/mask.js';
import { problemScope } from '../source/problem-scope.js';
import { exactWord } from '../source/words.js';
import { MARK } from '../text/hole-mark.js';
import { sourceRange } from '../text/spec-text.js';
import { readExec } from './exec.js';
import { joinedMount } from './joined-mount.js';
import { readShell } from './shell/read-shell.js';
import { quoteToml, tomlString } from './toml-string.js';
import { maskVariables } from './yaml/ci-masks.js';

/** Lists and tables of mounts by where they stand, the numbers of tables left out. */
const MOUNTS: readonly (readonly [path: RegExp, form: FoundMount['form'], engine: Engine])[] = [
  [/^runners\.docker\.volumes$/, 'volume', 'docker'],
  [/^runners\.docker\.(?:services_)?tmpfs\./, 'tmpfs', 'docker'],
  [/^containers\.volumes$/, 'volume', 'podman'],
  [/^containers\.mounts$/, 'mount', 'podman'],
];

/** Tasks of mise, cargo-make, Poe, PDM, Hatch, Pixi, taskipy: a command, or a table or list with some. */
const TASKS = /(?:^|\.)(?:tasks|scripts)\.[^.]+(?:\.(?:run|script|shell|cmd|command|sh))?$/;

/** One pair of a key and a value, and the table that it stands in. */
interface Pair {
  readonly path: string;
  readonly node: AST.TOMLKeyValue;
  readonly table: AST.TOMLTable | AST.TOMLTopLevelTable | AST.TOMLInlineTable;
}

/** Reads the mounts of GitLab Runner's and podman's configuration, and the commands of tasks. */
export function readToml(raw: HostedText, sink: Sink, context: ReadContext): void {
  if (raw.value.length > MOST_CHARACTERS) {
    sink.problems.push(unread(raw, TOO_LONG));
    return;
  }
  const host = maskText(raw, findTemplates(raw.value, context.placeholders && 'values'));
  readComments(host, /#(?=[ \t]*mountc-)/g, sink);
  const pairs: Pair[] = [];
  try {
    // A line that holds nothing but a template is none of TOML's.
    const text = host.value.replace(LONE_HOLE, (line) => ' '.repeat(line.length));
    collect(parseTOML(text).body[0], '', pairs);
  } catch (error) {
    // It hands the characters of a string, and the parts of a nested list, to calls, of which V8 takes only so many.
    if (error instanceof RangeError)
      throw new NotRead(
        'it has a string that is longer, or a list that is nested deeper, than its parser accepts',
      );
    if (!(error instanceof ParseError)) throw error;
    const at = Math.min(error.index, host.value.length);
    const range = sourceRange(host, { start: at, end: at });
    const scope = problemScope(raw.value, context);
    sink.problems.push({ message: `this is not valid TOML: ${error.message}`, range, scope });
    return;
  }
  const inner = { ...context, language: 'toml' as const };
  for (const pair of pairs) {
    const mounts = MOUNTS.find(([path]) => path.test(pair.path));
    if (mounts !== undefined) readMounts(host, pair, mounts[1], mounts[2], sink);
    else if (TASKS.test(pair.path)) readTask(host, pair, sink, inner);
  }
}

const LONE_HOLE = new RegExp(`^[ \\t]*${MARK}[ \\t]*$`, 'gmu');

/** All pairs whose value is not a table; those of tables in tables too. */
function collect(
  table: AST.TOMLTopLevelTable | AST.TOMLTable | AST.TOMLInlineTable,
  path: string,
  pairs: Pair[],
  depth = 0,
): void {
  for (const node of table.body) {
    if (node.type === 'TOMLTable') {
      collect(node, node.resolvedKey.filter((key) => typeof key === 'string').join('.'), pairs);
      continue;
    }
    const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
    const own = [...(path === '' ? [] : [path]), ...keys].join('.');
    if (node.value.type !== 'TOMLInlineTable') pairs.push({ path: own, node, table });
    else if (depth < 20) collect(node.value, own, pairs, depth + 1);
  }
}

function readMounts(
  host: HostedText,
  { node }: Pair,
  form: FoundMount['form'],
  engine: Engine,
  sink: Sink,
): void {
  const { parent } = node;
  const group = `table ${parent.range[0]}`;
  const texts = textsOf(host, node.value);
  const specs = form === 'tmpfs' ? texts.flatMap((options) => behindKey(host, node, options) ?? []) : texts;
  for (const text of specs) {
    // The examples of a manual are copied as they are: `<folder>` is not a path that anybody has.
    const spec = maskVariables(maskText(text, findTemplates(text.value, 'values')));
    const exact = { ...spec, holes: spec.holes.map((hole) => ({ ...hole, quoted: true })) };
    sink.mounts.push({ form, spec: exact, range: sourceRange(spec), group, engine });
  }
}

/** `"/run" = "size=64m"`: the key is where it is mounted. */
function behindKey(host: HostedText, { key }: AST.TOMLKeyValue, options: HostedText): HostedText | undefined {
  const last = key.keys.at(-1)!;
  if (last.type !== 'TOMLQuoted') return undefined;
  const target = sliceHosted(host, { start: last.range[0] + 1, end: last.range[1] - 1 });
  if (target.value !== last.value) return undefined;
  const parts = [{ text: target }, ...(options.value === '' ? [] : [{ text: options }])];
  return joinedMount(parts, ':');
}

/** The strings of a value: itself, or those of the list that it is. */
function textsOf(host: HostedText, value: AST.TOMLContentNode): HostedText[] {
  const items = value.type === 'TOMLArray' ? value.elements : [value];
  return items.flatMap((item) =>
    item.type === 'TOMLValue' && item.kind === 'string' ? (tomlString(host, item) ?? []) : [],
  );
}

function readTask(host: HostedText, { node, table }: Pair, sink: Sink, context: ReadContext): void {
  const args = table.body.find(
    (one) => one.type === 'TOMLKeyValue' && one.key.keys.length === 1 && keyOf(one) === 'args',
  );
  const texts = textsOf(host, node.value);
  if (keyOf(node) === 'command' && args?.type === 'TOMLKeyValue' && args.value.type === 'TOMLArray') {
    const items = [node.value, ...args.value.elements].flatMap((item) => {
      const text = textsOf(host, item)[0];
      const range = { start: item.range[0], end: item.range[1] };
      return text === undefined ? [] : [exactWord(maskVariables(text), host, range, `t${table.range[0]}`)];
    });
    readExec(items, host, sink, context, quoteToml);
    return;
  }
  const script = joinHosted(texts, '\n');
  if (texts.length > 0 && mentionsEngine(script.value, context.commands)) readShell(script, sink, context);
}

function keyOf({ key }: AST.TOMLKeyValue): string {
  const last = key.keys.at(-1)!;
  return last.type === 'TOMLBare' ? last.name : last.value;
}
