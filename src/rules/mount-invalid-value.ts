import { refuseComposeValue } from '../dialects/compose/compose-keys.js';
import { draftMount } from '../dialects/docker/client/client-mount.js';
import { MOUNT_KEY_BY_NAME, RECURSIONS } from '../dialects/docker/tables/mount-keys.js';
import { PROPAGATIONS } from '../dialects/docker/tables/volume-modes.js';
import { lowerGo } from '../go/text.js';
import type { FileField } from '../source/found.js';
import { nearest } from '../text/nearest.js';
import { displayText, hasHole } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { composeMounts, knownField } from './compose-facts.js';
import { type JudgedField, judgeFields } from './mount-fields.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A value of `--mount` that docker refuses: a bad boolean, size, mode, recursion or propagation. */
export const mountInvalidValue: Rule = {
  code: 'MC106',
  name: 'mount-invalid-value',
  severity: 'error',
  since: '0.1.0',
  summary: 'a value of --mount that docker refuses',
  why:
    'Booleans are `true`, `false`, `1` and `0` (clients before 29.2.1 take a few more spellings, never `yes` or `on`); ' +
    'a size is a number with a unit up to `p`; a mode is octal; `bind-recursive` and `bind-propagation` have fixed words.',
  sources: ['https://github.com/docker/cli/blob/v29.2.1/opts/mount_utils.go'],
  valid: [
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 64m, mode: 0700}}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 1_000}}') },
    {
      file: 'compose',
      command: composeEntry(
        '{type: bind, source: ./a, target: /b, read_only: Off, bind: {create_host_path: "no"}}',
      ),
    },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, read_only: "$RO", bind: !reset null}'),
    },
    'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    'docker run --mount type=tmpfs,dst=/b,tmpfs-size=64MiB,tmpfs-mode=1777 alpine',
    'docker run --mount type=bind,src=/a,dst=/b,bind-propagation=RSHARED alpine',
    { command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=TRUE alpine', docker: '28.2.2' },
    'docker run --mount type=bind,src=/a,dst=/b,readonly=$RO alpine',
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, bind: {propagation: share}}'),
    },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 64mx}}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 50%}}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {size: 0.5}}') },
    { file: 'compose', command: composeEntry('{type: bind, source: 8080, target: /b}') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b, read_only: ro}') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b, bind: }') },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, bind: {recursive: off}}'),
    },
    { file: 'compose', command: composeEntry('{type: volume, source: [a], target: /b}') },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, tmpfs: {mode: "0700"}}') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b, bind: {selinux: x}}') },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=yes alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=TRUE alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    },
    'docker run --mount type=tmpfs,dst=/b,tmpfs-size=64x alpine',
    'docker run --mount type=tmpfs,dst=/b,tmpfs-mode=rwx alpine',
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disable alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disabled alpine',
    },
    'docker run --mount type=bind,src=/a,dst=/b,bind-propagation=Z alpine',
    'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=writable alpine',
  ],
  checkMount(view, report, context) {
    const { form, node, host } = view;
    if (form !== 'mount' || node?.kind !== 'mount') return;
    const fields = judgeFields(view, context);
    const bind = context.meaning.type === 'bind';
    for (const judged of fields) {
      const { field, value, problem } = judged;
      const part = field.value;
      if (part === undefined || value === undefined) continue;
      const isPropagation =
        bind && judged.name === 'bind-propagation' && value !== '' && !PROPAGATIONS.has(lowerGo(value));
      if ((problem?.kind !== 'bad-value' || value === '') && !isPropagation) continue;
      const { help, better } = advise(judged);
      report({
        range: at(host, part.range),
        message: `\`${displayText(host, part.range)}\` is no value for \`${judged.name}\`: docker refuses it`,
        help,
        fix:
          better === undefined
            ? undefined
            : fixIn(host, [{ range: part.range, text: better }], `write \`${better}\``),
      });
    }
    if (hasHole(host)) return;
    const { problem } = draftMount(node, { dialect: context.dialect, cwd: context.command?.cwd ?? '/' });
    const recursion = fields.find(({ name }) => name === 'bind-recursive');
    if (problem?.kind !== 'recursion' || recursion === undefined) return;
    report({
      range: at(host, recursion.field.range),
      message: problem.reason.replace(/^option '([^']+)' requires '([^']+)'.*$/, '`$1` needs `$2` beside it'),
      help: 'write the other option out; docker does not take its default for it',
    });
  },
  checkFile(file, report) {
    for (const { mount, facts } of composeMounts(file)) {
      for (const field of mount.fields ?? []) {
        const isLeftOut = SAID_BY_OTHERS.has(field.key) && field.type !== 'list' && field.type !== 'object';
        const text = knownField(mount, field.key)?.text;
        const help = isLeftOut ? undefined : refuseComposeValue(field.key, field.type, text);
        const isEngines = field.key === 'bind.propagation' && facts.type === 'bind' && isNoPropagation(text);
        if (help === undefined && !isEngines) continue;
        const { start, end } = field.valueRange;
        const value = EMPTY[field.type] ?? `\`${text ?? ''}\``;
        report({
          range: start === end ? field.keyRange : field.valueRange,
          message: `${value} is no value for \`${field.key}\`: ${help === undefined ? 'the engine' : 'Compose'} refuses it`,
          help: help ?? `it is one of ${[...PROPAGATIONS].map((word) => `\`${word}\``).join(', ')}`,
        });
      }
    }
  },
};

/** The rules for unknown types and for targets look at these. */
const SAID_BY_OTHERS = new Set(['type', 'target']);

const EMPTY: Partial<Readonly<Record<FileField['type'], string>>> = {
  null: 'nothing',
  list: 'a list',
  object: 'a map',
};

const isNoPropagation = (text: string | undefined): boolean => !!text && !PROPAGATIONS.has(text);

function advise({ name, value = '', key }: JudgedField): { help: string; better?: string } {
  switch (key?.kind) {
    case 'bool': {
      const word = lowerGo(value.trim());
      const better = /^(?:true|t|yes|y|on|1|enabled)$/.test(word)
        ? 'true'
        : /^(?:false|f|no|n|off|0|disabled)$/.test(word)
          ? 'false'
          : undefined;
      return { help: 'write `true`, `false`, or the key alone for true', better };
    }
    case 'recursion': {
      const words = RECURSIONS.map((word) => `\`${word}\``).join(', ');
      return { help: `it is one of ${words}`, better: nearest(value, RECURSIONS) };
    }
    case 'size':
      return { help: 'write bytes, or a number with `k`, `m` or `g`, such as `64m`' };
    case 'octal':
      return { help: 'write the permissions in octal, such as `1777`' };
    default: {
      if (name !== 'bind-propagation') return { help: MOUNT_KEY_BY_NAME.get(name)?.summary ?? '' };
      if (/^z$/i.test(value)) return { help: '`--mount` cannot relabel for SELinux: use `-v …:z`' };
      const words = [...PROPAGATIONS].map((word) => `\`${word}\``).join(', ');
      return { help: `it is one of ${words}`, better: nearest(value, PROPAGATIONS) };
    }
  }
}
