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

/** What a file declares of networks, and of volumes besides what their mounts say, by name. */
interface DeclaredThings {
  readonly networks?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly volumes?: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The Compose file with these services, the volumes that their mounts declare, and the networks. */
export function composeFile(services: readonly ComposeService[], things: DeclaredThings = {}): string {
  const declared: Record<string, unknown> = Object.create(null);
  for (const { entry, holes } of services.flatMap(({ items }) => items))
    if (entry.declares !== undefined) declared[entry.declares.key] = filled(entry.declares.volume, holes);
  for (const [name, volume] of things.volumes ?? []) declared[name] = volume;
  const networks = Object.fromEntries(things.networks ?? []);
  const document = new Document(
    {
      services: Object.fromEntries(services.map((service) => [service.name, serviceKeys(service)])),
      ...(Object.keys(networks).length > 0 && { networks }),
      ...(Object.keys(declared).length > 0 && { volumes: declared }),
    },
    // What Go's YAML 1.1 would take for a boolean or a number must be quoted too.
    { version: '1.1' },
  );
  visit(document, {
    Scalar: (_key, node) => {
      // Go reads more texts as numbers than the library knows of. What cannot be seen is written with an escape, below.
      if (typeof node.value === 'string' && needsQuotes(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const text = document.toString({
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
      pick(entry) === undefined ? [] : [filled(pick(entry), holes)],
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
function filled(value: unknown, holes: ReadonlyMap<string, ForeignHole>): unknown {
  if (typeof value === 'string') {
    const home = holes.get(value[0] ?? '');
    // At the start of a source Compose knows the tilde itself.
    if (home?.kind === 'tilde' && home.text === '~' && value[1] !== undefined)
      return `~${filled(value.slice(1), holes) as string}`;
    return fillHoles(value, holes, 'compose') ?? value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, holes)]));
}
