import type { ComposeValue, ToldService } from '../container/field.js';
import { FIELD_OF_FLAG } from '../container/fields.js';
import { hasMark, itemsIn, mapIn, scalarText } from '../container/kinds.js';
import { writeMade } from '../container/made.js';
import { flagsOfService, type RunFlag, type RunLoss } from '../container/run-fields.js';
import { isNotRead, writtenSoFar } from '../source/bounds.js';
import { parseVolume } from '../spec/parse.js';
import { displayMarks } from '../text/spec-text.js';
import { type DeclaredVolume, interpolated, placeDevice } from './compose-declared.js';
import type { ComposeFound } from './compose-input.js';
import { fitName, serviceMounts } from './compose-input.js';
import {
  type ComposeChoice,
  type NoMounts,
  noService,
  type OpenProject,
  openProject,
} from './compose-mounts.js';
import { wholesOf } from './compose-project.js';
import type { ConvertOptions } from './convert-command.js';
import type { ConvertedMount, ConvertedMounts } from './convert-mounts.js';
import { HoleTable, TOO_MANY_HOLES } from './described-mount.js';
import type { ReadProjectFile } from './read-project-file.js';
import { isSayable, knownFlags, runLine, runMounts, shellLine } from './run-output.js';
import { asValues, type ServiceValues } from './service-values.js';
import { absorbed, commandOf, isActive, needed, needsOf, normal, realName } from './told-service.js';
import { shownHole } from './variables.js';
import type { MountOutcome } from './write-mounts.js';

/** Writes the services of a Compose project as `docker run` lines, with the networks and volumes that they need in front. */
export async function composeRuns(
  files: readonly string[],
  { service, project: given }: ComposeChoice,
  options: ConvertOptions,
  read: ReadProjectFile,
): Promise<ConvertedMounts | NoMounts> {
  const open = await openProject(files, given, read, options.compose);
  if ('why' in open) return open;
  const { project } = open;
  if (service !== undefined && !project.names.includes(service)) return noService(service, project.names);
  try {
    return writeProject(open, service, options);
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return { why: `${files[0]}: not read: ${error.message}` };
  }
}

function writeProject(
  open: OpenProject,
  asked: string | undefined,
  options: ConvertOptions,
): ConvertedMounts {
  const { project } = open;
  const wholes = new Map(wholesOf(project).map(([name, whole]) => [name, normal(whole, name)]));
  const conversions: ConvertedMount[] = project.omitted.map(({ from, why }) => ({
    from,
    written: false,
    exact: false,
    losses: [{ field: from, kind: 'impossible', why }],
  }));
  const wanted = asked === undefined ? project.names.filter((one) => isActive(wholes.get(one)!)) : [asked];
  for (const name of asked === undefined ? project.names.filter((one) => !isActive(wholes.get(one)!)) : [])
    conversions.push(
      told(
        name,
        {
          key: 'profiles',
          kind: 'impossible',
          why: 'the service is started only with one of its profiles: choose it with `--service`',
        },
        true,
      ),
    );
  if (open.name?.includes('$') === true)
    conversions.push({
      from: 'name',
      written: true,
      exact: true,
      losses: [
        {
          field: 'name',
          kind: 'none-here',
          why: 'Compose changes the values of its variables to a valid name: in lower case, and nothing but letters, digits, `_` and `-`',
        },
      ],
    });
  const order = inOrder(wanted, wholes);
  const networks = new Map<string, string>();
  const volumes = new Map<string, string>();
  const count = writtenSoFar();
  const lines = order.flatMap((name) => {
    const made = writeService(name, { open, wholes, order, networks, volumes, options });
    for (const one of made.conversions) conversions.push(one);
    if (made.line !== undefined) count(made.line);
    return made.line ?? [];
  });
  return {
    text: [...networks.values(), ...volumes.values(), ...lines]
      .filter((one) => one !== '')
      .map((one) => `${one}\n`)
      .join(''),
    conversions,
  };
}

interface Writing {
  readonly open: OpenProject;
  readonly wholes: ReadonlyMap<string, ServiceValues>;
  /** The services that are written. */
  readonly order: readonly string[];
  /** The commands that make networks and volumes, by key; an empty one where there is nothing to make. */
  readonly networks: Map<string, string>;
  readonly volumes: Map<string, string>;
  readonly options: ConvertOptions;
}

interface Written {
  readonly line?: string;
  readonly conversions: readonly ConvertedMount[];
}

function writeService(name: string, writing: Writing): Written {
  const { open, wholes, order, options } = writing;
  const table = new HoleTable('compose');
  const absorb = (text: string): string => table.absorb(interpolated(text));
  const values = absorbed(wholes.get(name)!, absorb);
  const losses: RunLoss[] = [];
  const projectName = nameOf(open, absorb, table);
  const containerOf = (other: string): string | undefined => {
    const said = wholes.get(other)?.['container_name'];
    if (typeof said === 'string') return absorb(said);
    return projectName === undefined ? undefined : `${projectName}-${other}-1`;
  };
  const joining = joinedBy(values, { open, projectName, absorb, table, losses });
  const make = maker(writing, table, losses);
  for (const one of joining) make('network', one.key, one.declared, one);
  const own = projectName === undefined ? undefined : containerOf(name);
  if (projectName === undefined && !('container_name' in values))
    losses.push({
      key: 'container_name',
      kind: 'changed',
      why: 'the name of the project, which is part of that of the container and of its volumes, is not known',
    });
  const { networks: _networks, ...others } = values;
  const read = flagsOfService(
    {
      ...others,
      ...(joining.length > 0 && {
        networks: Object.fromEntries(joining.map(({ key, said }) => [key, said])),
      }),
      ...(!('container_name' in values) && own !== undefined && { container_name: own }),
    },
    toldOf(values, joining, containerOf),
  );
  for (const one of read.losses) losses.push(settled(one, values, order));
  makeVolumes(name, open, projectName, table, make);
  const outcomes = mountsOf(name, writing, projectName, (other) => {
    const container = wholes.has(other) ? containerOf(other) : undefined;
    return container === undefined ? undefined : { container, holes: table.holes };
  });
  const built = projectName === undefined ? undefined : `${projectName}-${name}`;
  const { image, command, losses: more } = whatRuns(values, built);
  for (const one of more) losses.push(one);
  const holes = table.holes;
  const known = knownFlags(read.flags, options.dialects);
  for (const { flag, ...one } of known.losses) losses.push({ ...one, key: keyOfFlag(flag) });
  const flags = known.flags.map((flag) => sayable(flag, values, holes, losses));
  const unsaid = Object.entries({ image: [image ?? ''], entrypoint: read.words, command }).filter(
    ([, words]) => !words.every((one) => isSayable(one, holes)),
  );
  for (const [key] of unsaid)
    losses.push({ key, kind: 'impossible', why: 'a variable in it has no name in a shell' });
  tellDotEnv(open, holes, losses);
  if (table.isFull) losses.push({ key: 'services', kind: 'impossible', why: TOO_MANY_HOLES });
  const isNamed = order.length > 1;
  const conversions = [
    ...losses.map((one) => told(name, { ...one, why: displayMarks(one.why, holes) }, isNamed)),
    ...outcomes.map((one) => toldMount(name, one, isNamed)),
  ];
  if (image === undefined || unsaid.length > 0 || table.isFull) return { conversions };
  const detach = { field: FIELD_OF_FLAG.get('detach')!, values: ['true'] };
  return {
    conversions,
    line: runLine({ flags: [detach, ...flags], words: read.words, mounts: outcomes, image, command, holes }),
  };
}

/** A network that a service is in: what it is called, what the service says of it, and what the file does. */
interface Joining {
  readonly key: string;
  readonly said: ComposeValue;
  readonly declared: ServiceValues;
  readonly name: string;
  readonly isExternal: boolean;
}

function joinedBy(
  values: ServiceValues,
  {
    open,
    projectName,
    absorb,
    table,
    losses,
  }: {
    readonly open: OpenProject;
    readonly projectName: string | undefined;
    readonly table: HoleTable;
    readonly losses: RunLoss[];
    absorb(text: string): string;
  },
): readonly Joining[] {
  const all = open.project.declaredThings('networks');
  return Object.entries(mapIn(values['networks']) as ServiceValues).flatMap(([key, said]) => {
    const declared = absorbed(mapIn(all[key]) as ServiceValues, absorb);
    const { name, isExternal } = realName(key, declared, projectName);
    const why =
      name === undefined
        ? 'the name of the project, with which that of the network begins, is not known'
        : isSayable(name, table.holes)
          ? undefined
          : 'a variable in its name has no name in a shell';
    if (why === undefined) return [{ key, said, declared, name: name!, isExternal }];
    losses.push({ key: `networks.${key}`, kind: 'impossible', why });
    return [];
  });
}

/** What is known about a service apart from its values. */
function toldOf(
  values: ServiceValues,
  joining: readonly Joining[],
  containerOf: ToldService['containerOf'],
): ToldService {
  const realNames = new Map(joining.map(({ key, name }) => [key, name]));
  return {
    containerOf,
    networkOf: (key) => realNames.get(key) ?? key,
    ...(joining[0] !== undefined && { network: joining[0].key }),
    isInSeveral: joining.length > 1,
    hasCommand: itemsIn(values['command']).some((one) => one !== ''),
    hasLinks: 'links' in values || 'external_links' in values,
    ...(typeof values['network_mode'] === 'string' && { mode: values['network_mode'] }),
  };
}

type Make = (
  what: 'network' | 'volume',
  key: string,
  declared: ServiceValues,
  real: { readonly name: string; readonly isExternal: boolean },
) => void;

/** Writes the command that makes a network or a volume, once for all services. */
const maker =
  ({ networks, volumes }: Writing, table: HoleTable, losses: RunLoss[]): Make =>
  (what, key, declared, { name, isExternal }) => {
    const all = what === 'network' ? networks : volumes;
    if (all.has(key)) return;
    all.set(key, '');
    if (isExternal) return;
    const made = writeMade({ what, name }, declared);
    for (const { key: path, why } of made.losses)
      losses.push({ key: `${what}s.${key}.${path}`, kind: 'impossible', why });
    const command = shellLine(made.words, table.holes);
    if (command !== undefined) all.set(key, command);
    else
      losses.push({
        key: `${what}s.${key}`,
        kind: 'impossible',
        why: 'a variable in it has no name in a shell',
      });
  };

function makeVolumes(
  name: string,
  { project, folder }: OpenProject,
  projectName: string | undefined,
  table: HoleTable,
  make: Make,
): void {
  for (const key of new Set((project.services.get(name) ?? []).map(volumeKey))) {
    const declared = key === undefined ? undefined : project.declared.get(key);
    if (key === undefined || declared === undefined) continue;
    make('volume', key, volumeValues(declared, folder, table), volumeName(key, declared, projectName, table));
  }
}

/** The mounts, of volumes that are made by commands of their own. */
function mountsOf(
  name: string,
  { open: { project, folder, name: fileName }, options }: Writing,
  projectName: string | undefined,
  containerOf: Parameters<typeof serviceMounts>[2]['containerOf'],
) {
  const declared = new Map(
    [...project.declared].map(([key, { driver: _driver, ...one }]) => [
      key,
      { ...one, driver_opts: {}, labels: {} },
    ]),
  );
  const list = serviceMounts({ ...project, declared }, name, {
    dialect: options.dialects.at(-1)!,
    assume: options.assume,
    compose: options.compose,
    folder,
    ...(projectName !== undefined && { project: fileName }),
    containerOf,
  });
  const omitted = [...(project.unfollowed.get(name) ?? []), ...list.omitted];
  return runMounts({ ...list, omitted }, options);
}

/** The flag without the values that no shell can express, which are reported. */
function sayable(
  flag: RunFlag,
  values: ServiceValues,
  holes: HoleTable['holes'],
  losses: RunLoss[],
): RunFlag {
  const unsaid = flag.values.filter((one) => !isSayable(one, holes));
  if (unsaid.length === 0) return flag;
  for (const value of unsaid) {
    const hole = [...value].find((one) => holes.has(one) && !isSayable(one, holes));
    losses.push({
      key: keyOfValue(keyOfFlag(flag.field.flag), value, values),
      kind: 'impossible',
      why: `a shell has no name for \`${hole === undefined ? '…' : shownHole(holes.get(hole)!.text)}\``,
    });
  }
  return { ...flag, values: flag.values.filter((one) => isSayable(one, holes)) };
}

function tellDotEnv({ dotEnv }: OpenProject, holes: HoleTable['holes'], losses: RunLoss[]): void {
  const beside = [...holes.values()]
    .map(({ text }) => /^\$\{?(\w+)/.exec(text)?.[1] ?? '')
    .filter((one) => dotEnv.has(one));
  if (beside.length > 0)
    losses.push({
      key: [...new Set(beside)].map((one) => `\${${one}}`).join(', '),
      kind: 'changed',
      why: 'Compose has its value from `.env`, which a shell does not read: `set -a; . ./.env; set +a` first',
    });
}

/** The name of the project, with marks for its variables; undefined where a shell cannot say it either. */
function nameOf(
  { name }: OpenProject,
  absorb: (text: string) => string,
  table: HoleTable,
): string | undefined {
  if (name?.includes('$') !== true) return name;
  const fit = fitName(absorb(name));
  return fit === '' || !isSayable(fit, table.holes) ? undefined : fit;
}

/** The name of the row in the words of the file. */
function keyOfFlag(flag: string): string {
  const column = FIELD_OF_FLAG.get(flag)?.compose;
  return column !== undefined && 'key' in column ? column.key : flag;
}

/** Where one of the values at a key stands: of pairs the name as well. */
function keyOfValue(key: string, value: string, values: ServiceValues): string {
  const all = key.split('.').reduce<unknown>((at, one) => mapIn(at)[one], values);
  const [name = ''] = value.split(/[=:]/, 1);
  const isPair = Array.isArray(all)
    ? all.some((one) => String(one).startsWith(`${name}=`))
    : Object.hasOwn(mapIn(all), name);
  return isPair ? `${key}.${name}` : key;
}

/** The image and the command; Compose names an image that it builds. */
function whatRuns(
  { image, build, command }: ServiceValues,
  built: string | undefined,
): { readonly image?: string; readonly command: readonly string[]; readonly losses: readonly RunLoss[] } {
  const losses: RunLoss[] = [];
  const own = scalarText(image) ?? (build === undefined ? undefined : built);
  if (own === undefined)
    losses.push({
      key: 'image',
      kind: 'impossible',
      why:
        build === undefined
          ? 'the service has none'
          : 'what Compose calls the image that it builds is not known',
    });
  const { words, losses: more } = commandOf(command);
  if (typeof command === 'string' && words.some(hasMark))
    losses.push({
      key: 'command',
      kind: 'changed',
      why: 'Compose splits what a variable in it holds into words, a shell keeps it one word',
    });
  for (const one of more) losses.push(one);
  return { ...(own !== undefined && { image: own }), command: words, losses };
}

/** What the order of the commands makes up for. */
function settled(loss: RunLoss, values: ServiceValues, order: readonly string[]): RunLoss {
  if (loss.key !== 'depends_on') return loss;
  const wanted = Object.entries(needsOf(values['depends_on']));
  const isKept = wanted.every(([name, how]) => {
    const { condition = 'service_started', restart } = mapIn(how);
    return order.includes(name) && condition === 'service_started' && String(restart ?? false) === 'false';
  });
  return isKept ? { ...loss, kind: 'none-here', why: 'the commands are printed in that order' } : loss;
}

const toldMount = (
  service: string,
  { from, written, exact, losses }: MountOutcome,
  isNamed: boolean,
): ConvertedMount => ({
  from: isNamed ? `${service}: ${from}` : from,
  service,
  key: 'volumes',
  written: written !== undefined,
  exact,
  losses: losses.filter(({ field }) => field !== 'form'),
});

function told(service: string, { key, kind, why }: RunLoss, isNamed: boolean): ConvertedMount {
  return {
    from: isNamed ? `${service}: ${key}` : key,
    service,
    key,
    written: kind !== 'impossible',
    exact: kind === 'none-here',
    losses: [{ field: key, kind, why }],
  };
}

/** Services, each after those that it needs. */
function inOrder(names: readonly string[], wholes: ReadonlyMap<string, ServiceValues>): readonly string[] {
  const order = new Set<string>();
  const under = new Set<string>();
  const add = (name: string) => {
    if (under.has(name) || order.has(name) || !names.includes(name)) return;
    under.add(name);
    for (const other of needed(wholes.get(name)!)) add(other);
    order.add(name);
  };
  for (const name of names) add(name);
  return [...order];
}

/** The key of the volume that an entry names. */
function volumeKey({ form, spec, fields }: ComposeFound): string | undefined {
  if (form === 'compose-tmpfs') return undefined;
  return fields === undefined
    ? parseVolume(spec.value).source?.value
    : fields.find(({ key }) => key === 'source')?.value?.value;
}

function volumeValues(declared: DeclaredVolume, folder: string, table: HoleTable): ServiceValues {
  const options = placeDevice(declared, folder);
  const texts = (all: DeclaredVolume['labels']) =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, table.absorb(one)]));
  return asValues({
    ...(declared.driver && { driver: table.absorb(declared.driver) }),
    driver_opts: texts(typeof options === 'string' ? declared.driver_opts : options),
    labels: texts(declared.labels),
  });
}

function volumeName(
  key: string,
  { name, external }: DeclaredVolume,
  project: string | undefined,
  table: HoleTable,
): { readonly name: string; readonly isExternal: boolean } {
  const isExternal = external === true;
  if (name !== undefined) return { name: table.absorb(name), isExternal };
  return { name: isExternal || project === undefined ? key : `${project}_${key}`, isExternal };
}
