import { cleanPath } from '../../go/path.js';
import { trimmedGo } from '../../go/text.js';
import { isWindowsPath } from '../../mount/paths.js';
import { type MountView, showPart } from '../../mount/view.js';
import { podmanKnowsMode } from '../podman/other-engines.js';
import type { Meaning, ProgramDialect, TypeVerdict, Verdict, VerdictContext } from '../program.js';
import { tooManyColons } from './colons.js';
import { dockerMeaning } from './meaning.js';
import { misplacedOptions } from './misplaced-options.js';
import { notYet } from './not-yet.js';
import { pathAsVolume } from './path-as-volume.js';
import { VOLUME_MODE_BY_NAME } from './tables/volume-modes.js';
import { unknownKey } from './unknown-key.js';
import { wrongValues } from './wrong-values.js';

/** How docker reads its flags. */
export const DOCKER: ProgramDialect = {
  name: 'docker',
  meaning: dockerMeaning,
  missingTarget,
  unknownType,
  unknownKey,
  notYet,
  wrongValues,
  misplacedOptions,
  pathAsVolume,
  tooManyColons,
  unknownMode(word, { dialect, isUnsure }) {
    if (dialect.engineOs === 'windows' ? /^r[ow]$/i.test(word) : VOLUME_MODE_BY_NAME.has(word))
      return undefined;
    return isUnsure && dialect.engineOs !== 'windows' && podmanKnowsMode(word) ? undefined : REFUSED;
  },
  sameTarget,
};

const REFUSED = { noun: 'mode of `-v`', effect: 'the engine refuses it' };

const NO_TARGET: Verdict = {
  message: 'no target: docker does not know where in the container the mount goes',
  help: 'add `target=/path/in/the/container`',
};

function missingTarget({ form, fields, host, isPartial, problem }: MountView): Verdict | undefined {
  if (form !== 'mount' || isPartial || problem !== undefined) return undefined;
  // A key without its value is reported as that.
  if (fields.some(({ name }) => /^(?:target|dst|destination)$/.test(name))) return undefined;
  // `$COMMA`, or the rest of the mount.
  const mayHoldMore = host.holes.some((hole) => !hole.absolute && hole.kind !== 'placeholder');
  return mayHoldMore ? undefined : NO_TARGET;
}

/** Every type that some docker takes somewhere. */
export const MOUNT_TYPES: readonly string[] = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'];
// Rules of their own say what is wrong with these where the engine does not take them.
const OTHERWISE_SAID = new Set(['tmpfs', 'image']);

function unknownType(
  view: MountView,
  { type }: Meaning,
  { dialect, isService }: VerdictContext,
): TypeVerdict | undefined {
  if (view.form !== 'mount' || view.type === undefined || type === undefined || type === '') return undefined;
  const own =
    dialect.engineOs === 'linux' ? ['bind', 'volume', 'tmpfs', 'image'] : ['bind', 'volume', 'npipe'];
  const known = isService ? [...own, 'cluster', 'npipe'] : own;
  if (known.includes(type) || OTHERWISE_SAID.has(type)) return undefined;
  if (type === 'npipe' && view.source !== undefined && isWindowsPath(view.source.value)) return undefined;
  return {
    place: view.type.place,
    part: view.type,
    known: MOUNT_TYPES.includes(trimmedGo(type)) ? [] : known,
    message: `\`${showPart(view.type)}\` is not a mount type that this engine knows here`,
    help: `it supports ${known.join(', ')}`,
  };
}

function sameTarget(
  first: MountView,
  second: MountView,
  { dialect, isService }: VerdictContext,
): Verdict | undefined {
  const target = second.target?.text;
  if (dialect.engineOs === 'windows' || target === undefined || first.target?.text === undefined)
    return undefined;
  const severity = clashOf(first, second, isService === true);
  if (severity === undefined) return undefined;
  return {
    severity,
    message: `a second mount on \`${target}\`: ${severity === 'error' ? 'the engine refuses it' : 'only one of them is seen'}`,
    help: 'mount one of them elsewhere, or remove it',
  };
}

function clashOf(a: MountView, b: MountView, isService: boolean): 'error' | 'warning' | undefined {
  const [one, two] = [a.target!.text!, b.target!.text!];
  if (isService) return one === two ? 'error' : undefined;
  if (a.form === 'volume' && b.form === 'volume' && a.host.value === b.host.value) return undefined;
  const isTmpfs = [a, b].map(({ form }) => form === 'tmpfs');
  if (!isTmpfs.includes(true)) return cleanPath(one) === cleanPath(two) ? 'error' : undefined;
  if (!isTmpfs.includes(false)) return one === two ? 'warning' : undefined;
  // The key of a tmpfs is compared as it stands.
  const [tmpfs, other] = a.form === 'tmpfs' ? [a, b] : [b, a];
  if (tmpfs.target!.text !== cleanPath(other.target!.text!)) return undefined;
  return other.form === 'volume' ? 'error' : 'warning';
}
