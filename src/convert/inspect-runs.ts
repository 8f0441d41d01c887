import type { ToldContainer } from '../container/field.js';
import { FIELD_OF_FLAG } from '../container/fields.js';
import { itemsIn, mapIn, scalarText } from '../container/kinds.js';
import { flagsOfContainer, isNothing, type RunFlag, type RunLoss } from '../container/run-fields.js';
import { bodyMounts, readApiJson } from './api-input.js';
import type { ContainerOptions } from './compose-containers.js';
import { composeContainers } from './compose-containers.js';
import type { NoMounts } from './compose-mounts.js';
import type { ConvertOptions } from './convert-command.js';
import type { ConvertedMount, ConvertedMounts } from './convert-mounts.js';
import { asDockers, isOfPodman } from './podman-inspect.js';
import { knownFlags, runLine, runMounts } from './run-output.js';
import { shellCommands } from './text-mounts.js';
import type { MountOutcome } from './write-mounts.js';

type Json = Readonly<Record<string, unknown>>;

/** Whether a value is a container, or a create call, that says of which image it is. */
export const isContainer = (value: unknown): boolean =>
  imageOf(value) !== undefined && mapIn(value)['RootFS'] === undefined;

const imageOf = (value: unknown): string | undefined => {
  const root = mapIn(value);
  return scalarText(mapIn(root['Config'])['Image'] ?? root['Image']);
};

/**
 * Writes what `docker inspect` prints of containers as the commands that make them again; of images among them what they say
 * themselves is left out. Undefined where no container is in the text.
 */
export function inspectRuns(
  text: string,
  options: ConvertOptions,
  isForCompose = false,
): ConvertedMounts | undefined {
  const values = readApiJson(text)?.filter((one) => Object.keys(mapIn(one)).length > 0) ?? [];
  const images = values.filter((one) => mapIn(one)['RootFS'] !== undefined).map(mapIn);
  const containers = values.filter(isContainer).map(mapIn);
  if (containers.length === 0) return undefined;
  const conversions: ConvertedMount[] = [];
  const lines = containers.map((one) => {
    const isPodmans = isOfPodman(one);
    const written = writeContainer(isPodmans ? asDockers(one) : one, images, options, isForCompose);
    if (isPodmans) conversions.push(PODMANS);
    const name = scalarText(one['Name'])?.replace(/^\//, '');
    for (const conversion of written.conversions)
      conversions.push(
        containers.length > 1 && name !== undefined
          ? { ...conversion, from: `${name}: ${conversion.from}` }
          : conversion,
      );
    return `${written.line}\n`;
  });
  return { text: lines.join(''), conversions };
}

const PODMANS: ConvertedMount = {
  from: 'podman inspect',
  written: true,
  exact: false,
  losses: [
    {
      field: 'HostConfig',
      kind: 'changed',
      why: "podman's own defaults are left to docker: the command that created the container (`Config.CreateCommand`) converts with `--to docker-run`",
    },
  ],
};

/** The same as the services of a Compose file. */
export async function inspectCompose(
  text: string,
  to: 'compose' | 'compose-short',
  options: ContainerOptions,
): Promise<ConvertedMounts | NoMounts | undefined> {
  const runs = inspectRuns(text, options, true);
  if (runs === undefined) return undefined;
  const file = composeContainers(await shellCommands(runs.text, options), to, options);
  return { text: file.text, conversions: [...runs.conversions, ...file.conversions] };
}

function writeContainer(
  root: Json,
  images: readonly Json[],
  options: ConvertOptions,
  isForCompose: boolean,
): { readonly line: string; readonly conversions: readonly ConvertedMount[] } {
  const image = imageOf(root)!;
  const said = saidByImage(root, image, images);
  const container: ToldContainer = {
    at: (path) => valueAt(root, path),
    ofImage: (path) => said && pathIn(said, path),
  };
  const fields = flagsOfContainer(container);
  const known = knownFlags(fields.flags, options.dialects);
  const losses: RunLoss[] = [...fields.losses, ...unread(root)];
  for (const { flag: _flag, ...one } of known.losses) losses.push(one);
  if (said === undefined && 'Config' in root)
    losses.push({
      key: 'Config',
      kind: 'none-here',
      why: 'which parts of its environment, command, labels and so on come from the image is not known without `docker image inspect`: the command sets all of it',
    });
  const flags = isForCompose ? known.flags.flatMap(forCompose) : known.flags;
  const runs = whatRuns(container, said, { flags, words: fields.words });
  const body = said === undefined ? root : withoutImageVolumes(root, Object.keys(mapIn(said['Volumes'])));
  const mounts = runMounts(
    bodyMounts(body, options.dialects.at(-1)!) ?? { mounts: [], omitted: [] },
    options,
  );
  for (const one of newVolumes(root)) losses.push(one);
  return {
    line: runLine({ ...runs, mounts, image, holes: new Map() }),
    conversions: [...losses.map(asConversion), ...mounts.map(mountConversion)],
  };
}

/** What the image of a container says itself, where it is among those that were inspected. */
function saidByImage(root: Json, image: string, images: readonly Json[]): Json | undefined {
  const own = images.find(
    ({ Id, RepoTags, RepoDigests }) =>
      (Id !== undefined && Id === root['Image']) ||
      [...itemsIn(RepoTags), ...itemsIn(RepoDigests)].some(
        (tag) => tag === image || tag === `${image}:latest`,
      ),
  );
  return own && mapIn(own['Config'] ?? own['ContainerConfig']);
}

const textsIn = (value: unknown): readonly string[] => itemsIn(value).flatMap((one) => scalarText(one) ?? []);

/** The flags, what goes before the command, and the command, without one that the image has itself. */
function whatRuns(
  container: ToldContainer,
  said: Json | undefined,
  { flags, words }: { readonly flags: readonly RunFlag[]; readonly words: readonly string[] },
) {
  const command = textsIn(container.at('Cmd'));
  const usual = textsIn(said?.['Cmd']);
  const isTaken = flags.some(({ field }) => field.flag === 'entrypoint');
  if (said === undefined || isTaken) return { flags, words, command };
  const isUsual = command.join('\0') === usual.join('\0') && command.length === usual.length;
  if (isUsual || command.length > 0) return { flags, words, command: isUsual ? [] : command };
  // Nothing else takes the image's command away.
  const [first = '', ...rest] = textsIn(container.at('Entrypoint'));
  const entrypoint = { field: FIELD_OF_FLAG.get('entrypoint')!, values: [first] };
  return { flags: [...flags, entrypoint], words: rest, command };
}

/** The anonymous volumes, which another container does not get. */
const newVolumes = (root: Json): readonly RunLoss[] =>
  itemsIn(root['Mounts'])
    .map(mapIn)
    .filter(({ Type, Name }) => Type === 'volume' && /^[0-9a-f]{64}$/.test(String(Name)))
    .map(({ Name, Destination }) => ({
      key: 'Mounts',
      kind: 'none-here',
      why: `at \`${scalarText(Destination) ?? ''}\` a new volume is created: \`-v ${scalarText(Name)}:${scalarText(Destination) ?? ''}\` keeps what is in the old one`,
    }));

const asConversion = ({ key, kind, why }: RunLoss): ConvertedMount => ({
  from: key,
  key,
  written: kind !== 'impossible',
  exact: kind === 'none-here',
  losses: [{ field: key, kind, why }],
});

const mountConversion = ({ from, written, exact, losses }: MountOutcome): ConvertedMount => ({
  from,
  key: 'Mounts',
  written: written !== undefined,
  exact,
  losses: losses.filter(({ field }) => field !== 'form'),
});

/** Compose writes its labels itself, and runs nothing in front. */
function forCompose(flag: RunFlag): readonly RunFlag[] {
  if (flag.field.flag === 'detach') return [];
  if (flag.field.flag !== 'label') return [flag];
  const values = flag.values.filter((one) => !one.startsWith('com.docker.compose.'));
  return values.length === 0 ? [] : [{ ...flag, values }];
}

/** What stands at a path: of the container itself, or of its `Config`, which a create call has at its top. */
function valueAt(root: Json, path: string): unknown {
  const [first = ''] = path.split('.');
  return pathIn(OUTSIDE.has(first) || root['Config'] === undefined ? root : mapIn(root['Config']), path);
}

const OUTSIDE: ReadonlySet<string> = new Set([
  'HostConfig',
  'NetworkSettings',
  'NetworkingConfig',
  'State',
  'Id',
  'Name',
]);

const pathIn = (root: Json, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((at, key) => (Object.hasOwn(mapIn(at), key) ? mapIn(at)[key] : undefined), root);

function withoutImageVolumes(root: Json, targets: readonly string[]): Json {
  const config = mapIn(root['Config']);
  const volumes = Object.entries(mapIn(config['Volumes'])).filter(([target]) => !targets.includes(target));
  return { ...root, Config: { ...config, Volumes: Object.fromEntries(volumes) } };
}

/** What the engine tells that no row of the table has. */
function unread(root: Json): readonly RunLoss[] {
  const known = new Set<string>(NEUTRAL);
  for (const { api = '' } of FIELD_OF_FLAG.values())
    for (const path of api.split(', '))
      known.add(
        path
          .split('.')
          .slice(0, path.startsWith('HostConfig.') ? 2 : 1)
          .join('.'),
      );
  const config = mapIn(root['Config']);
  const all = [
    ...Object.entries(config),
    ...Object.entries(mapIn(root['HostConfig'])).map(([key, value]) => [`HostConfig.${key}`, value] as const),
  ];
  return all.flatMap(([key, value]): RunLoss[] =>
    known.has(key) || isNothing(value)
      ? []
      : [{ key, kind: 'impossible', why: 'docker run has no flag for it' }],
  );
}

/** What other parts of a container say, or nobody. */
const NEUTRAL = [
  'Image',
  'Cmd',
  'Volumes',
  'OnBuild',
  'Shell',
  'ArgsEscaped',
  'StdinOnce',
  'AttachStdin',
  'AttachStdout',
  'AttachStderr',
  'MacAddress',
  'HostConfig.ConsoleSize',
  'HostConfig.Binds',
  'HostConfig.NetworkMode',
] as const;
