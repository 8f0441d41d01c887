import { isOtherFrontend } from '../dialects/buildkit/frontends.js';
import type { Assembled, ComposeFiles } from '../dialects/compose/assemble.js';
import { COMPOSE_SYNONYMS, composeKeys } from '../dialects/compose/compose-keys.js';
import type { ComposeProblem } from '../dialects/compose/problem.js';
import type { ComposeChoice } from '../dialects/compose/versions.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { type MountView, type ViewField, type ViewPart, viewPart } from '../mount/view.js';
import { parseMount, parseTmpfs, parseVolume } from '../spec/parse.js';
import { mountParts, viewFlag, volumeParts } from './flag-view.js';
import type { Findings, FoundField, FoundMount } from './frontend.js';
import type { HostView } from './host.js';

/** What is known of a Compose file and of what is read with it. */
export interface ComposeProject extends Assembled {
  /** What the file comes to with others that it is read with at other times. */
  readonly instead: readonly Assembled[];
  /** Nothing else is read with it: what it does not declare is declared nowhere. */
  readonly isWhole: () => boolean;
  /** What every Compose that may read the file refuses of it. */
  readonly refused: readonly ComposeProblem[];
}

/** What a file says of mounts besides its commands. */
export interface FileView extends Omit<Findings, 'commands' | 'comments'> {
  readonly path?: string;
  readonly dialect: Dialect;
  /** The names of the units that may stand for what a unit refers to; undefined where nobody looked. */
  readonly unitNames?: readonly string[];
  /** Which Compose reads it; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** Given when rules may look at this machine. */
  readonly host?: HostView;
  /** Compose merges another file over it by default. */
  readonly isOverlaid?: boolean;
  /** What Compose reads together with it, where somebody looked. */
  readonly composeFiles?: ComposeFiles;
  /** What that makes; left out for a file without a tree. */
  readonly project?: ComposeProject;
  /** Its name says what it is; otherwise its text was looked at. */
  readonly isKnownByName: boolean;
}

/** A mount of a file that is not a flag of docker's: Compose's, or BuildKit's. Undefined for any other. Read once for all who ask. */
export function viewFileMount(mount: FoundMount): MountView | undefined {
  let known = views.get(mount);
  if (known === undefined) {
    known = { view: readMount(mount) };
    views.set(mount, known);
  }
  return known.view;
}

const views = new WeakMap<FoundMount, { readonly view: MountView | undefined }>();

function readMount(mount: FoundMount): MountView | undefined {
  const { form, spec: host, range: place, group } = mount;
  const mayBePodman = mount.engine === 'podman';
  const base = {
    host,
    place,
    fields: [],
    modes: [],
    isPartial: false,
    mayBePodman,
    isBranched: mount.isBranched,
  };
  const isTemplate = group.startsWith('x-');
  switch (form) {
    case 'compose-short': {
      const node = parseVolume(host.value);
      return { ...base, form, program: 'compose', node, isTemplate, ...volumeParts(node, host) };
    }
    case 'compose-long':
      if (misreadPair(mount) !== undefined) return undefined;
      return { ...base, form, program: 'compose', isTemplate, ...objectParts(mount.fields ?? []) };
    case 'run-mount': {
      const node = parseMount(host.value);
      return {
        ...base,
        form,
        program: isOtherFrontend(mount.build?.syntax) ? 'other-frontend' : 'buildkit',
        build: mount.build,
        node,
        isTemplate: false,
        ...mountParts(node, host, 'buildkit'),
      };
    }
    default:
      return undefined;
  }
}

/** The same, and what is judged as the flag that it is handed on as: a tmpfs of Compose, the object of a devcontainer. */
export function viewListed(mount: FoundMount): MountView | undefined {
  const { form, spec: host, range: place, fields } = mount;
  if (form === 'compose-tmpfs') return viewFlag(parseTmpfs(host.value), host, 'docker');
  const base = { host, place, modes: [], isPartial: false, isTemplate: false };
  return form === 'devcontainer'
    ? { ...base, form: 'compose-long', program: 'docker', ...objectParts(fields ?? []) }
    : viewFileMount(mount);
}

function objectParts(found: readonly FoundField[]) {
  const fields = found.map(({ key, keyRange, value, valueRange, type }): ViewField => {
    const written = value && viewPart(value, { start: 0, end: value.value.length }, valueRange);
    return {
      name: key,
      key: keyPart(key, keyRange),
      value: written,
      range: keyRange,
      yamlType: type,
      valuePlace: valueRange,
    };
  });
  const named = (name: string) => fields.find((field) => field.name === name)?.value;
  return { fields, source: named('source'), target: named('target'), type: named('type') };
}

/** The key of an object, which is never changed through this. */
function keyPart(key: string, place: FoundField['keyRange']): ViewPart {
  const host = {
    value: key,
    map: { segments: [], endSource: place.start },
    holes: [],
    edit: () => undefined,
  };
  return viewPart(host, { start: 0, end: key.length }, place);
}

/** The one pair of an entry that YAML reads as a map because of a colon: `- /a:/b:`, `- ./a: /b`. */
export function misreadPair({ form, fields = [] }: FoundMount): FoundField | undefined {
  const [pair] = fields;
  if (form !== 'compose-long' || fields.length !== 1 || pair === undefined) return undefined;
  const isKey = composeKeys('')!.includes(pair.key) || COMPOSE_SYNONYMS.has(pair.key);
  const isText = pair.type !== 'object' && pair.type !== 'list';
  return isKey || !isText || !/[/\\]/.test(pair.key + (pair.value?.value ?? '')) ? undefined : pair;
}
