import { lowerGo, trimGoSpace, trimmedGo } from '../go/text.js';
import { type MountView, type Program, type ViewField, type ViewMode, viewPart } from '../mount/view.js';
import type { MountSpec, Part, SpecNode, VolumeSpec } from '../spec/ast.js';
import type { EditableText } from '../text/editable-text.js';
import type { Range } from '../text/range.js';
import { literal, sourceRange } from '../text/spec-text.js';

/** The mount of a flag, as it is written. */
export function viewFlag(node: SpecNode, text: EditableText, program: Program): MountView {
  const base = {
    program,
    host: text,
    node,
    fields: [],
    modes: [],
    isPartial: false,
    isTemplate: false,
    place: sourceRange(text),
  };
  switch (node.kind) {
    case 'volume':
      return Object.assign(base, { form: 'volume' as const, ...volumeParts(node, text) });
    case 'mount':
      return Object.assign(base, { form: 'mount' as const, ...mountParts(node, text, program) });
    case 'tmpfs':
      return Object.assign(base, { form: 'tmpfs' as const, target: viewPart(text, node.target.range) });
  }
}

type Parts = Pick<MountView, 'problem' | 'source' | 'target' | 'type'> &
  Partial<Pick<MountView, 'fields' | 'modes' | 'isPartial'>>;

/** What docker's grammar of `-v` cuts a text into; Compose's short syntax has the same. */
export function volumeParts(node: VolumeSpec, text: EditableText): Parts {
  if (node.problem !== undefined) return { problem: node.problem };
  const part = (piece: Part | undefined) => piece && viewPart(text, piece.range);
  const modes = node.options.map(
    ({ range }, index): ViewMode => ({ part: viewPart(text, range), removal: optionRemoval(node, index) }),
  );
  return { source: part(node.source), target: part(node.target), modes };
}

function optionRemoval({ options }: VolumeSpec, index: number): Range {
  const { start, end } = options[index]!.range;
  const after = options[index + 1];
  // The first of several takes the comma after it, so that the colon stays; the only one takes the colon.
  return index === 0 && after !== undefined ? { start, end: after.range.start } : { start: start - 1, end };
}

/** What a record of `--mount` or `RUN --mount` is made of; BuildKit takes white space as a part of a key. */
export function mountParts(node: MountSpec, text: EditableText, program: Program): Parts {
  const isTrimmed = program !== 'buildkit';
  if (node.problem !== undefined) return { problem: node.problem };
  const fields: ViewField[] = [];
  let isPartial = false;
  for (const { key, value, range } of node.fields) {
    if (literal(text, key.range) === undefined) {
      isPartial = true;
      continue;
    }
    fields.push({
      name: lowerGo(isTrimmed ? trimmedGo(key.value) : key.value),
      key: viewPart(text, key.range),
      value: value && viewPart(text, isTrimmed ? withoutBlanks(text, value.range) : value.range),
      range,
    });
  }
  const last = (...names: readonly string[]) => fields.findLast(({ name }) => names.includes(name))?.value;
  return {
    fields,
    isPartial,
    source: last('source', 'src'),
    target: last('target', 'dst', 'destination'),
    type: last('type'),
  };
}

// Blanks before a value make docker refuse it, which is said of them and not of the value.
function withoutBlanks(text: EditableText, { start, end }: Range): Range {
  return { start: start + trimGoSpace(text.value.slice(start, end)).start, end };
}
