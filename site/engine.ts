import type { MountForm } from '../src/forms/loss.js';
import type * as Library from '../src/library.js';
import type { ConversionOptions } from '../src/library-options.js';

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

/** The mounts of the one command that has any, as a service without the rest of it. */
export async function convertOnlyMounts(text: string, to: MountForm, options: ConversionOptions) {
  const [
    { conversionOf },
    { onlyCommand, shellCommands },
    { commandMounts },
    { convertMounts: convertList },
  ] = await Promise.all([
    import('../src/library-options.js'),
    import('../src/convert/text-mounts.js'),
    import('../src/convert/command-mounts.js'),
    import('../src/convert/convert-mounts.js'),
  ]);
  const how = conversionOf(options);
  const view = onlyCommand(await shellCommands(text, how));
  return 'why' in view ? { problem: view.why } : convertList(commandMounts(view, how), to, how);
}

/** The converters are loaded when a form is asked for. */
export const convertMounts: typeof Library.convertMounts = async (...asked) =>
  (await import('../src/library.js')).convertMounts(...asked);
