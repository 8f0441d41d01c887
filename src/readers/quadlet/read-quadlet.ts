import { QUADLET_ENDINGS, quadletKeys } from '../../dialects/podman/quadlet-keys.js';
import { readComments } from '../../source/comments.js';
import type { FoundCommand, FoundEntry, FoundWord, ReadContext, Sink } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { findTemplates, maskText } from '../../source/mask.js';
import type { NewText } from '../../source/new-text.js';
import { impliedWord } from '../../source/words.js';
import type { TextEdit } from '../../text/edit.js';
import { sourceRange } from '../../text/spec-text.js';
import { replaceItems } from '../replace-items.js';
import { quoteSystemd, readSystemdCommands, systemdWords } from '../systemd.js';
import { cutUnit, type UnitLine, type UnitText } from './unit-lines.js';
import { literalWord, quoteLiteral, volumeWord, withoutInstance } from './values.js';

/** What a key hands to podman, and whether its value is cut into words. */
const KEYS: ReadonlyMap<string, { readonly flag: string; readonly isCut?: true }> = new Map([
  ['Volume', { flag: '--volume' }],
  ['Tmpfs', { flag: '--tmpfs' }],
  ['Mount', { flag: '--mount', isCut: true }],
]);
const KEY_OF = new Map([...KEYS].map(([key, { flag }]) => [flag, key]));

/** The sections whose mounts a container gets. */
const WITH_MOUNTS: readonly string[] = ['Container', 'Pod', 'Build'];

/** Reads a unit of Quadlet: the mounts of its container as one command of podman, and all entries for those who check them. */
export function readQuadlet(raw: HostedText, sink: Sink, context: ReadContext): void {
  const host = maskText(raw, findTemplates(raw.value, context.placeholders && 'values'));
  const unit = cutUnit(host);
  const own = [...unit.sections.keys()].find((name) => quadletKeys(name) !== undefined && name !== 'Quadlet');
  // `.network` is an ending of systemd's own units too, and `.pod` one of Perl's documentation.
  if (
    own === undefined &&
    !/\.(?:container|volume|network|kube|image|pod|build)\.d\//.test(context.path ?? '')
  )
    return;
  readSystemdCommands(host, sink, context);
  readComments(host, /^[ \t]*[#;]/gm, sink);
  const name = /([^/\\]*)\.([a-z]+)(\.d\/[^/\\]*\.conf)?(?:\.\w+)?$/.exec(context.path ?? '');
  const ending = QUADLET_ENDINGS.has(name?.[2] ?? '') ? name![2]! : undefined;
  const isDropIn = name?.[3] !== undefined;
  sink.units.push({
    ending: ending ?? [...QUADLET_ENDINGS].find(([, section]) => section === own)?.[0] ?? 'container',
    sections: [...unit.sections].map(([section, range]) => ({ section, range: sourceRange(host, range) })),
    entries: unit.lines.map((line) => entryOf(host, line)),
    isPartial:
      unit.isPartial ||
      isDropIn ||
      // Documentation shows the lines that it speaks of.
      context.placeholders === true ||
      host.holes.some(({ text }) => text.startsWith('{%')),
    broken: unit.broken.map((range) => sourceRange(host, range)),
  });
  for (const section of WITH_MOUNTS) readMounts(host, unit, section, sink, context, isDropIn);
}

function entryOf(host: HostedText, { section, key, value, range, conditional }: UnitLine): FoundEntry {
  return { section, key, value, range: sourceRange(host, range), conditional };
}

/** Where a word of the command stands in the unit. */
interface Placed {
  readonly line: UnitLine;
  /** The line says nothing but this flag and its value. */
  readonly isAlone: boolean;
}

function readMounts(
  host: HostedText,
  { lines, sections, isPartial }: UnitText,
  section: string,
  sink: Sink,
  context: ReadContext,
  isDropIn: boolean,
): void {
  const inSection = lines.filter((line) => line.section === section);
  // An empty one takes back those before it.
  const emptied = new Map(
    inSection.flatMap(({ key, value }, i) => (value.value === '' ? [[key.value, i]] : [])),
  );
  const own = inSection.filter(
    ({ key, value }, index) => value.value !== '' && index > (emptied.get(key.value) ?? -1),
  );
  const words: FoundWord[] = ['podman', 'run', '--rm'].map((word) => impliedWord(word, host));
  const placed = new Map<number, Placed>();
  const add = (line: UnitLine, flag: string, value: FoundWord, isAlone: boolean) => {
    placed.set(words.length, { line, isAlone });
    const conditional = line.conditional && { conditional: true };
    words.push({ ...flagWord(flag, line.key, host), ...conditional }, { ...value, ...conditional });
  };
  for (const line of own) {
    const { key, value } = line;
    const known = key.holes.length === 0 ? KEYS.get(key.value) : undefined;
    if (known?.isCut) {
      const values = systemdWords(value);
      for (const word of values) add(line, known.flag, withoutInstance(word), values.length === 1);
    } else if (known !== undefined)
      add(line, known.flag, (key.value === 'Volume' ? volumeWord : literalWord)(value, host), true);
  }
  // Quadlet hands these on last, whatever stands after them.
  for (const line of own)
    if (line.key.value === 'PodmanArgs')
      for (const word of systemdWords(line.value))
        words.push({ ...word, ...(line.conditional && { conditional: true }) });
  if (words.length === 3) return;
  const image = own.findLast(({ key }) => key.value === 'Image');
  words.push(image === undefined ? impliedWord('image', host) : literalWord(image.value, host));
  const range = sections.get(section)!;
  const command: FoundCommand = {
    engine: 'podman',
    shell: 'exec',
    language: context.language ?? 'quadlet',
    words,
    host,
    range: { start: range.start, end: own.at(-1)!.range.end },
    conditional: false,
    ...((isPartial || isDropIn) && { partial: true }),
    replaceWords(from, to, fresh) {
      const at = placed.get(from);
      if (at === undefined) return replaceItems(words, from, to, fresh, quoteSystemd);
      return at.isAlone && to === from + 2 ? replaceLine(host, at.line, fresh) : undefined;
    },
  };
  sink.commands.push(command);
}

/** The word of a flag that a key stands for. */
function flagWord(flag: string, key: HostedText, host: HostedText): FoundWord {
  const { start, end } = sourceRange(key);
  const segment = { at: 0, length: flag.length, source: start, sourceLength: end - start, copy: false };
  return { ...impliedWord(flag, host), map: { segments: [segment], endSource: end } };
}

/** The edit that puts another flag in place of what a line says. */
function replaceLine(host: HostedText, line: UnitLine, fresh: readonly NewText[]): TextEdit | undefined {
  const [flag, value] = fresh;
  const key = flag && (KEY_OF.get(flag.value) ?? (flag.value === '-v' ? 'Volume' : undefined));
  if (fresh.length !== 2 || key === undefined || value === undefined) return undefined;
  const level = host.level + 1;
  const text = KEYS.get(key)!.isCut ? quoteSystemd(value, level) : quoteLiteral(value, level);
  if (text === undefined) return undefined;
  const holes = text.holes.map((hole) => ({
    ...hole,
    range: { start: hole.range.start + key.length + 1, end: hole.range.end + key.length + 1 },
  }));
  return host.edit(line.range, { value: `${key}=${text.value}`, holes });
}
