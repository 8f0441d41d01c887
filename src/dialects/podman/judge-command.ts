import type { SpecForm } from '../../spec/ast.js';
import { formOf } from '../docker/client/compile.js';
import type { DockerInvocation } from '../docker/client/docker-argv.js';
import { type FlaggedMount, MountsSoFar } from './conflicts.js';
import { judgeFlag } from './every.js';
import type { PodmanFacts } from './versions.js';
import { refuseVolumesFrom } from './volumes-from.js';

/** A flag of a command, as podman gets it. */
export interface GivenFlag {
  readonly form: SpecForm | 'volumes-from';
  readonly value: string;
}

/** The flags of a command that bring mounts. */
export function mountFlags({ flags }: DockerInvocation): GivenFlag[] {
  return [
    ...flags.flatMap((use): GivenFlag[] => {
      const form = formOf(use);
      return form === undefined ? [] : [{ form, value: use.value.value }];
    }),
    ...flags
      .filter(({ flag }) => flag.name === 'volumes-from')
      .map(({ value }): GivenFlag => ({ form: 'volumes-from', value: value.value })),
  ];
}

/** What a podman is sure to refuse a command for, whatever the machine, and for which of its flags. */
export function refuseCommand(
  flags: readonly GivenFlag[],
  podman: PodmanFacts,
): { readonly flag: GivenFlag; readonly message: string } | undefined {
  const mounts = new MountsSoFar<FlaggedMount>();
  for (const flag of flags) {
    const { form, value } = flag;
    if (form === 'volumes-from') {
      const refusal = refuseVolumesFrom(value);
      if (refusal !== undefined) return { flag, message: refusal.message };
      continue;
    }
    const verdict = judgeFlag(form, value, podman);
    if (verdict.kind === 'refused') return { flag, message: verdict.message };
    if (mounts.add({ flag: form, mount: verdict.mount }) !== undefined)
      return { flag, message: `${verdict.mount.target}: duplicate mount destination` };
  }
  return undefined;
}
