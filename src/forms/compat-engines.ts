import { parseFor, readSpec } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { portableDialects } from '../dialects/docker/tables/fleet.js';
import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { podmanEffect } from '../dialects/podman/effect.js';
import { everyPodman, judgeFlag } from '../dialects/podman/every.js';
import { PODMAN_MOUNT_KEYS } from '../dialects/podman/mount-keys.js';
import { podmanKnowsMode } from '../dialects/podman/other-engines.js';
import type { PodmanFacts } from '../dialects/podman/versions.js';
import type { SpecForm } from '../spec/ast.js';
import { parseSpec } from '../spec/parse.js';
import { type EngineConversion, isSameEffect, toDocker, toPodman } from './between-engines.js';

/** What a flag is to the other engine, which answers to the name that the command has. */
export type EngineCompat =
  /** It does the same there, or nobody takes it. */
  | { readonly kind: 'same' }
  | { readonly kind: 'written'; readonly form: SpecForm; readonly text: string }
  | { readonly kind: 'stays'; readonly why: string };

/** What decides besides the flag. */
interface EngineCompatOptions {
  readonly cwd: string;
  /** Whether the engine surely finds something at a path of the host. */
  readonly isThere?: (path: string) => boolean;
}

const SAME: EngineCompat = { kind: 'same' };
const stays = (why: string): EngineCompat => ({ kind: 'stays', why });

/** docker's flag for the podman that answers to docker's name: so that it makes what every docker makes that takes it. */
export function compatForPodman(
  form: SpecForm,
  spec: string,
  { podman, name, ...options }: EngineCompatOptions & { readonly podman: PodmanFacts; readonly name: string },
): EngineCompat {
  const { cwd } = options;
  const takers = dockersThatTake(form, spec, cwd);
  const made = takers.map((dialect) => toPodman(form, spec, { dialect, podmans: [podman], cwd }));
  const newest = made.at(-1);
  // What is podman's own, and what is a mistake everywhere.
  if (newest === undefined) return SAME;
  const other = made.findIndex(({ flag }) => JSON.stringify(flag) !== JSON.stringify(newest.flag));
  if (other !== -1)
    return stays(
      `docker ${showVersion(takers[other]!.client)} and ${showVersion(takers.at(-1)!.client)} read it in different ways`,
    );
  const verdict = judgeFlag(form, spec, podman);
  const refusal = verdict.kind === 'refused' ? `${name} refuses it: ${verdict.message}; ` : '';
  const { flag } = newest;
  if (flag?.form === form && flag.text === spec) return SAME;
  const why = whyNot(newest, flag && podmanEffect(flag.form, flag.text, podman)?.source, options);
  return why === undefined ? { kind: 'written', ...flag! } : stays(`${refusal}${why}`);
}

/** A flag with words that podman has and docker has not, as docker's; undefined for any other. Every podman that takes it must make the same of it. */
export function compatOfPodman(
  form: SpecForm,
  spec: string,
  options: EngineCompatOptions,
): EngineCompat | undefined {
  const { cwd } = options;
  if (!hasPodmansWord(form, spec) || dockersThatTake(form, spec, cwd).length > 0) return undefined;
  const dialects = portableDialects();
  const takers = everyPodman().filter((podman) => judgeFlag(form, spec, podman).kind === 'accepted');
  const effects = takers.map((podman) => podmanEffect(form, spec, podman)!);
  const newest = effects.at(-1);
  if (newest === undefined) return undefined;
  if (!effects.every((one) => isSameEffect(one, newest)))
    return stays('podman versions differ in what it does');
  const made = toDocker(form, spec, { podman: takers.at(-1)!, dialects, cwd });
  const why = whyNot(made, newest.source, options);
  return why === undefined ? { kind: 'written', ...made.flag! } : stays(`it is written for podman: ${why}`);
}

const dockersThatTake = (form: SpecForm, spec: string, cwd: string): readonly Dialect[] =>
  portableDialects().filter((dialect) => {
    const node = parseFor(form, spec, dialect);
    return readSpec(node, { dialect, cwd }).ok && lowerSpec(node, { dialect, keepsRelative: true }).ok;
  });

/** Why the other engine's flag is not exactly the same. What it does to each mount of that kind is not part of this one. */
function whyNot(
  { flag, losses }: EngineConversion,
  source: string | undefined,
  { cwd, isThere }: EngineCompatOptions,
): string | undefined {
  const path = source?.startsWith('/') === false ? `${cwd}/${source}` : source;
  const isFound = path !== undefined && isThere?.(path) === true;
  const lost = losses.filter(
    ({ kind, field }) => kind !== 'none-here' && !(field === 'createSource' && isFound),
  );
  return lost[0]?.why ?? (flag === undefined ? 'it has nothing that does exactly the same' : undefined);
}

/** Whether what docker refuses in it is a word that podman has: the rest of what docker refuses is more often a mistake. */
function hasPodmansWord(form: SpecForm, spec: string): boolean {
  const node = parseSpec(form, spec);
  if (node.kind === 'volume')
    return (node.sections[2]?.value ?? '')
      .split(',')
      .some((word) => podmanKnowsMode(word) && !VOLUME_MODE_BY_NAME.has(word));
  if (node.kind === 'tmpfs') return node.target.value.startsWith('/') && node.options !== undefined;
  return node.fields.some(({ key, value }) =>
    key.value === 'type'
      ? OWN_TYPES.has(value?.value ?? '')
      : PODMAN_MOUNT_KEYS.has(key.value) && !MOUNT_KEY_BY_NAME.has(key.value),
  );
}

const OWN_TYPES = new Set(['ramfs', 'glob', 'devpts', 'artifact']);
