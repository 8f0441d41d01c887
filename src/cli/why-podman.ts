import { resolve } from 'node:path';
import type { CreateBody } from '../dialects/docker/client/api.js';
import { compileInvocation } from '../dialects/docker/client/compile.js';
import { type DockerInvocation, scanDocker, scanOther } from '../dialects/docker/client/docker-argv.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { type PodmanEffect, podmanEffect } from '../dialects/podman/effect.js';
import { everyPodman } from '../dialects/podman/every.js';
import { mountFlags, refuseCommand } from '../dialects/podman/judge-command.js';
import { PROPAGATIONS } from '../dialects/podman/words.js';
import { toDocker } from '../forms/between-engines.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import { cleanPath } from '../go/path.js';
import type { MountPoint } from '../inspect/container-json.js';
import { plainText } from '../text/spec-text.js';

/** What podman would make of a command. */
interface PodmanPlan {
  readonly invocation: DockerInvocation;
  /** What docker has words for, as docker keeps it. */
  readonly body: CreateBody;
  /** What only podman has words for, as it would be told of. */
  readonly points: readonly MountPoint[];
}

/** Reads podman's words by its own grammar; `why` where no podman makes a container of them. */
export function readPodmanPlan(
  words: readonly string[],
  { dialect, cwd }: { readonly dialect: Dialect; readonly cwd: string },
): PodmanPlan | { readonly why: string } {
  const scan = scanOther(words.map(plainText), 'podman');
  if (scan.kind === 'unknown') return { why: scan.problem?.reason ?? scan.why };
  if (scan.problem !== undefined) return { why: scan.problem.reason };
  const podmans = everyPodman();
  const given = mountFlags(scan);
  const refusals = podmans.map((podman) => refuseCommand(given, podman));
  if (refusals.every((refusal) => refusal !== undefined))
    return { why: `podman refuses it: ${refusals.at(-1)!.message}` };
  const podman = podmans[refusals.lastIndexOf(undefined)]!;
  const asDocker: string[] = [];
  const points: MountPoint[] = [];
  for (const flag of given) {
    if (flag.form === 'volumes-from') asDocker.push('--volumes-from', flag.value.split(':')[0]!);
    else {
      const effect = podmanEffect(flag.form, flag.value, podman)!;
      const docker =
        flag.form === 'volume'
          ? { form: flag.form, text: bindOf(effect) }
          : toDocker(flag.form, flag.value, { podman, dialects: [dialect], cwd }).flag;
      if (docker === undefined) points.push(pointOf(effect, cwd));
      else asDocker.push(FLAG_OF[docker.form], docker.text);
    }
  }
  const docker = scanDocker(['create', ...asDocker, 'image'].map(plainText), dialect.client);
  const compiled = docker.kind === 'unknown' ? undefined : compileInvocation(docker, { dialect, cwd });
  return compiled?.create === undefined
    ? { why: compiled?.refusal?.stderr ?? compiled?.unknown ?? 'its mounts cannot be read together' }
    : { invocation: scan, body: compiled.create, points };
}

/** What of a `-v` docker knows too: as both say it of a container. */
function bindOf({ source, target, isReadonly, words }: PodmanEffect): string {
  const modes = [...(isReadonly ? ['ro'] : []), ...words.filter((word) => OF_BOTH.test(word))];
  return [
    ...(source === undefined ? [] : [source]),
    target,
    ...(modes.length > 0 ? [modes.join(',')] : []),
  ].join(':');
}

const OF_BOTH = /^(?:z|Z|nocopy|r?(?:shared|slave|private))$/;

function pointOf(effect: PodmanEffect, cwd: string): MountPoint {
  const { type, source = '', target, isReadonly, words } = effect;
  const isBind = type === 'bind';
  return {
    type,
    source: isBind ? resolve(cwd, source) : '',
    destination: cleanPath(target),
    ...(type === 'volume' && source !== '' && { name: source }),
    mode: '',
    isWritable: !isReadonly,
    propagation: words.find((word) => PROPAGATIONS.has(word)) ?? '',
  };
}
