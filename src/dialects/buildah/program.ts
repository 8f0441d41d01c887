import type { MountView } from '../../mount/view.js';
import { hasHole } from '../../text/spec-text.js';
import { keyedType } from '../docker/meaning.js';
import type { Version } from '../docker/tables/version.js';
import { podmansOf } from '../podman/versions.js';
import type { ProgramDialect } from '../program.js';
import { type BuildahRefusal, judgeRunMount } from './judge.js';

/** How buildah reads `RUN --mount`: what it refuses, it says in words of its own. */
export const BUILDAH: ProgramDialect = {
  name: 'buildah',
  meaning: (view) => (view.problem === undefined ? { type: keyedType(view, 'bind') } : {}),
  unknownMode: () => undefined,
};

/** What the buildahs of those podmans refuse, all of them; undefined where one takes it, or nobody can say. */
export function refusedByBuildah(
  { host }: MountView,
  podman: Version | undefined,
): BuildahRefusal | undefined {
  if (hasHole(host)) return undefined;
  const refusals = podmansOf(podman).map((version) => judgeRunMount(host.value, version));
  return refusals.includes(undefined) ? undefined : refusals.at(-1);
}
