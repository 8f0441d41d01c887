import { lowerGo } from '../../go/text.js';
import type { MountView } from '../../mount/view.js';
import { nearest } from '../../text/nearest.js';
import { displayText, hasHole, sourceRange } from '../../text/spec-text.js';
import type { Meaning, PlacedVerdict, VerdictContext } from '../program.js';
import { draftMount } from './client/client-mount.js';
import { type JudgedField, judgeFields } from './mount-fields.js';
import { MOUNT_KEY_BY_NAME, RECURSIONS } from './tables/mount-keys.js';
import { PROPAGATIONS } from './tables/volume-modes.js';

/** What docker says of the values of `--mount`. */
export function wrongValues(view: MountView, { type }: Meaning, context: VerdictContext): PlacedVerdict[] {
  const { form, node, host } = view;
  if (form !== 'mount' || node?.kind !== 'mount') return [];
  const fields = judgeFields(view, context);
  const verdicts = fields.flatMap((judged): PlacedVerdict[] => {
    const {
      name,
      field: { value: part },
      value,
      problem,
    } = judged;
    if (part === undefined || value === undefined) return [];
    const isPropagation =
      type === 'bind' && name === 'bind-propagation' && value !== '' && !PROPAGATIONS.has(lowerGo(value));
    if ((problem?.kind !== 'bad-value' || value === '') && !isPropagation) return [];
    const { help, better } = advise(judged);
    const { range } = part;
    return [
      {
        place: sourceRange(host, range),
        message: `\`${displayText(host, range)}\` is not a valid value for \`${name}\`: docker refuses it`,
        help,
        change:
          better === undefined ? undefined : { host, range, text: better, title: `write \`${better}\`` },
      },
    ];
  });
  const { problem } = hasHole(host)
    ? {}
    : draftMount(node, { dialect: context.dialect, cwd: context.cwd ?? '/' });
  const recursion = fields.find(({ name }) => name === 'bind-recursive');
  if (problem?.kind !== 'recursion' || recursion === undefined) return verdicts;
  return [
    ...verdicts,
    {
      place: sourceRange(host, recursion.field.range),
      message: problem.reason.replace(/^option '([^']+)' requires '([^']+)'.*$/, '`$1` requires `$2`'),
      help: 'write the other option out; docker does not take its default for it',
    },
  ];
}

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
