import { mapOf } from '../../text/map-of.js';
import type { Range } from '../../text/range.js';

/** The end of the reference whose dollar stands at `at`; brackets of its own kind nest. */
export function referenceEnd(text: string, at: number, limit: number): number {
  const open = text[at + 1];
  const close = open === '(' ? ')' : open === '{' ? '}' : undefined;
  if (close === undefined) return at + 2;
  let depth = 0;
  for (let i = at + 1; i < Math.min(limit, at + 4000); i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i + 1;
  }
  return at + 2;
}

/** The arguments of a call, up to `most`: the last one takes the commas that are left. A comma in brackets parts nothing. */
export function callArguments(text: string, { start, end }: Range, most: number): Range[] {
  const found: Range[] = [];
  let depth = 0;
  let at =
    start + 2 + (/^\S*/.exec(text.slice(start + 2, Math.min(end - 1, start + 60)))?.[0].length ?? 0) + 1;
  for (let i = at; i < end - 1; i++) {
    const char = text[i]!;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === ',' && depth === 0 && found.length < most - 1) {
      found.push({ start: at, end: i });
      at = i + 1;
    }
  }
  found.push({ start: at, end: Math.max(at, end - 1) });
  return found.map((one, i) => {
    const blank = i === 0 ? 0 : /^\s*/.exec(text.slice(one.start, one.end))![0].length;
    return { start: one.start + blank, end: one.end };
  });
}

/** The commands that `$(shell …)` runs, wherever it stands. */
export function shellCalls(text: string): Range[] {
  return callsOf(text, /^ *#[^\n]*|\$[({]shell\s+/gm).map(({ index, 0: head, end }) => {
    const start = index + head.length;
    return { start, end: Math.max(start, end - 1) };
  });
}

const MOST = mapOf<number>({ if: 3, foreach: 3 });
const COMMAND =
  /(?:^|[;&|])(?:\s|\\\n)*(?:sudo\s+)?(?:docker|podman|nerdctl|\$[({]\w*(?:DOCKER|PODMAN)\w*[)}])\s+(?:run|create|container)\s/i;
/** Functions that show their argument. */
const SHOWS = /^\s*\w*(?:print|log|msg|message|echo|info|warn|help|title|section|banner|say|show)\w*\s*$/i;

/** Commands in the arguments of other calls: `$(foreach d,$(DIRS),docker run …;)`, `$(call retry,docker run …)`. */
export function commandArguments(text: string): Range[] {
  const calls = callsOf(text, /^ *#[^\n]*|\$[({](foreach|if|or|and|call)\s/gm);
  return calls.flatMap(({ index: start, 1: name = '', end }) => {
    const written = (one: Range) => text.slice(one.start, one.end);
    const all = callArguments(text, { start, end }, MOST.get(name) ?? 20);
    if (name === 'call' && all[0] !== undefined && SHOWS.test(written(all[0]))) return [];
    return all.filter((one) => COMMAND.test(written(one)));
  });
}

/** The pattern must pass over the lines of comments. */
function callsOf(text: string, pattern: RegExp): (RegExpExecArray & { readonly end: number })[] {
  return [...text.matchAll(pattern)]
    .filter(({ 0: head }) => head.startsWith('$'))
    .map((match) => Object.assign(match, { end: referenceEnd(text, match.index, text.length) }));
}
