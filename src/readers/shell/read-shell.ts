import type { HereDoc } from 'unbash';
import { readComments } from '../../source/comments.js';
import type { Engine, FoundCommand, FoundWord, ShellKind, Sink } from '../../source/frontend.js';
import { type HostedText, joinHosted } from '../../source/hosted-text.js';
import { kindOf } from '../../source/kind.js';
import { impliedWord } from '../../source/words.js';
import type { Range } from '../../text/range.js';
import type { Hole } from '../../text/spec-text.js';
import { shellCommand } from '../make-command.js';
import { expandHoles, wordsOf } from './command-words.js';
import { backtickText, heredocText } from './embedded.js';
import { EngineNames } from './engine-names.js';
import { expandWord } from './expand.js';
import { type Forwarder, findForwarders, forwardedWords } from './forwarders.js';
import { firstShell, inputShell } from './input-shell.js';
import { type NestedScript, nestedScripts } from './nested.js';
import { type OpenScript, openScript } from './open-script.js';
import { printedText } from './printed-text.js';
import { shellProblem } from './problem.js';
import { quietCommands } from './quiet.js';
import { findRunners, functionBodies, type Runners } from './runners.js';
import type { ShellCommand, ShellScript } from './script.js';
import { evaluatedValue } from './shared-value.js';
import { shellKindOf } from './shebang.js';
import { isShellFile, isWorthReading, type ShellContext } from './shell-context.js';
import { evaluatedHole } from './value-words.js';
import type { ScriptText } from './word.js';
import { findEngine } from './wrappers.js';
import { writtenPath } from './written-file.js';

const DEEPEST = 8;

/** Finds the engine commands of a POSIX shell text, in everything that it runs. */
export function readShell(written: HostedText, sink: Sink, context: ShellContext = {}): void {
  if ((context.depth ?? 0) > DEEPEST || !isWorthReading(written, context)) return;
  const shell = shellKindOf(written, context);
  const opened = openScript(written, shell, context);
  if ('message' in opened) {
    sink.problems.push(opened);
    return;
  }
  const { text, script, hasDirectives, errors } = opened;
  if (isShellFile(written, context) && shell !== 'zsh' && shell !== 'fish') {
    const problem = shellProblem(text.host, errors, context);
    if (problem !== undefined) sink.problems.push(problem);
  }
  new CommandReader(opened, sink, context).readAll();
  if (hasDirectives) readComments(text.host, COMMENT, sink, script.opaque);
}

/** Reads the commands of one script, and the scripts in them. */
class CommandReader {
  readonly #text: ScriptText;
  readonly #script: ShellScript;
  /** For its commands, which are kept longer than the script. */
  readonly #assigned: ReadonlySet<string>;
  readonly #sink: Sink;
  readonly #names: EngineNames;
  readonly #context: ShellContext;
  /** For the scripts in this one. */
  readonly #inner: ShellContext;
  readonly #runners: Runners;
  readonly #forwarders: ReadonlyMap<string, Forwarder>;

  constructor({ text, script }: OpenScript, sink: Sink, given: ShellContext) {
    this.#text = text;
    this.#script = script;
    this.#assigned = new Set(script.assignments.keys());
    this.#sink = sink;
    const functions = functionBodies(text.host, script);
    this.#runners = findRunners(functions);
    this.#forwarders = findForwarders(text.host, functions, (one) => this.#wordsOf(one), given.commands);
    this.#names = new EngineNames(given, script, this.#forwarders, (one) => this.#wordsOf(one));
    this.#context = { ...given, ...this.#names.here };
    this.#inner = { ...this.#context, depth: (given.depth ?? 0) + 1 };
  }

  readAll(): void {
    const { host, shell } = this.#text;
    const { commands, detached } = this.#script;
    const isQuiet = this.#quietCommands();
    commands.reverse();
    // A command that was read is not kept: there may be a hundred thousand.
    let last: { readonly engine: Engine; readonly end: number } | undefined;
    for (let next = commands.pop(); next !== undefined; next = commands.pop()) {
      const { pos, end } = next.node;
      if (last !== undefined && isCutOff(host.value, last.end, pos)) {
        this.#readCutOff(next, last.engine);
        last = { engine: last.engine, end };
      } else if (!isQuiet(next.node)) {
        this.#names.reach(pos);
        const engine = this.#readCommand(next);
        if (engine !== undefined) last = { engine, end };
      }
    }
    for (const range of detached) readShell(backtickText(host, range), this.#sink, { ...this.#inner, shell });
  }

  #wordsOf(command: ShellCommand, node = command.node): FoundWord[] {
    return wordsOf(this.#text, this.#script, node, command);
  }

  #quietCommands(): (node: ShellCommand['node']) => boolean {
    const { host } = this.#text;
    const { expandHole } = this.#context;
    // What the host knows of its holes may be anything.
    if (expandHole !== undefined && host.holes.length > 0) return () => false;
    return quietCommands(host, this.#script, this.#names.anywhere);
  }

  #push(
    { node, conditional }: ShellCommand,
    found: Pick<FoundCommand, 'engine' | 'words' | 'partial' | 'cutOff'>,
  ): void {
    const { host, shell } = this.#text;
    const language = this.#context.language ?? 'shell';
    const range: Range = { start: node.pos, end: node.end };
    const assigned = this.#assigned;
    this.#sink.commands.push(shellCommand({ ...found, shell, language, host, range, conditional, assigned }));
  }

  /** Flags on a line of their own after a command that a blank, a comment or nothing ended too early. */
  #readCutOff(command: ShellCommand, engine: Engine): void {
    const words = this.#wordsOf(command);
    if (!words.some((word, index) => isMountFlag(word, words[index + 1]))) return;
    const { host } = this.#text;
    const own = [impliedWord(engine, host), impliedWord('run', host), ...words];
    this.#push(command, { engine, words: own, partial: true, cutOff: true });
  }

  /** Answers the engine whose command it is. */
  #readCommand(command: ShellCommand): Engine | undefined {
    const words = expandHoles(this.#wordsOf(command), this.#context);
    const found = findEngine(words, this.#runners.words, this.#context.commands);
    if (found !== undefined) {
      const own = words.slice(found.index, found.end);
      const forwarder = this.#forwarders.get(own[0]!.value);
      if (this.#context.unsureNames?.has(own[0]!.value)) own[0] = { ...own[0]!, isUnsure: true };
      this.#push(command, {
        engine: found.engine,
        words: forwarder === undefined ? own : forwardedWords(own, forwarder),
        ...((this.#context.partial || found.isOpen || forwarder !== undefined) && { partial: true }),
      });
    }
    this.#readNested(command, words);
    this.#readHeredocs(command, words);
    return found?.engine;
  }

  /** The scripts in a command's words, and in what else it hands to a shell. */
  #readNested(command: ShellCommand, words: readonly FoundWord[]): void {
    const { shell } = this.#text;
    const evaluated = words.map((word) => this.#evaluated(word));
    // Of the shells that are named, none is fish; `alias`, `abbr` and `eval` are its own.
    const isOwn = shell === 'fish' && /^(?:alias|abbr|eval)$/.test(words[0]?.value ?? '');
    const expandHole = (hole: Hole) =>
      evaluatedHole(this.#text, this.#script, command, hole) ?? this.#context.expandHole?.(hole);
    const inWords = nestedScripts(evaluated, this.#runners.strings);
    for (const nested of [...inWords, ...this.#inputScripts(command, evaluated)]) {
      readShell(nested.text, this.#sink, {
        ...this.#inner,
        shell: isOwn ? 'fish' : nested.shell,
        partial: nested.partial === true,
        ...(nested.text.holes.length > 0 && { expandHole }),
      });
    }
  }

  #evaluated(word: FoundWord): FoundWord {
    return word.via === undefined ? word : evaluatedValue(word, word.via, this.#text.host);
  }

  /** The scripts in here-strings, and in what `echo` prints. */
  #inputScripts(command: ShellCommand, words: readonly FoundWord[]): NestedScript[] {
    const scripts: NestedScript[] = [];
    for (const one of command.node.redirects) {
      if (one.type !== 'HereString' || one.target === undefined || one.descriptor !== undefined) continue;
      const shell = this.#inputShell(command, words);
      const given = expandWord(this.#text, this.#script, one.target, command);
      const text = joinHosted(
        given.map((word) => this.#evaluated(word)),
        ' ',
      );
      if (shell !== undefined) scripts.push({ text, shell });
    }
    const isPiped = command.feeds.length > 0 && writtenPath(command.node, words) === undefined;
    const text = isPiped ? printedText(words) : undefined;
    const shell = text && firstShell(this.#readersOf(command));
    return text !== undefined && shell !== undefined ? [...scripts, { text, shell }] : scripts;
  }

  #inputShell(command: ShellCommand, words: readonly FoundWord[]): ShellKind | undefined {
    return inputShell(words, () => this.#readersOf(command));
  }

  *#readersOf(command: ShellCommand): Generator<FoundWord[]> {
    for (const node of command.feeds) yield this.#wordsOf(command, node);
  }

  #readHeredocs(command: ShellCommand, words: readonly FoundWord[]): void {
    const docs = command.node.redirects.filter((one) => one.type === 'HereDoc');
    if (docs.length === 0) return;
    // Only the last of several is what the command reads.
    const input = docs.findLast(({ descriptor }) => descriptor === undefined);
    const shell = input && this.#inputShell(command, words);
    const read = (doc: HereDoc) => heredocText(this.#text.host, doc);
    if (input !== undefined && shell !== undefined)
      readShell(read(input), this.#sink, { ...this.#inner, shell });
    const isWritten = (doc: HereDoc) =>
      doc.descriptor !== undefined || (doc === input && shell === undefined);
    this.#readWritten(command, words, docs.filter(isWritten).map(read));
  }

  /** Heredocs that become a file of its own. */
  #readWritten(command: ShellCommand, words: readonly FoundWord[], docs: readonly HostedText[]): void {
    const { readNested, placeholders, depth } = this.#inner;
    const { feeds, node } = command;
    if (readNested === undefined || docs.length === 0) return;
    const path =
      writtenPath(node, words) ??
      feeds.map((one) => writtenPath(one, this.#wordsOf(command, one))).find(Boolean);
    if (path === undefined) return;
    for (const body of docs) {
      const kind = kindOf(path, body.value);
      if (kind !== undefined) readNested(kind, body, { path, depth, placeholders });
    }
  }
}

const COMMENT = /(?<![^\s;&|()])#/g;
const MOUNT_FLAG = /^(?:-[a-z]*v|--(?:volume|mount|tmpfs))(?:$|[=/.~])/;

/** Whether a word is a flag of a mount, and what may be one after it: documentation has `-v   mounts a directory`. */
function isMountFlag({ value }: FoundWord, next: FoundWord | undefined): boolean {
  const flag = MOUNT_FLAG.exec(value)?.[0];
  if (flag === undefined) return false;
  return (
    flag.length < value.length || next === undefined || next.holes.length > 0 || /[:/=]/.test(next.value)
  );
}

/** Whether nothing but the end of a line and a comment stand between a command and one that begins with a dash. */
const CUT_OFF = /^[ \t]*(?:#[^\n]*)?\n[ \t]*$|^(?:[ \t]*\\\n)+(?:[ \t]*(?:#[^\n]*)?\n)+[ \t]*$/;

function isCutOff(text: string, from: number, to: number): boolean {
  return text[to] === '-' && from < to && CUT_OFF.test(text.slice(from, to));
}
