import { MOUNT_KEYS, type MountKey } from '../dialects/docker/tables/mount-keys.js';
import { effectOf, FIELD_ROWS, type Field, type FieldRow, type MountType } from '../mount/fields.js';
import type { LossRow, MountForm } from './loss.js';

/** A form with losses of its own; a devcontainer's mounts are values of `--mount`. */
type LossyForm = Exclude<MountForm, 'devcontainer'>;

/** The types of mounts that each form has; rows of the losses refuse the others. */
const TYPES: Readonly<Record<LossyForm, readonly MountType[]>> = {
  mount: ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'],
  volume: ['bind', 'volume', 'npipe'],
  tmpfs: ['tmpfs'],
  compose: ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'],
  'compose-short': ['bind', 'volume', 'tmpfs'],
  api: ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'],
};

const NAMES: Readonly<Record<LossyForm, string>> = {
  mount: '--mount',
  volume: '-v',
  tmpfs: '--tmpfs',
  compose: 'Compose',
  'compose-short': 'the short syntax',
  api: 'the Engine API',
};

/** The forms that have words for mounts. */
export const LOSSY_FORMS = Object.keys(TYPES) as LossyForm[];

/** The keys of `--mount` that say a field, those that docker still takes first. */
function keysOf({ type, name }: FieldRow): readonly MountKey[] {
  const keys = (MOUNT_KEYS as readonly MountKey[]).filter(
    ({ field, group }) => field === name && (group === undefined || group === type),
  );
  return keys.sort((a, b) => Number(a.removed !== undefined) - Number(b.removed !== undefined));
}

/** How a form says a field; undefined when it has no word for it, or not for that type of mount. */
export function wordOf(row: FieldRow, form: LossyForm): string | undefined {
  if (!TYPES[form].includes(row.type)) return undefined;
  if (form !== 'mount') return row.field.words[form];
  return (
    keysOf(row)
      .map(({ name }) => name)
      .join(', ') || undefined
  );
}

/** What each form has no word for, field by field: a mount that says it is left alone. */
export const noWord = (): readonly LossRow[] =>
  LOSSY_FORMS.flatMap((form) =>
    TYPES[form].flatMap((type) =>
      FIELD_ROWS[type].flatMap((row): LossRow[] => {
        if (row.field.ignored !== undefined || wordOf(row, form) !== undefined) return [];
        const { why, when } = row.field.lost?.[form] ?? generalReason(row, form);
        return [
          {
            form,
            field: row.name,
            kind: 'impossible',
            why,
            when,
            applies: (mount) => mount.type === type && effectOf(mount, row) !== undefined,
          },
        ];
      }),
    ),
  );

function generalReason(row: FieldRow, form: LossyForm): { why: string; when: string } {
  const keys = keysOf(row).map(({ name }) => name);
  const said = keys.length > 0 ? keys : [row.field.name];
  // Between Compose's two syntaxes people know the word of the other one.
  const long = form === 'compose-short' ? lastName(row.field) : undefined;
  return { why: `${NAMES[form]} cannot express ${long ?? said.join(' or ')}`, when: said.join(', ') };
}

function lastName({ words }: Field): string | undefined {
  return words.compose && `\`${words.compose.slice(words.compose.lastIndexOf('.') + 1)}\``;
}
