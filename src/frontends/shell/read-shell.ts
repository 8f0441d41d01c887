import { type HereDoc, parse } from 'unbash';
import { contains, overlaps, type Range } from '../../text/range.js';
import { type Hole, sourceRange } from '../../text/spec-text.js';
import { mentionsEngine } from '../engine.js';
import type { Engine, FoundWord, ReadContext, ShellKind, Sink } from '../frontend.js';
import type { HostedText } from '../hosted-text.js';
import { shellCommand } from '../make-command.js';
import { findTemplates, type Mask, maskText } from '../mask.js';
import type { NewText } from '../new-text.js';
import { impliedWord } from '../words.js';
import { collectScript, type ShellCommand, type ShellScript } from './collect.js';
import { backtickText, heredocText } from './embedded.js';
import { expandWord } from './expand.js';
import { fishText } from './fish.js';
import { findForwarders, forwardedWords } from './forwarders.js';
import { nestedScripts, runsSsh, shellOf } from './nested.js';
import { shellProblem } from './problem.js';
import { quietCommands } from './quiet.js';
import { findRunners, functionBodies } from './runners.js';
import { evaluatedValue } from './shared-value.js';
import { evaluatedHole } from './value-words.js';
import { isAbsoluteVariable } from './variables.js';
import { decodeWord, type ShellText } from './word.js';
import { findEngine } from './wrappers.js';
import { writtenKind, writtenPath } from './written-file.js';

const DEEPEST = 8;

/** What the reader of a shell text knows besides the text. */
export interface ShellContext extends ReadContext {
  /** Set for the value of an alias or a make variable: words may follow. */
  readonly partial?: boolean;
  /** The words that a hole of the host stands for, when it is a whole word and the host knows them. */
  readonly expandHole?: (hole: Hole) => readonly FoundWord[] | undefined;
}

/** Finds the engine commands of a POSIX shell text, in everything that it runs. */
export function readShell(written: HostedText, sink: Sink, given: ShellContext = {}): void {
  const depth = given.depth ?? 0;
  if (depth > DEEPEST || !isWorthReading(written, given)) return;
  const isFish = (given.shell ?? shellOfShebang(written.value) ?? shellOfPath(written, given)) === 'fish';
  const raw = isFish ? fishText(written) : written;
  const masked = maskText(raw, shellMasks(raw.value, given.placeholders === true));
  const shell = isFish ? 'fish' : (given.shell ?? shellOfShebang(masked.value) ?? 'bash');
  const hasDirectives = masked.value.includes('mountc-');
  const { script, errors } = readScript(maskBats(masked.value), hasDirectives);
  const isFile = raw.level === 0 && depth === 0 && given.language === undefined;
  const problem =
    isFile && shell !== 'zsh' && shell !== 'fish' ? shellProblem(masked, errors, given) : undefined;
  if (problem !== undefined) sink.problems.push(problem);
  const host = guardBackticks(masked, script.ticked);
  const text = shellText(host, shell, script);
  const functions = functionBodies(host, script);
  const runners = findRunners(functions);
  const forwarders = findForwarders(host, functions, (one) => wordsOf(text, script, one), given.commands);
  const engines = [...forwarders].map(([name, { engine }]) => [name, engine] as const);
  const context =
    engines.length === 0
      ? given
      : { ...given, commands: { ...Object.fromEntries(engines), ...given.commands } };
  const inner = { ...context, depth: depth + 1 };
  // What the host knows of its holes may be anything.
  const isQuiet =
    context.expandHole === undefined || host.holes.length === 0
      ? quietCommands(host, script, context.commands)
      : () => false;
  script.commands.reverse();
  // A command that was read is not kept: there may be a hundred thousand.
  let last: { readonly engine: Engine; readonly end: number } | undefined;
  for (let next = script.commands.pop(); next !== undefined; next = script.commands.pop()) {
    const { pos, end } = next.node;
    if (last !== undefined && isCutOff(host.value, last.end, pos)) {
      readCutOff(next, last.engine);
      last = { engine: last.engine, end };
    } else if (!isQuiet(next.node)) {
      const engine = readCommand(next);
      if (engine !== undefined) last = { engine, end };
    }
  }
  for (const range of script.detached) readShell(backtickText(host, range), sink, { ...inner, shell });
  if (hasDirectives) readComments(host, script, sink);

  /** Flags on a line of their own behind a command that a blank, a comment or nothing ended too early. */
  function readCutOff(command: ShellCommand, engine: Engine): void {
    const words = wordsOf(text, script, command);
    if (!words.some(({ value }) => MOUNT_FLAG.test(value))) return;
    const { pos: start, end } = command.node;
    const language = context.language ?? 'shell';
    const own = [impliedWord(engine, host), impliedWord('run', host), ...words];
    const range = { start, end };
    const { conditional } = command;
    sink.commands.push(
      shellCommand({
        engine,
        shell,
        language,
        words: own,
        host,
        range,
        conditional,
        partial: true,
        cutOff: true,
      }),
    );
  }

  /** Answers the engine whose command it is. */
  function readCommand(command: ShellCommand): Engine | undefined {
    const { node, conditional } = command;
    const words = expandHoles(wordsOf(text, script, command), context);
    const found = findEngine(words, runners.words, context.commands);
    if (found !== undefined) {
      const own = words.slice(found.index, found.end);
      const forwarder = forwarders.get(own[0]!.value);
      sink.commands.push(
        shellCommand({
          engine: found.engine,
          shell,
          language: context.language ?? 'shell',
          words: forwarder === undefined ? own : forwardedWords(own, forwarder),
          host,
          range: { start: node.pos, end: node.end },
          conditional,
          ...((context.partial || forwarder !== undefined) && { partial: true }),
        }),
      );
    }
    const evaluated = words.map((word) =>
      word.via === undefined ? word : evaluatedValue(word, word.via, host.value),
    );
    for (const nested of nestedScripts(evaluated, runners.strings)) {
      const partial = nested.partial === true;
      const own = isFish && /^(?:alias|eval)$/.test(words[0]?.value ?? '');
      const expandHole = (hole: Hole) =>
        evaluatedHole(text, script, command, hole) ?? context.expandHole?.(hole);
      readShell(nested.text, sink, {
        ...inner,
        shell: own ? 'fish' : nested.shell,
        partial,
        ...(nested.text.holes.length > 0 && { expandHole }),
      });
    }
    for (const redirect of node.redirects) {
      if (redirect.type !== 'HereDoc') continue;
      const reader = heredocShell(command, words, redirect);
      if (reader !== undefined) readShell(heredocText(host, redirect), sink, { ...inner, shell: reader });
      else readWritten(command, words, redirect);
    }
    return found?.engine;
  }

  /** A heredoc that becomes a file of its own. */
  function readWritten(command: ShellCommand, words: readonly FoundWord[], doc: HereDoc): void {
    const { readNested, placeholders } = given;
    const { feeds, node } = command;
    const path =
      writtenPath(node, words) ??
      feeds.map((one) => writtenPath(one, wordsOf(text, script, { ...command, node: one }))).find(Boolean);
    if (readNested === undefined || path === undefined) return;
    const body = heredocText(host, doc);
    const kind = writtenKind(path, body.value);
    if (kind !== undefined) readNested(kind, body, { depth: inner.depth, placeholders });
  }

  /** The shell that runs a heredoc: the command itself, or one further down its pipe. */
  function heredocShell(
    command: ShellCommand,
    words: readonly FoundWord[],
    doc: HereDoc,
  ): ShellKind | undefined {
    if (doc.descriptor !== undefined) return undefined;
    const direct = runsInput(words);
    if (direct !== undefined || words[0]?.value !== 'cat') return direct;
    if (words.length > 1 && words[1]?.value !== '-') return undefined;
    for (const node of command.feeds) {
      const shellWord = runsInput(wordsOf(text, script, { ...command, node }));
      if (shellWord !== undefined) return shellWord;
    }
    return undefined;
  }
}

const MOUNT_FLAG = /^(?:-[a-z]*v|--(?:volume|mount|tmpfs))(?:$|[=/.~])/;

/** Whether nothing but the end of a line and a comment stand between a command and one that begins with a dash. */
function isCutOff(text: string, from: number, to: number): boolean {
  return text[to] === '-' && from < to && /^[ \t]*(?:#[^\n]*)?\n[ \t]*$/.test(text.slice(from, to));
}

/** Nothing but what is collected stays of the tree. */
function readScript(text: string, hasDirectives: boolean) {
  const tree = parse(text);
  return { script: collectScript(tree, hasDirectives), errors: tree.errors };
}

function isWorthReading(text: HostedText, { expandHole, commands }: ShellContext): boolean {
  if (mentionsEngine(text.value, commands) || text.value.includes('mountc-')) return true;
  const isEngine = ({ value, holes }: NewText) =>
    mentionsEngine(value, commands) || holes.some((hole) => mentionsEngine(hole.text, commands));
  return isEngine(text) || text.holes.some((hole) => expandHole?.(hole)?.some(isEngine));
}

/** Words that are nothing but a hole of the host, where the host knows what is in it. */
function expandHoles(words: readonly FoundWord[], { expandHole }: ShellContext): readonly FoundWord[] {
  if (expandHole === undefined) return words;
  return words.flatMap((word) => {
    const hole = word.value.length === 1 ? word.holes[0] : undefined;
    return (hole !== undefined && !hole.quoted && expandHole(hole)) || [word];
  });
}

/** Templates, and the `{}` that `xargs` and `find` fill in. */
function shellMasks(text: string, placeholders: boolean): Mask[] {
  const masks = findTemplates(text, placeholders);
  if (!/\bxargs\b|\bparallel\b|-exec(?:dir)?\b/.test(text)) return masks;
  const tokens = [...text.matchAll(/\bxargs\b[^\n|;]{0,80}?\s-I\s*(["']?)([^\s"']{1,20})\1\s/g)].map(
    (match) => match[2]!,
  );
  const all = new Set(['{}', ...tokens.filter((token) => token.length > 1 || !/\w/.test(token))]);
  const pattern = [...all].map(tokenPattern).join('|');
  for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
    const range = { start: match.index, end: match.index + match[0].length };
    if (!masks.some((mask) => overlaps(mask.range, range))) masks.push({ range, kind: 'placeholder' });
  }
  return masks.sort((a, b) => a.range.start - b.range.start);
}

/** In backticks some characters would need one more escape; nothing with them is written there. */
function guardBackticks(host: HostedText, ticked: readonly Range[]): HostedText {
  if (ticked.length === 0) return host;
  return {
    ...host,
    edit(part, text) {
      const inside = ticked.some((one) => contains(one, part));
      return inside && /[`\\]/.test(text.value) ? undefined : host.edit(part, text);
    },
  };
}

function tokenPattern(token: string): string {
  return /^\w+$/.test(token) ? `\\b${token}\\b` : token.replace(/[^\w]/g, '\\$&');
}

function shellText(host: HostedText, shell: ShellKind, script: ShellScript): ShellText {
  const known = new Map<string, boolean>();
  const text: ShellText = {
    host,
    shell,
    isAbsolute(name) {
      const answer = known.get(name);
      if (answer !== undefined) return answer;
      known.set(name, false);
      const absolute = isAbsoluteVariable(script, text, name);
      known.set(name, absolute);
      return absolute;
    },
  };
  return text;
}

function wordsOf(text: ShellText, script: ShellScript, command: ShellCommand): FoundWord[] {
  const { node } = command;
  if (node.name === undefined) return [];
  const words = [...expandWord(text, script, node.name, command)];
  for (const item of node.suffix) {
    if (item.type === 'Word') words.push(...expandWord(text, script, item, command));
    else if (item.type === 'Assignment') words.push(decodeWord(text, item));
  }
  return words;
}

/** The shell that reads its script from standard input here: `bash -s`, `ssh host`, `docker exec -i x sh`. */
function runsInput(words: readonly FoundWord[]): ShellKind | undefined {
  if (words[0]?.value === 'newgrp' || runsSsh(words)) return 'bash';
  for (const [at, word] of words.entries()) {
    const shell = shellOf(word);
    if (shell === undefined) continue;
    const rest = words.slice(at + 1);
    const reads =
      rest.every(({ value }) => /^[-+]/.test(value) || value === 'pipefail') ||
      rest.some(({ value }) => value === '-s');
    return reads && !rest.some(({ value }) => /^-\w*c$/.test(value)) ? shell : undefined;
  }
  const name = words.findIndex(({ value }) => value === 'su' || value === 'sudo');
  return name === 0 && words.slice(1).some(({ value }) => value === '-s' || value === '-i' || value === '-')
    ? 'bash'
    : undefined;
}

/** bats writes `@test "name" {`: for a shell that is a function, as long as the offsets stay. */
function maskBats(text: string): string {
  if (!text.includes('@test')) return text;
  return text.replace(
    /^([ \t]*)(@test\b[^\n]*?)(\{[ \t]*)$/gm,
    (_all, indent: string, title: string, brace: string) => {
      return `${indent}${`f${'_'.repeat(Math.max(1, title.length - 3))}`}()${brace}`;
    },
  );
}

// The pattern below takes V8 longer to compile than most scripts take to read.
const USUAL_SHELLS: ReadonlyMap<string, ShellKind> = new Map([
  ['/bin/sh', 'sh'],
  ['/bin/bash', 'bash'],
  ['/usr/bin/env bash', 'bash'],
]);

function shellOfPath({ level }: HostedText, { path, language, depth }: ShellContext): ShellKind | undefined {
  const isFile = level === 0 && language === undefined && (depth ?? 0) === 0;
  return isFile && path?.endsWith('.fish') ? 'fish' : undefined;
}

function shellOfShebang(text: string): ShellKind | undefined {
  if (!text.startsWith('#!')) return undefined;
  const line = text.slice(2, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  const usual = USUAL_SHELLS.get(line);
  if (usual !== undefined) return usual;
  const name = /(?:^|[/\s])(bash|dash|ash|zsh|fish|ksh|sh|bats)\b/.exec(line)?.[1];
  if (name === undefined) return undefined;
  if (name === 'fish') return 'fish';
  return name === 'zsh' ? 'zsh' : /^(?:sh|dash|ash)$/.test(name) ? 'sh' : 'bash';
}

function readComments(host: HostedText, script: ShellScript, sink: Sink): void {
  for (const match of host.value.matchAll(/(?<![^\s;&|()])#([^\n]*mountc-[^\n]*)/g)) {
    const start = match.index;
    if (script.opaque.some((one) => one.start <= start && start < one.end)) continue;
    sink.comments.push({
      text: match[1]!.trim(),
      range: sourceRange(host, { start, end: start + match[0].length }),
    });
  }
}
