import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { aboutIt, type Evidence, hostPathOf, PLANNED } from './evidence.js';
import { factsOf, isEmptyDirectory, isWithin, moveBelow, prefixesOf } from './file-view.js';
import type { Remedy, TroubleFinding } from './finding.js';
import { changeMount } from './flag-words.js';
import { isDenied, SEARCH } from './judge-access.js';
import { lookThrough } from './judge-hidden.js';
import { judgeRun } from './judge-run.js';
import { nearName } from './near-name.js';

/** Why a container was not started: by what the engine said, and by what is at the sources. */
export function judgeStart(evidence: Evidence): TroubleFinding[] {
  const { state } = evidence.info;
  if (state.isRunning) return [];
  const said = state.error === '' ? [] : judgeWords(evidence, state.error);
  if (said.length > 0) return said;
  return evidence.mounts.flatMap((mount) => [
    ...judgeMissing(evidence, mount),
    ...judgeKind(evidence, mount),
  ]);
}

/** A file that is to be mounted onto a folder, or the other way: no engine says that of a container which it has not tried. */
function judgeKind(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const source = hostPathOf(mount);
  const covered = factsOf(evidence.own, mount.target);
  const facts = source === undefined ? undefined : factsOf(evidence.host, source);
  if (source === undefined || covered === undefined || facts === undefined || mount.type !== 'bind')
    return [];
  const isMixed = (covered.kind === 'directory') !== (facts.kind === 'directory');
  return isMixed ? [fileAndFolder(evidence, source, mount.target)] : [];
}

interface StartRow {
  readonly pattern: RegExp;
  /** Nothing where those words are about something else. */
  readonly judge: (evidence: Evidence, match: RegExpExecArray) => TroubleFinding | undefined;
}

// The words of docker, of its engine, of runc and crun, and of podman.
const ROWS: readonly StartRow[] = [
  {
    pattern:
      /(?:mounting|mount) [`"]?([^"`\n]+?)[`"]? to rootfs at "([^"\n]+)".*(?:not a directory|Are you trying to mount a directory onto a file)/is,
    judge: (evidence, [, source = '', target = '']) => fileAndFolder(evidence, source, target),
  },
  {
    pattern: /mounting "([^"\n]*)" to rootfs at "([^"\n]+)".*read-only file system/is,
    judge: (evidence, [, , target = '']) => noMountPoint(evidence, target),
  },
  {
    pattern: /(?:mounting|mount) [`"]?([^"`\n]+?)[`"]? to rootfs at "([^"\n]+)"[^\n]*permission denied/is,
    judge: (evidence, [, source = '', target = '']) => deniedToEngine(evidence, source, target),
  },
  {
    pattern: /bind source path does not exist: (.+?)(?:\. See .*|\.)?$/im,
    judge: (evidence, [, source = '']) => missingSource(evidence, source),
  },
  {
    pattern:
      /exec:? "?(\/?[^":\n]+)"?: (?:stat [^:\n]+: )?(no such file or directory|permission denied|executable file not found[^:\n]*)/i,
    judge: (evidence, [, command = '', why = '']) => badCommand(evidence, command, why),
  },
  {
    // A program is looked for by the same words as a source.
    pattern: /(?:statfs|lstat|stat) (\/[^\n]*?): no such file or directory/i,
    judge: (evidence, [, source = '']) =>
      mountOf(evidence, source) === undefined ? undefined : missingSource(evidence, source),
  },
  {
    pattern: /error while creating mount source path '([^'\n]+)': ([^\n]*)/i,
    judge: (evidence, [, source = '', why = '']) => {
      const target = targetOf(evidence, source);
      return /permission denied/.test(why) && target !== undefined
        ? deniedToEngine(evidence, source, target)
        : {
            cause: 'missing-source',
            severity: 'error',
            target,
            message: `the container could not be started: \`${source}\` is not there, and docker cannot make it: ${why}`,
          };
    },
  },
  {
    pattern:
      /path (\/[^\n]*?) is mounted on (\/[^\n]*?) but it is not a (shared or slave|shared|slave) mount/i,
    judge: (evidence, [, source = '', point = '', kind = '']) => ({
      cause: 'not-shared',
      severity: 'error',
      target: targetOf(evidence, source),
      message: `the container could not be started: its propagation needs a ${kind} mount, and \`${source}\` is in \`${point}\`, which is private`,
      help: 'or remove the propagation, if later mounts do not have to appear in the container',
      remedy: {
        kind: 'run',
        commands: [
          `${evidence.sudo}mount --make-rshared ${quoteShell(point)}`,
          ...aboutIt(evidence, 'start'),
        ],
      },
    }),
  },
  {
    pattern: /error while mounting volume '([^'\n]+)': (?:failed to mount local volume: )?([^\n]*)/i,
    judge: (evidence, [, folder = '', why = '']) => badVolume(evidence, folder, why),
  },
];

/** What an engine's words about a failed start mean for the mounts of a container. */
function judgeWords(evidence: Evidence, text: string): TroubleFinding[] {
  // What is longer is not a message.
  const words = text.trim().slice(0, 8192);
  for (const { pattern, judge } of ROWS) {
    const match = pattern.exec(words);
    const found = match === null ? undefined : judge(evidence, match);
    if (found !== undefined) return [found];
  }
  return [
    {
      cause: 'not-started',
      severity: 'error',
      message: `the container could not be started: ${mainLine(words)}`,
    },
  ];
}

const mountOf = ({ mounts }: Evidence, source: string): ContainerMount | undefined =>
  mounts.find((mount) => withoutEnd(hostPathOf(mount)) === withoutEnd(source));

const withoutEnd = (path: string | undefined): string | undefined => path?.replace(/(?<=.)\/+$/, '');

const targetOf = (evidence: Evidence, source: string): string | undefined =>
  mountOf(evidence, source)?.target;

function fileAndFolder(evidence: Evidence, source: string, target: string): TroubleFinding {
  const { host } = evidence;
  const mount = evidence.mounts.find((one) => one.target === target) ?? mountOf(evidence, source);
  const facts = factsOf(host, source);
  const base = { cause: 'file-and-folder', severity: 'error', target } as const;
  if (facts?.kind === 'directory') {
    const isEmpty = isEmptyDirectory(host, source) === true;
    const near = nearName(host, source, 'file');
    return {
      ...base,
      message: `the container cannot be started: \`${target}\` is a file in the image, and \`${source}\` is a directory${isEmpty ? ', an empty one: docker creates one where nothing exists' : ''}`,
      help:
        near === undefined ? 'put the file there, then create the container again' : `was \`${near}\` meant?`,
      ...remedyFor(evidence, mount, source, near, isEmpty),
    };
  }
  const name = source.slice(source.lastIndexOf('/') + 1);
  const to = `${target === '/' ? '' : target}/${name}`;
  const remedy =
    mount === undefined || facts === undefined
      ? undefined
      : changeMount(mount, (wanted) => ({ ...wanted, target: to }), evidence);
  return {
    ...base,
    message:
      facts === undefined
        ? `the container cannot be started: one of \`${source}\` and \`${target}\` is a file, and the other one a directory`
        : `the container cannot be started: \`${target}\` is a directory in the image, and \`${source}\` is a file`,
    ...(remedy && { remedy }),
  };
}

function remedyFor(
  evidence: Evidence,
  mount: ContainerMount | undefined,
  source: string,
  near: string | undefined,
  isEmpty: boolean,
): { readonly remedy?: Remedy } {
  if (near !== undefined && mount !== undefined) {
    const remedy = changeMount(
      mount,
      (wanted) => (wanted.type === 'bind' ? { ...wanted, source: near } : wanted),
      evidence,
    );
    return remedy === undefined ? {} : { remedy };
  }
  if (!isEmpty) return {};
  return {
    remedy: {
      kind: 'run',
      commands: [...aboutIt(evidence, 'rm', '-f'), `${evidence.sudo}rmdir ${quoteShell(source)}`],
    },
  };
}

/** The root of a namespace, which makes the mounts, is nobody to the folders above a source. */
function deniedToEngine(evidence: Evidence, source: string, target: string): TroubleFinding {
  const { host, runtime, sudo } = evidence;
  const base = { cause: 'denied-above', severity: 'error', target } as const;
  const above =
    host === undefined || runtime === undefined
      ? undefined
      : prefixesOf(source)
          .slice(0, -1)
          .find((one) => {
            const facts = factsOf(host, one);
            return facts !== undefined && isDenied(host, runtime, one, facts, SEARCH);
          });
  if (above === undefined)
    return {
      ...base,
      message: `the container could not be started: the engine may not reach \`${source}\``,
      help: "each folder above it must be accessible to the host user that the container's root maps to",
    };
  return {
    ...base,
    message: `the container could not be started: root of its namespace, ${runtime!.uid} on the host, may not enter \`${above}\``,
    // What root closed is not to be opened for a container.
    ...(factsOf(host, above)?.uid === 0
      ? { help: 'mount something that this user may reach' }
      : {
          remedy: {
            kind: 'run',
            commands: [
              `${sudo}setfacl -m u:${runtime!.uid}:x ${quoteShell(above)}`,
              ...aboutIt(evidence, 'start'),
            ],
          },
        }),
  };
}

function noMountPoint(evidence: Evidence, target: string): TroubleFinding {
  const over = evidence.mounts
    .filter((one) => one.readOnly && one.target !== target && isWithin(target, one.target))
    .sort((a, b) => b.target.length - a.target.length)[0];
  const base = { cause: 'no-mount-point', severity: 'error', target } as const;
  if (over === undefined)
    return {
      ...base,
      message: `the container could not be started: \`${target}\` is not there, and its parent is read-only, so the mount point cannot be created`,
      ...(evidence.info.process.readOnlyRoot && {
        help: 'the image needs that directory, or remove --read-only',
      }),
    };
  const source = hostPathOf(over);
  return {
    ...base,
    message: `the container could not be started: \`${target}\` is in \`${over.target}\`, which is mounted read-only and has no such directory as mount point`,
    ...(source !== undefined && {
      remedy: {
        kind: 'run',
        commands: [
          `${evidence.sudo}mkdir -p ${quoteShell(moveBelow(target, over.target, source))}`,
          ...aboutIt(evidence, 'start'),
        ],
      },
    }),
  };
}

function missingSource(evidence: Evidence, source: string): TroubleFinding {
  const mount = mountOf(evidence, source);
  const near = nearName(evidence.host, source);
  const remedy =
    near === undefined || mount === undefined
      ? undefined
      : changeMount(
          mount,
          (wanted) => (wanted.type === 'bind' ? { ...wanted, source: near } : wanted),
          evidence,
        );
  return {
    cause: 'missing-source',
    severity: 'error',
    ...(mount && { target: mount.target }),
    message: `the container cannot be started: nothing is at \`${source}\`, and ${evidence.engine === 'podman' ? 'podman does not create it' : '--mount does not create a source'}`,
    ...(near !== undefined && { help: `was \`${near}\` meant?` }),
    remedy: remedy ?? {
      kind: 'run',
      commands: [`mkdir -p ${quoteShell(source)}`, ...aboutIt(evidence, 'start')],
    },
  };
}

/** A container that was never started, or not again, whose source is gone. */
function judgeMissing(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const source = hostPathOf(mount);
  if (mount.type !== 'bind' || source === undefined || evidence.host?.look(source) !== 'missing') return [];
  const wanted = mount.asked?.mount;
  const isMade = evidence.engine === 'docker' && wanted?.type === 'bind' && wanted.createSource;
  if (!isMade) return [missingSource(evidence, source)];
  const { own, host, info } = evidence;
  const isFileMeant = factsOf(own, mount.target)?.kind === 'file';
  const near = nearName(host, source, isFileMeant ? 'file' : undefined);
  const remedy =
    near && changeMount(mount, (one) => (one.type === 'bind' ? { ...one, source: near } : one), evidence);
  // One that has run may have had there what it needs.
  if (info.state.status !== PLANNED && info.state.status !== 'created' && info.state.exitCode === 0)
    return [];
  return [
    {
      cause: 'missing-source',
      severity: isFileMeant || near !== undefined || mount.readOnly ? 'error' : 'warning',
      target: mount.target,
      message: `nothing is at \`${source}\`: when the container starts, docker creates an empty directory there, which belongs to root${isFileMeant ? `, and the image has a file at \`${mount.target}\`` : ''}`,
      help: near === undefined ? `create it first: mkdir -p ${quoteShell(source)}` : `was \`${near}\` meant?`,
      ...(remedy && { remedy }),
    },
  ];
}

function badVolume(evidence: Evidence, folder: string, why: string): TroubleFinding {
  const mount = mountOf(evidence, folder);
  const name = mount?.source ?? folder;
  // The volume's options may hold a password; the end says what the kernel found wrong.
  const reason = why.split(': ').at(-1) ?? '';
  return {
    cause: 'bad-volume-options',
    severity: 'error',
    ...(mount && { target: mount.target }),
    message: `the container could not be started: the volume \`${name}\` cannot be mounted: ${reason}`,
    help: `look at its options with \`${evidence.engine} volume inspect ${quoteShell(name)}\`; a volume keeps the options that it was created with, so remove it before new ones apply`,
  };
}

function badCommand(evidence: Evidence, command: string, why: string): TroubleFinding {
  const { mounts, own } = evidence;
  const isName = !command.includes('/');
  const over = mounts.filter(({ target }) => isWithin(command, target)).at(-1);
  const base = { cause: 'hidden-command', severity: 'error' } as const;
  if (over === undefined || isName) {
    // A name is looked for in the folders of PATH: a mount over one of them hides what the image has there.
    const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
    const hiding = mounts.find(
      ({ target }) =>
        isName &&
        folders.some(
          (folder) => isWithin(folder, target) && factsOf(own, `${folder}/${command}`) !== undefined,
        ),
    );
    if (hiding !== undefined)
      return {
        ...base,
        target: hiding.target,
        message: `the container could not be started: \`${command}\` of the image is hidden by what is mounted over \`${hiding.target}\``,
        help: 'mount it at another path',
        ...elsewhere(evidence, hiding),
      };
    return {
      cause: 'not-started',
      severity: 'error',
      message: `the container could not be started: \`${command}\`: ${why}`,
    };
  }
  const there = lookThrough(evidence, over, command);
  if (there === 'missing' || (there === undefined && /no such/.test(why))) {
    const isHidden = factsOf(own, command) !== undefined;
    return {
      ...base,
      target: over.target,
      message: `the container could not be started: ${isHidden ? `\`${command}\` of the image is hidden by` : `\`${command}\` is not in`} \`${over.source}\`, which is mounted over \`${over.target}\``,
      help: 'put it there, or mount that at another path',
      ...(isHidden && elsewhere(evidence, over)),
    };
  }
  const [unable] = judgeRun(evidence, over, command);
  if (unable !== undefined)
    return { ...unable, message: `the container could not be started: ${unable.message}` };
  return {
    ...base,
    target: over.target,
    message: `the container could not be started: \`${command}\` in \`${over.target}\`: ${why}${/no such/.test(why) && there !== undefined ? '; the file is there: what its first line or its linker names is not' : ''}`,
  };
}

function elsewhere(evidence: Evidence, mount: ContainerMount): { readonly remedy?: Remedy } {
  const name = mount.target.split('/').pop();
  const remedy = changeMount(mount, (wanted) => ({ ...wanted, target: `/mnt/${name}` }), evidence);
  return remedy === undefined ? {} : { remedy };
}

/** The line of an answer that says what is wrong. */
function mainLine(text: string): string {
  const all = text.split('\n');
  const line = all.find((one) => /^(?:docker: )?Error/.test(one)) ?? all[0]!;
  return line.replace(/^(?:docker: )?Error(?: response from daemon)?: /, '');
}
