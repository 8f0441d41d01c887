import { literal } from '../text/spec-text.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

const FILE = (mount: string, from = 'node', before = '') => ({
  file: 'dockerfile' as const,
  command: `FROM ${from}\n${before}RUN --mount=${mount} npm ci\n`,
});

/** The home directory in the words of a shell, in a mount that no shell reads. */
export const runMountHome: Rule = {
  code: 'MC146',
  name: 'run-mount-home',
  severity: 'error',
  engines: ['buildkit'],
  since: '0.1.0',
  summary: '`~` or `$HOME` in the target of RUN --mount, which no shell reads',
  why:
    'BuildKit expands only the variables of `ENV` and `ARG`, and not `~`: `target=~/.npm` is a directory called `~` below the working ' +
    'directory, and `target=$HOME/.npm` without an `ENV HOME` is `/.npm`. The cache is mounted where no program looks for it.',
  sources: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  valid: [
    FILE('type=cache,target=/root/.npm'),
    FILE('type=cache,target=$HOME/.npm', 'node', 'ENV HOME=/home/node\n'),
    FILE('type=cache,target=$' + '{HOME}/.npm', 'ghcr.io/me/base'),
    FILE('type=cache,target=$CACHE/.npm'),
    FILE('type=cache,target=/cache/~'),
  ],
  invalid: [
    { ...FILE('type=cache,target=~/.npm'), fixed: FILE('type=cache,target=/root/.npm').command },
    { ...FILE('type=cache,target=$HOME/.npm'), fixed: FILE('type=cache,target=/root/.npm').command },
    {
      ...FILE('type=cache,dst=$' + '{HOME}/.npm', 'node:22'),
      fixed: FILE('type=cache,dst=/root/.npm', 'node:22').command,
    },
    FILE('type=cache,target=~/.npm', 'node', 'USER node\n'),
    FILE('type=bind,source=a,target=~', 'node', 'USER node\n'),
  ],
  checkMount({ target, build }, report) {
    if (target === undefined || build === undefined) return;
    const { host, range } = target;
    const hole = host.holes.find((one) => one.range.start === range.start);
    const isHome = hole !== undefined && /^\$\{?HOME\}?$/.test(hole.text) && build.isHomeUnset;
    const isTilde = hole === undefined && /^~(?:\/|$)/.test(target.value);
    const end = range.start + 1;
    if (!isTilde && !(isHome && /^\/|^$/.test(target.value.slice(1)))) return;
    const rest = literal(host, { start: end, end: range.end }) ?? '/…';
    report({
      range: target.place,
      message: isTilde
        ? `nothing expands this \`~\`: the mount is at \`~${rest}\` below the working directory`
        : `\`HOME\` is not a variable of the build: the mount is at \`${rest === '' ? '/' : rest}\``,
      help: 'write the path, such as `/root`, or set it with `ENV HOME=…`',
      fix: build.isRoot
        ? fixIn(host, [{ range: { start: range.start, end }, text: '/root' }], 'write `/root`', 'unsafe')
        : undefined,
    });
  },
};
