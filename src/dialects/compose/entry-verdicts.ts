import { resolvePlain } from '../../go/yaml-scalar.js';
import { type MountView, showPart } from '../../mount/view.js';
import { sourceRange } from '../../text/spec-text.js';
import { FLAG_COLONS } from '../docker/colons.js';
import { PROPAGATIONS } from '../docker/tables/volume-modes.js';
import type { ColonVerdict, PlacedVerdict, VerdictContext } from '../program.js';
import { isComposeGroup, isPath, refuseComposeValue } from './compose-keys.js';

// What Compose, or the engine behind it, says of the entries of a service.

/** Of the values of the long syntax. */
export function wrongValues(
  { form, fields, type }: MountView,
  _meaning: unknown,
  { mayBeStack }: VerdictContext,
): PlacedVerdict[] {
  if (form !== 'compose-long') return [];
  return fields.flatMap(({ name, key, value, valuePlace, yamlType = 'unknown' }) => {
    const text = value?.text;
    if (mayBeStack && COMPOSES_OWN.has(name)) return [];
    // What a template makes of it may be a number, a list, …
    if (value?.host.holes.some(({ kind }) => kind === 'template')) return [];
    if (name === 'tmpfs.size' && yamlType === 'number' && text !== undefined && isLostSize(text))
      return [
        {
          severity: 'warning' as const,
          place: valuePlace ?? key.place,
          message: `\`${text}\` is not a whole number as it is written: Compose takes it, and sets no size`,
          help: 'write the bytes in digits, or `64m`',
        },
      ];
    const isLeftOut = SAID_BY_OTHERS.has(name) && yamlType !== 'list' && yamlType !== 'object';
    const help = isLeftOut ? undefined : refuseComposeValue(name, yamlType, text);
    const isEngines =
      name === 'bind.propagation' && type?.text === 'bind' && !!text && !PROPAGATIONS.has(text);
    if (help === undefined && !isEngines) return [];
    const isEmpty = valuePlace === undefined || valuePlace.start === valuePlace.end;
    return [
      {
        place: isEmpty ? key.place : valuePlace,
        message: `${NO_TEXT[yamlType] ?? `\`${text ?? ''}\``} is not a valid value for \`${name}\`: ${help === undefined ? 'the engine' : 'Compose'} refuses it`,
        help: help ?? `it is one of ${[...PROPAGATIONS].map((word) => `\`${word}\``).join(', ')}`,
      },
    ];
  });
}

/** A number with a point or an exponent, or a larger one than fits. */
function isLostSize(text: string): boolean {
  const { type, text: read } = resolvePlain(text);
  return type === 'float' ? Number.isInteger(Number(read)) : type === 'integer' && BigInt(read) >= 2n ** 64n;
}

/** What docker's loader of stack files does not know, and drops. */
const COMPOSES_OWN = new Set(['bind.create_host_path', 'bind.recursive', 'bind.selinux', 'tmpfs.mode']);

/** The rules for unknown types and for targets look at these. */
const SAID_BY_OTHERS = new Set(['type', 'target']);

const NO_TEXT: { readonly [type: string]: string } = { null: 'nothing', list: 'a list', object: 'a map' };

/** Of options of one type on an entry of another. */
export function misplacedOptions({ form, fields, type, isTemplate }: MountView): PlacedVerdict[] {
  const own = type?.text ?? '';
  if (form !== 'compose-long' || isTemplate || !isComposeGroup(own)) return [];
  return fields
    .filter(({ name, yamlType }) => yamlType === 'object' && name !== own && isComposeGroup(name))
    .map(({ name, key }) => ({
      // Compose only warns of it, and some releases hand it to the engine.
      severity: 'warning',
      place: key.place,
      message: `\`${name}\` is for \`type: ${name}\`, and this is \`type: ${own}\`: Compose ignores it, or the engine refuses it`,
      help: `write \`type: ${name}\`, or remove it`,
    }));
}

/** Of a path as the source of a volume. */
export function pathAsVolume({ form, type, source }: MountView): PlacedVerdict | undefined {
  if (form !== 'compose-long' || type?.text !== 'volume' || source === undefined) return undefined;
  const { value, holes } = source.host;
  const isHomePath = holes[0]?.kind === 'tilde' && holes.length === 1;
  if (!isHomePath && (holes.length > 0 || !isPath(value))) return undefined;
  return {
    place: source.place,
    message: `\`${showPart(source)}\` is a path, and of \`type: volume\` Compose wants a volume name: it refuses the file`,
    help: 'write `type: bind`',
    change: { host: type.host, range: type.range, text: 'bind', title: 'write `type: bind`' },
  };
}

/** Of the colons of the short syntax. */
export function tooManyColons({ form, host, problem }: MountView): ColonVerdict | undefined {
  if (problem?.kind !== 'too-many-colons') return undefined;
  if (form !== 'compose-short') return FLAG_COLONS;
  return {
    place: sourceRange(host),
    modes: 'modes are separated by commas, not by colons: Compose refuses the file',
    paths: 'too many colons: Compose refuses the file',
    help: 'use the long syntax (`type: bind`, `source`, `target`) for a path with a colon',
  };
}
