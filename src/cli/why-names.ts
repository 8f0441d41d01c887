import { askDocker } from '../docker/ask-docker.js';
import type { Engine } from '../docker/why/gather.js';
import type { ContainerInfo, ImageInfo } from '../inspect/container-json.js';
import { append } from '../text/append.js';
import type { Unseen } from '../why/finding.js';
import { EXIT } from './exit-codes.js';
import { askEngine, NOT_THERE } from './inspect-input.js';
import type { CliIo } from './io.js';
import { askVolumeUse, type VolumeAnswer } from './why-volume.js';

/** Containers of one engine, with what their images say. */
interface FoundContainers {
  readonly engine: Engine;
  readonly containers: readonly ContainerInfo[];
  readonly images: readonly ImageInfo[];
  /** What docker said of it, where that is known. */
  readonly said?: string;
  /** What could not be looked at before. */
  readonly unseen?: readonly Unseen[];
  /** It was read from a file: nobody knows whose machine it is about. */
  readonly isRecord?: boolean;
}

/** The containers that were asked for, and what went wrong; `exit` counts where something did. */
export interface Found {
  readonly found: readonly FoundContainers[];
  readonly problems: readonly string[];
  readonly exit: number;
  /** What was not a container, and is a volume. */
  readonly volumes?: readonly VolumeAnswer[];
}

/** How long an engine may take to answer one question, in milliseconds. */
const PATIENCE = 10_000;
const SERVICE_LABEL = 'com.docker.compose.service';
const FOLDER_LABEL = 'com.docker.compose.project.working_dir';

/** Finds containers by name, number or Compose service, at the first engine that has them. */
export async function findContainers(
  names: readonly string[],
  { all, engines }: { readonly all: boolean; readonly engines: readonly Engine[] },
  io: CliIo,
): Promise<Found> {
  if (engines.length === 0)
    return { found: [], problems: ['there is no docker and no podman on PATH'], exit: EXIT.environment };
  const found: FoundContainers[] = [];
  const said: string[] = [];
  let left = names;
  let exit: number = EXIT.findings;
  for (const engine of engines) {
    const asked = all ? await listIds(engine, [], io) : left;
    if (asked === undefined) {
      said.push(`${engine.name} does not respond`);
      exit = EXIT.environment;
      continue;
    }
    if (asked.length === 0) continue;
    const answer = await askNames(engine, asked, io);
    if (answer.found !== undefined) found.push(answer.found);
    left = left.filter((name) => answer.missing.includes(name));
    if (answer.problem !== undefined) {
      said.push(answer.problem);
      exit = EXIT.environment;
    }
    if (!all && left.length === 0) return { found, problems: [], exit: EXIT.ok };
  }
  if (all && said.length < engines.length) return { found, problems: [], exit: EXIT.ok };
  const volumes: VolumeAnswer[] = [];
  for (const engine of said.length > 0 ? [] : engines) {
    for (const name of left) {
      const volume = await askVolumeUse(engine, name, io);
      if (volume === undefined) continue;
      volumes.push(volume);
      left = left.filter((one) => one !== name);
    }
  }
  if (left.length === 0 && !all && said.length === 0) return { found, volumes, problems: [], exit: EXIT.ok };
  const lacking = left.map((name) => `there is no container, no service and no volume \`${name}\``);
  return { found, volumes, problems: said.length > 0 ? said : lacking, exit };
}

interface Asked {
  readonly found?: FoundContainers;
  readonly missing: readonly string[];
  readonly problem?: string;
}

async function askNames(engine: Engine, names: readonly string[], io: CliIo): Promise<Asked> {
  const all = await askEngine(engine.path, names, io, PATIENCE);
  if (!('problem' in all)) return { found: { engine, ...all }, missing: [] };
  if (!NOT_THERE.test(all.problem)) return { missing: names, problem: `${engine.name}: ${all.problem}` };
  // One of them is not there, and nothing is said of the others.
  const missing: string[] = [];
  const containers: ContainerInfo[] = [];
  const images: ImageInfo[] = [];
  for (const name of names) {
    let one = await askEngine(engine.path, [name], io, PATIENCE);
    if ('problem' in one && NOT_THERE.test(one.problem)) {
      const service = await listService(engine, name, io);
      if (service.length === 0) {
        missing.push(name);
        continue;
      }
      one = await askEngine(engine.path, service, io, PATIENCE);
    }
    if ('problem' in one) return { missing: names, problem: `${engine.name}: ${one.problem}` };
    append(containers, one.containers);
    append(images, one.images);
  }
  return containers.length === 0 ? { missing } : { found: { engine, containers, images }, missing };
}

/** The containers of a Compose service: of the project of this folder, or else of the only one that has it. */
async function listService(engine: Engine, name: string, io: CliIo): Promise<readonly string[]> {
  const filter = ['--filter', `label=${SERVICE_LABEL}=${name}`];
  const here = await listIds(engine, [...filter, '--filter', `label=${FOLDER_LABEL}=${io.cwd}`], io);
  return here !== undefined && here.length > 0 ? here : ((await listIds(engine, filter, io)) ?? []);
}

async function listIds(
  engine: Engine,
  filters: readonly string[],
  io: CliIo,
): Promise<readonly string[] | undefined> {
  const { stdout, exit } = await askDocker(
    engine.path,
    ['ps', '--all', '--quiet', '--no-trunc', ...filters],
    io.env,
    PATIENCE,
  );
  return exit === 0 ? stdout.split('\n').filter((id) => /^[0-9a-f]+$/.test(id)) : undefined;
}
