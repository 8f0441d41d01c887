import type { MountView } from '../../mount/view.js';
import { nearest } from '../../text/nearest.js';
import { keyedType } from '../docker/meaning.js';
import type { Meaning, ProgramDialect, TypeVerdict, Verdict } from '../program.js';
import { BUILDAH_KEYS, RUN_MOUNT_KEY_BY_NAME, RUN_MOUNT_TYPES } from './run-mount-keys.js';
import { wrongValues } from './wrong-values.js';

/** How BuildKit reads `RUN --mount`. */
export const BUILDKIT: ProgramDialect = {
  name: 'buildkit',
  meaning: (view) => (view.problem === undefined ? { type: keyedType(view, 'bind') } : {}),
  missingTarget,
  unknownType,
  unknownKey({ name, value }, { isPartial, mayBePodman }) {
    const isEmpty = name === '' && value === undefined;
    if (isPartial || isEmpty || RUN_MOUNT_KEY_BY_NAME.has(name)) return undefined;
    if (mayBePodman && BUILDAH_KEYS.has(name.toLowerCase())) return undefined;
    const better = nearest(name, RUN_MOUNT_KEY_BY_NAME.keys());
    return {
      message: `\`${name}\` is no key of \`RUN --mount\`: the build stops`,
      help:
        better === undefined
          ? 'see the Dockerfile reference for the keys of this type'
          : `did you mean \`${better}\`?`,
      better,
    };
  },
  wrongValues,
  // It has none.
  unknownMode: () => undefined,
};

function missingTarget({ fields, isPartial }: MountView, { type = '' }: Meaning): Verdict | undefined {
  if (isPartial || !['bind', 'cache', 'tmpfs'].includes(type)) return undefined;
  const keys = fields.map(({ name }) => RUN_MOUNT_KEY_BY_NAME.get(name)?.name);
  // A key that is misspelt may be the target.
  if (keys.includes(undefined) || keys.includes('target')) return undefined;
  return {
    // With another stage it is how docker's own builds take all that is in it.
    severity: keys.includes('from') ? 'info' : 'warning',
    message: `no target: the ${type} goes over the working directory`,
    help: 'add `target=/path`',
  };
}

function unknownType({ type: part, isPartial }: MountView): TypeVerdict | undefined {
  if (isPartial || part?.text === undefined) return undefined;
  const word = part.text.toLowerCase();
  if (RUN_MOUNT_TYPES.some((type) => type === word)) return undefined;
  return {
    place: part.place,
    part,
    known: RUN_MOUNT_TYPES,
    message: `\`${part.text}\` is no type of \`RUN --mount\``,
    help: `it knows ${RUN_MOUNT_TYPES.join(', ')}`,
  };
}
