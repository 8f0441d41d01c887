import { parseFor } from '../dialects/docker/client/client-spec.js';
import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { type ConvertContext, convertSpec } from '../forms/convert-spec.js';
import type { CommandView, Site } from '../source/site.js';
import type { Diagnostic, Fix } from '../text/diagnostic.js';
import type { Replacement } from '../text/editable-text.js';
import { groupBy } from '../text/group-by.js';
import { startsWithHole } from '../text/hole-mark.js';
import { mapOf } from '../text/map-of.js';
import { toSource } from '../text/offset-map.js';
import { placeHoles } from '../text/place-holes.js';
import type { Range } from '../text/range.js';
import { hasHole, type SpecText, sliceText, sourceRange } from '../text/spec-text.js';
import { convertCommand, sourceKind, unknownPart } from './convert-command.js';

/** Makes the fix of a finding out of what the converter says; undefined when it says nothing exact. */
type Offer = (range: Range) => Fix | undefined;

/** What each rule's findings of one command are offered; a command is looked through once for all of them. */
const OFFERS = mapOf<(view: CommandView) => Offer>({
  'prefer-mount-syntax': offerMount,
  'volume-too-many-colons': offerMountForColons,
  'service-create-volume-flag': offerMountOfService,
});

/** The findings of a command, with the converter's output as the fix of those that ask for another form. */
export function offerConversions(view: CommandView, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (view.source.engine !== 'docker') return [...diagnostics];
  const offers = new Map<string, Offer>();
  return diagnostics.map((one) => {
    const make = one.fix === undefined ? OFFERS.get(one.rule) : undefined;
    if (make === undefined) return one;
    const offer = offers.get(one.rule) ?? make(view);
    offers.set(one.rule, offer);
    const fix = offer(one.range);
    return fix === undefined ? one : { ...one, fix };
  });
}

const placeOf = ({ start, end }: Range) => `${start} ${end}`;

/** Every docker reads it as the same mount. */
function offerMount(view: CommandView): Offer {
  const { conversions } = convertCommand(view, 'mount', { dialects: [view.dialect], strict: true });
  const byPlace = groupBy(conversions, (one) => placeOf(one.range));
  return (range) => {
    const edit = byPlace.get(placeOf(range))?.[0]?.edit;
    return edit && { title: 'write it as `--mount`', safety: 'safe', edits: [edit] };
  };
}

/** What `-v` refuses can mean one thing only: a source with a colon in it. */
function offerMountForColons(view: CommandView): Offer {
  const byEnd = groupBy(view.sites, ({ text }) => sourceRange(text).end);
  return (range) => {
    const site = byEnd.get(range.end)?.find(({ text }) => sourceRange(text).start <= range.start);
    const spec = site && withoutColons(site.text);
    if (site === undefined || spec === undefined) return undefined;
    const value = toMount('volume', spec, view, (text) => text.replaceAll(COLON, ':'));
    const edit = value && replaceFlag(view, site, value);
    return edit && { title: 'write it as `--mount`', safety: 'unsafe', edits: [edit] };
  };
}

/** Stands for a colon while the converter looks; nobody writes it. */
const COLON = '\u0001';

/** `/a:b:/c:ro` with one colon hidden, where only one place can be the end of the source. */
function withoutColons({ value, holes }: SpecText): Replacement | undefined {
  if (value.includes(COLON) || !(startsWithHole(value) || /^[/.~]/.test(value))) return undefined;
  const colons = [...value.matchAll(/:/g)].map(({ index }) => index);
  // After it are a target and modes at most.
  const ends = colons.slice(-2).filter((at) => {
    const [target, modes, ...more] = value.slice(at + 1).split(':');
    const isEnd = target?.startsWith('/') === true && more.length === 0 && at > colons[0]!;
    return isEnd && (modes ?? 'rw').split(',').every((mode) => VOLUME_MODE_BY_NAME.has(mode));
  });
  const [end, ...others] = ends;
  if (end === undefined || others.length > 0) return undefined;
  return { value: value.slice(0, end).replaceAll(':', COLON) + value.slice(end), holes };
}

/** Services have no `-v`: what it would say of a container. */
function offerMountOfService(view: CommandView): Offer {
  const byPlace = groupBy(view.source.words.keys(), (index) => {
    const word = view.source.words[index]!;
    const flag = FLAG.exec(word.value)?.[0].length ?? 0;
    return flag > 0 ? placeOf(toSource(word.map, { start: 0, end: flag })) : undefined;
  });
  return (range) => {
    const index = byPlace.get(placeOf(range))?.[0];
    return index === undefined ? undefined : mountOfService(view, index);
  };
}

function mountOfService({ source, invocation, dialect }: CommandView, index: number): Fix | undefined {
  const word = source.words[index]!;
  const flag = FLAG.exec(word.value)![0];
  const isAttached = word.value.length > flag.length;
  const start = flag.length + (word.value[flag.length] === '=' ? 1 : 0);
  const text = isAttached ? sliceText(word, { start, end: word.value.length }) : source.words[index + 1];
  if (text === undefined || hasHole(word, { start: 0, end: flag.length })) return undefined;
  const value = toMount(flag === '--tmpfs' ? 'tmpfs' : 'volume', text, { dialect });
  const name = invocation?.path === 'service update' ? '--mount-add' : '--mount';
  const end = index + (isAttached ? 1 : 2);
  const edit = value && source.replaceWords?.(index, end, [{ value: name, holes: [] }, value]);
  return edit && { title: `write it as \`${name}\``, safety: 'safe', edits: [edit] };
}

const FLAG = /^(?:-v|--volume(?=$|=)|--tmpfs(?=$|=))/;

/** The spec as the value of `--mount`, when nothing but the making of a missing source is lost. */
function toMount(
  form: 'volume' | 'tmpfs',
  text: Replacement,
  { dialect }: Pick<CommandView, 'dialect'>,
  restore = (converted: string) => converted,
): Replacement | undefined {
  const host = { ...text, map: { segments: [], endSource: 0 }, edit: () => undefined };
  if (unknownPart({ node: parseFor(form, text.value, dialect), host }) !== undefined) return undefined;
  const context: ConvertContext = {
    dialects: [dialect],
    sourceKind: text.holes.length === 0 ? undefined : (source: string) => sourceKind(source, text, undefined),
  };
  const result = convertSpec(form, text.value, 'mount', context);
  if (result.text === undefined || result.losses.some(({ field }) => field !== 'createSource'))
    return undefined;
  const value = restore(result.text);
  return { value, holes: placeHoles(value, text) };
}

/** Puts `--mount` in place of a flag that stands alone, with its value. */
function replaceFlag({ source }: CommandView, { use }: Site, value: Replacement) {
  if (use.clustered) return undefined;
  return source.replaceWords?.(use.word + 1, use.valueWord + 2, [{ value: '--mount', holes: [] }, value]);
}
