import type { ComposeTree } from '../dialects/compose/node.js';
import type { ComposeChoice } from '../dialects/compose/versions.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { YamlType } from '../mount/view.js';
import type { EditableText } from '../text/editable-text.js';
import type { Range } from '../text/range.js';

/** One key of a mount that is written as an object. */
export interface FileField {
  /** Dotted, such as `bind.propagation`. */
  readonly key: string;
  readonly keyRange: Range;
  readonly value: EditableText | undefined;
  readonly valueRange: Range;
  /** What the host took the value for. */
  readonly type: YamlType;
}

/** A mount that stands in a file outside of a command; ranges are in the file. */
export interface FileMount {
  readonly form: string;
  readonly spec: EditableText;
  readonly range: Range;
  readonly fields?: readonly FileField[];
  /** Mounts of one group end up in one container. */
  readonly group: string;
  /** A text that stands where a list of mounts must be. */
  readonly isNoList?: true;
  /** Lines of a template decide which of the file's mounts there are. */
  readonly isBranched?: true;
  /** What makes the container, where the file says so: `podman` for a Containerfile and for podman-compose. */
  readonly engine?: string;
}

/** What a file says of mounts besides its commands. */
export interface FileView {
  readonly path?: string;
  readonly dialect: Dialect;
  readonly mounts: readonly FileMount[];
  /** The named volumes that a Compose file declares. */
  readonly volumes: readonly { readonly name: string; readonly range: Range }[];
  /** What else a Compose file is made of, so that not all is said in it. */
  readonly references: readonly { readonly kind: 'include' | 'extends' }[];
  /** Units of Quadlet. */
  readonly units: readonly FileUnit[];
  /** The names of the units that may stand for what a unit refers to; undefined where nobody looked. */
  readonly unitNames?: readonly string[];
  /** The documents of a Compose file. */
  readonly trees: readonly ComposeTree[];
  /** Which Compose reads it; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** Compose lays another file over it without being told to. */
  readonly isOverlaid?: boolean;
  /** What its reader could not read. */
  readonly problems: readonly FileProblem[];
  /** Its name says what it is; otherwise its text was looked at. */
  readonly isKnownByName: boolean;
}

/** A unit that Quadlet makes a service of. */
export interface FileUnit {
  /** What its name ends in: `container`. */
  readonly ending: string;
  readonly sections: readonly { readonly section: string; readonly range: Range }[];
  readonly entries: readonly FileEntry[];
  /** More entries may come from elsewhere. */
  readonly isPartial: boolean;
  /** Lines that are neither a section, nor an entry, nor a comment. */
  readonly broken: readonly Range[];
}

/** One entry of a unit. */
export interface FileEntry {
  readonly section: string | undefined;
  readonly key: EditableText;
  readonly value: EditableText;
  readonly range: Range;
  readonly conditional: boolean;
}

/** A place where a file is broken, which is sure with the scope `file` alone, or was not read. */
export interface FileProblem {
  readonly message: string;
  readonly range: Range;
  readonly scope: 'file' | 'template' | 'part' | 'unread';
}
