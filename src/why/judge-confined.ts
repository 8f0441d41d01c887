import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { clockTrouble, SET_CLOCK } from './engine-facts.js';
import { type Evidence, hostPathOf } from './evidence.js';
import { factsOf, isWithin, moveBelow } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { flagWords } from './flag-words.js';
import { judgeAccess } from './judge-access.js';

/** What docker of a snap package sees of the machine's files as they are; of all else it has files of its own. */
const SEEN_BY_SNAP =
  /^(?:\/home\/[^/]+(?:\/(?!\.).*)?$|\/(?:media|run|mnt|dev|proc|sys|etc|root|var\/(?:snap|log|tmp|lib\/snapd))(?:\/|$))/;

/** The source is where docker of a snap package does not see the machine's files. */
export function judgeSnap({ info }: Evidence, mount: ContainerMount): TroubleFinding[] {
  const source = hostPathOf(mount);
  const folder = info.layers.upper ?? info.layers.merged ?? '';
  if (mount.type !== 'bind' || source === undefined || !folder.startsWith('/var/snap/docker/')) return [];
  if (SEEN_BY_SNAP.test(source)) return [];
  return [
    {
      cause: 'snap-confined',
      severity: 'error',
      target: mount.target,
      message: `\`${mount.target}\` does not show \`${source}\` of the machine: docker is a snap package here, which sees homes (without what begins with a dot), and has files of its own there`,
      help: 'put it below your home, or install docker as a package of the system',
    },
  ];
}

/** Profiles that let a container at everything which is mounted in it, but what the kernel itself shows. */
const DEFAULT_PROFILES = /^(?:docker-default|containers-default-[\w.]+)$/;

/** A program may not what owner and mode allow: then its profile of AppArmor is what is left, where it has one. */
export function judgeAppArmor(evidence: Evidence, mount: ContainerMount, path: string): TroubleFinding[] {
  const { info, inside, host, who } = evidence;
  const { target } = mount;
  const profile = info.process.appArmor;
  const source = hostPathOf(mount);
  if (profile === '' || profile === 'unconfined' || info.process.isPrivileged || who === undefined) return [];
  const isOfKernel = source !== undefined && ['/proc', '/sys'].some((one) => isWithin(source, one));
  if (DEFAULT_PROFILES.test(profile) && !isOfKernel) return [];
  const onHost = source === undefined ? undefined : moveBelow(path, target, source);
  // Nothing is left over where it is not known what the mode allows.
  if (factsOf(inside, path) === undefined && (onHost === undefined || factsOf(host, onHost) === undefined))
    return [];
  if (mount.readOnly || judgeAccess(evidence, mount, path).length > 0) return [];
  const from = flagWords(mount, evidence);
  return [
    {
      cause: 'apparmor-profile',
      severity: 'warning',
      target,
      message: `owner and mode of \`${path}\` allow it, so the program may be blocked by the profile \`${profile}\` of AppArmor`,
      help: `its denials are in the kernel log: journalctl -k --grep ${quoteShell('apparmor="DENIED"')}`,
      ...(from !== undefined && {
        remedy: { kind: 'change', from, to: `${from} --security-opt apparmor=unconfined` },
      }),
    },
  ];
}

/** The engine's machine, often a virtual one that slept, has another time than this one. */
export function judgeClock({ behind = 0, mounts }: Evidence): TroubleFinding[] {
  const shared = mounts.find(({ type }) => type === 'bind');
  const trouble = clockTrouble(behind);
  if (shared === undefined || trouble === undefined) return [];
  return [
    {
      cause: 'other-clock',
      severity: 'warning',
      message: `${trouble}: files that are saved here have times of ${behind > 0 ? 'the future' : 'the past'} in the container, and programs that compare them (make, bundlers, caches) rebuild nothing or everything`,
      help: SET_CLOCK,
    },
  ];
}
