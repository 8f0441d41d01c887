import type { FileKind } from '../frontends/frontend.js';
import type { ConvertOptions } from './convert-command.js';
import { type ConvertedText, convertText } from './convert-text.js';

/** What a file is converted to. */
export type FileForm = 'mount' | 'volume' | 'tmpfs' | 'compose';

/** Converts a file; undefined for one that has nothing of that form. */
export async function convertFile(
  kind: FileKind,
  text: string,
  to: FileForm,
  { options }: { readonly short: boolean; readonly options: ConvertOptions },
  path?: string,
): Promise<ConvertedText | undefined> {
  if (to === 'compose') return undefined;
  return convertText(kind, text, to, options, path);
}
