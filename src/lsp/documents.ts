import { fileURLToPath } from 'node:url';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node.js';
import type { FileKind } from '../source/file-kinds.js';
import { kindOf } from '../source/kind.js';
import { mapOf } from '../text/map-of.js';
import { type Encoding, Places } from './positions.js';

/** A text as it is in the editor now; a change makes another one. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly languageId: string;
  readonly text: string;
  readonly places: Places;
  /** Absolute; of text that is not a file, what its name would be. */
  readonly path: string;
  readonly isFile: boolean;
  /** Undefined where no mounts are looked for in it. */
  readonly kind: FileKind | undefined;
}

/** What a text is by the name that editors give its language, where its path does not tell. */
const LANGUAGES = mapOf<FileKind>({
  dockercompose: 'compose',
  'yaml.docker-compose': 'compose',
  dockerfile: 'dockerfile',
  shellscript: 'shell',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  fish: 'shell',
  makefile: 'makefile',
  make: 'makefile',
  markdown: 'markdown',
  restructuredtext: 'rst',
  asciidoc: 'adoc',
  powershell: 'powershell',
  ps1: 'powershell',
  bat: 'batch',
  dosbatch: 'batch',
});

/** Opens a text. */
export function openDocument(
  { uri, version, languageId }: Pick<OpenDocument, 'uri' | 'version' | 'languageId'>,
  text: string,
  encoding: Encoding,
): OpenDocument {
  const { path, isFile } = pathOf(uri);
  const kind = kindOf(path, text) ?? LANGUAGES.get(languageId);
  return { uri, version, languageId, text, places: new Places(text, encoding), path, isFile, kind };
}

/** The text after changes, which come in order, each in the text that the one before made. */
export function changeDocument(
  document: OpenDocument,
  version: number,
  changes: readonly TextDocumentContentChangeEvent[],
  encoding: Encoding,
): OpenDocument {
  let { text, places } = document;
  for (const change of changes) {
    if ('range' in change) {
      const { start, end } = places.offsets(change.range);
      // Some clients name the later place first.
      text = text.slice(0, Math.min(start, end)) + change.text + text.slice(Math.max(start, end));
    } else text = change.text;
    places = new Places(text, encoding);
  }
  return openDocument({ ...document, version }, text, encoding);
}

function pathOf(uri: string): { readonly path: string; readonly isFile: boolean } {
  try {
    return { path: fileURLToPath(uri), isFile: true };
  } catch {
    // `untitled:Untitled-1`, a file of another machine, or none at all.
    return {
      path: safeDecode(uri.replace(/^[\w+.-]+:(?:\/\/[^/]*)?/, '').replace(/[?#].*$/s, '')),
      isFile: false,
    };
  }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
