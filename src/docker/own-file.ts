import { realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { withFile } from '../files/open-file.js';

/** Stands in the second line of every file of ours that answers to the name `docker`. */
export const MARKER = 'mountc-launcher';

/** What a file named `docker` (or `podman`) is: ours, a script (and what it speaks of), or a program; undefined where it cannot be read. */
export interface FileKind {
  readonly own: boolean;
  readonly script: boolean;
  /** A script that may look for docker (or podman) on PATH again, and so find us. */
  readonly runsDocker: boolean;
  /** Another engine by the name of docker: a link to podman, or a script that runs podman, nerdctl, lima. */
  readonly otherEngine: boolean;
  /** The podman that it is a link to, or that the script hands all of its arguments to, as it names it. */
  readonly podman?: string;
}

const HEAD = 4096;
const PROGRAM: FileKind = { own: false, script: false, runsDocker: false, otherEngine: false };

/** Reads the head of a file; an unreadable one is taken for a program. Never throws. */
export function readKind(path: string, engine: 'docker' | 'podman' = 'docker'): FileKind {
  const head = readHead(path);
  const script = head.startsWith('#!') || /\.(cmd|bat|ps1)$/i.test(path);
  if (!script) return engine === 'docker' ? { ...PROGRAM, ...otherProgram(path) } : PROGRAM;
  const lines = head.split('\n', 2).join('\n');
  return {
    own: lines.includes(MARKER) || (/\.(cmd|bat|ps1)$/i.test(path) && head.includes(MARKER)),
    script,
    runsDocker: head.includes(engine) || head.includes('mountc'),
    otherEngine: /podman|nerdctl|\blima\b/.test(head),
    // One that goes elsewhere first runs it in another folder.
    podman: /\b(?:cd|pushd|chroot|ssh|su|sudo)\b/.test(head)
      ? undefined
      : /^[ \t]*(?:exec[ \t]+)?(\/[\w./-]*\/podman|podman)[ \t]+"\$@"[ \t]*$/m.exec(head)?.[1],
  };
}

/** Another engine that a link calls docker. */
function otherProgram(path: string): Partial<FileKind> {
  try {
    const name = basename(realpathSync(path));
    if (/^podman(?:-remote)?$/.test(name)) return { otherEngine: true, podman: path };
    return name === 'nerdctl' ? { otherEngine: true } : {};
  } catch {
    return {};
  }
}

/** Whether both paths lead to one file; false where one of them leads nowhere. */
export function isSameFile(a: string, b: string): boolean {
  try {
    const one = statSync(a, { bigint: true });
    const other = statSync(b, { bigint: true });
    return one.dev === other.dev && one.ino === other.ino && one.ino !== 0n;
  } catch {
    return false;
  }
}

function readHead(path: string): string {
  try {
    return withFile(path, { limit: HEAD }, (file) => file.head(HEAD).toString('latin1'));
  } catch {
    return '';
  }
}
