import { isPath } from '../dialects/compose/compose-keys.js';
import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { meaningOf } from '../dialects/programs.js';
import { type MountView, showPart, type ViewPart } from '../mount/view.js';
import { viewListed } from '../source/file-view.js';
import type { FoundForm } from '../source/frontend.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { displayText, type Hole, hasHole, sourceRange } from '../text/spec-text.js';
import { accessOf, UNKNOWN } from './access.js';
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
  /** What stands after the second colon, or after that of a tmpfs. */
  readonly mode: string | null;
  /** The spec as it was written, where it is one text. */
  readonly spec: string | null;
  /** The kind of text that it stands in: `shell`, `makefile`, `compose`. */
  readonly language: string | null;
}

const FORMS = {
  volume: '-v',
  mount: '--mount',
  tmpfs: '--tmpfs',
  'run-mount': 'RUN --mount',
  'compose-short': 'compose',
  'compose-long': 'compose',
  'compose-tmpfs': 'compose',
  devcontainer: 'devcontainer',
} satisfies Record<FoundForm, string>;

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
  for (const { sites, dialect, source } of views) {
    for (const { form, text, view } of sites) {
      add(sourceRange(text).start, {
        form: FORMS[form],
        ...partsOf(view, dialect),
        ...accessOf(view, meaningOf(view, dialect)),
        spec: displayText(text),
        language: source.language ?? kind ?? null,
      });
    }
  }
  // Whether a mount can be written to depends on no version of docker.
  const anyDialect = makeDialect();
  for (const mount of findings.mounts) {
    if (isFlagForm(mount)) continue;
    const view = viewListed(mount);
    const spec = displayText(mount.spec);
    add(mount.range.start, {
      form: FORMS[mount.form],
      ...(view === undefined ? NOTHING : partsOf(view)),
      ...(view === undefined ? UNKNOWN : accessOf(view, meaningOf(view, anyDialect))),
      spec: mount.fields !== undefined && spec === '' ? null : spec,
      language: kind ?? null,
    });
  }
  return [...listed.values()].sort((a, b) => a.at - b.at).map(({ mount }) => mount);
}

type Parts = Pick<ListedMount, 'type' | 'source' | 'target'>;

const NOTHING: Parts = { type: null, source: null, target: null };

function partsOf(view: MountView, dialect?: Dialect): Parts {
  const { form, host, source, target, problem } = view;
  if (problem !== undefined) return NOTHING;
  const isCut = form === 'volume' || form === 'compose-short';
  // What a variable holds may be a whole `source:target`.
  if (isCut && source === undefined && hasHole(host)) return NOTHING;
  const { from, src, dst, destination } = Object.fromEntries(
    view.fields.map(({ name, value }) => [name, value]),
  );
  const shown = (part: ViewPart | undefined) => part && displayText(part.host, withoutBracket(part));
  return {
    type: typeOf(view, dialect),
    source: shown(source ?? src ?? (form === 'run-mount' ? from : undefined)) ?? null,
    target: shown(target ?? dst ?? destination) ?? (isCut ? displayText(host) : null),
  };
}

/** Of `/data[:ro]` in documentation the bracket is not part of the path. */
function withoutBracket({ host, range }: ViewPart): Range {
  const opens = ({ text: shown, range: { end } }: Hole) => shown === '[' && end === range.end;
  return host.holes.some(opens) ? { start: range.start, end: range.end - 1 } : range;
}

/** As it is written, or what is taken where nothing is: a path binds, a name is a volume; what starts with a hole may be either. */
function typeOf({ form, type, source }: MountView, dialect: Dialect | undefined): string | null {
  if (type !== undefined) return form === 'mount' ? showPart(type).toLowerCase() : showPart(type);
  switch (form) {
    case 'tmpfs':
      return 'tmpfs';
    case 'run-mount':
      return 'bind';
    case 'compose-long':
      return null;
    case 'mount':
      return 'volume';
    default: {
      if (source === undefined) return 'volume';
      if (source.isAbsolute !== false) return source.isAbsolute ? 'bind' : null;
      if (form === 'compose-short') return isPath(source.value) ? 'bind' : 'volume';
      if (/^(?:\\\\\.\\pipe\\|\/\/\.\/pipe\/)/i.test(source.value)) return 'npipe';
      const isOfWindows = dialect?.hostOs === 'windows' && source.value.startsWith('\\');
      return isOfWindows || /^(?:[./~]|[A-Za-z]:[\\/])/.test(source.value) ? 'bind' : 'volume';
    }
  }
}
