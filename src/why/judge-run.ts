import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { aboutIt, type Evidence, hostPathOf, lineAt, lineOnHost } from './evidence.js';
import { factsOf, moveBelow } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { changeMount } from './flag-words.js';

/** Why a program that lies in a mount cannot be run, where what is mounted is why. */
export function judgeRun(evidence: Evidence, mount: ContainerMount, command: string): TroubleFinding[] {
  const { host, inside, sudo } = evidence;
  const { target } = mount;
  const source = hostPathOf(mount);
  const path = source === undefined ? undefined : moveBelow(command, target, source);
  const base = { cause: 'hidden-command', severity: 'error', target } as const;
  const noexec = noexecOf(evidence, mount, path);
  const facts = factsOf(inside, command) ?? (path === undefined ? undefined : factsOf(host, path));
  if (facts === undefined ? noexec === undefined : facts.kind !== 'file') return [];
  if (facts !== undefined && path !== undefined && (facts.mode & 0o111) === 0)
    return [
      {
        ...base,
        message: `\`${command}\` may not be run: \`${path}\` has no \`x\` in its mode`,
        remedy: {
          kind: 'run',
          commands: [`${sudo}chmod +x ${quoteShell(path)}`, ...aboutIt(evidence, 'start')],
        },
      },
    ];
  if (noexec !== undefined)
    return [{ ...base, message: `\`${command}\` may not be run: ${noexec.why}`, ...noexec.mends }];
  return judgeLineEnds(evidence, mount, command);
}

/** A script that was saved on Windows. */
export function judgeLineEnds(evidence: Evidence, mount: ContainerMount, command: string): TroubleFinding[] {
  const source = hostPathOf(mount);
  const path = source === undefined ? undefined : moveBelow(command, mount.target, source);
  const text = path === undefined ? undefined : evidence.host?.text(path);
  if (text === undefined || path === undefined) return [];
  const [first = ''] = text.split('\n', 1);
  const again = aboutIt(evidence, 'start');
  if (first.startsWith('#!') && first.endsWith('\r'))
    return [
      {
        cause: 'hidden-command',
        severity: 'error',
        target: mount.target,
        message: `\`${command}\` cannot be run: the lines of \`${path}\` end as on Windows (CRLF), so its first line names a program whose name ends in a carriage return`,
        help: 'let git keep it unchanged: `*.sh text eol=lf` in .gitattributes',
        remedy: { kind: 'run', commands: [`sed -i 's/\\r$//' ${quoteShell(path)}`, ...again] },
      },
    ];
  return [];
}

/** A script without a first line that says what runs it. */
export function judgeFormat(evidence: Evidence, mount: ContainerMount, command: string): TroubleFinding[] {
  const source = hostPathOf(mount);
  const path = source === undefined ? undefined : moveBelow(command, mount.target, source);
  const text = path === undefined ? undefined : evidence.host?.text(path);
  if (path === undefined || text === undefined || text.startsWith('#!') || text.includes('\0')) return [];
  const isMarked = text.startsWith('\ufeff');
  return [
    {
      cause: 'hidden-command',
      severity: 'error',
      target: mount.target,
      message: `\`${command}\` cannot be run: \`${path}\` does not begin with \`#!\`, so the kernel does not know what runs it${isMarked ? ' (a byte order mark comes first)' : ''}`,
      ...(isMarked
        ? { help: 'save it without the byte order mark' }
        : {
            remedy: {
              kind: 'run',
              commands: [`sed -i '1i #!/bin/sh' ${quoteShell(path)}`, ...aboutIt(evidence, 'start')],
            },
          }),
    },
  ];
}

function noexecOf(
  evidence: Evidence,
  mount: ContainerMount,
  path: string | undefined,
): { readonly why: string; readonly mends: Pick<TroubleFinding, 'help' | 'remedy'> } | undefined {
  const { target, type } = mount;
  const at = lineAt(evidence, target);
  if (type === 'tmpfs') {
    const wanted = mount.asked?.mount;
    const isNoexec =
      at !== undefined && at.line.point === at.real
        ? at.line.options.includes('noexec')
        : evidence.engine === 'docker' && wanted?.type === 'tmpfs' && !wanted.options.includes('exec');
    if (!isNoexec) return undefined;
    const remedy = changeMount(
      mount,
      (wanted) => (wanted.type === 'tmpfs' ? { ...wanted, options: [...wanted.options, 'exec'] } : wanted),
      evidence,
    );
    return {
      why: `\`${target}\` is a tmpfs, which ${evidence.engine} mounts \`noexec\` by default`,
      mends: remedy === undefined ? {} : { remedy },
    };
  }
  const line = path === undefined ? undefined : lineOnHost(evidence, path);
  if (line === undefined || !line.options.includes('noexec')) return undefined;
  return {
    why: `\`${line.point}\` of the host is mounted \`noexec\``,
    mends: {
      remedy: {
        kind: 'run',
        commands: [
          `${evidence.sudo}mount -o remount,exec ${quoteShell(line.point)}`,
          ...aboutIt(evidence, 'start'),
        ],
      },
    },
  };
}
