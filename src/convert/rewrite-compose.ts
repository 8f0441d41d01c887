import { Document } from 'yaml';
import type { ComposeVolume } from '../dialects/compose/compose.js';
import type { Loss } from '../forms/loss.js';
import { writeMount } from '../forms/write-mount.js';
import { sameMount } from '../mount/equal.js';
import { isPlainSafe } from '../readers/yaml/plain-safe.js';
import type { FoundMount } from '../source/frontend.js';
import { attemptsFor } from '../text/attempts.js';
import { applyEdits, type TextEdit } from '../text/edit.js';
import { keepWhatHolds } from '../text/keep-what-holds.js';
import type { Hole } from '../text/spec-text.js';
import { type ComposeFile, describeMount, readComposeFile } from './compose-input.js';
import type { ConvertOptions, FlagConversion } from './convert-command.js';
import { type DescribedMount, displayLosses } from './described-mount.js';
import type { RewrittenText } from './rewrite-text.js';
import { unsaidWhy } from './write-mounts.js';

/**
 * Writes the entries of a Compose file's `volumes` in its other syntax. Comments, quotes and all other lines stay; an entry
 * with comments or anchors inside, and what the other syntax cannot say, is left alone.
 */
export async function rewriteCompose(
  text: string,
  short: boolean,
  options: ConvertOptions,
): Promise<RewrittenText> {
  const file = await readComposeFile(text);
  if (file.problem !== undefined) return { text, edits: [], conversions: [], broken: file.problem };
  const wanted = short ? 'compose-short' : 'compose';
  const found = [...file.services.values()].flat().filter(({ form }) => form !== 'compose-tmpfs');
  const plans = found.map((mount) => plan(mount, text, wanted, options));
  const done = (kept: ReadonlySet<FlagConversion>) =>
    plans.map((one) => (kept.has(one) || one.edit === undefined ? one : leave(one, UNREADABLE)));
  let rewritten = text;
  const kept = await keepWhatHolds(
    plans.filter(({ edit }) => edit !== undefined),
    attemptsFor(text.length),
    async (some) => {
      const changed = applyEdits(text, editsOf(done(some)));
      if (changed === undefined) return { holds: false, wrong: [] };
      const wrong = differing(file, await readComposeFile(changed), options);
      if (wrong?.size !== 0) return { holds: false, wrong: plans.filter((_, i) => wrong?.has(found[i]!)) };
      rewritten = changed;
      return { holds: true };
    },
  );
  const all = done(kept);
  const conversions = [...all].sort((a, b) => a.range.start - b.range.start);
  return { text: rewritten, edits: editsOf(all), conversions };
}

const UNREADABLE = 'what would be written there does not read back as the same mount';

function editsOf(conversions: readonly FlagConversion[]): TextEdit[] {
  return conversions.flatMap(({ edit }) => edit ?? []).sort((a, b) => a.range.start - b.range.start);
}

function leave(one: FlagConversion, why: string): FlagConversion {
  const loss: Loss = { field: 'text', kind: 'impossible', why };
  return { from: one.from, to: one.from, exact: false, losses: [loss], range: one.range };
}

function plan(
  found: FoundMount,
  text: string,
  wanted: 'compose' | 'compose-short',
  options: ConvertOptions,
): FlagConversion {
  const dialect = options.dialects.at(-1)!;
  const described = describeMount(
    found,
    { declared: undefined },
    { dialect, assume: options.assume ?? 'bind' },
  );
  const { range } = found;
  const { from } = described;
  const base: FlagConversion = { from, to: from, exact: true, losses: [], range };
  if ((found.form === 'compose-short') === (wanted === 'compose-short')) return base;
  if ('why' in described) return leave(base, described.why);
  const source = 'source' in described.mount ? (described.mount.source ?? '') : '';
  const hole = source[1] === '/' ? undefined : described.holes.get(source[0] ?? '');
  if (hole !== undefined && !hole.absolute && options.assume === undefined)
    return leave(
      base,
      'its source may be a path or a volume name: choose with --assume bind or --assume volume',
    );
  const result = writeMount(described.mount, wanted, {
    dialects: [dialect],
    from: described.form,
    sourceKind: () => (described.mount.type === 'volume' ? 'volume' : 'bind'),
  });
  const losses = displayLosses(result.losses, described.holes);
  const entry = result.written !== undefined && 'entry' in result.written ? result.written.entry : undefined;
  if (entry?.volume === undefined)
    return leave(base, losses[0]?.why ?? 'it belongs into `tmpfs` of the service');
  const unsaid = unsaidWhy(result.written!, described, 'compose');
  if (unsaid !== undefined) return leave(base, unsaid);
  // The author meant something by it.
  const [dropped] = described.lost ?? [];
  if (dropped !== undefined) return leave(base, dropped.why);
  if (options.strict && !result.exact) return { ...base, exact: false, losses };
  const fresh =
    typeof entry.volume === 'string'
      ? shortText(entry.volume, described, text, range)
      : longText(entry.volume, described, text, range);
  if (fresh === undefined) return leave(base, 'it cannot be written correctly there');
  const to = fresh.replace(/\s*\r?\n\s*/g, ', ');
  return { from, to, exact: result.exact, losses, range, edit: { range, text: fresh } };
}

/** Known text as the file must have it, holes as they were written. */
function written(value: string, holes: ReadonlyMap<string, Hole>): string {
  return [...value].map((one) => holes.get(one)?.text ?? (one === '$' ? '$$' : one)).join('');
}

function shortText(
  value: string,
  { holes }: DescribedMount,
  text: string,
  { start, end }: { start: number; end: number },
): string | undefined {
  const old = text.slice(start, end);
  const isAnchored = /[&!]\S*\s*$/.test(text.slice(Math.max(0, start - 200), start));
  if (isAnchored || /(?:^|\s)[#&*]|<<\s*:/.test(old)) return undefined;
  return quoted(written(value, holes), /[[{]/.test(lineHead(text, start)));
}

function quoted(value: string, inFlow: boolean): string {
  // Go and YAML 1.1 read `1:2` as a number to the base of 60.
  if (isPlainSafe(value, inFlow) && !/^[\d.:]+$/.test(value)) return value;
  return /[\n\\"]|[^\x20-\x7e]/.test(value) && /[\n\t]/.test(value)
    ? JSON.stringify(value)
    : `'${value.replaceAll("'", "''")}'`;
}

function lineHead(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
}

function longText(
  volume: ComposeVolume,
  { holes }: DescribedMount,
  text: string,
  { start }: { start: number },
): string | undefined {
  const head = lineHead(text, start);
  const isItem = /^\s*(?:-[ ]+)+$/.test(head);
  const inFlow = /[[{,]\s*$/.test(text.slice(Math.max(0, start - 200), start)) && !isItem;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const plain = fillObject(volume, holes) as Record<string, unknown>;
  if (inFlow) {
    const document = new Document(plain, { version: '1.1' });
    if (document.contents !== null) (document.contents as { flow?: boolean }).flow = true;
    return document.toString({ lineWidth: 0, directives: false }).trim();
  }
  if (!isItem || head.includes('\t')) return undefined;
  const lines = new Document(plain, { version: '1.1' })
    .toString({ lineWidth: 0, directives: false })
    .trimEnd()
    .split('\n');
  const indent = ' '.repeat(head.length);
  return lines.map((line, i) => (i === 0 ? line : indent + line)).join(eol);
}

function fillObject(value: unknown, holes: ReadonlyMap<string, Hole>): unknown {
  if (typeof value === 'string') return written(value, holes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillObject(inner, holes)]));
}

/**
 * The entries that mean something else in the other version of a file, where what is declared to change is left out of the
 * comparison; undefined where it is not known any more which entry is which.
 */
function differing(
  before: ComposeFile,
  after: ComposeFile,
  options: ConvertOptions,
): Set<FoundMount> | undefined {
  const dialect = options.dialects.at(-1)!;
  const list = (file: ComposeFile) =>
    [...file.services].flatMap(([service, mounts]) =>
      mounts.map((mount) => {
        const one = describeMount(
          mount,
          { declared: undefined },
          { dialect, assume: options.assume ?? 'bind' },
        );
        return { service, mount, one };
      }),
    );
  if (after.problem !== undefined) return undefined;
  const a = list(before);
  const b = list(after);
  if (a.length !== b.length || a.some(({ service }, i) => service !== b[i]!.service)) return undefined;
  const differ = a.filter(({ one }, i) => {
    const other = b[i]!.one;
    if ('why' in one || 'why' in other) return !('why' in one && 'why' in other);
    const settle = (described: DescribedMount) => {
      const filled = fillObjectTexts(described);
      return filled.type === 'bind' ? { ...filled, createSource: true } : filled;
    };
    return !sameMount(settle(one), settle(other));
  });
  return new Set(differ.map(({ mount }) => mount));
}

function fillObjectTexts({ mount, holes }: DescribedMount): DescribedMount['mount'] {
  const source =
    'source' in mount && mount.source !== undefined ? { source: written(mount.source, holes) } : {};
  return { ...mount, target: written(mount.target, holes), ...source } as DescribedMount['mount'];
}
