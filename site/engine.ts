import type * as Library from '../src/library.js';

// What the page needs of the library: the sources, so that a text of one kind loads the readers of that kind alone.
export { NEWEST, showVersion } from '../src/dialects/docker/tables/version.js';
export {
  convertContainers,
  convertText,
  explainText,
  fixText,
  lintText,
  type TextOptions,
} from '../src/library-text.js';
export { guessKind } from '../src/source/guess-kind.js';

/** The converters are loaded when a form is asked for. */
export const convertMounts: typeof Library.convertMounts = async (...asked) =>
  (await import('../src/library.js')).convertMounts(...asked);
