import type { FileKind } from '../source/file-kinds.js';
import { rewriteCompose } from './rewrite-compose.js';
import { type RewriteOptions, type RewrittenText, rewriteText } from './rewrite-text.js';

/** What a file is converted to. */
export type FileForm = 'mount' | 'volume' | 'tmpfs' | 'compose';

/** Converts a file; undefined for one that has nothing of that form. */
export async function rewriteFile(
  kind: FileKind,
  text: string,
  to: FileForm,
  { short, options }: { readonly short: boolean; readonly options: RewriteOptions },
  path?: string,
): Promise<RewrittenText | undefined> {
  if (to === 'compose') return kind === 'compose' ? rewriteCompose(text, short, options) : undefined;
  return rewriteText(kind, text, to, options, path);
}
