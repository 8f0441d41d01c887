import { lowerGo, parseGoBool, trimmedGo } from '../../go/text.js';
import { isWindowsPath } from '../../mount/paths.js';
import type { MountView, ViewPart } from '../../mount/view.js';
import type { Meaning } from '../program.js';
import { isExpanded } from './client/client-volume.js';
import type { Dialect } from './tables/dialect.js';

/** What the mount of a flag means to docker, and to the programs that take its flags. */
export function dockerMeaning(view: MountView, dialect: Dialect): Meaning {
  if (view.problem !== undefined) return {};
  switch (view.form) {
    case 'tmpfs':
      return { type: 'tmpfs', isReadonly: tmpfsIsReadonly(view) };
    case 'mount':
      return { type: keyedType(view, 'volume'), isReadonly: keyedReadonly(view) };
    default:
      return { type: volumeType(view.source, dialect), isReadonly: modesReadonly(view) };
  }
}

function volumeType(source: ViewPart | undefined, dialect: Dialect): string | undefined {
  if (source === undefined) return 'volume';
  if (isWindowsPath(source.value)) return dialect.engineOs === 'windows' ? 'bind' : undefined;
  if (source.isAbsolute === undefined) return undefined;
  return source.isAbsolute || isExpanded(source.value, dialect) ? 'bind' : 'volume';
}

/** The type of a record of keys; `otherwise` where it does not say one. */
export function keyedType({ fields, isPartial }: MountView, otherwise: string): string | undefined {
  const field = fields.findLast(({ name }) => name === 'type');
  if (field === undefined) return isPartial ? undefined : otherwise;
  const text = field.value?.text;
  return text === undefined ? undefined : lowerGo(trimmedGo(text));
}

function keyedReadonly({ fields, isPartial }: MountView): boolean | undefined {
  const field = fields.findLast(({ name }) => name === 'readonly' || name === 'ro');
  if (field === undefined) return isPartial ? undefined : false;
  const { value } = field;
  const isReadonly =
    value === undefined ? true : value.text === undefined ? undefined : parseGoBool(trimmedGo(value.text));
  return isPartial ? isReadonly || undefined : isReadonly;
}

function modesReadonly({ modes }: MountView): boolean | undefined {
  if (modes.some(({ part }) => part.value === 'ro')) return true;
  return modes.some(({ part }) => part.text === undefined) ? undefined : false;
}

function tmpfsIsReadonly({ node }: MountView): boolean {
  return node?.kind === 'tmpfs' && (node.options?.some(({ key }) => key.value === 'ro') ?? false);
}
