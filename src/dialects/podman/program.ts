import { dockerMeaning } from '../docker/meaning.js';
import { VOLUME_MODE_BY_NAME } from '../docker/tables/volume-modes.js';
import type { ProgramDialect } from '../program.js';
import { nerdctlKnowsMode, podmanKnowsMode } from './other-engines.js';

/** How podman reads docker's flags. */
export const PODMAN: ProgramDialect = {
  name: 'podman',
  meaning: dockerMeaning,
  unknownMode: (word) =>
    VOLUME_MODE_BY_NAME.has(word) || podmanKnowsMode(word)
      ? undefined
      : { noun: 'mode of `-v`', effect: 'the engine refuses it', isForeign: true },
};

/** How nerdctl reads them. */
export const NERDCTL: ProgramDialect = {
  name: 'nerdctl',
  meaning: dockerMeaning,
  unknownMode: (word) =>
    VOLUME_MODE_BY_NAME.has(word) || nerdctlKnowsMode(word)
      ? undefined
      : { noun: 'mode of `-v`', effect: 'nerdctl leaves it out', severity: 'warning', isForeign: true },
};
