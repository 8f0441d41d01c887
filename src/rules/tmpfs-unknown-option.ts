import { TMPFS_OPTION_BY_NAME, TMPFS_OPTIONS } from '../dialects/docker/tables/tmpfs-options.js';
import { readSize } from '../go/units.js';
import { printSize, readKernelSize } from '../mount/kernel-size.js';
import type { TmpfsOption } from '../spec/ast.js';
import { nearest } from '../text/nearest.js';
import { displayText, hasHole } from '../text/spec-text.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** An option of `--tmpfs` that the engine does not take. */
export const tmpfsUnknownOption: Rule = {
  code: 'MC115',
  name: 'tmpfs-unknown-option',
  severity: 'error',
  since: '0.1.0',
  summary: 'an option of --tmpfs that the engine refuses',
  why:
    'The options are only checked when the container starts: `invalid tmpfs option "bogus"`. They are lower-case words ' +
    'without spaces, and a size is a number with one letter (`64m`) or a percentage.',
  sources: [
    'https://github.com/moby/sys/blob/main/mount/flags_unix.go',
    'https://www.kernel.org/doc/html/latest/filesystems/tmpfs.html',
  ],
  valid: [
    'docker run --tmpfs /t:rw,exec,size=64m,mode=1777,uid=1000 alpine',
    'docker run --tmpfs /t:size=10% alpine',
    'docker run --tmpfs /t:$OPTS alpine',
    'docker run --tmpfs /t: alpine',
    'podman run --tmpfs /t:tmpcopyup alpine',
  ],
  invalid: [
    { command: 'docker run --tmpfs /t:exce alpine', fixed: 'docker run --tmpfs /t:exec alpine' },
    { command: 'docker run --tmpfs /t:size=64MiB alpine', fixed: 'docker run --tmpfs /t:size=64m alpine' },
    { command: 'docker run --tmpfs /t:RW,size=1m alpine', fixed: 'docker run --tmpfs /t:rw,size=1m alpine' },
    { command: 'docker run --tmpfs /t:size:64m alpine', fixed: 'docker run --tmpfs /t:size=64m alpine' },
    { command: 'docker run --tmpfs /t:ro,64m alpine', fixed: 'docker run --tmpfs /t:ro,size=64m alpine' },
    'docker run --tmpfs /t:size alpine',
    'docker run --tmpfs /t:huge=always alpine',
    {
      command: "docker run --tmpfs '/t:rw, size=1m' alpine",
      fixed: "docker run --tmpfs '/t:rw,size=1m' alpine",
    },
  ],
  checkMount({ node, host: text }, report, { dialect }) {
    if (node?.kind !== 'tmpfs' || dialect.engineOs === 'windows') return;
    if (node.options === undefined || node.text.length === node.target.range.end + 1) return;
    for (const option of node.options) {
      if (hasHole(text, option.key.range)) continue;
      const isOpen = option.value !== undefined && hasHole(text, option.value.range);
      const word = displayText(text, option.range);
      const verdict = judge(option, isOpen);
      if (verdict === undefined) continue;
      const { message, help, better } = verdict;
      report({
        range: at(text, option.range),
        message: message(word),
        help: better === undefined ? help : `write \`${better.text}\``,
        fix: better && fixIn(text, [better], `write \`${better.text}\``),
      });
    }
  },
};

interface Verdict {
  readonly message: (word: string) => string;
  readonly help: string;
  readonly better?: { readonly range: { start: number; end: number }; readonly text: string };
}

function judge({ key, value, range }: TmpfsOption, isOpen: boolean): Verdict | undefined {
  const row = TMPFS_OPTION_BY_NAME.get(key.value);
  if (value !== undefined && (row?.takesValue || key.value === '')) {
    return key.value === 'size' && !isOpen ? judgeSize(value) : undefined;
  }
  if (row !== undefined && value === undefined && !row.takesValue) return undefined;
  if (row !== undefined) {
    return {
      message: (word) =>
        `\`${word}\`: ${value === undefined ? 'this option needs a value' : 'this option takes no value'}`,
      help: value === undefined ? `write \`${key.value}=…\`` : `write \`${key.value}\``,
    };
  }
  const names = TMPFS_OPTIONS.filter(({ takesValue }) => takesValue === (value !== undefined)).map(
    ({ name }) => name,
  );
  const trimmed = key.value.trim().toLowerCase();
  const assigned = value === undefined ? assignment(trimmed) : undefined;
  const name = names.includes(trimmed) ? trimmed : trimmed.length > 2 ? nearest(trimmed, names) : undefined;
  return {
    message: (word) =>
      word === ''
        ? 'an empty option: the container will not start'
        : `\`${word}\` is not an option of \`--tmpfs\`: the container will not start`,
    help: `docker supports ${TMPFS_OPTIONS.map((one) => one.name).join(', ')}`,
    better:
      assigned !== undefined
        ? { range, text: assigned }
        : name === undefined
          ? undefined
          : { range: value === undefined ? range : key.range, text: name },
  };
}

/** `size:64m`, or the size alone. */
function assignment(word: string): string | undefined {
  const [, name = '', value] = /^([a-z]+):(\S+)$/.exec(word) ?? [];
  if (value !== undefined && TMPFS_OPTION_BY_NAME.get(name)?.takesValue) return `${name}=${value}`;
  return /^\d+[kmg]$/.test(word) ? `size=${word}` : undefined;
}

function judgeSize({
  value,
  range,
}: {
  readonly value: string;
  readonly range: { start: number; end: number };
}): Verdict | undefined {
  if (readKernelSize(value) !== undefined || /^\d+%$/.test(value)) return undefined;
  const size = readSize(value, '0.5');
  const better = typeof size === 'bigint' && size >= 0n ? { range, text: printSize(size) } : undefined;
  return {
    message: (word) => `\`${word}\`: the kernel does not read this size, and the container will not start`,
    help: 'write a whole number with `k`, `m` or `g`, or a percentage',
    better,
  };
}
