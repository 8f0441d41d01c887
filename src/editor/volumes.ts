import type { TextEdit } from '../text/edit.js';
import { contains, type Range } from '../text/range.js';
import { type OpenText, placeMounts } from './placed-mounts.js';

/** A volume that a Compose file names, and every place where it does. */
export interface NamedVolume {
  readonly name: string;
  /** In order; the first one declares it where `isDeclared`. */
  readonly places: readonly Range[];
  readonly isDeclared: boolean;
}

/** The volumes that a Compose file names: those that it declares, and those that its services mount. */
export async function volumesOf(open: OpenText): Promise<readonly NamedVolume[]> {
  if (open.kind !== 'compose') return [];
  const { mounts, findings } = await placeMounts(open);
  const volumes = new Map<string, { places: Map<string, Range>; isDeclared: boolean }>();
  const add = (name: string, range: Range, isDeclared: boolean) => {
    const place = bare(open.text, range, name);
    if (place === undefined) return;
    const known = volumes.get(name) ?? { places: new Map(), isDeclared: false };
    known.places.set(`${place.start}`, place);
    volumes.set(name, { ...known, isDeclared: known.isDeclared || isDeclared });
  };
  for (const { name, range } of findings.volumes) add(name, range, true);
  for (const { form, view } of mounts) {
    const source = view.source?.text;
    if (source === undefined || !NAME.test(source)) continue;
    if (form === 'compose-short' || (form === 'compose-long' && view.type?.text === 'volume'))
      add(source, view.source!.place, false);
  }
  return [...volumes].map(([name, { places, isDeclared }]) => ({
    name,
    isDeclared,
    places: [...places.values()].sort((a, b) => a.start - b.start),
  }));
}

/** What Compose takes for the name of a volume. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/** The name alone where quotes stand around it; undefined where it is written in another way. */
function bare(text: string, { start, end }: Range, name: string): Range | undefined {
  const at = text.slice(start, end).indexOf(name);
  if (at < 0 || end - start - name.length > 2) return undefined;
  return { start: start + at, end: start + at + name.length };
}

/** The volume at an offset of a Compose file. */
export async function volumeAt(
  open: OpenText,
  offset: number,
): Promise<(NamedVolume & { readonly range: Range }) | undefined> {
  for (const volume of await volumesOf(open)) {
    const range = volume.places.find((place) => contains(place, { start: offset, end: offset }));
    if (range !== undefined) return { ...volume, range };
  }
  return undefined;
}

/** Gives the volume at an offset another name, everywhere in the file; why not, where that would change more. */
export async function renameVolume(
  open: OpenText,
  offset: number,
  name: string,
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly problem: string }> {
  const volumes = await volumesOf(open);
  const volume = await volumeAt(open, offset);
  if (volume === undefined) return { problem: 'there is no named volume here' };
  if (!NAME.test(name))
    return { problem: `\`${name}\` is not a name of a volume: letters, digits, \`_\`, \`.\` and \`-\`` };
  if (volumes.some((one) => one.name === name && one.name !== volume.name))
    return { problem: `the file has a volume \`${name}\` already` };
  if (!volume.isDeclared)
    return { problem: `the volume \`${volume.name}\` is not declared in this file: others may use it` };
  return { edits: volume.places.map((range) => ({ range, text: name })) };
}
