import { nearest } from '../text/nearest.js';
import { composeEntry } from './compose-example.js';
import type { Rule } from './rule.js';

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
  ],
  checkFile({ mounts }, report) {
    for (const { form, fields } of mounts) {
      if (form !== 'compose-long') continue;
      for (const { key, keyRange } of fields ?? []) {
        const dot = key.lastIndexOf('.');
        const parent = dot < 0 ? '' : key.slice(0, dot);
        const name = key.slice(dot + 1);
        const known = Object.hasOwn(KEYS, parent) ? KEYS[parent] : undefined;
        if (known === undefined || known.includes(name) || name.startsWith('x-') || name === '<<') continue;
        const better =
          (Object.hasOwn(SYNONYMS, name) && parent === '' ? SYNONYMS[name] : undefined) ??
          nearest(name, known);
        const isPlain = keyRange.end - keyRange.start === name.length;
        report({
          range: keyRange,
          message: `\`${key}\` is no key that Compose knows: it refuses the file`,
          help: better === undefined ? `it knows ${known.join(', ')}` : `write \`${better}\``,
          fix:
            better !== undefined && isPlain
              ? { title: `write \`${better}\``, safety: 'safe', edits: [{ range: keyRange, text: better }] }
              : undefined,
        });
      }
    }
  },
};

/** The keys by what they stand in (compose-spec's schema). */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['type', 'source', 'target', 'read_only', 'consistency', 'bind', 'volume', 'tmpfs', 'image'],
  bind: ['propagation', 'create_host_path', 'recursive', 'selinux'],
  volume: ['labels', 'nocopy', 'subpath'],
  tmpfs: ['size', 'mode'],
  image: ['subpath'],
};

const SYNONYMS: Readonly<Record<string, string>> = {
  readonly: 'read_only',
  readOnly: 'read_only',
  ro: 'read_only',
  src: 'source',
  dst: 'target',
  destination: 'target',
};
