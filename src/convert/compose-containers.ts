import { composeFields } from '../container/compose-fields.js';
import type { ComposeValue, ContainerField } from '../container/field.js';
import { FIELD_OF_FLAG } from '../container/fields.js';
import { readMade } from '../container/made.js';
import { everyCompose } from '../dialects/compose/versions.js';
import type { FlagUse } from '../dialects/docker/client/flag-word.js';
import type { Loss, LossKind } from '../forms/loss.js';
import { quoteGo } from '../go/text.js';
import type { CommandView } from '../source/site.js';
import { append } from '../text/append.js';
import { displayMarks, displayText } from '../text/spec-text.js';
import { commandFlags } from './command-flags.js';
import { commandMounts } from './command-mounts.js';
import {
  type ComposeProject,
  type ComposeService,
  composeText,
  composeWord,
  type Declared,
  declaredVolumes,
  filled,
} from './compose-output.js';
import { type ConvertOptions, ofOtherEngine } from './convert-command.js';
import type { ConvertedMount, ConvertedMounts } from './convert-mounts.js';
import { isPlainEnvFile } from './env-file.js';
import type { ForeignHole } from './variables.js';
import { composeItems, type MountOutcome, writeMounts } from './write-mounts.js';

/** How to write containers. */
export interface ContainerOptions extends ConvertOptions {
  /** What the service is called; the name of the container, or else of its image. */
  readonly service?: string;
  /** Reads a file that a command names, such as that of `--env-file`; undefined where that cannot be. */
  readonly readText?: (path: string) => string | undefined;
}

/** Containers as the services of a Compose file, and what became of each flag. */
export interface ConvertedContainers {
  readonly project: ComposeProject;
  readonly conversions: readonly ConvertedMount[];
}

/** Writes each container that the commands make as a service of one file, and the networks and volumes that they make for them. */
export function composeContainers(
  views: readonly CommandView[],
  to: 'compose' | 'compose-short',
  options: ContainerOptions,
): ConvertedMounts {
  const { project, conversions } = containersOf(views, to, options);
  return { text: composeText(project), conversions };
}

/** The same before it is text. */
export function containersOf(
  views: readonly CommandView[],
  to: 'compose' | 'compose-short',
  options: ContainerOptions,
): ConvertedContainers {
  const runs = views.filter(({ invocation }) => invocation !== undefined);
  const names = nameServices(runs, options.service);
  const conversions: ConvertedMount[] = [];
  const networks = new Map<string, Declared>();
  append(conversions, views.flatMap(laterCommand));
  const writing: Writing = { to, options, names, conversions, networks, containers: new Set() };
  const services = runs.map((view, i) => writeService(view, names.services[i]!, writing));
  const volumes = new Map(declaredVolumes(services));
  for (const thing of views.flatMap(({ source }) => readMade(source.words.slice(1)) ?? [])) {
    const { name } = thing;
    const declared: Declared = {
      name,
      ...(grow(
        [...thing.declared].map(
          ([path, value]) => [path.split('.'), filled(value, (text) => composeWord(text, NO_HOLES))] as const,
        ),
      ) as object),
    };
    if (name !== undefined) (thing.what === 'network' ? networks : volumes).set(name, declared);
    append(
      conversions,
      thing.losses.map((one) => ({
        ...LEFT,
        from: one.from,
        losses: [loss(thing.what, 'impossible', one.why)],
      })),
    );
  }
  return { project: { services, networks, volumes }, conversions };
}

/** What the services of a file have in common. */
interface Writing {
  readonly to: 'compose' | 'compose-short';
  readonly options: ContainerOptions;
  readonly names: ReturnType<typeof nameServices>;
  readonly conversions: ConvertedMount[];
  readonly networks: Map<string, Declared>;
  /** What the containers so far are called. */
  readonly containers: Set<string>;
}

function writeService(
  view: CommandView,
  name: string,
  { to, options, names, conversions, networks, containers }: Writing,
): ComposeService {
  const other = ofOtherEngine(view);
  if (other !== undefined)
    conversions.push({
      ...LEFT,
      from: view.source.words[0]!.value,
      losses: [loss('engine', 'impossible', other)],
    });
  const flags = commandFlags(view, {
    serviceOf: (container) => names.byContainer.get(container),
    isPlainFile: (path) => isPlainEnvFile(options.readText?.(path)),
  });
  const { holes, image, words } = flags;
  const kept = keptEntries(flags, options, containers, conversions);
  const entries = other === undefined ? kept : [];
  for (const { path, value } of entries)
    if (path.length === 1 && path[0] === 'networks')
      for (const key of Object.keys(value as object)) networks.set(key, { name: key, external: true });
  const outcomes = writeMounts(commandMounts(view, options), to, options);
  tellCommand(view, outcomes, conversions);
  const fill = (value: ComposeValue) => filled(value, (text) => composeWord(text, holes));
  return {
    name,
    keys: {
      ...(image !== undefined && { image: fill(image) }),
      ...(words !== undefined && { command: fill(words) }),
      ...withNetworkList(grow(entries.map(({ path, value }) => [path, fill(value)] as const))),
    },
    ...composeItems(outcomes, (container) => names.byContainer.get(container)),
  };
}

/** What the flags are as keys of a service; losses are reported. */
function keptEntries(
  { said, holes, left }: ReturnType<typeof commandFlags>,
  options: ContainerOptions,
  containers: Set<string>,
  conversions: ConvertedMount[],
) {
  const { entries, losses } = composeFields(said, options.compose ?? everyCompose());
  const container = said.all('name').at(-1) ?? '';
  const isTaken = container !== '' && containers.has(container);
  containers.add(container);
  const NAME = FIELD_OF_FLAG.get('name')!;
  if (isTaken) {
    const why = `another command creates a container called \`${displayMarks(container, holes)}\``;
    conversions.push(told('--name', NAME, 'impossible', why));
  }
  append(
    conversions,
    left.map(({ from, why, field, api, isWritten }) =>
      told(from, field ?? api, isWritten && options.strict !== true ? 'changed' : 'impossible', why),
    ),
  );
  const dropped = new Set<string>(isTaken ? [NAME.flag] : []);
  for (const { field, kind, why } of losses) {
    const isDropped = kind === 'impossible' || (options.strict === true && kind === 'changed');
    if (isDropped) dropped.add(field.flag);
    conversions.push(
      told(`--${field.flag}`, field, isDropped ? 'impossible' : kind, displayMarks(why, holes)),
    );
  }
  return entries.filter(({ field }) => !dropped.has(field.flag));
}

/** Reports what becomes of the mounts, and of everything in a command apart from its flags. */
function tellCommand(
  view: CommandView,
  outcomes: readonly MountOutcome[],
  conversions: ConvertedMount[],
): void {
  const { invocation } = view;
  const refusal = outcomes.some(({ written }) => written === undefined) ? undefined : view.compiled?.refusal;
  if (refusal !== undefined && invocation?.image !== undefined) {
    const said = withoutSecrets(refusal.stderr.split('\n', 1)[0]!, invocation.flags);
    conversions.push(told('the command', undefined, 'impossible', `docker refuses it: ${said}`));
  }
  append(conversions, outcomes.map(asConversion));
  const isUnnamed = invocation?.image === undefined && invocation?.opaque === undefined;
  if (isUnnamed && view.source.partial !== true)
    conversions.push(told('image', 'Image', 'impossible', 'the command names none, and docker refuses it'));
  for (const { flag } of invocation?.globals ?? [])
    conversions.push(
      told(
        `docker --${flag.name}`,
        undefined,
        'none-here',
        'a file cannot set it: pass it to `docker compose` as well',
      ),
    );
  for (const name of ownVariables(view))
    conversions.push(
      told(
        `$${name}`,
        'variables',
        'changed',
        'the script sets it; Compose takes it from the environment or from `.env`: write its value there',
      ),
    );
}

const NO_HOLES: ReadonlyMap<string, ForeignHole> = new Map();
const LEFT = { written: false, exact: false };
const loss = (field: string, kind: LossKind, why: string): Loss => ({ field, kind, why });

function told(
  from: string,
  field: ContainerField | string | undefined,
  kind: LossKind,
  why: string,
): ConvertedMount {
  return {
    from,
    ...(typeof field === 'object' && { flag: `--${field.flag}` }),
    written: kind !== 'impossible',
    exact: kind === 'none-here',
    losses: [loss(typeof field === 'object' ? (field.api ?? field.flag) : (field ?? from), kind, why)],
  };
}

const asConversion = ({ from, written, exact, losses }: MountOutcome): ConvertedMount => ({
  from,
  written: written !== undefined,
  exact,
  losses,
});

/** The variables in a command that its script sets itself, and that the file asks others for. */
const ownVariables = ({ source: { assigned }, invocation }: CommandView): ReadonlySet<string> =>
  new Set(
    (invocation?.words ?? []).flatMap(({ holes }) =>
      holes.flatMap(({ text }) => {
        const name = /^\$\{?(\w+)\}?$/.exec(text)?.[1] ?? '';
        return assigned?.has(name) ? [name] : [];
      }),
    ),
  );

/** What docker says, without values that may be secrets: as they are, or between quotes with escapes. */
function withoutSecrets(said: string, flags: readonly FlagUse[]): string {
  const secrets = flags
    .filter(({ flag, value }) => FIELD_OF_FLAG.get(flag.name)?.isSecret && value.value !== '')
    .flatMap(({ value }) => [displayText(value), quoteGo(displayText(value)).slice(1, -1)])
    .sort((a, b) => b.length - a.length)
    .map((one) => one.replace(/\W/gu, '\\$&'));
  if (secrets.length === 0) return said;
  // A value of one letter stands in many words of docker's.
  return said.replace(new RegExp(`(?<!\\w)(?:${secrets.join('|')})(?!\\w)`, 'g'), '…');
}

/** What is done to a container, or for its image, once it is there. */
function laterCommand({ source, invocation }: CommandView): ConvertedMount[] {
  const words = source.words.slice(1).map(({ value }) => value);
  const command = /^(?:network connect|(?:container )?(?:exec|cp|update|rename))\b/.exec(
    words.slice(0, 2).join(' '),
  )?.[0];
  if (invocation !== undefined || source.engine !== 'docker' || command === undefined) return [];
  const why = 'a Compose file describes how a container is created, not what is done to it later';
  return [{ ...LEFT, from: `docker ${command}`, losses: [loss('command', 'impossible', why)] }];
}

/** What the services are called: each by its container, or else by its image. */
function nameServices(
  views: readonly CommandView[],
  asked: string | undefined,
): { readonly services: readonly string[]; readonly byContainer: ReadonlyMap<string, string> } {
  const used = new Set<string>();
  const byContainer = new Map<string, string>();
  const services = views.map(({ invocation }, i) => {
    const container = invocation?.flags.findLast(({ flag }) => flag.name === 'name')?.value;
    const known = container?.holes.length === 0 ? container.value : undefined;
    const image = invocation?.image === undefined ? undefined : invocation.words[invocation.image];
    const own =
      known ??
      (image?.holes.length === 0 ? image.value.replace(/^.*\//s, '').replace(/[:@].*$/s, '') : undefined);
    const name = (i === 0 ? asked : undefined) ?? own?.replace(/[^\w.-]/g, '_') ?? '';
    let unique = name || 'app';
    for (let n = 2; used.has(unique); n++) unique = `${name || 'app'}${n}`;
    used.add(unique);
    if (known !== undefined) byContainer.set(known, unique);
    return unique;
  });
  return { services, byContainer };
}

/** The values in their places; `[]` is a list of one. */
function grow(entries: readonly (readonly [readonly string[], unknown])[]): Record<string, unknown> {
  const root: Record<string, unknown> = Object.create(null);
  for (const [path, value] of entries) {
    let at: Record<string, unknown> = root;
    for (const [i, one] of path.slice(0, -1).entries()) {
      if (one === '[]') continue;
      const isList = path[i + 1] === '[]';
      const there = at[one];
      const inner = (isList ? (there as unknown[] | undefined)?.[0] : there) ?? Object.create(null);
      at[one] = isList ? [inner] : inner;
      at = inner as Record<string, unknown>;
    }
    at[path.at(-1)!] = value;
  }
  return root;
}

/** Networks of which nothing but the names is said are a list. */
function withNetworkList(keys: Record<string, unknown>): Record<string, unknown> {
  const { networks } = keys;
  const isPlain =
    typeof networks === 'object' && networks !== null && Object.values(networks).every((one) => one === null);
  return isPlain ? { ...keys, networks: Object.keys(networks) } : keys;
}
