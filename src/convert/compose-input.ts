import { Document, type Node, type YAMLError } from 'yaml';
import type { ComposeDeclaration, ComposeMount, ComposeVolume } from '../dialects/compose/compose.js';
import {
  isComposeBoolean,
  isComposeGroup,
  isPath,
  readComposeBoolean,
  refuseComposeValue,
} from '../dialects/compose/compose-keys.js';
import { lowerCompose } from '../dialects/compose/lower-compose.js';
import { type ComposeChoice, hasFact } from '../dialects/compose/versions.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { Loss } from '../forms/loss.js';
import { cleanPath, pathFrom } from '../go/path.js';
import type { Mount } from '../mount/mount.js';
import { readFindings } from '../readers/index.js';
import { entriesOf, fieldOf } from '../readers/yaml/tree.js';
import { isNotRead } from '../source/bounds.js';
import { viewListed } from '../source/file-view.js';
import type { FoundMount } from '../source/frontend.js';
import { parseYamlDocuments } from '../source/parse-yaml.js';
import { fillMarks, MARK } from '../text/hole-mark.js';
import type { Range } from '../text/range.js';
import { displayText, hasHole, type SpecText } from '../text/spec-text.js';
import {
  type ComposeText,
  type DeclaredVolume,
  declaredOf,
  interpolated,
  readDeclared,
} from './compose-declared.js';
import {
  type ContainerOf,
  describeExtras,
  EXTRA_KEYS,
  type Grants,
  readExtra,
  readGrants,
  type ServiceExtra,
} from './compose-extras.js';
import { nodeAt, plainReader, strayReference } from './compose-values.js';
import { unknownPart } from './convert-command.js';
import {
  type DescribedMount,
  HoleTable,
  type MountList,
  type OmittedMount,
  TOO_MANY_HOLES,
} from './described-mount.js';
import { droppedParts } from './dropped-parts.js';
import { fieldObject } from './field-object.js';
import { type ForeignHole, placeWord } from './variables.js';

/** What a Compose file is read for. */
interface ComposeReadOptions {
  readonly dialect: Dialect;
  readonly assume?: 'bind' | 'volume';
  /** Which Compose; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** The folder of the file, absolute: relative sources are relative to it. Left out, they stay as they are. */
  readonly folder?: string;
  /** The project's name, before the names of volumes; left out, they stay as they are. */
  readonly project?: string;
  /** What the container of a service is called, where that is known. */
  readonly containerOf?: ContainerOf;
}

/** A mount of a service; `folder`: the one that its relative source is relative to, where it is not that of all. */
export type ComposeFound = FoundMount & { readonly folder?: string };

/** A Compose file: its services with mounts, and the project's name that it gives itself. */
export interface ComposeFile {
  readonly services: ReadonlyMap<string, readonly ComposeFound[]>;
  /** Every service, with or without mounts. */
  readonly names: readonly string[];
  readonly declared: ReadonlyMap<string, DeclaredVolume>;
  readonly extras: ReadonlyMap<string, readonly ServiceExtra[]>;
  readonly grants: Grants;
  readonly name?: string;
  /** What makes it unreadable, and where. */
  readonly problem?: { readonly message: string; readonly range: Range };
  /** What stands at its `include`. */
  readonly included: unknown;
  /** What stands at the `extends` of a service. */
  readonly extended: ReadonlyMap<string, unknown>;
  /** The tag that is written at a path of keys, as `!reset`. */
  tagAt(path: readonly string[]): string | undefined;
  /** The plain value at a path of keys, aliases and merges followed; throws {@link NotRead} where that is too much. */
  valueAt(path: readonly string[]): unknown;
}

/** Reads a Compose file; total. With `everyService`, values that services share through an anchor are reported for each of them. */
export async function readComposeFile(text: string, everyService = false): Promise<ComposeFile> {
  const { mounts, problems } = await readFindings('compose', text, { everyService });
  const services = new Map<string, FoundMount[]>();
  for (const mount of mounts) {
    if (!mount.form.startsWith('compose-')) continue;
    const list = services.get(mount.group);
    if (list === undefined) services.set(mount.group, [mount]);
    else list.push(mount);
  }
  const parsed = parseYamlDocuments(text, YAML_OF_COMPOSE, true);
  // What is not read is among the problems already.
  const document = 'why' in parsed ? EMPTY : parsed.documents[0]!;
  const values = valuesOf(document);
  return {
    services,
    tagAt: (path) => nodeAt(document, path)?.tag,
    valueAt: (path) =>
      plainReader(document)(
        path.reduce<Node | undefined>(
          (node, key) => fieldOf(node, key, document),
          document.contents ?? undefined,
        ),
      ),
    ...('message' in values ? { ...NO_VALUES, problem: values } : values),
    ...(problems[0] && { problem: problems[0] }),
  };
}

const YAML_OF_COMPOSE = { merge: true } as const;
const EMPTY = new Document(null, YAML_OF_COMPOSE) as Document.Parsed;
const NO_VALUES = {
  names: [],
  declared: new Map(),
  extras: new Map(),
  grants: new Map(),
  included: undefined,
  extended: new Map(),
};

/** What a file says apart from its mounts, or what is wrong with it. */
function valuesOf(
  document: Document.Parsed,
):
  | Pick<ComposeFile, 'names' | 'declared' | 'extras' | 'grants' | 'name' | 'included' | 'extended'>
  | NonNullable<ComposeFile['problem']> {
  const broken = problemIn(document.errors[0]) ?? strayReference(document);
  if (broken !== undefined) return broken;
  const at = (node: Node | null | undefined, key: string) => fieldOf(node, key, document);
  const root = document.contents;
  const plain = plainReader(document);
  try {
    const kept = (key: string) =>
      entriesOf(at(root, key), document).filter(({ value }) => value.tag !== '!reset');
    const services = kept('services');
    const volumes = kept('volumes');
    const name = plain(at(root, 'name'));
    return {
      names: services.map(({ key }) => key),
      declared: new Map(volumes.map(({ key, value }) => [key, readDeclared(plain(value))])),
      extras: new Map(
        services.map(({ key, value }) => [
          key,
          EXTRA_KEYS.filter((extra) => at(value, extra)?.tag !== '!reset').flatMap((extra) =>
            readExtra(extra, plain(at(value, extra))),
          ),
        ]),
      ),
      grants: new Map([
        ...readGrants('configs', plain(at(root, 'configs'))),
        ...readGrants('secrets', plain(at(root, 'secrets'))),
      ]),
      name: typeof name === 'string' ? name : undefined,
      included: plain(at(root, 'include')),
      extended: new Map(services.map(({ key, value }) => [key, plain(at(value, 'extends'))])),
    };
  } catch (error) {
    if (!isNotRead(error)) throw error;
    return { message: `not read: ${error.message}`, range: { start: 0, end: 0 } };
  }
}

/** What only the stricter reader objects to, such as a key that stands twice. */
function problemIn(error: YAMLError | undefined): ComposeFile['problem'] {
  if (error === undefined) return undefined;
  const [start, end] = error.pos;
  return { message: `this is not valid YAML: ${error.message.split('\n')[0]}`, range: { start, end } };
}

/** The mounts of a service. */
export function serviceMounts(
  file: Pick<ComposeFile, 'services' | 'declared' | 'extras' | 'grants'>,
  service: string,
  options: ComposeReadOptions,
): MountList {
  const mounts: DescribedMount[] = [];
  const omitted: OmittedMount[] = [];
  for (const found of file.services.get(service) ?? []) {
    const described = describeMount(found, file, { ...options, folder: found.folder ?? options.folder });
    if ('why' in described) {
      omitted.push(described);
      continue;
    }
    // The engine is told of each path in `tmpfs` once, of the last one that names it.
    const isSame = ({ form, mount }: DescribedMount) =>
      form === 'tmpfs' && described.form === 'tmpfs' && mount.target === described.mount.target;
    const before = mounts.findIndex(isSame);
    if (before >= 0) mounts.splice(before, 1);
    mounts.push(described);
  }
  const extras = describeExtras(file.extras.get(service) ?? [], file.grants, options);
  // A volume hides a config or a secret on its target.
  const others = mounts.filter(({ form }) => form !== 'tmpfs');
  const targets = new Set(others.map(({ mount }) => cleanPath(mount.target)));
  const usual = new Set(others.map(({ mount, holes }) => cleanPath(usualText(mount.target, holes))));
  const files = extras.mounts.filter(({ mount }) => !targets.has(mount.target));
  const isOpen = ({ mount }: DescribedMount) => usual.has(mount.target);
  const hidden = files.filter(isOpen).map(({ from }) => ({ from, why: HIDDEN }));
  return {
    mounts: [...mounts, ...files.filter((one) => !isOpen(one))],
    taken: extras.taken,
    omitted: [...omitted, ...extras.omitted, ...hidden],
  };
}

const HIDDEN = 'a volume whose target depends on a variable hides it, where that is not set';

/** A text as Compose has it where no variable is set. */
const usualText = (text: string, holes: DescribedMount['holes']): string =>
  [...text]
    .map((letter) => {
      const hole = holes.get(letter);
      return hole === undefined ? letter : (/^\$\{\w+:?-(.*)\}$/s.exec(hole.text)?.[1] ?? '');
    })
    .join('');

/** What one entry of a file means; `declared` left out, names of volumes count as they are. */
export function describeMount(
  found: FoundMount,
  { declared }: { readonly declared: ComposeFile['declared'] | undefined },
  { dialect, assume, compose, folder, project }: ComposeReadOptions,
): DescribedMount | OmittedMount {
  const { fields, form } = found;
  const from =
    fields === undefined
      ? displayText(found.spec)
      : fields
          .flatMap(({ key, value }) => (value === undefined ? [] : [`${key}: ${displayText(value)}`]))
          .join(', ');
  const refused = fields?.find(({ key, type, value }) => refuseComposeValue(key, type, knownText(value)));
  if (refused !== undefined) return { from, why: `Compose refuses the value of \`${refused.key}\`` };
  const table = new HoleTable('compose');
  const view = fields === undefined ? viewListed(found) : undefined;
  const unknown = view && unknownPart(view);
  if (unknown !== undefined) return { from, why: unknown };
  const entry = entryOf(found, table);
  if (entry === undefined) return { from, why: 'part of it is not known' };
  const used = declaredOf(entry, declared, folder, table);
  if (typeof used === 'string') return { from, why: used };
  if (table.isFull) return { from, why: TOO_MANY_HOLES };
  const isOpen = project?.includes('$') === true;
  const lowered = lowerCompose(entry, {
    dialect,
    compose,
    declared: used,
    project: isOpen ? undefined : project,
    sourceKind: table.holes.size === 0 ? undefined : (source) => table.kindOf(source, assume),
  });
  if (!lowered.ok) return { from, why: table.display(lowered.why) };
  const lost = table.lostIn(lowered.mount);
  if (lost !== undefined) return { from, why: lost };
  const mount =
    isOpen && takesProject(used) ? withProject(lowered.mount, interpolated(project), table) : lowered.mount;
  if (table.isFull) return { from, why: TOO_MANY_HOLES };
  const placed = placeSource(mount, table.holes, folder, form === 'compose-short', compose);
  if (placed === undefined) return { from, why: 'where its relative source is depends on a variable' };
  return {
    from,
    form: form === 'compose-short' ? 'compose-short' : form === 'compose-tmpfs' ? 'tmpfs' : 'compose',
    ...placed,
    lost: [...droppedParts(entry, mount), ...unnamed(used, project)],
  };
}

/** The mount with a project's name in which there are variables before that of its volume. */
function withProject(mount: Mount, project: ComposeText, table: HoleTable): Mount {
  if (mount.type !== 'volume' || mount.source === undefined) return mount;
  return { ...mount, source: `${fitName(table.absorb(project))}_${mount.source}` };
}

/** Whether the name of a volume begins with that of the project. */
function takesProject(used: ReadonlyMap<string, ComposeDeclaration> | undefined): boolean {
  const [volume] = used?.values() ?? [];
  return volume !== undefined && volume.name === undefined && volume.external !== true;
}

/** Compose puts the project's name before a volume's that has none of its own. */
function unnamed(
  used: ReadonlyMap<string, ComposeDeclaration> | undefined,
  project: string | undefined,
): readonly Loss[] {
  if (project !== undefined || !takesProject(used)) return [];
  return [
    {
      field: 'name',
      kind: 'changed',
      why: 'the name of the project, which Compose puts in front of that of the volume, is not known',
    },
  ];
}

const knownText = (text: SpecText | undefined): string | undefined =>
  text === undefined || hasHole(text) ? undefined : text.value;

function entryOf({ form, spec, fields }: FoundMount, table: HoleTable): ComposeMount | undefined {
  if (form === 'compose-tmpfs') return { tmpfs: table.absorb(spec) };
  if (fields === undefined) return { volume: table.absorb(spec) };
  const readText = (key: string, text: string) => {
    if (isComposeBoolean(key)) return readComposeBoolean(text);
    return key === 'tmpfs.size' && fillMarks(text, '') !== text ? undefined : text;
  };
  const object = fieldObject(fields, table, readText, isComposeGroup);
  return object && { volume: object as unknown as ComposeVolume };
}

/** The mount with its relative source in the folder of its file; undefined when nobody can tell where that is. */
function placeSource(
  mount: Mount,
  holes: ReadonlyMap<string, ForeignHole>,
  folder: string | undefined,
  isShort: boolean,
  compose: ComposeChoice | undefined,
): Pick<DescribedMount, 'mount' | 'holes'> | undefined {
  if (mount.type !== 'bind') return { mount, holes };
  const { source } = mount;
  const place = (path: string) => dotted(folder === undefined ? path : pathFrom(folder, path));
  const hole = holes.get(source[0] ?? '');
  if (hole !== undefined) {
    const placed = placeWord(hole, source.slice(1), place);
    return placed && { mount, holes: new Map([...holes, [source[0]!, placed]]) };
  }
  // Before 2.36 a path of Windows was one below the folder, but for a drive in the short syntax.
  const isWindows = source.startsWith('\\\\') || (!isShort && /^[A-Za-z]:/.test(source));
  const isWhole = isPath(source) && !source.startsWith('.');
  const isBelow = isWindows && compose !== undefined && hasFact(compose, 'windowsPaths') === false;
  return { mount: isWhole && !isBelow ? mount : { ...mount, source: place(source) }, holes };
}

/** Compose takes the source of a bind for a path, whatever it looks like; others ask for the dot. */
const dotted = (path: string): string => (isPath(path) ? path : `./${path}`);

/** What Compose makes of a folder's name, and of `name` in a file: the project, unless something else names it. */
export function projectName(folder: string): string {
  // A variable's value is made fit, not its name.
  if (folder.includes('$')) return folder;
  return fitName(folder.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, ''));
}

/** A text as Compose makes it fit for the name of a project; marks stay. */
export const fitName = (text: string): string =>
  text
    .toLowerCase()
    .replace(UNFIT, '')
    .replace(/^[_-]+/, '');

const UNFIT = new RegExp(`(?!${MARK})[^a-z0-9_-]`, 'gu');
