// What other engines that take docker's flags know beyond docker: podman's tables, nerdctl's command reference.
import { everyPodman } from './every.js';
import { rowsOf } from './mount-keys.js';
import { VOLUME_WORDS } from './words.js';

const NERDCTL_MODES = new Set(['rro', 'bind', 'rbind', 'copy', '']);

/** Every key that some podman takes in `--mount`, whatever the type; capital letters count. */
export const PODMAN_MOUNT_KEYS: ReadonlySet<string> = new Set([
  'type',
  ...everyPodman()
    .flatMap(rowsOf)
    .flatMap(({ keys }) => keys.split(' ')),
]);

/** Whether that engine takes the word as a mode of `-v`, besides those of docker. */
export const OTHER_ENGINE_MODES = {
  podman: (word: string) => VOLUME_WORDS.has(word) || /^idmap|upperdir|workdir/.test(word),
  nerdctl: (word: string) => NERDCTL_MODES.has(word),
  // Compose ignores what it does not know.
  compose: () => true,
} as const satisfies Record<string, (word: string) => boolean>;
