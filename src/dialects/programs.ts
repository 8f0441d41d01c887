import type { MountView, Program } from '../mount/view.js';
import { BUILDAH } from './buildah/program.js';
import { BUILDKIT, OTHER_FRONTEND } from './buildkit/program.js';
import { COMPOSE, OTHER_COMPOSE } from './compose/program.js';
import { DOCKER } from './docker/program.js';
import type { Dialect } from './docker/tables/dialect.js';
import { NERDCTL, PODMAN } from './podman/program.js';
import type { Meaning, ProgramDialect } from './program.js';

/** The dialect of each program that reads mounts. */
export const PROGRAMS: Readonly<Record<Program, ProgramDialect>> = {
  docker: DOCKER,
  podman: PODMAN,
  nerdctl: NERDCTL,
  compose: COMPOSE,
  'other-compose': OTHER_COMPOSE,
  buildkit: BUILDKIT,
  'other-frontend': OTHER_FRONTEND,
  buildah: BUILDAH,
};

/** What a mount means to the program that reads it. */
export function meaningOf(view: MountView, docker: Dialect): Meaning {
  return PROGRAMS[view.program].meaning(view, docker);
}
