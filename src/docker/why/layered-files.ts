import { lstatSync } from 'node:fs';
import { runSystemProgram } from '../../files/system-program.js';
import type { FileView } from '../../why/file-view.js';
import { followLinks } from './follow-links.js';
import { linkOf, localFiles } from './local-files.js';

const PATIENCE = 2000;

/**
 * The files of a container that does not run, put together from the folders of its layers, the upper ones first, as overlayfs
 * does it. What may be hidden by a layer, and cannot be known to be, is undefined.
 */
export function layeredFiles(layers: readonly string[]): FileView {
  const opaque = new Map<string, boolean | undefined>();
  const files = localFiles();

  /** Where a path without links is: in the first layer that has it; `null` where none has. */
  const place = (path: string): string | null | undefined => {
    for (const layer of layers) {
      const full = `${layer}${path}`;
      try {
        const stat = lstatSync(full);
        return stat.isCharacterDevice() && stat.rdev === 0 ? null : full;
      } catch {}
      const stop = hides(layer, path);
      if (stop !== false) return stop === true ? null : undefined;
    }
    return null;
  };

  /** Whether a layer that does not have a path hides it in those below. */
  const hides = (layer: string, path: string): boolean | undefined => {
    const parts = path.split('/').slice(1, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const full = `${layer}/${parts.slice(0, depth).join('/')}`;
      try {
        const stat = lstatSync(full);
        if (!stat.isDirectory()) return true;
      } catch {
        return false;
      }
      if (!opaque.has(full)) opaque.set(full, askOpaque(full));
      const answer = opaque.get(full);
      if (answer !== false) return answer;
    }
    return false;
  };

  const real = (path: string): string | undefined =>
    followLinks(path, (one) => {
      const full = place(one);
      if (full === undefined || full === null) return full === null ? 'missing' : undefined;
      const link = linkOf(full);
      return link === undefined ? 'other' : { link };
    });

  const at = (path: string): string | null | undefined => {
    const found = real(path);
    return found === undefined ? undefined : place(found === '/' ? '' : found);
  };

  return {
    real,
    look(path) {
      const full = at(path);
      return full === undefined ? undefined : full === null ? 'missing' : files.look(full);
    },
    // Of a directory in several layers the list would have to be put together.
    names(path) {
      const found = real(path);
      if (found === undefined) return undefined;
      const having = layers.filter((layer) => files.look(`${layer}${found}`) !== 'missing');
      return having.length === 1 ? files.names(`${having[0]}${found}`) : undefined;
    },
    text(path) {
      const full = at(path);
      return typeof full === 'string' ? files.text(full) : undefined;
    },
    label: () => undefined,
    acl(path) {
      const full = at(path);
      return typeof full === 'string' ? files.acl(full) : undefined;
    },
  };
}

/** Whether a directory of a layer hides those of the same name below it; undefined where nobody can say. */
function askOpaque(path: string): boolean | undefined {
  const asked = runSystemProgram(
    'getfattr',
    ['--absolute-names', '-h', '-d', '-m', '^(trusted|user)[.]overlay[.]opaque$', '--', path],
    [],
    PATIENCE,
  );
  if (asked?.ok !== true || process.getuid?.() !== 0) return undefined;
  return /overlay\.opaque="?[yx]/.test(asked.stdout);
}
