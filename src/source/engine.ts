import { type SpecText, sliceText } from '../text/spec-text.js';
import type { Engine } from './frontend.js';

const ENGINES: ReadonlyMap<string, Engine> = new Map([
  ['docker', 'docker'],
  ['nvidia-docker', 'docker'],
  ['docker.io', 'docker'],
  ['podman', 'podman'],
  ['podman-remote', 'podman'],
  ['nerdctl', 'nerdctl'],
  ['nerdctl.lima', 'nerdctl'],
  ['finch', 'nerdctl'],
  ['docker-compose', 'compose'],
  ['podman-compose', 'compose'],
]);

/** The engine that goes by a name, perhaps after a path. */
export function engineCalled(name: string): Engine | undefined {
  return ENGINES.get(name.slice(name.lastIndexOf('/') + 1));
}

const NAMED_VARIABLE =
  /(?:^|_)(docker|podman|nerdctl)(?:_?(?:bin|cmd|cli|command|exe|executable|exec|path|tool|binary|program|client))?$/i;
const COMPOSE_VARIABLE = /(?:^|_)compose(?:_?(?:bin|cmd|command))?$/i;
const ENGINE_VARIABLE =
  /^(?:\w+_)?(?:oci|container|ctr|cri)_?(?:engine|runtime|cmd|cli|tool|bin|binary|command|exe|manager|client|program)(?:_?(?:bin|cmd|cli|exe|path|command))?$|^(?:engine|runtime|container)$/i;

/** What may follow the word of an engine when that word is only a variable whose name sounds like one. */
const SUBCOMMAND = /^(?:run|create|container|service|compose|-.+)$/;

/** `$(which docker)` and its like. */
const LOOKS_UP = /^[`$(]+\s*(?:which|command -v|type -[pP])\s+["']?(docker|podman|nerdctl)\b/;

/** What a text must hold to be worth reading; everything that {@link engineOf} accepts holds it. */
const MENTIONS_ENGINE =
  /docker|podman|buildah|nerdctl|finch|(?:\$[({]*|\{\{-?\s?)\w*(?:compose|container|oci|ctr|cri|engine|runtime)/i;

/** More words that run an engine: `./run-docker`, `dr`, `$RUNNER`. */
export type ExtraCommands = Readonly<Record<string, Engine>>;

/** Whether a text can hold a command of an engine. */
export function mentionsEngine(text: string, extra: ExtraCommands | undefined): boolean {
  if (MENTIONS_ENGINE.test(text)) return true;
  return (
    extra !== undefined && Object.keys(extra).some((name) => text.includes(name.replace(/^\$\{?|\}$/g, '')))
  );
}

function extraEngine({ value, holes }: SpecText, extra: ExtraCommands): Engine | undefined {
  const hole = value.length === 1 ? holes[0] : undefined;
  if (holes.length > 0 && hole === undefined) return undefined;
  const variable = hole === undefined ? undefined : /^\$\{?([A-Za-z_]\w*)\}?$/.exec(hole.text)?.[1];
  const names =
    variable === undefined
      ? [value, value.slice(value.lastIndexOf('/') + 1)]
      : [`$${variable}`, `\${${variable}}`];
  return names
    .map((name) => (Object.hasOwn(extra, name) ? extra[name] : undefined))
    .find((one) => one !== undefined);
}

/** The engine that a word names, by its last path segment or by the name of its variable; `next` is the word after it. */
export function engineOf(
  word: SpecText,
  next: SpecText | undefined,
  extra?: ExtraCommands,
): Engine | undefined {
  const named = extra && extraEngine(word, extra);
  if (named !== undefined) return named;
  const { value } = word;
  // `--data-root=/var/lib/docker` ends like an engine, and runs none.
  if (/^(?:-|\w+=)/.test(value)) return undefined;
  const slash = Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\'));
  const last = sliceText(word, { start: slash + 1, end: value.length });
  // It builds as podman does; its `run` is another one.
  if (last.value === 'buildah') return /^(?:build|bud)$/.test(next?.value ?? '') ? 'podman' : undefined;
  if (last.holes.length === 0) return ENGINES.get(withoutEnding(last.value, /\.(?:exe|cmd)$/i));
  const hole = last.holes[0];
  if (hole === undefined || last.value.length !== 1) return undefined;
  if (next === undefined || (next.holes.length === 0 && !SUBCOMMAND.test(next.value))) return undefined;
  const looked = hole.kind === 'command' ? LOOKS_UP.exec(hole.text)?.[1] : undefined;
  return looked === undefined ? engineOfVariable(hole.text) : engineCalled(looked);
}

// Of a hole that is longer nothing can be told by its name.
const LONGEST_HOLE = 200;

function engineOfVariable(text: string): Engine | undefined {
  if (text.length > LONGEST_HOLE) return undefined;
  const fallback = /:?[-=]\s*([\w./-]+)\}$/.exec(text)?.[1];
  if (fallback !== undefined) return engineCalled(fallback);
  const name = variableIn(text);
  if (name === undefined) return undefined;
  const named = NAMED_VARIABLE.exec(name)?.[1]?.toLowerCase();
  if (named !== undefined) return ENGINES.get(named);
  if (COMPOSE_VARIABLE.test(name)) return 'compose';
  return ENGINE_VARIABLE.test(name) ? 'docker' : undefined;
}

/** Whether a word runs docker or podman, and nothing says which: `$CONTAINER_ENGINE`, `$(which docker || which podman)`. */
export function namesNoEngine({ value, holes: [hole, more] }: SpecText): boolean {
  if (hole === undefined || more !== undefined || hole.text.length > LONGEST_HOLE) return false;
  if (hole.range.end !== value.length) return false;
  if (hole.kind === 'command') return /\bdocker\b/.test(hole.text) && /\bpodman\b/.test(hole.text);
  const name = variableIn(hole.text);
  return name !== undefined && !NAMED_VARIABLE.test(name) && ENGINE_VARIABLE.test(name);
}

function variableIn(text: string): string | undefined {
  return /^(?:\$?[({]*\s*(?:env:|env\.|inputs\.|vars\.|matrix\.)?)([A-Za-z_][\w-]*)(?:\[[@*0]\])?\s*[)}]*$/.exec(
    text,
  )?.[1];
}

/** Whether a command is one of buildah. */
export const isBuildah = (words: readonly SpecText[]): boolean =>
  words[0] !== undefined && baseName(words[0]) === 'buildah';

/** The last path segment of a word, when it is known. */
export function baseName(word: SpecText): string | undefined {
  const last = word.value.slice(Math.max(word.value.lastIndexOf('/'), word.value.lastIndexOf('\\')) + 1);
  const known = !word.holes.some((hole) => hole.range.end > word.value.length - last.length);
  return known ? withoutEnding(last, /\.exe$/i) : undefined;
}

/** A program's name as Windows takes it too; most have no such ending, and the pattern need not be compiled. */
function withoutEnding(name: string, ending: RegExp): string {
  return name.at(-4) === '.' ? name.replace(ending, '') : name;
}
