import { trimGoSpace } from '../go/text.js';
import type { Range } from '../text/range.js';
import type {
  MountField,
  MountSpec,
  Part,
  SpecForm,
  SpecNode,
  SyntaxProblem,
  TmpfsSpec,
  VolumeSpec,
} from './ast.js';
import { parse as parseWith } from './generated/mount.js';

/** Parses the value of `-v`/`--volume`. Total: any string gives a tree, in time linear in its length. */
export function parseVolume(text: string): VolumeSpec {
  const sections = parseWith(text, { startRule: 'VolumeSpec' });
  const problem = volumeProblem(text, sections);
  // docker reads on up to the section that it refuses; clients before 24.0.5 go on with what they have by then.
  const read =
    problem === undefined
      ? sections
      : sections.filter((part) => part.range.end <= problem.range.start && part.value !== '');
  const isAlone = sections.length === 1;
  const options = problem === undefined && sections[2] !== undefined ? splitOptions(sections[2]) : [];
  return {
    kind: 'volume',
    text,
    sections,
    source: isAlone ? undefined : read[0],
    target: isAlone ? (problem === undefined ? read[0] : undefined) : read[1],
    options,
    problem,
  };
}

function volumeProblem(text: string, sections: readonly Part[]): SyntaxProblem | undefined {
  if (text === '') return { kind: 'empty-spec', range: { start: 0, end: 0 } };
  for (const [index, section] of sections.entries()) {
    if (section.value === '') return { kind: 'empty-section', range: section.range };
    if (index === 2 && sections.length > 3)
      return { kind: 'too-many-colons', range: { start: section.range.start, end: text.length } };
  }
  return undefined;
}

function splitOptions(section: Part): Part[] {
  let start = section.range.start;
  return section.value.split(',').map((value) => {
    const part = { value, range: { start, end: start + value.length } };
    start += value.length + 1;
    return part;
  });
}

/**
 * Parses the value of `--mount`. Total, linear. `trim` says whether white space around the whole value is dropped first,
 * as clients since 29.2.1 do.
 */
export function parseMount(text: string, { trim = false }: { readonly trim?: boolean } = {}): MountSpec {
  const trimmed: Range = trim ? trimGoSpace(text) : { start: 0, end: text.length };
  const inner = trim ? text.slice(trimmed.start, trimmed.end) : text;
  const raw = parseWith(inner, { startRule: 'MountSpec' });
  const move = trimmed.start;
  const fields = move === 0 ? raw.fields : raw.fields.map((field) => moveField(field, move));
  const restStart = trimmed.end - raw.rest;
  const last = raw.fields.at(-1);
  let problem: SyntaxProblem | undefined;
  if (last?.broken) {
    const closing = last.range.end - 1;
    const isClosed = raw.rest > 0;
    problem = isClosed
      ? { kind: 'text-after-quote', range: { start: closing + move, end: last.range.end + move } }
      : { kind: 'unterminated-quote', range: { start: last.range.start + move, end: trimmed.end } };
  } else if (raw.problem !== undefined) {
    problem = { kind: 'bare-quote', range: { start: raw.problem.at + move, end: raw.problem.at + move + 1 } };
  } else if (raw.fields.length === 0) {
    problem = { kind: 'empty-spec', range: { start: 0, end: text.length } };
  }
  return {
    kind: 'mount',
    text,
    trimmed,
    blank: { start: move, end: move + raw.blank },
    fields,
    ignored: { start: restStart, end: trimmed.end },
    problem,
  };
}

function moveField(field: MountField, by: number): MountField {
  const move = (part: Part): Part => ({
    value: part.value,
    range: { start: part.range.start + by, end: part.range.end + by },
  });
  return {
    range: { start: field.range.start + by, end: field.range.end + by },
    quoted: field.quoted,
    key: move(field.key),
    value: field.value && move(field.value),
  };
}

/** Parses the value of `--tmpfs`. Total, linear; docker's client refuses nothing here. */
export function parseTmpfs(text: string): TmpfsSpec {
  const { target, options } = parseWith(text, { startRule: 'TmpfsSpec' });
  return { kind: 'tmpfs', text, target, options };
}

/** Parses the value of the flag of that form. */
export function parseSpec(form: SpecForm, text: string, options: { readonly trim?: boolean } = {}): SpecNode {
  switch (form) {
    case 'volume':
      return parseVolume(text);
    case 'mount':
      return parseMount(text, options);
    case 'tmpfs':
      return parseTmpfs(text);
  }
}
