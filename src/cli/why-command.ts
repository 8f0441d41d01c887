import { askInspect } from '../docker/inspect.js';
import type { Engine } from '../docker/why/gather.js';
import { type ContainerInfo, type ImageInfo, readInspected } from '../inspect/container-json.js';
import { PLANNED } from '../why/evidence.js';
import { type ChosenDialect, chooseDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import { compileWords } from './inspect-expect.js';
import type { CliIo } from './io.js';
import type { Found } from './why-names.js';

const PATIENCE = 10_000;
/** How long somebody may take to hand over what docker said, in milliseconds. */
const INPUT_PATIENCE = 2000;

/** The container that a command would make, as far as it says; with what docker said of it, from standard input. */
export async function planContainer(
  words: readonly string[],
  engines: readonly Engine[],
  io: CliIo,
): Promise<Found> {
  const name = words[0]?.split('/').at(-1) === 'podman' ? 'podman' : 'docker';
  const engine = engines.find((one) => one.name === name) ?? { name, path: '' };
  // Flags about mounts are the same for both, and what is read is what is common.
  const asDocker = name === 'podman' ? ['docker', ...words.slice(1)] : words;
  const chosen = await chooseDialect({}, io);
  const { words: filled, invocation, compiled } = await compileWords(asDocker, chosen, io, 'why');
  if (compiled.create === undefined) return await refused(words, name, compiled.refusal?.stderr, chosen);
  const image = invocation.image === undefined ? undefined : filled[invocation.image];
  const flag = (long: string): string[] =>
    invocation.flags.filter(({ flag: one }) => one.name === long).map(({ value }) => value.value);
  const asked = image === undefined || engine.path === '' ? undefined : await askImage(engine, image, io);
  const said = io.stdinIsTerminal ? '' : await readBriefly(io);
  const [plain] = readInspected({ HostConfig: {} })!.containers;
  const info: ContainerInfo = {
    ...plain!,
    name: flag('name').at(-1) ?? '',
    image: image ?? '',
    imageId: asked?.id ?? '',
    body: compiled.create,
    state: { ...plain!.state, status: PLANNED, error: isOfEngine(said) ? said : '' },
    process: {
      ...plain!.process,
      user: flag('user').at(-1) ?? asked?.user ?? '',
      groups: flag('group-add'),
      isPrivileged: flag('privileged').some((value) => value !== 'false'),
      capAdd: flag('cap-add'),
      capDrop: flag('cap-drop'),
      userns: flag('userns').at(-1) ?? '',
      readOnlyRoot: flag('read-only').some((value) => value !== 'false'),
    },
    isRemovedAtEnd: flag('rm').some((value) => value !== 'false'),
    layers: {
      lower:
        asked === undefined
          ? []
          : [...(asked.layers.upper ? [asked.layers.upper] : []), ...asked.layers.lower],
    },
  };
  const images = asked === undefined ? [] : [asked];
  return { found: [{ engine, containers: [info], images, said }], problems: [], exit: EXIT.ok };
}

/** A command that docker's client refuses: what lint says of it says more. */
async function refused(
  words: readonly string[],
  name: Engine['name'],
  stderr: string | undefined,
  { dialect, cwd }: ChosenDialect,
): Promise<Found> {
  // The rules are loaded when there is something to judge.
  const { lintArgs } = await import('#entry/judge');
  const { diagnostics } = lintArgs(words.slice(1), {
    dialect,
    cwd,
    ...(name === 'podman' && { engine: name }),
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const problems =
    errors.length > 0
      ? errors.map(({ message, help, rule }) => `${message}; ${help} [${rule}]`)
      : [
          stderr === undefined
            ? 'what this command mounts cannot be known'
            : `docker refuses it: ${stderr.trim()}`,
        ];
  return { found: [], problems, exit: EXIT.findings };
}

const isOfEngine = (text: string): boolean =>
  /Error response from daemon|^(?:docker: |podman: )?Error\b|OCI runtime|crun:|runc\b/m.test(text);

async function askImage(engine: Engine, image: string, io: CliIo): Promise<ImageInfo | undefined> {
  const answer = await askInspect(engine.path, 'image', [image], io.env, PATIENCE);
  return answer.ok ? readInspected(answer.value)?.images[0] : undefined;
}

/** What comes on standard input, unless nobody sends anything. */
async function readBriefly(io: CliIo): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), INPUT_PATIENCE);
  });
  const bytes = await Promise.race([io.readStdin(), late]);
  clearTimeout(timer);
  if (bytes === undefined) io.leaveStdin?.();
  return bytes?.toString('utf8') ?? '';
}
