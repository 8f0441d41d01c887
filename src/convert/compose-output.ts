import { Document, Scalar, visit } from 'yaml';
import type { ComposeMount } from '../dialects/compose/compose.js';
import { escapeInvisible } from '../text/display-width.js';
import { COMMAND_MARK } from '../text/shown.js';
import { type ForeignHole, fillHoles } from './variables.js';

/** A mount of a service to be written, with its holes. */
export interface ComposeItem {
  readonly entry: ComposeMount;
  readonly holes: ReadonlyMap<string, ForeignHole>;
}

/** A service to be written. */
export interface ComposeService {
  readonly name: string;
  /** What it holds besides the mounts, as Compose must read it. */
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly items: readonly ComposeItem[];
  /** Whose mounts it takes over, as Compose must read them. */
  readonly volumesFrom: readonly string[];
}

/** What a file declares of a network or a volume. */
export type Declared = Readonly<Record<string, unknown>>;

/** What a file is to hold. */
export interface ComposeProject {
  readonly services: readonly ComposeService[];
  readonly networks: ReadonlyMap<string, Declared>;
  /** All that are declared. */
  readonly volumes: ReadonlyMap<string, Declared>;
}

/** The volumes that mounts declare, by their keys. */
export function declaredVolumes(services: readonly ComposeService[]): ReadonlyMap<string, Declared> {
  return new Map(
    services
      .flatMap(({ items }) => items)
      .flatMap(({ entry, holes }) =>
        entry.declares === undefined
          ? []
          : [[entry.declares.key, mountTexts(entry.declares.volume, holes) as Declared] as const],
      ),
  );
}

/** A Compose file with these services, and the volumes that their mounts declare. */
export function composeFile(services: readonly ComposeService[]): string {
  return composeText({ services, networks: new Map(), volumes: declaredVolumes(services) });
}

/** What a file holds, as JSON has it. */
function projectValue({ services, networks, volumes }: ComposeProject): Declared {
  return {
    services: Object.fromEntries(services.map((service) => [service.name, serviceKeys(service)])),
    ...(networks.size > 0 && { networks: Object.fromEntries(networks) }),
    ...(volumes.size > 0 && { volumes: Object.fromEntries(volumes) }),
  };
}

/** The text of a Compose file; `indent`: by how many spaces it goes in. */
export function composeText(project: ComposeProject, indent = 2): string {
  // What Go's YAML 1.1 would take for a boolean or a number must be quoted too.
  const document = new Document(projectValue(project), { version: '1.1' });
  visit(document, {
    Scalar: (_key, node) => {
      // Go reads more texts as numbers than the library knows of. What cannot be seen is written with an escape, below.
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({
    indent,
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Infinity,
    directives: false,
  });
  const lines = text.split('\n').map((line) => escapeInvisible(line, escapeYaml));
  return lines.join('\n').replace(COMMAND_MARK, escapeYaml);
}

function serviceKeys({ keys, items, volumesFrom }: ComposeService): Record<string, unknown> {
  const list = (name: string, pick: (entry: ComposeMount) => unknown) => {
    const values = items.flatMap(({ entry, holes }) =>
      pick(entry) === undefined ? [] : [mountTexts(pick(entry), holes)],
    );
    return values.length > 0 && { [name]: values };
  };
  return {
    ...keys,
    ...list('volumes', ({ volume }) => volume),
    ...list('tmpfs', ({ tmpfs }) => tmpfs),
    ...(volumesFrom.length > 0 && { volumes_from: volumesFrom }),
  };
}

const needsQuotes = (value: string): boolean =>
  /^[-+.]?\d|^:|##/.test(value) || escapeInvisible(value, () => '') !== value;

const escapeYaml = (char: string): string => `\\U${char.codePointAt(0)!.toString(16).padStart(8, '0')}`;

/** Every text of a value as Compose must read it: `$` doubled, variables in their places. */
export function filled(value: unknown, fill: (text: string) => string): unknown {
  if (typeof value === 'string') return fill(value);
  if (Array.isArray(value)) return value.map((one) => filled(one, fill));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, fill)]));
}

/** The same of a mount: at the start of a source Compose knows the tilde itself. */
const mountTexts = (value: unknown, holes: ReadonlyMap<string, ForeignHole>): unknown =>
  filled(value, (text) => {
    const home = holes.get(text[0] ?? '');
    const isHome = home?.kind === 'tilde' && home.text === '~' && text[1] !== undefined;
    return isHome ? `~${composeWord(text.slice(1), holes)}` : composeWord(text, holes);
  });

/** A text with its variables as Compose has them, those that it has no name for as marks. */
export const composeWord = (text: string, holes: ReadonlyMap<string, ForeignHole>): string =>
  fillHoles(text, holes, 'compose') ?? text;
