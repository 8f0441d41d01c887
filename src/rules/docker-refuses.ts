import { judgeEngine } from '../dialects/docker/engine/judge.js';
import type { EngineRefusal } from '../dialects/docker/engine/refusal.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { podmanKnowsMode } from '../dialects/podman/other-engines.js';
import { PROGRAMS } from '../dialects/programs.js';
import { hasStandIn } from '../dialects/stand-in.js';
import { isWindowsPath } from '../mount/paths.js';
import type { CommandView, Site } from '../source/site.js';
import type { Range } from '../text/range.js';
import { makeRangeSet, type RangeSet } from '../text/range-set.js';
import { hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { hasConditional } from './conditional.js';
import { withoutValuesOf } from './discreet.js';
import { engineVerdict } from './engine-verdict.js';
import { at, findingOf } from './places.js';
import { relativeSourceWithoutDot } from './relative-source-without-dot.js';
import type { Report, Rule } from './rule.js';
import { wrongShellCwd } from './wrong-shell-cwd.js';

/** What docker refuses and no other rule has a word for. */
export const dockerRefuses: Rule = {
  code: 'MC199',
  name: 'docker-refuses',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: "a command that docker refuses, in docker's own words",
  why:
    'The client or the engine of this version refuses the command, for a reason that no other rule covers. The ' +
    "message is docker's own.",
  sources: ['https://docs.docker.com/reference/cli/docker/container/run/'],
  valid: [
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    {
      file: 'compose',
      command: composeEntry('{type: volume, source: a, target: /b, volume: {subpath: c/../d}}'),
    },
    { file: 'compose', command: composeEntry('{type: volume, target: /b, read_only: true}') },
    { file: 'compose', command: composeEntry('{type: volume, target: /b, volume: {subpath: "$SUB"}}') },
    {
      file: 'compose',
      command: composeEntry(String.raw`{type: npipe, source: \\.\pipe\a, target: \\.\pipe\b}`),
    },
    'docker run -v /a:/b alpine',
    'docker run --mount type=bind,src=/a,dst=/b $IMAGE',
    'docker run --unknown-$FLAG -v /a:/b alpine',
  ],
  invalid: [
    { file: 'compose', command: composeEntry('{type: bind, target: /b}') },
    {
      file: 'compose',
      command: 'services:\n  a:\n    volumes: ./a:/b\n',
      fixed: 'services:\n  a:\n    volumes: [./a:/b]\n',
    },
    { file: 'compose', command: composeEntry('{type: tmpfs, source: a, target: /b}') },
    {
      file: 'compose',
      command: composeEntry('{type: volume, source: a, target: /b, volume: {subpath: ../c}}'),
    },
    { file: 'compose', command: composeEntry('{type: volume, target: /b, volume: {subpath: c}}') },
    { file: 'compose', command: composeEntry('{type: image, source: a, target: /b, image: {subpath: /c}}') },
    { file: 'compose', command: composeEntry('{type: npipe, source: /a, target: /b}') },
    {
      file: 'compose',
      command: composeEntry('{type: volume, target: /b, read_only: true}'),
      docker: '28.5.2',
    },
    'docker run -v /a:/b --memory=lots alpine',
    'docker run -v /a:/b',
    'docker run -v /a:/b Alpine:latest',
    'docker run --entry-point sh -v /a:/b alpine',
    'docker run --mount type=image,dst=/b alpine',
    'docker run --mount type=volume,dst=/b,volume-subpath=c alpine',
  ],
  checkRest(command, found, report) {
    // Where another shell is meant, docker gets something else than is written here; a placeholder is said more softly.
    const errors = found.filter(({ severity, rule }) => severity === 'error' || SAY_IT.has(rule));
    const said: Said = { isAny: errors.length > 0, ranges: makeRangeSet(errors.map(({ range }) => range)) };
    if (!reportClient(command, said, report)) reportEngine(command, said, report);
  },
  checkFile(file, report) {
    for (const { isNoList, range, spec } of file.mounts) {
      if (isNoList !== true) continue;
      const isPlain = range.end - range.start === spec.value.length && /^[\w./~:@-]+$/.test(spec.value);
      const ends = [
        { range: { start: range.start, end: range.start }, text: '[' },
        { range: { start: range.end, end: range.end }, text: ']' },
      ];
      report({
        range,
        message: '`volumes` must be a list: Compose refuses the file',
        help: 'put it on a line of its own, with `- ` in front',
        fix: isPlain ? { title: 'put it in brackets', safety: 'safe', edits: ends } : undefined,
      });
    }
  },
  checkMount(view, report, context) {
    if (view.source === undefined && hasStandIn(view, 'source')) return;
    const verdict = PROGRAMS[view.program].refuses?.(view, context);
    if (verdict !== undefined) report(findingOf(verdict));
  },
};

/** What other rules have said of the command. */
interface Said {
  readonly isAny: boolean;
  readonly ranges: RangeSet;
}

/** Says what the client refuses; whether it refuses anything at all. */
function reportClient(command: CommandView, said: Said, report: Report): boolean {
  const { compiled, source } = command;
  let isSaid = said.isAny;
  for (const site of command.sites) {
    if (site.result?.ok !== false || site.use.uncertain) continue;
    // docker stops at the first; a person wants to know them all.
    if (!said.ranges.touches(siteRange(site, command)))
      report({ range: at(site.text), message: sentence(site.result.reason), help: HELP });
    isSaid = true;
  }
  const refusal = compiled?.refusal;
  if (refusal === undefined) return false;
  if (isSaid || isLoosely(command)) return true;
  const { problem, image } = compiled!.invocation;
  const word = refusal.use?.valueWord ?? problem?.word ?? image;
  report({
    range: at(source.words[word === undefined ? 0 : word + 1] ?? source.words[0]!),
    message: sentence(withoutValuesOf(source, refusal.stderr.replace(/^docker: /, ''))),
    help: HELP,
  });
  return true;
}

/** Says what the engine refuses of what the client sends. */
function reportEngine(command: CommandView, said: Said, report: Report): void {
  const { dialect, invocation, compiled } = command;
  // Services are judged on their nodes, later.
  if (command.source.engine !== 'docker' || invocation?.path.startsWith('service')) return;
  let isSaid = said.isAny;
  for (const site of command.sites) {
    if (site.use.uncertain || isWindowsSite(site, dialect) || mayBeModes(site, command)) continue;
    const { create, start } = engineVerdict(site, command) ?? {};
    const refusal = create ?? start;
    if (refusal === undefined) continue;
    if (!said.ranges.touches(siteRange(site, command)))
      report({ range: at(site.text), message: engineSentence(refusal, refusal === start), help: HELP });
    isSaid = true;
  }
  if (isSaid || compiled?.create === undefined || hasConditional(command)) return;
  if (command.sites.some((site) => isWindowsSite(site, dialect) || mayBeModes(site, command))) return;
  const { create, start } = judgeEngine(compiled.create, dialect);
  const refusal = create ?? start;
  if (refusal !== undefined)
    report({
      range: at(command.source.words[0]!),
      message: engineSentence(refusal, refusal === start),
      help: HELP,
    });
}

/** Whether a variable may run podman here, which has the modes that docker has not. */
function mayBeModes({ view }: Site, { source: { words } }: CommandView): boolean {
  if (words[0] === undefined || !hasHole(words[0])) return false;
  return view.modes.some(({ part }) => part.text !== undefined && podmanKnowsMode(part.text));
}

function engineSentence({ reason, kind }: EngineRefusal, isStart: boolean): string {
  const when = isStart ? 'the container will not start' : 'the engine refuses it';
  return reason === '' ? `${when} (${kind.replaceAll('-', ' ')})` : `${when}: ${reason.replace(/\.$/, '')}`;
}

// Docker Desktop rewrites Windows paths for its Linux engine.
function isWindowsSite({ node }: Site, { engineOs }: Dialect): boolean {
  if (engineOs === 'windows') return false;
  const paths =
    node.kind === 'volume'
      ? [node.sections[0]?.value, node.sections[1]?.value]
      : node.kind === 'mount'
        ? node.fields.map(({ value }) => value?.value)
        : [];
  return paths.some((path) => path !== undefined && isWindowsPath(path) && !path.startsWith('//'));
}

const SAY_IT: ReadonlySet<string> = new Set([wrongShellCwd.name, relativeSourceWithoutDot.name]);

const HELP = "this is docker's own message; fix the command, or set the docker version (`--docker VERSION`)";

/** Whether more or other words than these may reach docker. */
function isLoosely(command: CommandView): boolean {
  const { source, compiled, invocation } = command;
  // After `$IMAGE` it may be an option of what runs in the container.
  if (compiled?.refusal?.use?.uncertain) return true;
  // One value that is wrong is wrong in every run.
  if (compiled?.refusal?.use === undefined && hasConditional(command)) return true;
  const problem = invocation?.problem?.word;
  if (problem !== undefined && hasHole(source.words[problem + 1]!)) return true;
  // `$ENGINE run` may be another engine with more flags; what is cut off gets its image later.
  if (source.words[0] !== undefined && hasHole(source.words[0])) return true;
  if (source.partial || (invocation?.command ?? -1) < 0) return true;
  if (source.language !== 'markdown' || compiled?.refusal?.use !== undefined || problem !== undefined)
    return false;
  // In documentation `IMAGE` stands for an image, and half a command for the whole.
  const image = invocation?.image === undefined ? undefined : source.words[invocation.image + 1];
  return image === undefined || /^[A-Z][A-Z0-9_:-]*$/.test(image.value);
}

function siteRange({ use, text }: Site, { source }: CommandView): Range {
  const flag = at(source.words[use.word + 1]!);
  const value = at(text);
  return { start: Math.min(flag.start, value.start), end: Math.max(flag.end, value.end) };
}

// docker's words may begin with a capital letter and end with a dot.
function sentence(words: string): string {
  const trimmed = words.replace(/\.$/, '');
  return /^[A-Z]/.test(trimmed) ? `docker reports: ${trimmed}` : trimmed;
}
