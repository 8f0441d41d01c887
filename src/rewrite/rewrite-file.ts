import type { ConvertOptions } from '../convert/convert-command.js';
import type { FileKind } from '../frontends/frontend.js';
import { type RewrittenText, rewriteText } from './rewrite-text.js';

/** What a file is converted to. */
export type FileForm = 'mount' | 'volume' | 'tmpfs' | 'compose';

/** Converts a file; undefined for one that has nothing of that form. */
export async function rewriteFile(
  kind: FileKind,
  text: string,
  to: FileForm,
  { options }: { readonly short: boolean; readonly options: ConvertOptions },
  path?: string,
): Promise<RewrittenText | undefined> {
  if (to === 'compose') return undefined;
  return rewriteText(kind, text, to, options, path);
}
