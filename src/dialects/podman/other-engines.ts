// What other engines that take docker's flags know beyond docker: podman's tables, nerdctl's command reference.
import { VOLUME_WORDS } from './words.js';

/** The modes of nerdctl. */
export const NERDCTL_MODES: readonly string[] =
  'rw ro rro z Z private rprivate shared rshared slave rslave bind rbind'.split(' ');
const TAKEN = new Set([...NERDCTL_MODES, 'copy', '']);

/** Whether podman takes the word as a mode of `-v` that docker does not have. */
export function podmanKnowsMode(word: string): boolean {
  return VOLUME_WORDS.has(word) || /^idmap|upperdir|workdir/.test(word);
}

/** Whether nerdctl does. */
export function nerdctlKnowsMode(word: string): boolean {
  return TAKEN.has(word);
}
