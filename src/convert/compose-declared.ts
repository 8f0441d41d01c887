import type { ComposeDeclaration, ComposeMount } from '../dialects/compose/compose.js';
import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import { pathFrom } from '../go/path.js';
import { interpolatedText } from '../readers/yaml/interpolation.js';
import { fileText } from '../source/hosted-text.js';
import { parseVolume } from '../spec/parse.js';
import type { SpecText } from '../text/spec-text.js';
import { mapOf } from './compose-values.js';
import type { HoleTable } from './described-mount.js';

/** A text of a Compose file with its variables as holes. */
export type ComposeText = Pick<SpecText, 'value' | 'holes'>;

/** A text of the file whose variables nobody has read yet. */
export const interpolated = (text: string): ComposeText => interpolatedText(fileText(text), false);

/** What the top level says of a named volume, with its unknown parts; `why`: nobody can tell what it is. */
export interface DeclaredVolume extends Partial<Record<'name' | 'driver', ComposeText>> {
  readonly external?: boolean;
  readonly driver_opts: Readonly<Record<string, ComposeText>>;
  readonly labels: Readonly<Record<string, ComposeText>>;
  readonly why?: string;
}

/** What stands at a key of the top-level `volumes`. */
export function readDeclared(node: unknown): DeclaredVolume {
  const value = mapOf(node);
  const external = value['external'];
  const named = mapOf(external)['name'] ?? value['name'];
  const driver = value['driver'];
  const isExternal =
    typeof external === 'string'
      ? readComposeBoolean(external)
      : external === true || (typeof external === 'object' && external !== null);
  return {
    ...(typeof named === 'string' && { name: interpolated(named) }),
    ...(isExternal === true && { external: true }),
    ...(isExternal === undefined && { why: 'whether its volume is external is not known' }),
    ...(typeof driver === 'string' && { driver: interpolated(driver) }),
    driver_opts: textsOf(value['driver_opts']),
    labels: Object.fromEntries(
      Object.entries(textsOf(value['labels'])).filter(([key]) => !OWN_LABELS.has(key)),
    ),
  };
}

/** Compose writes these over what the file says. */
const OWN_LABELS: ReadonlySet<string> = new Set(
  ['project', 'version', 'volume'].map((name) => `com.docker.compose.${name}`),
);

/** A map of texts; Compose takes lists of `key=value` for labels too. */
function textsOf(value: unknown): Record<string, ComposeText> {
  const entries = Array.isArray(value)
    ? value.map((item): [string, unknown] => {
        const text = String(item);
        const at = text.indexOf('=');
        return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
      })
    : Object.entries(mapOf(value));
  return Object.fromEntries(entries.map(([key, item]) => [key, interpolated(String(item ?? ''))]));
}

/** The declaration of the volume that an entry names; a sentence where nobody can tell what it is. */
export function declaredOf(
  { volume }: ComposeMount,
  declared: ReadonlyMap<string, DeclaredVolume> | undefined,
  folder: string | undefined,
  table: HoleTable,
): ReadonlyMap<string, ComposeDeclaration> | undefined | string {
  if (declared === undefined) return undefined;
  const key = typeof volume === 'string' ? parseVolume(volume).source?.value : volume?.source;
  const own = key === undefined ? undefined : declared.get(key);
  if (key === undefined || own === undefined) return new Map();
  if (own.why !== undefined) return own.why;
  const options = placeDevice(own, folder);
  if (typeof options === 'string') return options;
  const texts = (all: Readonly<Record<string, ComposeText>>) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, table.absorb(one)]));
  const { external, name, driver, labels } = own;
  const volumes: ComposeDeclaration = {
    ...(external && { external }),
    ...(name && { name: table.absorb(name) }),
    ...(driver && { driver: table.absorb(driver) }),
    driver_opts: texts(options),
    labels: texts(labels),
  };
  return new Map([[key, volumes]]);
}

/** Compose makes a `device` absolute where the driver is said to be `local` and `o` to be `bind`, nothing else. */
export function placeDevice(
  { driver, driver_opts: options }: DeclaredVolume,
  folder: string | undefined,
): DeclaredVolume['driver_opts'] | string {
  const { o, device } = options;
  if (device === undefined || driver?.value !== 'local' || o?.value !== 'bind') return options;
  if (/^[/\\]|^[A-Za-z]:[/\\]/.test(device.value) || device.holes[0]?.range.start === 0) return options;
  const why = `where its \`device\` \`${device.value}\` is depends on the folder of the project`;
  const path = folder === undefined ? '' : pathFrom(folder, device.value);
  if (!/^[/\\]|^[A-Za-z]:/.test(path) || device.holes.length > 0 || device.value.startsWith('~')) return why;
  return { ...options, device: { value: path, holes: [] } };
}
