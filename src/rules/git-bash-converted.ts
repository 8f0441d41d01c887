import type { Rule } from './rule.js';

/** A value that Git Bash rewrote before docker saw it. */
export const gitBashConverted: Rule = {
  code: 'MC305',
  name: 'git-bash-converted',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a path that Git Bash (MSYS) rewrote before docker saw it',
  why:
    'Git Bash turns arguments that look like Unix paths into Windows paths: `-v /c/Users/me:/src` becomes ' +
    '`-v C:\\Users\\me;C:\\Program Files\\Git\\src`. Docker then mounts something else, or refuses.',
  sources: ['https://github.com/moby/moby/issues/24029', 'https://www.msys2.org/docs/filesystem-paths/'],
  valid: [
    "docker run -v 'C:/Program Files/Git/app' alpine",
    { command: 'docker run -v /c/Users/me:/src alpine', host: { isMsys: true } },
    { command: "docker run -v 'C:\\Users\\me:/src' alpine", host: { isMsys: true } },
    { command: "docker run -v 'C:/Program Files/Git/etc:/etc/git' alpine", host: { isMsys: true } },
  ],
  invalid: [
    { command: "docker run -v 'C:\\Users\\me;C:\\Program Files\\Git\\src' alpine", host: { isMsys: true } },
    { command: "docker run -v 'C:/Program Files/Git/webapp' alpine", host: { isMsys: true } },
    {
      command: "docker run --mount 'type=bind,src=C:/a,dst=C:/Program Files/Git/b' alpine",
      host: { isMsys: true },
    },
    { command: "docker run --tmpfs 'C:/Program Files/Git/t' alpine", host: { isMsys: true } },
  ],
  checkMount({ form, host: { value }, place }, report, { command }) {
    if (command?.host?.isMsys !== true) return;
    const typed = typedBefore(form, value);
    if (typed === undefined) return;
    report({
      range: place,
      message: `the shell rewrote this value: docker gets \`${value}\``,
      help: `run it with MSYS_NO_PATHCONV=1 before the command${typed === '' ? '' : `, or write //${typed}`}`,
    });
  },
};

const ROOT = /[A-Za-z]:[\\/]Program Files(?: \(x86\))?[\\/]Git[\\/]/i;

/** What stood in the container's place before it was rewritten; undefined when nothing was. A source may really be there. */
function typedBefore(form: string, value: string): string | undefined {
  if (form !== 'mount' && /;[A-Za-z]:?[\\/]?/.test(value)) return '';
  const target =
    form === 'mount'
      ? /(?:^|,)(?:target|dst|destination)=([^,]*)/i.exec(value)?.[1]
      : new RegExp(`^${ROOT.source}[^:]*$`, 'i').test(value)
        ? value
        : undefined;
  const root = target === undefined ? null : ROOT.exec(target);
  return root === null || target === undefined
    ? undefined
    : target.slice(root[0].length).replaceAll('\\', '/');
}
