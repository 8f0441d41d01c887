import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { overlaps, type Range } from '../text/range.js';
import { hasHole } from '../text/spec-text.js';
import { at } from './places.js';
import type { Report, Rule } from './rule.js';
import type { CommandView, Site } from './site.js';

/** What docker refuses and no other rule has a word for. */
export const dockerRefuses: Rule = {
  code: 'MC199',
  name: 'docker-refuses',
  severity: 'error',
  since: '0.1.0',
  summary: 'docker refuses this, in its own words',
  why:
    'The client or the engine of this version surely refuses the command, for a reason that no other rule covers. The ' +
    "message is docker's own.",
  sources: ['https://docs.docker.com/reference/cli/docker/container/run/'],
  valid: [
    'docker run -v /a:/b alpine',
    'docker run --mount type=bind,src=/a,dst=/b $IMAGE',
    'docker run --unknown-$FLAG -v /a:/b alpine',
  ],
  invalid: [
    'docker run -v /a:/b --memory=lots alpine',
    'docker run -v /a:/b',
    'docker run -v /a:/b Alpine:latest',
    'docker run --volumes /a:/b alpine',
  ],
  checkRest(command, found, report) {
    const errors = found.filter(({ severity }) => severity === 'error');
    reportClient(command, errors, report);
  },
};

function reportClient(command: CommandView, errors: readonly Diagnostic[], report: Report): void {
  const { compiled, source } = command;
  const said = (site: Site) => errors.some(({ range }) => touches(range, siteRange(site, command)));
  let isSaid = errors.length > 0;
  for (const site of command.sites) {
    if (site.result?.ok !== false || site.use.uncertain) continue;
    // docker stops at the first; a person wants to know them all.
    if (!said(site)) report({ range: at(site.text), message: sentence(site.result.reason), help: HELP });
    isSaid = true;
  }
  const refusal = compiled?.refusal;
  if (refusal === undefined || isSaid) return;
  // `$ENGINE run` may be another engine with more flags; what is cut off gets its image later.
  if (source.words[0] !== undefined && hasHole(source.words[0])) return;
  if (source.partial || (compiled?.invocation.command ?? -1) < 0) return;
  const stop = compiled?.invocation.problem?.word;
  if (stop !== undefined && hasHole(source.words[stop + 1]!)) return;
  const isAboutUse = refusal.use !== undefined;
  if (!isAboutUse && isLoosely(command)) return;
  const word = refusal.use?.valueWord ?? compiled?.invocation.problem?.word ?? compiled?.invocation.image;
  report({
    range: at(source.words[word === undefined ? 0 : word + 1] ?? source.words[0]!),
    message: sentence(refusal.stderr.replace(/^docker: /, '')),
    help: HELP,
  });
}

const HELP = 'docker says so itself; mend it, or say which docker is meant (`--docker VERSION`)';

// In documentation `IMAGE` stands for an image, and half a command for the whole.
function isLoosely({ source, invocation }: CommandView): boolean {
  if (source.language !== 'markdown') return false;
  const image = invocation?.image === undefined ? undefined : source.words[invocation.image + 1];
  return (
    invocation?.problem === undefined && (image === undefined || /^[A-Z][A-Z0-9_:-]*$/.test(image.value))
  );
}

function siteRange({ use, text }: Site, { source }: CommandView): Range {
  const flag = at(source.words[use.word + 1]!);
  const value = at(text);
  return { start: Math.min(flag.start, value.start), end: Math.max(flag.end, value.end) };
}

const touches = (a: Range, b: Range) => overlaps(a, b) || (a.start >= b.start && a.end <= b.end);

// docker's words may begin with a capital letter and end with a dot.
function sentence(words: string): string {
  const trimmed = words.replace(/\.$/, '');
  return /^[A-Z]/.test(trimmed) ? `docker says: ${trimmed}` : trimmed;
}
