import { misreadPair } from '../source/file-view.js';
import type { FoundField } from '../source/frontend.js';
import { makeRangeSet } from '../text/range-set.js';
import { composeEntry } from './compose-example.js';
import { composeProject } from './compose-file.js';
import type { Report, Rule } from './rule.js';

/** A key of Compose's long syntax that Compose refuses. */
export const composeUnknownKey: Rule = {
  code: 'MC123',
  name: 'compose-unknown-key',
  severity: 'error',
  since: '0.1.0',
  summary: "a key of Compose's long syntax that Compose does not know",
  why: 'Compose refuses the file: `additional properties not allowed`. The keys are not those of `--mount`: it is `read_only`.',
  sources: ['https://docs.docker.com/reference/compose-file/services/#long-syntax-5'],
  valid: [
    {
      file: 'compose',
      command: composeEntry(
        '{type: bind, source: ./a, target: /b, read_only: true, bind: {propagation: rslave, create_host_path: false}}',
      ),
    },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 64m, mode: 0o1777}}') },
    {
      file: 'compose',
      command: composeEntry(
        '{type: volume, source: a, target: /b, x-note: c, volume: {nocopy: true, subpath: d}}',
      ),
    },
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, readonly: true}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b, read_only: true}'),
    },
    {
      file: 'compose',
      command: composeEntry('{type: bind, src: ./a, target: /b}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b}'),
    },
    { file: 'compose', command: composeEntry('{type: volume, source: a, target: /b, volume: {driver: c}}') },
    { file: 'compose', command: composeEntry('./a:/b:'), fixed: composeEntry('./a:/b') },
    { file: 'compose', command: composeEntry('./a: /b:ro'), fixed: composeEntry('./a:/b:ro') },
  ],
  checkFile(file, report) {
    for (const mount of file.mounts) {
      // What an extension holds is what its author makes of it.
      const pair = mount.group.startsWith('x-') ? undefined : misreadPair(mount);
      if (pair !== undefined) report(misread(pair));
    }
    const pairs = makeRangeSet(file.mounts.filter(misreadPair).map(({ range }) => range));
    for (const { kind, range, key, message, help, better } of composeProject(file).refused) {
      if (kind !== 'unknown-key' || key === undefined || pairs.touches(range)) continue;
      const isPlain = range.end - range.start === key.length;
      report({
        range,
        message,
        help: better === undefined ? help : `write \`${better}\``,
        ...(file.compose?.isNewer && { severity: 'warning' }),
        fix:
          better !== undefined && isPlain
            ? { title: `write \`${better}\``, safety: 'safe', edits: [{ range, text: better }] }
            : undefined,
      });
    }
  },
};

/** What is wrong with an entry of the short syntax that YAML takes for a key and its value. */
function misread({ key, keyRange, value, valueRange, type }: FoundField): Parameters<Report>[0] {
  const isPlain = keyRange.end - keyRange.start === key.length;
  const isEmpty = type === 'null';
  const gap = { start: keyRange.end, end: isEmpty ? keyRange.end + 1 : valueRange.start };
  const isValuePlain = isEmpty
    ? valueRange.start === keyRange.end + 1
    : valueRange.end - valueRange.start === value?.value.length;
  return {
    range: { start: keyRange.start, end: isEmpty ? gap.end : valueRange.end },
    message: `to YAML the colon makes this a map with the key \`${key}\`: Compose refuses it`,
    help: isEmpty ? 'remove the `:` at the end' : 'remove the space after the `:`, or quote the whole entry',
    fix:
      isPlain && isValuePlain
        ? {
            title: isEmpty ? 'remove the `:` at the end' : 'remove the space',
            safety: 'safe',
            edits: [{ range: gap, text: isEmpty ? '' : ':' }],
          }
        : undefined,
  };
}
