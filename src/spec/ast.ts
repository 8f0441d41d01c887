import type { Range } from '../text/range.js';

/** A piece of a spec: its decoded text, and where it stands (quotes left out). */
export interface Part {
  readonly value: string;
  readonly range: Range;
}

/** Where and why docker's own parser of this form gives up, whatever the version. */
export interface SyntaxProblem {
  readonly kind:
    | 'empty-spec' // -v '' or --mount ''
    | 'empty-section' // -v /a::/b
    | 'too-many-colons' // -v /a:/b:ro:x
    | 'bare-quote' // --mount src=/a"b
    | 'unterminated-quote' // --mount '"src=/a'
    | 'text-after-quote'; // --mount '"src=/a"b'
  readonly range: Range;
}

/** The value of `-v`/`--volume`, cut as docker cuts it. */
export interface VolumeSpec {
  readonly kind: 'volume';
  readonly text: string;
  /** What stands between the colons, drive letters kept together; at least one. */
  readonly sections: readonly Part[];
  /** Host path or volume name; absent for an anonymous volume. As far as docker reads when there is a problem. */
  readonly source?: Part;
  readonly target?: Part;
  /** The words of the third section. */
  readonly options: readonly Part[];
  readonly problem?: SyntaxProblem;
}

/** One `key=value` or bare `key` of `--mount`. */
export interface MountField {
  /** With its quotes, without the comma. */
  readonly range: Range;
  readonly quoted: boolean;
  /** As typed; docker lower-cases it. */
  readonly key: Part;
  /** Absent when there is no `=`. */
  readonly value?: Part;
}

/** The value of `--mount`: one CSV record. */
export interface MountSpec {
  readonly kind: 'mount';
  readonly text: string;
  /** White space around the whole value that the newer clients drop before reading; 0-length otherwise. */
  readonly trimmed: Range;
  /** The blank lines that the CSV reader skips. */
  readonly blank: Range;
  readonly fields: readonly MountField[];
  /** The line end and everything after it, which the CSV reader never looks at. */
  readonly ignored: Range;
  readonly problem?: SyntaxProblem;
}

/** One option of `--tmpfs`. */
export interface TmpfsOption {
  readonly range: Range;
  readonly key: Part;
  readonly value?: Part;
}

/** The value of `--tmpfs`. */
export interface TmpfsSpec {
  readonly kind: 'tmpfs';
  readonly text: string;
  readonly target: Part;
  /** Absent when there is no colon; one empty option when nothing follows it. */
  readonly options?: readonly TmpfsOption[];
}

/** What was written, to the character: one tree for each form. */
export type SpecNode = VolumeSpec | MountSpec | TmpfsSpec;

/** The flag forms by the name of their tree. */
export type SpecForm = SpecNode['kind'];
