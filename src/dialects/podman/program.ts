import { showPart } from '../../mount/view.js';
import { nearest } from '../../text/nearest.js';
import { tooManyColons } from '../docker/colons.js';
import { dockerMeaning } from '../docker/meaning.js';
import { pathAsVolume } from '../docker/path-as-volume.js';
import { VOLUME_MODE_BY_NAME } from '../docker/tables/volume-modes.js';
import type { ProgramDialect } from '../program.js';
import { PODMAN_MOUNT_KEYS } from './mount-keys.js';
import { NERDCTL_MODES, nerdctlKnowsMode, podmanKnowsMode } from './other-engines.js';
import { VOLUME_WORDS } from './words.js';

/** How podman reads docker's flags. */
export const PODMAN: ProgramDialect = {
  name: 'podman',
  meaning: dockerMeaning,
  pathAsVolume,
  // A backslash hides a colon.
  tooManyColons: (view, context) =>
    view.host.value.includes('\\:') ? undefined : tooManyColons(view, context),
  unknownMode: (word) =>
    VOLUME_MODE_BY_NAME.has(word) || podmanKnowsMode(word)
      ? undefined
      : { noun: 'mode of `-v`', effect: 'podman refuses it', known: [...VOLUME_WORDS] },
  unknownKey({ key }) {
    const { value } = key;
    if (value === '' || value.trim() !== value || PODMAN_MOUNT_KEYS.has(value)) return undefined;
    const lower = value.toLowerCase();
    const better = PODMAN_MOUNT_KEYS.has(lower) ? lower : nearest(value, PODMAN_MOUNT_KEYS);
    return {
      message: `\`${showPart(key)}\` is not an option of podman's \`--mount\``,
      help: better === undefined ? 'podman-run(1) has the list' : `did you mean \`${better}\`?`,
      better,
    };
  },
};

/** How nerdctl reads them. */
export const NERDCTL: ProgramDialect = {
  name: 'nerdctl',
  meaning: dockerMeaning,
  unknownMode: (word) =>
    VOLUME_MODE_BY_NAME.has(word) || nerdctlKnowsMode(word)
      ? undefined
      : { noun: 'mode of `-v`', effect: 'nerdctl leaves it out', severity: 'warning', known: NERDCTL_MODES },
};
