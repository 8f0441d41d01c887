import { askDocker } from '../docker/ask-docker.js';
import type { Engine } from '../docker/why/gather.js';
import { isObject } from '../forms/api-fields.js';
import { type Shown, show } from '../text/shown.js';
import type { CliIo } from './io.js';

/** What is known of a volume: who uses it, and whether it would be cleared away. */
export interface VolumeAnswer {
  readonly engine: Engine['name'];
  readonly volume: string;
  /** Containers, also those that do not run. */
  readonly usedBy: readonly string[];
  /** The project of Compose that made it. */
  readonly project: string | null;
  readonly isAnonymous: boolean;
  readonly created: string | null;
}

const PATIENCE = 10_000;
const ANONYMOUS_LABEL = 'com.docker.volume.anonymous';

/** Asks an engine about a volume; undefined where it has none of that name. */
export async function askVolumeUse(
  engine: Engine,
  name: string,
  io: CliIo,
): Promise<VolumeAnswer | undefined> {
  const ask = (...words: readonly string[]) => askDocker(engine.path, words, io.env, PATIENCE);
  const inspected = await ask('volume', 'inspect', '--', name);
  if (inspected.exit !== 0) return undefined;
  const [volume] = readList(inspected.stdout);
  if (volume === undefined) return undefined;
  const labels = isObject(volume['Labels']) ? volume['Labels'] : {};
  const used = await ask('ps', '--all', '--filter', `volume=${name}`, '--format', '{{.Names}}');
  const project = labels['com.docker.compose.project'];
  const created = volume['CreatedAt'];
  return {
    engine: engine.name,
    volume: name,
    usedBy: used.stdout.split('\n').filter((line) => line !== ''),
    project: typeof project === 'string' ? project : null,
    isAnonymous: ANONYMOUS_LABEL in labels || /^[0-9a-f]{64}$/.test(name),
    created: typeof created === 'string' ? created : null,
  };
}

function readList(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isObject) : [];
  } catch {
    return [];
  }
}

/** The same for people. */
export function volumeText({ engine, volume, usedBy, project, isAnonymous, created }: VolumeAnswer): Shown {
  const who = usedBy.length === 0 ? 'no container uses it' : `used by ${usedBy.join(', ')}`;
  const made = [
    ...(created === null ? [] : [`made ${created}`]),
    ...(project === null ? [] : [`of the Compose project ${project}`]),
    ...(isAnonymous ? ['without a name of its own'] : []),
  ];
  const prune =
    usedBy.length > 0
      ? 'leaves it alone while one of them is there, also one that does not run'
      : isAnonymous || engine === 'podman'
        ? 'takes it, with all that is in it'
        : 'takes it with --all, and before docker 23 without it as well, with all that is in it';
  return show`${volume}: a volume${made.length === 0 ? '' : `, ${made.join(', ')}`}; ${who}\n  ${engine} volume prune ${prune}\n`;
}
