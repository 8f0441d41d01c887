import type { ToldService } from '../container/field.js';
import { hasMark, mapIn, pairTexts, scalarText } from '../container/kinds.js';
import type { RunLoss } from '../container/run-fields.js';
import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { quadletKeys } from '../dialects/podman/quadlet-keys.js';
import type { Loss, LossKind } from '../forms/loss.js';
import { pathFrom } from '../go/path.js';
import { argvSource } from '../source/argv-source.js';
import { isNotRead, writtenSoFar } from '../source/bounds.js';
import { viewCommand } from '../source/view-command.js';
import { readDotEnv } from '../text/dot-env.js';
import { operand } from '../text/operand.js';
import { displayMarks } from '../text/spec-text.js';
import { interpolated } from './compose-declared.js';
import { serviceMounts } from './compose-input.js';
import {
  type ComposeChoice,
  type NoMounts,
  noService,
  type OpenProject,
  openProject,
} from './compose-mounts.js';
import { wholesOf } from './compose-project.js';
import { podmanFlags } from './compose-service.js';
import type { ConvertOptions } from './convert-command.js';
import { HoleTable, TOO_MANY_HOLES } from './described-mount.js';
import { quadletUnits, type UnitFile } from './quadlet-output.js';
import type { ReadProjectFile } from './read-project-file.js';
import { isRemote, type ServiceValues } from './service-values.js';
import {
  absorbed,
  commandOf,
  isActive,
  knownName,
  needed,
  needsOf,
  normal,
  ownNetworks,
  SHARED,
  sharedWith,
} from './told-service.js';
import { isName, joinedNetworks, type Lose, unitLines } from './unit-networks.js';
import { shownHole } from './variables.js';
import { writeMounts } from './write-mounts.js';

/** Units that do what a Compose file does. */
interface ProjectUnits {
  readonly files: readonly UnitFile[];
  readonly losses: readonly { readonly from: string; readonly loss: Loss; readonly isLeftOut: boolean }[];
}

type UnitOptions = ConvertOptions & { readonly cwd: string };

/** Writes the services of a Compose project as units, with units for its volumes, networks and builds; why not, where that cannot be. */
export async function composeUnits(
  files: readonly string[],
  { service, project: given }: ComposeChoice,
  options: UnitOptions,
  read: ReadProjectFile,
): Promise<ProjectUnits | NoMounts> {
  const env = pathFrom(files[0]!, '../.env');
  const beside = await read(env);
  const dotEnv = readDotEnv(typeof beside === 'string' ? beside : '');
  const filled = new Set<string>();
  const reader: ReadProjectFile = async (path) => {
    if (path === env) return beside;
    const text = await read(path);
    return typeof text === 'string' ? fillIn(text, dotEnv, filled) : text;
  };
  const open = await openProject(files, given, reader, options.compose);
  if ('why' in open) return open;
  const { names } = open.project;
  if (service !== undefined && !names.includes(service)) return noService(service, names);
  try {
    const units = projectUnits(open, service === undefined ? names : [service], options);
    if (filled.size > 0)
      units.losses.push({
        from: [...filled].map((one) => `\${${one}}`).join(', '),
        loss: {
          field: 'spec',
          kind: 'changed',
          why: 'its value now, of `.env` or its default, is written in the units: Compose would take that of the environment first',
        },
        isLeftOut: false,
      });
    return units.files.length === 0 ? { why: `${files[0]}: no service of it can be a unit` } : units;
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return { why: `${files[0]}: not read: ${error.message}` };
  }
}

function projectUnits(open: OpenProject, wanted: readonly string[], options: UnitOptions) {
  const losses: ProjectUnits['losses'][number][] = [];
  const tell = (from: string, why: string, kind: LossKind = 'impossible') =>
    losses.push({ from, loss: { field: 'spec', kind, why }, isLeftOut: kind === 'impossible' });
  for (const { from, why } of open.project.omitted) tell(from, why);
  const wholes = new Map(wholesOf(open.project));
  const made = new Map<string, UnitFile>();
  const count = writtenSoFar();
  for (const name of wanted) {
    if (!isName(name)) {
      tell(name, 'Compose refuses this service name');
      continue;
    }
    const table = new HoleTable('compose');
    const lose: Lose = (from, why, kind) => tell(from, shown(why, table), kind);
    const units = serviceUnits(name, { open, wholes, wanted, table, lose, losses, options });
    for (const { text } of units) count(text);
    for (const file of units)
      if (!made.has(file.name) || file.name.endsWith('.container')) made.set(file.name, file);
  }
  return { files: [...made.values()], losses };
}

/** A sentence with its marks as they were written, but for the words in them. */
const shown = (why: string, { holes }: HoleTable): string =>
  displayMarks(
    why,
    new Map([...holes].map(([mark, hole]) => [mark, { ...hole, text: shownHole(hole.text) }])),
  );

interface UnitWriting {
  readonly open: OpenProject;
  readonly wholes: ReadonlyMap<string, ServiceValues>;
  /** The services that are written. */
  readonly wanted: readonly string[];
  readonly table: HoleTable;
  readonly lose: Lose;
  readonly losses: ProjectUnits['losses'][number][];
  readonly options: UnitOptions;
}

/** The unit of a service, and those of its networks, volumes and build. */
function serviceUnits(name: string, writing: UnitWriting): readonly UnitFile[] {
  const { open, wholes, wanted, table, lose, losses, options } = writing;
  const { project, folder } = open;
  const absorb = (text: string): string => table.absorb(interpolated(text));
  const whole = absorbed(wholes.get(name)!, absorb);
  const loseKey: LoseKey = (key, why, kind) => lose(`${name}: ${key}`, why, kind);
  const projectName = knownName(open);
  const build = buildUnit(name, whole['build'], { folder, projectName, loseKey, options });
  const image = imageOf(whole, loseKey);
  if (image === undefined && build === undefined) {
    lose(name, 'it has no image that is known');
    return [];
  }
  const flags = flagWords(normal(whole, name), build !== undefined, loseKey, (other) => {
    const own = wholes.get(other);
    // What Quadlet calls the container of a unit.
    return own && absorb(scalarText(own['container_name']) ?? `systemd-${other}`);
  });
  const declared = project.declaredThings('networks');
  const joined = joinedNetworks(name, ownNetworks(whole), {
    project: projectName,
    declared: (key) => absorbed(mapIn(declared[key]) as ServiceValues, absorb),
    lose,
  });
  const mounts = mountWords(name, open, options, losses);
  const command = commandWords(whole, loseKey);
  if (table.isFull) {
    lose(name, TOO_MANY_HOLES);
    return [];
  }
  const runs = build === undefined ? image! : `${name}.build`;
  const argv = ['docker', 'run', ...flags, ...joined.flags, ...mounts, ...operand(runs), ...command];
  const dialect = makeDialect({ podman: options.dialects.at(-1)!.podman });
  const { source } = argvSource(argv);
  const units = quadletUnits(viewCommand(source, { dialect, cwd: folder }), {
    ...options,
    cwd: folder,
    withVolumes: true,
    name,
    unit: dependencies(whole, { project: project.names, wanted, loseKey }),
    // `up` starts no service of a profile that nobody asks for.
    isManual: !isActive(whole),
    madeNetworks: joined.settled,
  });
  if (typeof units === 'string') {
    lose(name, units);
    return [];
  }
  for (const { from, loss, isLeftOut } of units.losses)
    losses.push({ from: `${name}: ${from}`, loss, isLeftOut });
  return [...joined.units, ...units.files, ...(build === undefined ? [] : [build])];
}

/** What a service says besides its mounts, its networks and what runs. */
function flagWords(
  { command: _command, image: _image, ...values }: ServiceValues,
  isBuilt: boolean,
  loseKey: LoseKey,
  containerOf: ToldService['containerOf'],
): readonly string[] {
  // A unit of a build builds before each start.
  const { pull_policy: pull, ...others } = values;
  const said = podmanFlags(isBuilt && pull === 'build' ? others : values, {
    containerOf,
    networkOf: (key) => key,
  });
  for (const one of said.losses) tellLoss(one, loseKey);
  const flags = said.flags.filter(({ key, value }) => isKnown(key, value, loseKey));
  for (const key of SHARED) {
    const other = sharedWith(values[key]);
    if (flags.some((one) => one.key === key) && other !== undefined)
      loseKey(key, `the container of \`${other}\` is \`${containerOf(other)}\` here`, 'none-here');
  }
  return flags.map(({ flag, value }) => `--${flag}=${value}`);
}

/** The words of the command; none of them where one is not known. */
function commandWords({ command }: ServiceValues, loseKey: LoseKey): readonly string[] {
  const { words, losses } = commandOf(command);
  for (const one of losses) tellLoss(one, loseKey);
  if (!words.some(hasMark)) return words;
  loseKey('command', 'part of it is not known');
  return [];
}

const tellLoss = ({ key, kind, why }: RunLoss, loseKey: LoseKey): void =>
  loseKey(key, why, kind === 'impossible' ? undefined : kind);

type LoseKey = (key: string, why: string, kind?: 'none-here' | 'changed') => void;

/** Whether all of a value is known; reported where it is not. */
function isKnown(key: string, value: string, lose: LoseKey): boolean {
  const mark = [...value].find(hasMark);
  if (mark !== undefined) lose(key, `what \`${mark}\` stands for is not known here`);
  return mark === undefined;
}

function imageOf({ image }: ServiceValues, lose: LoseKey): string | undefined {
  const text = scalarText(image);
  return text !== undefined && isKnown('image', text, lose) ? text : undefined;
}

/** The mounts as flags. */
function mountWords(
  name: string,
  { project, folder, name: projectName }: OpenProject,
  options: UnitOptions,
  losses: ProjectUnits['losses'][number][],
): readonly string[] {
  const list = serviceMounts(project, name, {
    dialect: options.dialects.at(-1)!,
    assume: options.assume,
    compose: options.compose,
    folder,
    project: projectName,
  });
  const omitted = [...(project.unfollowed.get(name) ?? []), ...list.omitted];
  const outcomes = [
    ...writeMounts({ ...list, mounts: [], omitted }, 'volume', options),
    ...list.mounts.flatMap((one) => {
      // What refuses a missing directory does so in both.
      const refuses = one.mount.type === 'bind' && one.mount.createSource === false;
      return writeMounts({ mounts: [one], omitted: [] }, refuses ? 'mount' : 'volume', options);
    }),
  ];
  return outcomes.flatMap(({ from, written, losses: of, holes }) => {
    for (const loss of of)
      if (loss.kind !== 'none-here') losses.push({ from, loss, isLeftOut: written === undefined });
    if (written === undefined || !('text' in written)) return [];
    if (holes.size === 0)
      return [written.form === 'volumes-from' ? '--volumes-from' : `--${written.form}`, written.text];
    const why = `what \`${displayMarks(written.text, holes)}\` stands for is not known here`;
    losses.push({ from, loss: { field: 'spec', kind: 'impossible', why }, isLeftOut: true });
    return [];
  });
}

function buildUnit(
  service: string,
  value: unknown,
  {
    folder,
    projectName,
    loseKey,
    options,
  }: {
    readonly folder: string;
    readonly projectName: string | undefined;
    readonly loseKey: LoseKey;
    readonly options: ConvertOptions;
  },
): UnitFile | undefined {
  if (value === undefined || value === null) return undefined;
  const {
    context = typeof value === 'string' ? value : '.',
    dockerfile,
    target,
    args,
    ...others
  } = mapIn(value);
  if (typeof context !== 'string' || hasMark(context) || isRemote(context)) {
    loseKey('build', 'its context is not known');
    return undefined;
  }
  for (const key of Object.keys(others))
    if (!key.startsWith('x-')) loseKey(`build.${key}`, 'a .build unit has no key for it here');
  const hasArgs = (quadletKeys('Build')!.get('BuildArg') ?? 0) <= (options.dialects.at(-1)!.podman ?? 0);
  const where = pathFrom(folder, context);
  const lines = unitLines(
    [
      ['ImageTag', `localhost/${projectName === undefined ? '' : `${projectName}-`}${service}:latest`],
      ['SetWorkingDirectory', where],
      ...(typeof dockerfile === 'string' ? [['File', pathFrom(where, dockerfile)] as const] : []),
      ...(typeof target === 'string' ? [['Target', target] as const] : []),
      ...pairTexts(args).map((one) =>
        hasArgs ? (['BuildArg', one, true] as const) : (['PodmanArgs', `--build-arg=${one}`, true] as const),
      ),
    ],
    (why) => loseKey('build', why),
  );
  return { name: `${service}.build`, text: `[Build]\n${lines.join('\n')}\n` };
}

/** `${NAME}` of the project's `.env`, and what a variable is where nobody says it, which are then in `filled`; all others stay. */
function fillIn(text: string, dotEnv: ReadonlyMap<string, string>, filled: Set<string>): string {
  return text.replace(
    /\$\$|\$\{([A-Za-z_]\w*)(?:(:?-)([^{}$]*))?\}|\$([A-Za-z_]\w*)/g,
    (
      all,
      name: string | undefined,
      mark: string | undefined,
      instead: string | undefined,
      bare: string | undefined,
    ) => {
      const value = dotEnv.get(name ?? bare ?? '');
      const fresh = value === undefined || (value === '' && mark === ':-') ? instead : value;
      if (fresh === undefined || /[\r\n"'#$]|: |^[\s[{&*!|>%@`]/.test(fresh)) return all;
      filled.add(name ?? bare ?? '');
      return fresh;
    },
  );
}

/** Lines of `[Unit]` for the services that must be there before this one. */
function dependencies(
  values: ServiceValues,
  {
    project,
    wanted,
    loseKey,
  }: { readonly project: readonly string[]; readonly wanted: readonly string[]; readonly loseKey: LoseKey },
): readonly string[] {
  const asked = needsOf(values['depends_on']);
  return [...new Set(needed(values))].flatMap((name) => {
    const { condition, required } = mapIn(asked[name]);
    if (!project.includes(name) && !Object.hasOwn(asked, name)) return [];
    if (!wanted.includes(name) || !isName(name)) {
      loseKey('depends_on', `there is no unit of \`${name}\``);
      return [];
    }
    if (condition !== undefined && condition !== 'service_started')
      loseKey('depends_on', `systemd waits for the start of \`${name}\` and no longer`, 'changed');
    const how = readComposeBoolean(scalarText(required) ?? '') === false ? 'Wants' : 'Requires';
    return [`${how}=${name}.service`, `After=${name}.service`];
  });
}
