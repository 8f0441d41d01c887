import { judgeMount } from './mount.js';
import { judgeTmpfs } from './tmpfs.js';
import type { PodmanVerdict } from './verdict.js';
import { DISTINCT_PODMANS, type PodmanFacts, podmanFacts } from './versions.js';
import { judgeVolume } from './volume.js';

const JUDGES = { volume: judgeVolume, mount: judgeMount, tmpfs: judgeTmpfs } as const;
let known: readonly PodmanFacts[] | undefined;

/** What each kind of podman has, oldest first; the last is the newest. */
export const everyPodman = (): readonly PodmanFacts[] => {
  known ??= DISTINCT_PODMANS.map(podmanFacts);
  return known;
};

/** What a podman says to the value of a mount flag. */
export const judgeFlag = (form: keyof typeof JUDGES, spec: string, podman: PodmanFacts): PodmanVerdict =>
  JUDGES[form](spec, podman);

/** What all of these podmans refuse, in the words of the newest; the newest's verdict where one of them takes it. */
export function judgeByAll(
  form: keyof typeof JUDGES,
  spec: string,
  podmans: readonly PodmanFacts[] = everyPodman(),
): { readonly verdict: PodmanVerdict; readonly isRefusedByAll: boolean } {
  const verdicts = podmans.map((podman) => judgeFlag(form, spec, podman));
  return {
    verdict: verdicts.at(-1)!,
    isRefusedByAll: verdicts.every(({ kind }) => kind === 'refused'),
  };
}
