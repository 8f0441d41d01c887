import type { ConvertOptions, FlagConversion } from '../convert/convert-command.js';
import { rewriteFile } from '../convert/rewrite-file.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import type { TextEdit } from '../text/edit.js';
import type { Range } from '../text/range.js';
import type { OpenText } from './placed-mounts.js';

/** A form that mounts can be given where they stand. */
export type PlaceForm = 'mount' | 'volume' | 'tmpfs' | 'compose' | 'compose-short';

/** What the mounts of a stretch would be in another form. */
export interface PlaceConversion {
  readonly to: PlaceForm;
  /** None where it is refused. */
  readonly edits: readonly TextEdit[];
  /** What would not be the same, or why nothing can be done. */
  readonly losses: readonly string[];
}

const FORMS: readonly PlaceForm[] = ['mount', 'volume', 'tmpfs'];
const COMPOSE_FORMS: readonly PlaceForm[] = ['compose', 'compose-short'];

/** The forms that the mounts that a stretch of a text touches may be given; those that they have already are left out. */
export async function conversionsAt(
  { kind, text, path, commands, dialect = makeDialect() }: OpenText,
  stretch: Range,
  options: Pick<ConvertOptions, 'assume'> = {},
): Promise<readonly PlaceConversion[]> {
  const found: PlaceConversion[] = [];
  for (const to of kind === 'compose' ? COMPOSE_FORMS : FORMS) {
    const short = to === 'compose-short';
    const how = { dialects: [dialect], directory: 'shell', commands, ...options } as const;
    const rewritten = await rewriteFile(kind, text, short ? 'compose' : to, { short, options: how }, path);
    const here = rewritten?.conversions.filter(({ range }) => isTouched(range, stretch)) ?? [];
    // What has the form already is neither changed nor lost.
    const others = here.filter(({ edit, losses }) => edit !== undefined || losses.length > 0);
    if (others.length === 0 || (to === 'tmpfs' && others.every(({ edit }) => edit === undefined))) continue;
    found.push({ to, edits: editsOf(others), losses: lossesOf(others) });
  }
  return found;
}

const isTouched = ({ start, end }: Range, stretch: Range) => start <= stretch.end && stretch.start <= end;

const editsOf = (all: readonly FlagConversion[]): TextEdit[] => [
  ...new Map(
    all.flatMap(({ edit }) =>
      edit === undefined ? [] : [[`${edit.range.start} ${edit.range.end}`, edit] as const],
    ),
  ).values(),
];

const lossesOf = (all: readonly FlagConversion[]): string[] => [
  ...new Set(
    all.flatMap(({ losses }) => losses.filter(({ kind }) => kind !== 'none-here').map(({ why }) => why)),
  ),
];
