import { lowerGo, trimmedGo } from '../../go/text.js';
import { type MountView, showPart } from '../../mount/view.js';
import type { Meaning, PlacedVerdict, VerdictContext } from '../program.js';
import type { ApiMount } from './client/api.js';
import { optionsOf, readField } from './client/client-mount.js';
import { isExpanded } from './client/client-volume.js';
import { judgeFields } from './mount-fields.js';

/** What docker, or podman, says of a path as the source of a volume. */
export function pathAsVolume(
  view: MountView,
  meaning: Meaning,
  context: VerdictContext,
): PlacedVerdict | undefined {
  const { form, program, node, host, source } = view;
  if (form !== 'mount' || node?.kind !== 'mount') return undefined;
  const { dialect } = context;
  if (meaning.type !== 'volume' || source === undefined) return undefined;
  if (source.isAbsolute !== true && !isExpanded(source.value, dialect)) return undefined;
  const fields = judgeFields(view, context);
  const driver = fields.findLast(({ name }) => name === 'volume-driver');
  if (driver !== undefined && driver.value !== 'local' && driver.value !== '') return undefined;
  const type = fields.findLast(({ name }) => name === 'type')?.field;
  // Options of volumes would then stand on a bind.
  const draft: ApiMount = { Type: 'bind' };
  if (program === 'docker') for (const { field } of fields) readField(draft, field, { dialect, cwd: '/' });
  const isForVolumes =
    program === 'docker'
      ? optionsOf(draft, 'volume') !== undefined
      : fields.some(({ name }) => /^volume-|^(?:copy|nocopy|subpath)$/.test(name));
  // bash expands the tilde of `src=~/a` as long as nothing stands in front.
  const isTilde = host.holes.some(
    ({ kind, range }) => kind === 'tilde' && range.start === source.range.start,
  );
  const at = isTilde ? node.fields.at(-1)!.range.end : node.fields[0]!.range.start;
  const change =
    type?.value === undefined
      ? { range: { start: at, end: at }, text: isTilde ? ',type=bind' : 'type=bind,' }
      : { range: type.value.range, text: 'bind' };
  const isPlain = type === undefined || lowerGo(trimmedGo(type.key.value)) === 'type';
  return {
    place: source.place,
    message: `without \`type=bind\` ${program} reads \`${showPart(source)}\` as a volume name`,
    help: source.text === undefined ? 'add `type=bind`' : 'add `type=bind`, or use a volume name',
    change: isPlain && !isForVolumes ? { host, ...change, title: 'make it `type=bind`' } : undefined,
  };
}
