import type { MountView } from '../../mount/view.js';
import type { Range } from '../../text/range.js';
import { displayText, sourceRange } from '../../text/spec-text.js';
import type { Meaning, PlacedVerdict, VerdictContext } from '../program.js';
import type { ApiMount } from './client/api.js';
import { optionsOf, readField } from './client/client-mount.js';
import { fieldRemoval, judgeFields } from './mount-fields.js';
import type { OptionGroup } from './tables/mount-keys.js';

/** What docker says of options of `--mount` that belong to another type. */
export function misplacedOptions(
  view: MountView,
  { type }: Meaning,
  context: VerdictContext,
): PlacedVerdict[] {
  const { form, node, host, source } = view;
  if (form !== 'mount' || node?.kind !== 'mount' || type === undefined) return [];
  const verdicts: PlacedVerdict[] = [];
  const fields = judgeFields(view, context);
  if (type === 'tmpfs' && source !== undefined && source.value !== '') {
    const { field } = fields.findLast(({ name }) => name === 'source' || name === 'src')!;
    verdicts.push({
      place: sourceRange(host, field.range),
      message: 'a tmpfs has no source: docker refuses one',
      help: 'leave the source out',
      change: { host, range: fieldRemoval(node, field), text: '', title: 'remove the source' },
    });
  }
  const mount: ApiMount = { Type: type };
  const wrong = new Map<OptionGroup, Range>();
  for (const { field, key, value } of fields) {
    if (field.value !== undefined && value === undefined && key?.kind === 'recursion') continue;
    readField(mount, field, { dialect: context.dialect, cwd: '/' });
    const group = key?.group;
    if (group === undefined || group === type || wrong.has(group)) continue;
    if (optionsOf(mount, group) !== undefined) wrong.set(group, field.range);
  }
  const isTyped = fields.some(({ name }) => name === 'type');
  const { start } = node.fields[0]!.range;
  for (const [group, range] of wrong) {
    const isOnly = !isTyped && wrong.size === 1 && isFit(group, source !== undefined);
    verdicts.push({
      place: sourceRange(host, range),
      message: isTyped
        ? `\`${displayText(host, range)}\` is for \`type=${group}\`, and this is \`type=${type}\``
        : `\`${displayText(host, range)}\` is for \`type=${group}\`; without \`type=\` this is a volume`,
      help: `write \`type=${group}\`, or remove the option`,
      change: isOnly
        ? { host, range: { start, end: start }, text: `type=${group},`, title: `add \`type=${group}\`` }
        : undefined,
    });
  }
  return verdicts;
}

// With that type in front nothing else would be wrong.
const isFit = (group: OptionGroup, hasSource: boolean) => (group === 'tmpfs' ? !hasSource : hasSource);
