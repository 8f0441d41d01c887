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

/** What the newest podman says, and whether it is a refusal that every other one shares. */
export function judgeByAll(
  form: keyof typeof JUDGES,
  spec: string,
): { readonly verdict: PodmanVerdict; readonly isRefusedByAll: boolean } {
  const podmans = everyPodman();
  const verdict = judgeFlag(form, spec, podmans.at(-1)!);
  const isRefused = (podman: PodmanFacts) => judgeFlag(form, spec, podman).kind === 'refused';
  return { verdict, isRefusedByAll: verdict.kind === 'refused' && podmans.every(isRefused) };
}
