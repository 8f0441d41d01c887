import { readComments } from '../../source/comments.js';
import { engineOf, mentionsEngine } from '../../source/engine.js';
import type { FoundWord, ReadContext, ReadText, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { exactWord } from '../../source/words.js';
import { append } from '../../text/append.js';
import { readExec } from '../exec.js';
import { readLiteralOptions, readOptions } from '../options.js';
import { readShell } from '../shell/read-shell.js';
import { maskVariables } from '../yaml/ci-masks.js';
import { type CodeKind, LANGUAGES, type Language } from './languages.js';
import { codeText, isString, quoteCode } from './text.js';
import { type Token, tokensOf } from './tokens.js';

/** What stands between two commas: one value, and what it is made of. */
interface Element {
  readonly tokens: readonly (Token | Group)[];
}

/** What stands between brackets; `name`: the word before them. */
interface Group {
  readonly type: 'group';
  readonly open: string;
  readonly name: string;
  readonly start: number;
  end: number;
  elements: Element[];
}

/** A command that `.arg(…)` adds words to. */
interface Chain {
  readonly words: FoundWord[];
}

const MOST_TOKENS = 40;
const DEEPEST = 200;

const ENGINE = /(?:^|[/\\])(?:docker|podman|nerdctl)(?:-compose)?(?:\.exe)?$/;
const STARTS_LIST =
  /(?:^|\/)(?:docker|podman|nerdctl|docker-compose|podman-compose|sudo|env|time|timeout|nice|ssh|(?:ba|da|z)?sh)(?:\.exe)?$/;
const SUBCOMMAND = /^(?:run|create|container|compose|volume|service|-.*)$/;
const COMMAND =
  /^\s*(?:sudo\s+(?:-E\s+)?)?(?:docker|podman|nerdctl)\s+(?:-\S+\s+)*(?:run|create|container|compose|volume|service)\s/;
const COMMAND_NAME = /(?:^|_)(?:cmd|command|CMD|COMMAND|docker_run|run_cmd)$|(?:Cmd|Command)$/;
const HAS_MOUNT = /(?:^|\s)(?:-v|--volume|--mount|--tmpfs)[ =]\S/;

/** Reads the commands of a program: lists of literal words, and strings that a shell gets. */
export function readCode(kind: CodeKind): ReadText {
  return (host, sink, context) => {
    // Any engine's name at all is in a text that comes here; one that stands alone or begins a command is what is read.
    if (!mentionsEngine(host.value, context.commands)) return;
    readComments(host, COMMENT, sink);
    new CodeReader(host, kind, sink, context).readAll();
  };
}

const COMMENT = /(?:\/\/|#)(?=[ \t]*mountc-)/g;

class CodeReader {
  readonly #host: HostedText;
  readonly #language: Language;
  readonly #kind: CodeKind;
  readonly #sink: Sink;
  readonly #context: ReadContext;
  readonly #chains = new Map<number, Chain>();

  constructor(host: HostedText, kind: CodeKind, sink: Sink, context: ReadContext) {
    this.#host = host;
    this.#language = LANGUAGES[kind];
    this.#kind = kind;
    this.#sink = sink;
    this.#context = { ...context, language: kind };
  }

  readAll(): void {
    const open: Group[] = [];
    let element: (Token | Group)[] = [];
    const outer: (Token | Group)[][] = [];
    // The last tokens, those of groups left out.
    let before: readonly (Token | undefined)[] = [];
    for (const token of tokensOf(this.#host.value, this.#language)) {
      const group = open.at(-1);
      const { text } = token;
      if (token.type === 'mark' && '([{'.includes(text) && open.length < DEEPEST) {
        const last = before.at(-1);
        const name = last?.type === 'name' && text !== '{' ? last.text : '';
        open.push({ type: 'group', open: text, name, start: token.start, end: token.end, elements: [] });
        outer.push(element);
        element = [];
      } else if (token.type === 'mark' && ')]}'.includes(text) && group !== undefined) {
        if (element.length > 0) group.elements.push({ tokens: element });
        group.end = token.end;
        open.pop();
        element = outer.pop() ?? [];
        this.#readGroup(group);
        if (element.length < MOST_TOKENS) element.push(group);
      } else if (token.type === 'mark' && (text === ',' || text === ';') && group !== undefined) {
        // A block of statements is not a list.
        if (text === ';') group.elements = [];
        else group.elements.push({ tokens: element });
        element = [];
      } else {
        if (group === undefined && token.type === 'mark' && /[,;]/.test(text)) element = [];
        else if (element.length < MOST_TOKENS) element.push(token);
        if (token.type === 'string') this.#readString(token, before);
      }
      before = [...before.slice(-2), token];
    }
    for (const { words } of this.#chains.values()) this.#readWords(words);
  }

  /** Brackets that hold the words of a command, or the arguments of what runs one. */
  #readGroup(group: Group): void {
    const { elements, name, open } = group;
    if (open === '(' && this.#readShellCall(group)) return;
    if (this.#extendChain(group)) return;
    const first = literalOf(elements[0], this.#host);
    if (first === undefined && open !== '(' && this.#beginsWithEngine(elements)) {
      this.#readWords(this.#wordsOf(elements, group.start));
      return;
    }
    if (first === undefined) {
      // `exec.CommandContext(ctx, "docker", …)`
      const second =
        open === '(' && elements[0]?.tokens.length === 1 ? literalOf(elements[1], this.#host) : undefined;
      if (second !== undefined && ENGINE.test(second)) this.#readCall(elements.slice(1), group);
      return;
    }
    if (open === '(') {
      if (elements.length === 1 && ENGINE.test(first) && /^(?:new|Command)$/.test(name))
        this.#chains.set(group.end, { words: this.#wordsOf(elements, group.start) });
      else if (STARTS_LIST.test(first)) this.#readCall(elements, group);
    } else if (STARTS_LIST.test(first)) this.#readWords(this.#wordsOf(elements, group.start));
  }

  /** `[docker_cmd, "run", …]` */
  #beginsWithEngine([program, next]: readonly Element[]): boolean {
    const [name, more] = program?.tokens ?? [];
    const verb = literalOf(next, this.#host);
    if (name?.type !== 'name' || more !== undefined || !/^(?:run|create|container)$/.test(verb ?? ''))
      return false;
    return this.#isEngine(this.#wordsOf([program!, next!], 0));
  }

  #isEngine([program, next]: readonly FoundWord[]): boolean {
    return program !== undefined && engineOf(program, next, this.#context.commands) !== undefined;
  }

  /** A call that is given the program and then its words, one by one or as a list. */
  #readCall(elements: readonly Element[], group: Group): void {
    const second = elements[1]?.tokens;
    const isNew = second?.[0]?.type === 'name' && second[0].text === 'new';
    const list = second?.length === 1 || isNew ? second?.at(-1) : undefined;
    if (list !== undefined && list.type === 'group') {
      const inner = literalOf(list.elements[0], this.#host);
      if (list.open === '(' || inner === undefined || STARTS_LIST.test(inner)) return;
      const program = this.#wordsOf(elements.slice(0, 1), group.start);
      this.#readWords([...program, ...this.#wordsOf(list.elements, list.start)]);
      return;
    }
    const next = literalOf(elements[1], this.#host);
    if (next === undefined || /\s/.test(next)) return;
    // Go starts programs with nothing but `exec`; what else takes such words may fill variables in, as Mage's `sh.Run` does.
    const expands = this.#kind === 'go' && !/^Command/.test(group.name);
    this.#readWords(this.#wordsOf(elements, group.start, expands));
  }

  #readWords(words: readonly FoundWord[]): void {
    const engine = words.findIndex(({ value, holes }) => holes.length === 0 && ENGINE.test(value));
    const next = words[engine + 1];
    if (engine >= 0 && (next === undefined || (next.holes.length === 0 && !SUBCOMMAND.test(next.value))))
      return;
    if (!this.#isEngine(words) && !words.some(({ value }) => mentionsEngine(value, this.#context.commands)))
      return;
    const sink: Sink = {
      ...this.#sink,
      // Other words may be added by what follows.
      commands: { push: (command) => this.#sink.commands.push({ ...command, partial: true }) },
    };
    readExec(words, this.#host, sink, this.#context, quoteCode(this.#language));
  }

  #wordsOf(elements: readonly Element[], list: number, expands = false): FoundWord[] {
    return elements.flatMap((element) => {
      const [first] = element.tokens;
      const last = element.tokens.at(-1);
      if (first === undefined || last === undefined) return [];
      const raw = { start: first.start, end: last.end };
      const operands = operandsOf(element);
      const whole = codeText(this.#host, operands ?? [raw], true);
      const text = expands ? maskVariables(whole) : whole;
      const word = exactWord(text, this.#host, raw, `c${list}`);
      if (operands !== undefined) return [word];
      // It may be several words, or none.
      return [{ ...word, holes: word.holes.map((hole) => ({ ...hole, quoted: false })) }];
    });
  }

  /** `Command::new("docker").arg("run").args(["-v", …])`: answers whether the brackets belong to one. */
  #extendChain({ elements, name, start, end }: Group): boolean {
    if (this.#chains.size === 0) return false;
    const text = this.#host.value.slice(Math.max(0, start - 300), start);
    const call = /\s*\.\s*([A-Za-z_]\w*)\s*$/.exec(text);
    if (call === null) return false;
    const at = start - call[0].length;
    const chain = this.#chains.get(at);
    if (chain === undefined) return false;
    this.#chains.delete(at);
    const only = elements[0]?.tokens.filter((one) => one.type !== 'mark' || one.text !== '&');
    const list = only?.length === 1 && only[0]?.type === 'group' ? only[0] : undefined;
    const added =
      name === 'args' && list !== undefined
        ? this.#wordsOf(list.elements, list.start)
        : name === 'arg' || name === 'args'
          ? this.#wordsOf(elements, start)
          : [];
    append(chain.words, added);
    this.#chains.set(end, chain);
    return true;
  }

  /** `Process.Start("docker", "run …")`: .NET cuts the second string into words, and no shell reads it. */
  #readProcessCall({ name, elements }: Group): boolean {
    if (this.#kind !== 'csharp' || !/^(?:Start|ProcessStartInfo)$/.test(name)) return false;
    const [program, args] = elements.map((element) => operandsOf(element));
    if (program === undefined || args === undefined || !args.some(isString)) return false;
    const { value } = codeText(this.#host, program, true);
    if (!/(?:^|[/\\])docker(?:\.exe)?$/.test(value)) return false;
    const text = codeText(this.#host, args, false);
    if (HAS_MOUNT.test(text.value)) readLiteralOptions(text, ['docker'], this.#sink, this.#kind);
    return true;
  }

  /** Answers whether the brackets hold a script. */
  #readShellCall(group: Group): boolean {
    if (this.#readProcessCall(group)) return true;
    const { name, elements } = group;
    const isOptions = OPTIONS.has(name) && this.#kind === 'groovy';
    if (!isOptions && !this.#language.shells.has(name)) return false;
    for (const { tokens } of isOptions || this.#kind !== 'groovy' ? elements.slice(0, 1) : elements) {
      const isNamed =
        tokens[0]?.type === 'name' &&
        tokens[0].text === 'script' &&
        tokens[1]?.type === 'mark' &&
        tokens[1].text === ':';
      const operands = operandsOf({ tokens: isNamed ? tokens.slice(2) : tokens });
      if (operands === undefined || !operands.some(isString)) continue;
      const text = codeText(this.#host, operands, false);
      // A program alone, and its words after it.
      if (!/\s/.test(text.value)) return false;
      if (isOptions) this.#readOptions(text);
      else this.#readScript(text);
      return true;
    }
    return false;
  }

  /** A string after a word: of a call without brackets, or of a variable that is named after a command. */
  #readString(token: Token, before: readonly (Token | undefined)[]): void {
    const name = before.at(-2);
    const last = before.at(-1);
    const { isBare, shells } = this.#language;
    // zx and its like: $`docker run …`
    const isTagged = last?.type === 'name' && last.text === '$' && last.end === token.start;
    if (token.row?.runs || isTagged) this.#readScript(codeText(this.#host, [token], false));
    else if (isBare && last?.type === 'name' && this.#isAlone(token)) {
      if (shells.has(last.text)) this.#readScript(codeText(this.#host, [token], false));
      else if (this.#kind === 'groovy' && last.text === 'args')
        this.#readOptions(codeText(this.#host, [token], false));
    } else if (last?.type === 'mark' && last.text === '=' && this.#isAlone(token)) {
      const variable = name?.type === 'mark' && name.text === ':' ? before.at(-3) : name;
      if (variable?.type !== 'name' || !COMMAND_NAME.test(variable.text)) return;
      const text = codeText(this.#host, [token], false);
      if (COMMAND.test(text.value))
        readShell(text, this.#sink, { ...this.#context, shell: 'sh', partial: true });
    }
  }

  /** Whether nothing is added to a string on its line. */
  #isAlone({ end }: Token): boolean {
    return !/^\s*(?:[+,]|\.(?!format(?:ted)?\()|["'])/.test(this.#host.value.slice(end, end + 80));
  }

  #readScript(text: HostedText): void {
    if (mentionsEngine(text.value, this.#context.commands))
      readShell(text, this.#sink, { ...this.#context, shell: 'sh' });
  }

  #readOptions(text: HostedText): void {
    if (HAS_MOUNT.test(text.value)) readOptions(text, ['docker', 'run'], this.#sink, this.#kind);
  }
}

/** Calls of Jenkins that take the options of `docker run`. */
const OPTIONS = new Set(['inside', 'withRun', 'args']);

/** The string that an element is, as it is written; undefined when it is anything else or holds an expression. */
function literalOf(element: Element | undefined, host: HostedText): string | undefined {
  const only = element?.tokens.length === 1 ? element.tokens[0] : undefined;
  if (only === undefined || only.type !== 'string' || only.holes?.length !== 0 || only.body === undefined)
    return undefined;
  return host.value.slice(only.body.start, only.body.end);
}

/** The operands of `a + "b"`, and of strings side by side; undefined when it is not a value of that kind. */
function operandsOf({ tokens }: Element): (Token | { start: number; end: number })[] | undefined {
  const operands: (Token | { start: number; end: number })[] = [];
  let from: number | undefined;
  let isFirst = true;
  let hasString = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (hasString && !isFirst && from === undefined) {
      const filled = filledIn(tokens, i);
      if (filled === undefined) return undefined;
      i += filled;
      if (filled > 0) continue;
    }
    if (token.type === 'string') {
      if (from !== undefined) return undefined;
      operands.push(token);
      hasString = true;
      isFirst = false;
    } else if (token.type === 'mark' && token.text === '+') {
      if (isFirst && from === undefined) return undefined;
      from = undefined;
      isFirst = true;
    } else if (token.type === 'mark' && token.text !== '.' && token.text !== ':') return undefined;
    else {
      // After a string, `.format(…)` and `if` change what it is.
      if (!isFirst && from === undefined) return undefined;
      if (token.type === 'name' && KEYWORDS.has(token.text)) return undefined;
      if (from === undefined) {
        from = token.start;
        operands.push({ start: token.start, end: token.end });
      } else operands[operands.length - 1] = { start: from, end: token.end };
      isFirst = false;
    }
  }
  return hasString ? operands : undefined;
}

/**
 * How many tokens more after a string say what goes into its `%s` and `{}`, which are unknown anyway; undefined where it is not
 * clear which strings that is about.
 */
function filledIn(tokens: readonly (Token | Group)[], at: number): number | undefined {
  const [token, name, group] = tokens.slice(at, at + 3);
  if (token?.type !== 'mark') return 0;
  if (token.text === '.')
    return name?.type === 'name' && /^format(?:ted)?$/.test(name.text) && group?.type === 'group' ? 2 : 0;
  if (token.text !== '%') return 0;
  const rest = tokens.slice(at + 1);
  return rest.some((one) => one.type === 'string' || (one.type === 'mark' && one.text === '+'))
    ? undefined
    : rest.length;
}

const KEYWORDS = new Set(['if', 'else', 'for', 'in', 'and', 'or', 'not', 'await', 'new', 'lambda']);
