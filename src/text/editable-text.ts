import type { TextEdit } from './edit.js';
import type { Range } from './range.js';
import { type SpecText, sliceText } from './spec-text.js';

/** A text to be written somewhere: decoded, its holes as marks. Every {@link SpecText} is one. */
export type Replacement = Pick<SpecText, 'value' | 'holes'>;

/** A text that knows how a change of it is written in its source: quoted, escaped, indented as its host wants it. */
export interface EditableText extends SpecText {
  /** The edit of the source that puts `text` in place of the range of `value`; undefined when it cannot be done right. */
  edit(part: Range, text: Replacement): TextEdit | undefined;
}

/** The slice `start…end` of a text, which edits through it. */
export function sliceEditable(text: EditableText, part: Range): EditableText {
  return {
    ...sliceText(text, part),
    edit: (inner, replacement) =>
      text.edit({ start: part.start + inner.start, end: part.start + inner.end }, replacement),
  };
}
