import { isPath } from '../dialects/compose/compose-keys.js';
import { misreadPair } from '../source/file-view.js';
import type { FileField, FileMount, FileView } from '../source/found.js';
import type { Part, VolumeSpec } from '../spec/ast.js';
import { parseVolume } from '../spec/parse.js';
import type { Range } from '../text/range.js';
import { type Hole, hasHole } from '../text/spec-text.js';
import { at } from './places.js';

/** A part of a Compose mount that is written out. */
export interface ComposePart {
  readonly text: string;
  /** In the file. */
  readonly range: Range;
}

/** What a Compose mount says, in either syntax; what is not written out is absent. */
export interface ComposeFacts {
  readonly type?: string;
  readonly source?: ComposePart;
  readonly target?: ComposePart;
  /** The tree of the short syntax. */
  readonly node?: VolumeSpec;
}

const knownFacts = new WeakMap<FileMount, { readonly facts: ComposeFacts | undefined }>();

/** The facts of a mount of a Compose service; undefined for what is none, or is not read. Read once for all the rules. */
export function composeFacts(mount: FileMount): ComposeFacts | undefined {
  let known = knownFacts.get(mount);
  if (known === undefined) {
    known = { facts: readFacts(mount) };
    knownFacts.set(mount, known);
  }
  return known.facts;
}

function readFacts({ form, spec, fields }: FileMount): ComposeFacts | undefined {
  if (form === 'compose-long') {
    const part = (name: string): ComposePart | undefined => {
      const field = fields?.find(({ key }) => key === name);
      if (field?.value === undefined || hasHole(field.value)) return undefined;
      return { text: field.value.value, range: field.valueRange };
    };
    return { type: part('type')?.text, source: part('source'), target: part('target') };
  }
  if (form !== 'compose-short') return undefined;
  const node = parseVolume(spec.value);
  if (node.problem !== undefined) return undefined;
  const part = (piece: VolumeSpec['source']): ComposePart | undefined =>
    piece === undefined || hasHole(spec, piece.range)
      ? undefined
      : { text: piece.value, range: at(spec, piece.range) };
  const source = part(node.source);
  const type =
    node.source === undefined || source !== undefined
      ? typeOf(source)
      : typeOfHole(spec.holes[0], node.source);
  return { type, source, target: part(node.target), node };
}

function typeOf(source: ComposePart | undefined): 'bind' | 'volume' {
  return source !== undefined && isPath(source.text) ? 'bind' : 'volume';
}

/** A source that begins with a variable is a path when that surely holds one. */
function typeOfHole(hole: Hole | undefined, source: Part): 'bind' | undefined {
  return hole?.range.start === source.range.start && hole.absolute === true ? 'bind' : undefined;
}

/** One mount of a service, and what it says. */
export interface ComposeMountView {
  readonly mount: FileMount;
  readonly facts: ComposeFacts;
  /** A block of the file's own that services take over with an anchor: keys may be added there. */
  readonly isTemplate: boolean;
}

/** The mounts of a file's services that can be read. */
export function composeMounts({ mounts }: Pick<FileView, 'mounts'>): ComposeMountView[] {
  return mounts.flatMap((mount) => {
    const facts = composeFacts(mount);
    if (facts === undefined || misreadPair(mount) !== undefined) return [];
    return [{ mount, facts, isTemplate: mount.group.startsWith('x-') }];
  });
}

/** The short syntax of a file's services, with what is wrong with its colons. */
export function shortMounts({ mounts }: Pick<FileView, 'mounts'>): { mount: FileMount; node: VolumeSpec }[] {
  return mounts
    .filter(({ form }) => form === 'compose-short')
    .map((mount) => ({ mount, node: composeFacts(mount)?.node ?? parseVolume(mount.spec.value) }));
}

/** A key of the long syntax whose value is written out; undefined for the short one. */
export function knownField({ fields }: FileMount, name: string): (FileField & { text: string }) | undefined {
  const field = fields && byKey(fields).get(name);
  if (field?.value === undefined || hasHole(field.value)) return undefined;
  return { ...field, text: field.value.value };
}

const fieldsByKey = new WeakMap<readonly FileField[], ReadonlyMap<string, FileField>>();

/** The first field of each key. */
function byKey(fields: readonly FileField[]): ReadonlyMap<string, FileField> {
  let known = fieldsByKey.get(fields);
  if (known === undefined) {
    known = new Map([...fields].reverse().map((field) => [field.key, field]));
    fieldsByKey.set(fields, known);
  }
  return known;
}

/** Whether the file is the one that Compose reads by itself, and not one laid over another. */
export function isWhole({ path, isOverlaid }: Pick<FileView, 'path' | 'isOverlaid'>): boolean {
  if (isOverlaid) return false;
  return (
    path === undefined ||
    (path.toLowerCase().includes('compose.y') && /(?:^|[\\/])(?:docker-)?compose\.ya?ml$/i.test(path))
  );
}
