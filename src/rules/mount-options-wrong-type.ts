import { isComposeGroup } from '../dialects/compose/compose-keys.js';
import type { ApiMount } from '../dialects/docker/client/api.js';
import { optionsOf, readField } from '../dialects/docker/client/client-mount.js';
import type { OptionGroup } from '../dialects/docker/tables/mount-keys.js';
import { displayText } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { composeMounts } from './compose-facts.js';
import { fieldRemoval, judgeFields } from './mount-fields.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** Options of one mount type on a mount of another. */
export const mountOptionsWrongType: Rule = {
  code: 'MC203',
  name: 'mount-options-wrong-type',
  severity: 'error',
  since: '0.1.0',
  summary: 'an option of --mount that belongs to another type',
  why:
    "`bind-*`, `volume-*`, `tmpfs-*` and `image-*` options go with their own type only: `cannot mix 'bind-*' options with " +
    "mount type 'volume'`. Without `type=` the type is volume. A tmpfs has no source.",
  sources: ['https://github.com/docker/cli/blob/v29.2.1/opts/mount.go'],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b,bind-propagation=rslave alpine',
    'docker run --mount type=$KIND,src=a1,dst=/b,volume-nocopy alpine',
    'docker run --mount src=a1,dst=/b,volume-nocopy alpine',
    'docker run --mount src=a1,dst=/b,bind-recursive=enabled alpine',
    'docker run --mount src=a1,dst=/b,bind-recursive=$MODE alpine',
    'docker run --mount type=tmpfs,dst=/b,tmpfs-size=1m alpine',
    {
      file: 'compose',
      command: composeEntry('{type: volume, source: a, target: /b, volume: {nocopy: true}}'),
    },
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: /b, volume: {nocopy: true}}'),
    },
    { file: 'compose', command: composeEntry('{type: tmpfs, target: /b, bind: {propagation: rslave}}') },
    'docker run --mount type=bind,src=/a,dst=/b,volume-nocopy alpine',
    {
      command: 'docker run --mount dst=/b,tmpfs-size=1m alpine',
      fixed: 'docker run --mount type=tmpfs,dst=/b,tmpfs-size=1m alpine',
    },
    'docker run --mount type=volume,src=a1,dst=/b,bind-propagation=rslave alpine',
    {
      command: 'docker run --mount type=tmpfs,src=a1,dst=/b alpine',
      fixed: 'docker run --mount type=tmpfs,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    const { form, node, host, source } = view;
    const { dialect, meaning } = context;
    if (form !== 'mount' || node?.kind !== 'mount' || meaning.type === undefined) return;
    const fields = judgeFields(view, context);
    const type = fields.findLast(({ name }) => name === 'type');
    if (meaning.type === 'tmpfs' && source !== undefined && source.value !== '') {
      const field = fields.findLast(({ name }) => name === 'source' || name === 'src')!.field;
      report({
        range: at(host, field.range),
        message: 'a tmpfs has no source: docker refuses one',
        help: 'leave the source out',
        fix: fixIn(host, [{ range: fieldRemoval(node, field), text: '' }], 'remove the source'),
      });
    }
    const mount: ApiMount = { Type: meaning.type };
    const wrong = new Map<OptionGroup, { start: number; end: number }>();
    for (const { field, key, value } of fields) {
      if (field.value !== undefined && value === undefined && key?.kind === 'recursion') continue;
      readField(mount, field, { dialect, cwd: '/' });
      const group = key?.group;
      if (group === undefined || group === meaning.type || wrong.has(group)) continue;
      if (optionsOf(mount, group) !== undefined) wrong.set(group, field.range);
    }
    for (const [group, range] of wrong) {
      const isOnly = type === undefined && wrong.size === 1 && isFit(group, source !== undefined);
      const start = node.fields[0]!.range.start;
      report({
        range: at(host, range),
        message:
          type === undefined
            ? `\`${displayText(host, range)}\` is for \`type=${group}\`; without \`type=\` this is a volume`
            : `\`${displayText(host, range)}\` is for \`type=${group}\`, and this is \`type=${meaning.type}\``,
        help: `say \`type=${group}\`, or remove the option`,
        fix: isOnly
          ? fixIn(host, [{ range: { start, end: start }, text: `type=${group},` }], `add \`type=${group}\``)
          : undefined,
      });
    }
  },
  checkFile(file, report) {
    for (const { mount, facts, isTemplate } of composeMounts(file)) {
      if (isTemplate || !isComposeGroup(facts.type ?? '')) continue;
      for (const { key, keyRange, type } of mount.fields ?? []) {
        if (type !== 'object' || key === facts.type || !isComposeGroup(key)) continue;
        report({
          // Compose only warns of it, and some releases hand it to the engine.
          severity: 'warning',
          range: keyRange,
          message: `\`${key}\` is for \`type: ${key}\`, and this is \`type: ${facts.type}\`: Compose ignores it, or the engine refuses it`,
          help: `say \`type: ${key}\`, or remove it`,
        });
      }
    }
  },
};

// With that type in front nothing else would be wrong.
const isFit = (group: OptionGroup, hasSource: boolean) => (group === 'tmpfs' ? !hasSource : hasSource);
