import { parseGoBool } from '../../go/text.js';
import type { MountView } from '../../mount/view.js';
import { nearest } from '../../text/nearest.js';
import { refusedByBuildah } from '../buildah/program.js';
import { keyedType } from '../docker/meaning.js';
import type { Meaning, ProgramDialect, TypeVerdict, Verdict } from '../program.js';
import { isNewerFrontend } from './frontends.js';
import { notYet } from './not-yet.js';
import { RUN_MOUNT_KEY_BY_NAME, RUN_MOUNT_TYPES } from './run-mount-keys.js';
import { wrongValues } from './wrong-values.js';

/** How BuildKit reads `RUN --mount`. */
export const BUILDKIT: ProgramDialect = {
  name: 'buildkit',
  meaning,
  missingTarget,
  unknownType,
  unknownKey({ name, value }, view) {
    const { isPartial } = view;
    const isEmpty = name === '' && value === undefined;
    if (isPartial || isEmpty || RUN_MOUNT_KEY_BY_NAME.has(name)) return undefined;
    if (mayBeTaken(view)) return undefined;
    const better = nearest(name, RUN_MOUNT_KEY_BY_NAME.keys());
    return {
      message: `\`${name}\` is not a key of \`RUN --mount\`: the build stops`,
      help:
        better === undefined
          ? 'see the Dockerfile reference for the keys of this type'
          : `did you mean \`${better}\`?`,
      better,
    };
  },
  notYet: (view, { type }) => (mayBeTaken(view) ? [] : notYet(view, type)),
  wrongValues: (view) => (mayBeTaken(view) ? [] : wrongValues(view)),
  // It has none.
  unknownMode: () => undefined,
};

/** A frontend that somebody else wrote: it may read anything in its own way. */
export const OTHER_FRONTEND: ProgramDialect = {
  name: 'other-frontend',
  meaning,
  unknownMode: () => undefined,
};

/** Its binds, secrets and agents are read-only, unless they say otherwise. */
function meaning(view: MountView): Meaning {
  if (view.problem !== undefined) return {};
  const type = keyedType(view, 'bind');
  return { type, isReadonly: isReadonly(view, type) };
}

function isReadonly({ fields, isPartial }: MountView, type: string | undefined): boolean | undefined {
  const said = fields.findLast(({ name }) => /^(?:readonly|ro|readwrite|rw)$/.test(name));
  if (said === undefined)
    return isPartial || type === undefined ? undefined : ['bind', 'secret', 'ssh'].includes(type);
  const { name, value } = said;
  const isSo = value === undefined ? true : value.text === undefined ? undefined : parseGoBool(value.text);
  return isSo === undefined ? undefined : isSo === (name === 'readonly' || name === 'ro');
}

/** Of a Containerfile, what a buildah takes is not a mistake; what a frontend has learnt that the tables do not know, nobody can say. */
const mayBeTaken = (view: MountView) =>
  isNewerFrontend(view.build?.syntax) ||
  (view.mayBePodman === true && refusedByBuildah(view, undefined) === undefined);

function missingTarget({ fields, isPartial }: MountView, { type = '' }: Meaning): Verdict | undefined {
  if (isPartial || !['bind', 'cache', 'tmpfs'].includes(type)) return undefined;
  const keys = fields.map(({ name }) => RUN_MOUNT_KEY_BY_NAME.get(name)?.name);
  // A key that is misspelled may be the target.
  if (keys.includes(undefined) || keys.includes('target')) return undefined;
  return {
    // With another stage, or the whole context, it is how docker's own builds take all that is in it.
    severity: keys.includes('from') || (type === 'bind' && !keys.includes('source')) ? 'info' : 'warning',
    message: `no target: the ${type} covers the working directory`,
    help: 'add `target=/path`',
  };
}

function unknownType(view: MountView): TypeVerdict | undefined {
  const { type: part, isPartial } = view;
  if (isPartial || part?.text === undefined || mayBeTaken(view)) return undefined;
  const word = part.text.toLowerCase();
  if (RUN_MOUNT_TYPES.some((type) => type === word)) return undefined;
  return {
    place: part.place,
    part,
    known: RUN_MOUNT_TYPES,
    message: `\`${part.text}\` is not a type of \`RUN --mount\``,
    help: `it supports ${RUN_MOUNT_TYPES.join(', ')}`,
  };
}
