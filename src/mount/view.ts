import type { SpecNode, SyntaxProblem } from '../spec/ast.js';
import type { EditableText } from '../text/editable-text.js';
import type { Range } from '../text/range.js';
import { displayText, firstHoleFrom, literal, sourceRange } from '../text/spec-text.js';

/** The programs that read mounts, each by rules of its own. */
export type Program =
  | 'docker'
  | 'podman'
  | 'nerdctl'
  | 'compose'
  | 'other-compose'
  | 'buildkit'
  | 'other-frontend'
  | 'buildah';

/** How a mount is written. */
export type ViewForm = 'volume' | 'mount' | 'tmpfs' | 'compose-short' | 'compose-long' | 'run-mount';

/** A stretch of a mount as it is written. */
export interface ViewPart {
  /** The text that it is a part of, which knows how it is changed. */
  readonly host: EditableText;
  /** In the value of `host`. */
  readonly range: Range;
  /** As it stands there, holes as marks. */
  readonly value: string;
  /** The same, when there is no hole in it. */
  readonly text?: string;
  /** Whether it begins like an absolute path; undefined when its beginning is not known. */
  readonly isAbsolute?: boolean;
  /** In the file. */
  readonly place: Range;
}

/** What a YAML value was taken for. `unknown`: its tag says what becomes of it, such as `!reset`. */
export type YamlType = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'object' | 'unknown';

/** One key of `--mount`, of an object, or of `RUN --mount`. */
export interface ViewField {
  /** As its reader spells it: lower case for docker and BuildKit, dotted for an object. */
  readonly name: string;
  readonly key: ViewPart;
  /** Absent for a key alone, a list and an object. */
  readonly value?: ViewPart;
  /** The key and its value, in the host of the key. */
  readonly range: Range;
  /** What YAML took the value for; a text everywhere else. */
  readonly yamlType?: YamlType;
  /** Where the value of an object's key stands in the file, whatever it is. */
  readonly valuePlace?: Range;
}

/** One word after the second colon. */
export interface ViewMode {
  readonly part: ViewPart;
  /** What to cut out so that the word and one comma, or the whole section, are gone. */
  readonly removal: Range;
}

/** What a Dockerfile says around its `RUN --mount`. */
export interface ViewBuild {
  /** Nothing can have set `HOME` for the build. */
  readonly isHomeUnset: boolean;
  /** Its user is root. */
  readonly isRoot: boolean;
  /** The frontend that its line `# syntax=` names. */
  readonly syntax?: string;
}

/** One mount as it is written, whatever its form: what it means, a dialect says. What is not known is absent. */
export interface MountView {
  readonly form: ViewForm;
  readonly program: Program;
  /** As one text; of an object the empty text at its start. */
  readonly host: EditableText;
  /** In the file. */
  readonly place: Range;
  /** Where its reader gives up on it: then no part is there. */
  readonly problem?: SyntaxProblem;
  /** The tree of a form that is one text. */
  readonly node?: SpecNode;
  readonly source?: ViewPart;
  readonly target?: ViewPart;
  /** The value of the key `type`. */
  readonly type?: ViewPart;
  /** The keys that are known, in order. */
  readonly fields: readonly ViewField[];
  readonly modes: readonly ViewMode[];
  /** A part that is unknown as a whole may say anything: what seems to be left out may be there. */
  readonly isPartial: boolean;
  /** The file is one of podman's tools, which may hand on what this program does not know. */
  readonly mayBePodman?: boolean;
  /** Of `RUN --mount`. */
  readonly build?: ViewBuild;
  /** Lines of a template decide which of the file's mounts there are. */
  readonly isBranched?: boolean;
  /** A block that others take over and add to. */
  readonly isTemplate: boolean;
}

/** The part of a text; `place` where the host's map does not say all of it, such as quotes around it. */
export function viewPart(host: EditableText, range: Range, place?: Range): ViewPart {
  return {
    host,
    range,
    value: host.value.slice(range.start, range.end),
    text: literal(host, range),
    isAbsolute: isAbsoluteIn(host, range),
    place: place ?? sourceRange(host, range),
  };
}

/** The part for a person, holes as they were written. */
export function showPart({ host, range }: ViewPart): string {
  return displayText(host, range);
}

function isAbsoluteIn({ value, holes }: EditableText, { start, end }: Range): boolean | undefined {
  const first = holes[firstHoleFrom(holes, start)];
  if (first?.range.start === start && end > start)
    return first.absolute || first.kind === 'tilde' ? true : undefined;
  return value[start] === '/' && start < end;
}
