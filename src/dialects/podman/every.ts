import type { Version } from '../docker/tables/version.js';
import { judgeMount } from './mount.js';
import { judgeTmpfs } from './tmpfs.js';
import type { PodmanVerdict } from './verdict.js';
import { type PodmanFacts, podmanFacts, podmansOf } from './versions.js';
import { judgeVolume } from './volume.js';

const JUDGES = { volume: judgeVolume, mount: judgeMount, tmpfs: judgeTmpfs } as const;
const known = new Map<Version | undefined, readonly PodmanFacts[]>();

/** What each of the podmans that are meant has, oldest first. */
export function everyPodman(podman?: Version): readonly PodmanFacts[] {
  let facts = known.get(podman);
  if (facts === undefined) {
    facts = podmansOf(podman).map(podmanFacts);
    known.set(podman, facts);
  }
  return facts;
}

/** What a podman says to the value of a mount flag. */
export const judgeFlag = (form: keyof typeof JUDGES, spec: string, podman: PodmanFacts): PodmanVerdict =>
  JUDGES[form](spec, podman);

/** What the newest of the podmans that are meant says, and whether it is a refusal that every other one shares. */
export function judgeByAll(
  form: keyof typeof JUDGES,
  spec: string,
  podman?: Version,
): { readonly verdict: PodmanVerdict; readonly isRefusedByAll: boolean } {
  const podmans = everyPodman(podman);
  const verdict = judgeFlag(form, spec, podmans.at(-1)!);
  const isRefused = (one: PodmanFacts) => judgeFlag(form, spec, one).kind === 'refused';
  return { verdict, isRefusedByAll: verdict.kind === 'refused' && podmans.every(isRefused) };
}
