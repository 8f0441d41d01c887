import { isFlagSet } from '../dialects/docker/client/docker-argv.js';
import { askInspect } from '../docker/inspect.js';
import type { Engine } from '../docker/why/gather.js';
import { type ContainerInfo, type ImageInfo, readInspected } from '../inspect/container-json.js';
import { engineWords } from '../why/engine-words.js';
import { PLANNED } from '../why/evidence.js';
import { type ChosenDialect, chooseDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import { compileWords, type FilledWords, fillWords } from './inspect-expect.js';
import type { CliIo } from './io.js';
import { UsageError } from './usage.js';
import type { Found } from './why-names.js';
import { readPodmanPlan } from './why-podman.js';
import { readSaid } from './why-said.js';

const PATIENCE = 10_000;

/** The container that a command would make, as far as it says; with what the engine said of it, from standard input. */
export async function planContainer(
  words: readonly string[],
  engines: readonly Engine[],
  io: CliIo,
): Promise<Found> {
  const chosen = await chooseDialect({}, io);
  const filled = await fillWords(words, chosen, io, 'why');
  const name = filled.engine;
  if (name !== 'docker' && name !== 'podman')
    throw new UsageError(`why takes a command of docker or podman, not of ${name}`);
  const plan = name === 'podman' ? readPodmanPlan(filled.words, chosen) : readDockerPlan(filled, chosen);
  if ('why' in plan) return await refused(filled.words, name, plan.why, chosen);
  const { invocation, body, points } = plan;
  const engine = engines.find((one) => one.name === name) ?? { name, path: '' };
  const image = invocation.image === undefined ? undefined : filled.words[invocation.image];
  const flag = (long: string): string[] =>
    invocation.flags.filter(({ flag: one }) => one.name === long).map(({ value }) => value.value);
  const asked = image === undefined || engine.path === '' ? undefined : await askImage(engine, image, io);
  const { said, unseen } = await readSaid(io);
  const [plain] = readInspected({ HostConfig: {} })!.containers;
  const info: ContainerInfo = {
    ...plain!,
    name: flag('name').at(-1) ?? '',
    image: image ?? '',
    imageId: asked?.id ?? '',
    body,
    points,
    state: { ...plain!.state, status: PLANNED, error: engineWords(said, name) },
    process: {
      ...plain!.process,
      user: flag('user').at(-1) ?? asked?.user ?? '',
      groups: flag('group-add'),
      isPrivileged: isFlagSet(invocation, 'privileged'),
      capAdd: flag('cap-add'),
      capDrop: flag('cap-drop'),
      userns: flag('userns').at(-1) ?? '',
      readOnlyRoot: isFlagSet(invocation, 'read-only'),
    },
    isRemovedAtEnd: isFlagSet(invocation, 'rm'),
    layers: {
      lower:
        asked === undefined
          ? []
          : [...(asked.layers.upper ? [asked.layers.upper] : []), ...asked.layers.lower],
    },
  };
  const images = asked === undefined ? [] : [asked];
  return { found: [{ engine, containers: [info], images, said, unseen }], problems: [], exit: EXIT.ok };
}

function readDockerPlan(filled: FilledWords, chosen: ChosenDialect) {
  const { invocation, compiled } = compileWords(filled, chosen, 'why');
  const { create, refusal, unknown } = compiled;
  if (create !== undefined) return { invocation, body: create, points: [] };
  return {
    why:
      refusal === undefined
        ? `what this command mounts cannot be known: ${unknown}`
        : `docker refuses it: ${refusal.stderr.trim()}`,
  };
}

/** A command that its client refuses: what lint says of it says more. */
async function refused(
  words: readonly string[],
  name: Engine['name'],
  why: string,
  { dialect, cwd }: ChosenDialect,
): Promise<Found> {
  // The rules are loaded when there is something to judge.
  const { lintArgs } = await import('#entry/judge');
  const { diagnostics } = lintArgs(words, { dialect, cwd, ...(name === 'podman' && { engine: name }) });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const problems =
    errors.length > 0 ? errors.map(({ message, help, rule }) => `${message}; ${help} [${rule}]`) : [why];
  return { found: [], problems, exit: EXIT.findings };
}

async function askImage(engine: Engine, image: string, io: CliIo): Promise<ImageInfo | undefined> {
  const answer = await askInspect(engine.path, 'image', [image], io.env, PATIENCE);
  return answer.ok ? readInspected(answer.value)?.images[0] : undefined;
}
