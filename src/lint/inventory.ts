import { isPath } from '../dialects/compose/compose-keys.js';
import type { FoundMount } from '../source/frontend.js';
import type { CommandView, Site } from '../source/site.js';
import { parseVolume } from '../spec/parse.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { displayText, type Hole, hasHole, literal, type SpecText, sourceRange } from '../text/spec-text.js';
import { accessOfMount, accessOfSite } from './access.js';
import type { LintedText } from './lint-text.js';
import { isFlagForm } from './view-mounts.js';

/** A mount as the inventory shows it; null is for what is not written, holes are shown as they were written. */
export interface ListedMount {
  readonly path: string | null;
  readonly line: number;
  readonly column: number;
  /** `-v`, `--mount`, `--tmpfs`, `RUN --mount`, `compose`, `devcontainer`. */
  readonly form: string;
  readonly type: string | null;
  readonly source: string | null;
  readonly target: string | null;
  /** Whether the container can only read it; null where that is not known. */
  readonly readonly: boolean | null;
  /** What stands behind the second colon, or behind that of a tmpfs. */
  readonly mode: string | null;
  /** The spec as it was written, where it is one text. */
  readonly spec: string | null;
  /** The kind of text that it stands in: `shell`, `makefile`, `compose`. */
  readonly language: string | null;
}

const FORMS = { volume: '-v', mount: '--mount', tmpfs: '--tmpfs' } as const;

/** Every mount of a text, in its order; what two commands share is listed once. */
export function listMounts(
  { views, findings, kind }: Pick<LintedText, 'views' | 'findings'> & Partial<Pick<LintedText, 'kind'>>,
  path: string | undefined,
  text: string,
): ListedMount[] {
  const lines = new LineIndex(text);
  const place = (offset: number) => {
    const { line, column } = lines.position(offset);
    return { path: path ?? null, line, column };
  };
  const listed = new Map<string, { at: number; mount: ListedMount }>();
  const add = (at: number, parts: Omit<ListedMount, 'path' | 'line' | 'column'>) => {
    const mount = { ...place(at), ...parts };
    listed.set(JSON.stringify(mount), { at, mount });
  };
  for (const view of views) {
    for (const site of view.sites) {
      add(sourceRange(site.text).start, {
        form: FORMS[site.form],
        ...partsOf(site, view),
        ...accessOfSite(site),
        spec: displayText(site.text),
        language: view.source.language ?? kind ?? null,
      });
    }
  }
  for (const mount of findings.mounts) {
    if (isFlagForm(mount)) continue;
    add(mount.range.start, { ...foreignParts(mount), ...accessOfMount(mount), language: kind ?? null });
  }
  return [...listed.values()].sort((a, b) => a.at - b.at).map(({ mount }) => mount);
}

type Parts = Pick<ListedMount, 'type' | 'source' | 'target'>;

function partsOf({ node, text }: Site, { dialect }: CommandView): Parts {
  switch (node.kind) {
    case 'tmpfs':
      return { type: 'tmpfs', source: null, target: displayText(text, node.target.range) };
    case 'volume': {
      if (node.problem !== undefined) return { type: null, source: null, target: null };
      const target =
        node.target === undefined ? null : displayText(text, withoutBracket(text, node.target.range));
      if (node.source === undefined)
        // What a variable holds may be a whole `source:target`.
        return hasHole(text)
          ? { type: null, source: null, target: null }
          : { type: 'volume', source: null, target: target ?? displayText(text) };
      const source = sourceOf(text, node.source.range);
      return { type: source.type(dialect.hostOs === 'windows'), source: source.shown, target };
    }
    case 'mount': {
      const value = (names: readonly string[]) => {
        const field = node.fields.findLast((one) =>
          names.includes((literal(text, one.key.range) ?? '').toLowerCase()),
        );
        return field?.value === undefined ? null : displayText(text, field.value.range);
      };
      return {
        type: value(['type'])?.toLowerCase() ?? 'volume',
        source: value(['source', 'src']),
        target: value(['target', 'dst', 'destination']),
      };
    }
  }
}

/** Of `/data[:ro]` in documentation the bracket is no part of the path. */
function withoutBracket(text: SpecText, range: Range): Range {
  const opens = ({ text: shown, range: { end } }: Hole) => shown === '[' && end === range.end;
  return text.holes.some(opens) ? { start: range.start, end: range.end - 1 } : range;
}

/** The type that a `-v` source makes: a path binds, a name is a volume; what starts with a hole may be either. */
function sourceOf(text: SpecText, range: Range) {
  const shown = displayText(text, range);
  const first = text.holes.find((hole) => hole.range.start === range.start);
  return {
    shown,
    type: (windows: boolean): string | null => {
      if (first !== undefined) return first.absolute === true || first.kind === 'tilde' ? 'bind' : null;
      if (/^(?:\\\\\.\\pipe\\|\/\/\.\/pipe\/)/i.test(shown)) return 'npipe';
      return /^[./~]/.test(shown) || /^[A-Za-z]:[\\/]/.test(shown) || (windows && shown.startsWith('\\'))
        ? 'bind'
        : 'volume';
    },
  };
}

const FORM_NAMES: Partial<Record<FoundMount['form'], string>> = {
  'run-mount': 'RUN --mount',
  'compose-short': 'compose',
  'compose-long': 'compose',
  'compose-tmpfs': 'compose',
  devcontainer: 'devcontainer',
};

function foreignParts({ form, spec, fields }: FoundMount): Pick<ListedMount, 'form' | 'spec'> & Parts {
  const name = FORM_NAMES[form] ?? form;
  const shown = displayText(spec);
  if (fields !== undefined) {
    const value = (...keys: readonly string[]) => {
      const field = fields.find(({ key }) => keys.includes(key));
      return field?.value === undefined ? null : displayText(field.value);
    };
    return {
      form: name,
      type: value('type'),
      source: value('source', 'src'),
      target: value('target', 'dst', 'destination'),
      spec: shown === '' ? null : shown,
    };
  }
  if (form === 'run-mount') {
    const pairs = new Map(
      shown.split(',').map((pair) => pair.split(/=(.*)/s, 2) as [string, string | undefined]),
    );
    const value = (...keys: readonly string[]) =>
      keys.map((key) => pairs.get(key)).find((one) => one !== undefined) ?? null;
    const type = value('type') ?? 'bind';
    return {
      form: name,
      type,
      source: value('source', 'src', 'from'),
      target: value('target', 'dst', 'destination'),
      spec: shown,
    };
  }
  if (form === 'compose-tmpfs')
    return { form: name, type: 'tmpfs', source: null, target: shown.split(':')[0]!, spec: shown };
  return { form: name, ...composeParts(spec), spec: shown };
}

/** What Compose's short syntax says; docker's grammar, with a path of another system for a bind as well. */
function composeParts(spec: SpecText): Parts {
  const { problem, source, target } = parseVolume(spec.value);
  if (problem !== undefined) return { type: null, source: null, target: null };
  const to = target === undefined ? displayText(spec) : displayText(spec, target.range);
  if (source === undefined)
    return hasHole(spec)
      ? { type: null, source: null, target: null }
      : { type: 'volume', source: null, target: to };
  const from = displayText(spec, source.range);
  const hole = spec.holes.find(({ range }) => range.start === source.range.start);
  const ofHole = hole?.absolute === true ? 'bind' : null;
  return { type: hole === undefined ? (isPath(from) ? 'bind' : 'volume') : ofHole, source: from, target: to };
}
