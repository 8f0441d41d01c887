import type { MountView, ViewPart } from '../../mount/view.js';
import { dockerMeaning } from '../docker/meaning.js';
import { MOUNT_TYPES } from '../docker/program.js';
import { VOLUME_MODE_BY_NAME } from '../docker/tables/volume-modes.js';
import type { ProgramDialect, TypeVerdict } from '../program.js';
import { composeKeys, isPath, readComposeBoolean } from './compose-keys.js';
import { misplacedOptions, pathAsVolume, tooManyColons, wrongValues } from './entry-verdicts.js';
import { refusedByEngine } from './refused-by-engine.js';
import { unknownKey } from './unknown-key.js';

/** How Compose reads the entries of a service, and the flags of `docker compose run`. */
export const COMPOSE: ProgramDialect = {
  name: 'compose',
  meaning(view, docker) {
    if (view.problem !== undefined) return {};
    switch (view.form) {
      case 'compose-long':
        return { type: view.type?.text, isReadonly: longReadonly(view) };
      case 'compose-short':
        return { type: shortType(view.source), isReadonly: shortReadonly(view) };
      default:
        return dockerMeaning(view, docker);
    }
  },
  missingTarget,
  unknownType,
  unknownKey({ name }, { form }) {
    const known = composeKeys('') ?? [];
    if (form !== 'compose-long' || /^x-|\./.test(name) || known.includes(name)) return undefined;
    return unknownKey(name, 'an item of volumes', known, []);
  },
  wrongValues,
  misplacedOptions,
  pathAsVolume,
  tooManyColons,
  refuses: refusedByEngine,
  // It hands on those that it knows and drops the others.
  unknownMode: (word) => (VOLUME_MODE_BY_NAME.has(word) ? undefined : DROPPED),
  sameTarget(first, second) {
    const target = second.target?.text;
    if (!isEntry(first) || first.isTemplate || first.isBranched || !target?.startsWith('/')) return undefined;
    return {
      severity: 'warning',
      message: `a second mount on \`${target}\`: Compose silently drops the first`,
      help: 'remove one of them',
    };
  },
};

/** docker-compose 1 and podman-compose, which have parsers of their own: of those only the paths are known. */
export const OTHER_COMPOSE: ProgramDialect = {
  name: 'other-compose',
  meaning: dockerMeaning,
  unknownMode: () => undefined,
};

const DROPPED = {
  noun: 'mode that Compose knows',
  effect: 'it is ignored',
  severity: 'warning',
  isIgnored: true,
} as const;

/** The entries of a service; flags of `docker compose run` are laid over those, which nobody knows here. */
const isEntry = ({ form }: MountView): boolean => form === 'compose-short' || form === 'compose-long';

function missingTarget({ form, fields, place, isTemplate }: MountView) {
  if (form !== 'compose-long' || isTemplate) return undefined;
  const target = fields.find(({ name }) => name === 'target');
  if (target !== undefined && target.yamlType !== 'null' && target.value?.text !== '') return undefined;
  return {
    place: target?.key.place ?? fields[0]?.key.place ?? place,
    message:
      target?.value?.text === '' && target.yamlType !== 'null'
        ? 'the target is empty: the engine refuses it'
        : 'no target: Compose does not know where in the container the mount goes',
    help: 'add `target: /path/in/the/container`',
  };
}

function unknownType({ form, fields, place, isTemplate }: MountView): TypeVerdict | undefined {
  const first = fields[0];
  if (form !== 'compose-long' || isTemplate || first === undefined) return undefined;
  const field = fields.find(({ name }) => name === 'type');
  if (field === undefined)
    return {
      place: first.key.place ?? place,
      known: [],
      message: 'no type: Compose refuses an entry without one',
      help: 'write `type: bind`, `volume` or `tmpfs`',
    };
  const part = field.value;
  if (part?.text === undefined || MOUNT_TYPES.includes(part.text)) return undefined;
  return {
    place: part.place,
    part,
    known: MOUNT_TYPES,
    message: `\`${part.text}\` is not a mount type: Compose or the engine refuses it`,
    help: 'write `type: bind`, `volume` or `tmpfs`',
  };
}

/** A source that begins with a variable is a path when that surely holds one. */
function shortType(source: ViewPart | undefined): string | undefined {
  if (source === undefined) return 'volume';
  if (source.text !== undefined) return isPath(source.text) ? 'bind' : 'volume';
  return source.isAbsolute === true && source.host.holes[0]?.absolute === true ? 'bind' : undefined;
}

function shortReadonly({ modes }: MountView): boolean | undefined {
  const last = modes.findLast(({ part }) => part.text === undefined || /^r[ow]$/.test(part.value));
  return last === undefined ? false : last.part.text === undefined ? undefined : last.part.value === 'ro';
}

function longReadonly({ fields, isTemplate }: MountView): boolean | undefined {
  const field = fields.find(({ name }) => name === 'read_only');
  if (field === undefined) return isTemplate ? undefined : false;
  return field.value?.text === undefined ? undefined : readComposeBoolean(field.value.text);
}
