import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { quadletKeys } from '../dialects/podman/quadlet-keys.js';
import type { Loss } from '../forms/loss.js';
import { pathFrom } from '../go/path.js';
import { quoteLiteral } from '../readers/quadlet/values.js';
import { quoteSystemd } from '../readers/systemd.js';
import { argvSource } from '../source/argv-source.js';
import { viewCommand } from '../source/view-command.js';
import { readDotEnv } from '../text/dot-env.js';
import { displayMarks } from '../text/spec-text.js';
import { projectName, readComposeFile, serviceMounts } from './compose-input.js';
import { readComposeProject } from './compose-project.js';
import { serviceFlags } from './compose-service.js';
import { mapOf } from './compose-values.js';
import type { ConvertOptions } from './convert-command.js';
import { quadletUnits, type UnitFile } from './quadlet-output.js';
import type { ReadProjectFile } from './read-project-file.js';
import { writeMounts } from './write-mounts.js';

/** Units that do what a Compose file does. */
export interface ProjectUnits {
  readonly files: readonly UnitFile[];
  readonly losses: readonly { readonly from: string; readonly loss: Loss; readonly isLeftOut: boolean }[];
}

/** Writes each service of a Compose file as a unit, with units for its volumes, networks and builds; a sentence where that cannot be. */
export async function composeUnits(
  path: string,
  options: ConvertOptions & { readonly cwd: string },
  read: ReadProjectFile,
): Promise<ProjectUnits | string> {
  const folder = pathFrom(path, '..');
  const dotEnvText = await read(pathFrom(folder, '.env'));
  const dotEnv = readDotEnv(typeof dotEnvText === 'string' ? dotEnvText : '');
  const filled = new Set<string>();
  const readFilled: ReadProjectFile = async (one) => {
    const text = await read(one);
    return typeof text === 'string' ? fillIn(text, dotEnv, filled) : text;
  };
  const text = await readFilled(path);
  if (typeof text !== 'string') return `${path}: ${text.why}`;
  const project = await readComposeProject([path], readFilled);
  if (typeof project === 'string') return project;
  const root = mapOf((await readComposeFile(text.replace(/^\ufeff/, ''))).valueAt([]));
  const services = mapOf(root['services']);
  const name = projectName(project.name || dotEnv.get('COMPOSE_PROJECT_NAME') || folder) || 'app';
  const made = new Map<string, UnitFile>();
  const losses: ProjectUnits['losses'][number][] = [];
  const lose = (from: string, why: string, isLeftOut = true) =>
    losses.push({
      from,
      loss: { field: 'spec', kind: isLeftOut ? 'impossible' : 'changed', why },
      isLeftOut,
    });
  for (const { from, why } of project.omitted) lose(from, why);
  const networks = mapOf(root['networks']);
  for (const service of project.names) {
    if (!isName(service)) {
      lose(service, 'Compose refuses such a name of a service');
      continue;
    }
    const value = mapOf(services[service]);
    if (value['extends'] !== undefined)
      lose(`${service}: extends`, 'of the other service only the mounts are taken over');
    const { flags, image, command, lost } = serviceFlags(value, folder);
    for (const { key, why } of lost) lose(`${service}: ${key}`, why);
    const build =
      image === undefined || value['build'] !== undefined
        ? buildUnit(service, value['build'], { name, folder, lose })
        : undefined;
    if (image === undefined && build === undefined) {
      lose(service, 'it has no image that is known');
      continue;
    }
    const list = serviceMounts(project, service, {
      dialect: options.dialects.at(-1)!,
      assume: options.assume,
      compose: options.compose,
      folder,
      project: name,
    });
    const omitted = [...(project.unfollowed.get(service) ?? []), ...list.omitted];
    const outcomes = [
      ...writeMounts({ ...list, mounts: [], omitted }, 'volume', options),
      ...list.mounts.flatMap((one) => {
        // What refuses a missing directory does so in both.
        const refuses = one.mount.type === 'bind' && one.mount.createSource === false;
        return writeMounts({ mounts: [one], omitted: [] }, refuses ? 'mount' : 'volume', options);
      }),
    ];
    const mounts: string[] = [];
    for (const { from, written, losses: of, holes } of outcomes) {
      for (const loss of of)
        if (loss.kind !== 'none-here') losses.push({ from, loss, isLeftOut: written === undefined });
      if (written === undefined || !('text' in written)) continue;
      const marked = displayMarks(written.text, holes);
      if (holes.size > 0) lose(from, `what \`${marked}\` is, nobody knows here`);
      else
        mounts.push(written.form === 'volumes-from' ? '--volumes-from' : `--${written.form}`, written.text);
    }
    const joined =
      value['network_mode'] === undefined
        ? joinedNetworks(service, value['networks'], networks, { project: name, lose })
        : { flags: [], units: [] };
    const argv = [
      'docker',
      'run',
      ...flags.flatMap(([flag, one]) => [`--${flag}=${one}`]),
      ...joined.flags,
      ...mounts,
      build === undefined ? image! : `${service}.build`,
      ...command,
    ];
    const dialect = makeDialect({ podman: options.dialects.at(-1)!.podman });
    const { source } = argvSource(argv);
    const view = viewCommand(source, { dialect, cwd: folder });
    const units = quadletUnits(view, {
      ...options,
      cwd: folder,
      withVolumes: true,
      name: service,
      unit: dependencies(value['depends_on']),
      // `up` starts no service of a profile that nobody asks for.
      isManual: value['profiles'] !== undefined,
      madeNetworks: new Set(joined.units.map((one) => one.name)),
    });
    if (typeof units === 'string') {
      lose(service, units);
      continue;
    }
    for (const { from, loss, isLeftOut } of units.losses)
      losses.push({ from: `${service}: ${from}`, loss, isLeftOut });
    for (const file of [...joined.units, ...units.files, ...(build === undefined ? [] : [build])])
      if (!made.has(file.name) || file.name.endsWith('.container')) made.set(file.name, file);
  }
  if (filled.size > 0)
    lose(
      [...filled].map((one) => `\${${one}}`).join(', '),
      'its value now, of `.env` or its default, stands in the units: Compose would take that of the environment first',
      false,
    );
  if (made.size === 0) return `${path}: no service of it can be a unit`;
  return { files: [...made.values()], losses };

  function buildUnit(
    service: string,
    value: unknown,
    place: { readonly name: string; readonly folder: string; readonly lose: typeof lose },
  ): UnitFile | undefined {
    if (value === undefined || value === null) return undefined;
    const { context = value, dockerfile, target, args, ...others } = mapOf(value);
    if (typeof context !== 'string' || /\$|:\/\//.test(context)) {
      place.lose(`${service}: build`, 'where its context is, is not known');
      return undefined;
    }
    for (const key of Object.keys(others))
      place.lose(`${service}: build.${key}`, 'a .build unit has no key for it here');
    const keys = quadletKeys('Build')!;
    const version = options.dialects.at(-1)!.podman ?? 0;
    const hasArgs = (keys.get('BuildArg') ?? 0) <= version;
    const pairs = Array.isArray(args)
      ? args.map(String)
      : Object.entries(mapOf(args)).map(([key, one]) => `${key}=${String(one)}`);
    const where = pathFrom(place.folder, context);
    const lines = unitLines(
      [
        ['ImageTag', `localhost/${place.name}-${service}:latest`],
        ['SetWorkingDirectory', where],
        ...(typeof dockerfile === 'string' ? [['File', pathFrom(where, dockerfile)] as const] : []),
        ...(typeof target === 'string' ? [['Target', target] as const] : []),
        ...pairs.map((one) =>
          hasArgs
            ? (['BuildArg', one, true] as const)
            : (['PodmanArgs', `--build-arg=${one}`, true] as const),
        ),
      ],
      (key) => place.lose(`${service}: build`, `no line of a unit can say its ${key}`),
    );
    return { name: `${service}.build`, text: `[Build]\n${lines.join('\n')}\n` };
  }
}

const isName = (text: string) => /^[A-Za-z0-9][\w.-]*$/.test(text);

/** Lines of a unit; what no line can say is told instead. */
function unitLines(
  entries: readonly (readonly [key: string, value: unknown, isWord?: boolean])[],
  lose: (key: string) => void,
): string[] {
  return entries.flatMap(([key, value, isWord]) => {
    const text = { value: String(value), holes: [] };
    const said = isWord ? quoteSystemd(text, 0) : quoteLiteral(text, 0);
    if (said !== undefined && !/[\r\n]/.test(said.value)) return [`${key}=${said.value}`];
    lose(key);
    return [];
  });
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

/** The networks that a service is in: those of the project have units. */
function joinedNetworks(
  service: string,
  value: unknown,
  declared: Record<string, unknown>,
  { project, lose }: { readonly project: string; lose(from: string, why: string): void },
): { readonly flags: readonly string[]; readonly units: readonly UnitFile[] } {
  const named = Array.isArray(value)
    ? value.map((one) => [String(one), null] as const)
    : Object.entries(mapOf(value));
  const all = named.length > 0 ? named : [['default', null] as const];
  const units: UnitFile[] = [];
  const flags: string[] = [];
  const aliases = new Set([service]);
  for (const [key, options] of all) {
    const made = mapOf(declared[key]);
    const own = made['name'];
    const isExternal = made['external'] !== undefined && made['external'] !== false;
    const name = typeof own === 'string' ? own : isExternal ? key : `${project}_${key}`;
    const { aliases: more, ipv4_address: ip, ipv6_address: ip6 } = mapOf(options);
    const words = [
      ...(ip === undefined ? [] : [`ip=${String(ip)}`]),
      ...(ip6 === undefined ? [] : [`ip6=${String(ip6)}`]),
    ];
    if (Array.isArray(more)) for (const one of more) aliases.add(String(one));
    const suffix = words.length > 0 ? `:${words.join(',')}` : '';
    if (!isName(key)) lose(`${service}: networks`, 'Compose refuses such a name of a network');
    else if (isExternal) flags.push(`--network=${name}${suffix}`);
    else {
      units.push(
        networkUnit(key, name, made, (of) => lose(`networks: ${key}`, `no line of a unit can say its ${of}`)),
      );
      flags.push(`--network=${key}.network${suffix}`);
    }
  }
  return { flags: [...flags, ...[...aliases].map((one) => `--network-alias=${one}`)], units };
}

function networkUnit(
  key: string,
  name: string,
  made: Record<string, unknown>,
  lose: (key: string) => void,
): UnitFile {
  const { driver, internal, enable_ipv6: ipv6, ipam, driver_opts: options, labels } = made;
  const { config } = mapOf(ipam);
  const lines = unitLines(
    [
      ['NetworkName', name],
      ...(typeof driver === 'string' ? [['Driver', driver] as const] : []),
      ...(internal === true ? [['Internal', true] as const] : []),
      ...(ipv6 === true ? [['IPv6', true] as const] : []),
      ...(Array.isArray(config) ? config : []).flatMap((one) => {
        const { subnet, gateway, ip_range: range } = mapOf(one);
        return Object.entries({ Subnet: subnet, Gateway: gateway, IPRange: range }).filter(
          ([, value]) => value !== undefined,
        );
      }),
      ...Object.entries(mapOf(options)).map(
        ([option, value]) => ['Options', `${option}=${String(value)}`] as const,
      ),
      ...Object.entries(mapOf(labels)).map(
        ([label, value]) => ['Label', `${label}=${String(value)}`, true] as const,
      ),
    ],
    lose,
  );
  return { name: `${key}.network`, text: `[Network]\n${lines.join('\n')}\n` };
}

function dependencies(value: unknown): readonly string[] {
  const names = Array.isArray(value) ? value.map(String) : Object.keys(mapOf(value));
  return names.filter(isName).flatMap((name) => [`Requires=${name}.service`, `After=${name}.service`]);
}
