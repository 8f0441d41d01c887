import type { SpecForm } from '../spec/ast.js';

// Where Git for Windows, or MSYS2 itself, is installed: what such a shell calls `/`.
const ROOT =
  /^[A-Za-z]:[\\/](?:(?:Program Files(?: \(x86\))?|Users[\\/][^\\/]+[\\/]AppData[\\/]Local[\\/]Programs|tools)[\\/])?(?:(?:Portable)?Git|msys(?:32|64)|(?:[^:;,]*[\\/])?scoop[\\/]apps[\\/]git[\\/][\w.]+)(?:[\\/]|$)/i;
// As in a list of paths, where it is written with backslashes.
const DRIVE = /^[A-Za-z]:\\/;
// A shell of MSYS calls it `/tmp`, and only where nobody has said otherwise.
const TEMP = /[\\/]AppData[\\/]Local[\\/]Temp(?:[\\/]|$)/i;

/**
 * A value as it was typed, of which Git Bash made one with Windows paths before docker saw it: `/c/me:/app` became
 * `C:\me;C:\Program Files\Git\app`. A host path stays as it is now, which docker on Windows takes. Undefined where nothing was
 * rewritten, or what was typed is not certain. A container of Windows may have such paths.
 */
export function typedInGitBash(form: SpecForm, value: string): string | undefined {
  if (form === 'mount') return typedFields(value);
  const parts = partsOf(value);
  const at = form === 'tmpfs' || parts.length === 1 ? 0 : 1;
  const target = typedPath(parts[at] ?? '', isList(value));
  if (target === undefined || parts.length > 3) return undefined;
  const typed = parts.with(at, target).join(':');
  return typed.includes(';') ? undefined : typed;
}

/** The sections of a value: a list of paths has `;` between them after the rewriting, and colons where it was none. */
function partsOf(value: string): string[] {
  return isList(value) ? value.split(';') : value.split(/(?<!(?:^|:)[A-Za-z]):|:(?![\\/])/);
}

const isList = (value: string): boolean => /;[A-Za-z]:\\|^[A-Za-z]:\\[^:]*;/.test(value);

/** What stood in the place of a path of the container. */
function typedPath(path: string, isListed: boolean): string | undefined {
  const inside = path.replace(ROOT, '');
  const slashes = inside.replaceAll('\\', '/');
  if (inside !== path) return `/${slashes}`;
  if (!isListed || !DRIVE.test(path) || TEMP.test(path)) return undefined;
  return `/${slashes[0]!.toLowerCase()}${slashes.slice(2)}`;
}

function typedFields(value: string): string | undefined {
  if (value.includes('"')) return undefined;
  let isTyped = false;
  const fields = value.split(',').map((field) => {
    const [, key, path = ''] = /^((?:target|dst|destination)=)(.*)$/i.exec(field) ?? [];
    const typed = typedPath(path, false);
    if (typed === undefined) return field;
    isTyped = true;
    return key + typed;
  });
  return isTyped ? fields.join(',') : undefined;
}
