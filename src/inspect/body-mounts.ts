import type { ApiMount, CreateBody, Sent } from '../dialects/docker/client/api.js';
import { parseFor } from '../dialects/docker/client/client-spec.js';
import { readLinuxVolume } from '../dialects/docker/engine/linux-volume.js';
import { readVolumeMode } from '../dialects/docker/engine/volume-mode.js';
import { readWindowsVolume } from '../dialects/docker/engine/windows.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { lowerApi } from '../dialects/docker/lower-api.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { readApiFields } from '../forms/api-fields.js';
import { cleanPath } from '../go/path.js';
import type { Mount } from '../mount/mount.js';

/** One mount that a create call asks for. */
export interface BodyMount {
  readonly sent: Sent;
  /** Where it ends up, cleaned as the engine does. */
  readonly target: string;
  /** What it means; absent for what the engine would refuse, or mountc cannot read. */
  readonly mount?: Mount;
  /** Fields of the API that have no word in the model: `TmpfsOptions.Foo`. */
  readonly unread: readonly string[];
}

/** The mounts that a create call asks for: `-v`, `--mount`, `--tmpfs`, anonymous volumes; nothing is left out. */
export function mountsOfBody(body: CreateBody, dialect: Dialect): BodyMount[] {
  const driver = body.VolumeDriver;
  return [
    ...(body.Binds ?? []).map((bind) => fromBind(bind, driver, dialect)),
    ...(body.Mounts ?? []).map((mount) => fromApi(mount, dialect)),
    ...Object.entries(body.Tmpfs ?? {}).map(([target, options]): BodyMount => {
      const text = options === '' ? target : `${target}:${options}`;
      const lowered = lowerSpec(parseFor('tmpfs', text, dialect), { dialect });
      const mount = lowered.ok ? lowered.mount : undefined;
      return { sent: { slot: 'Tmpfs', target, options }, target: cleanPath(target), mount, unread: [] };
    }),
    ...Object.keys(body.Volumes ?? {}).map((key): BodyMount => {
      const read = dialect.engineOs === 'windows' ? fromBind(key, driver, dialect) : undefined;
      const target = read?.target ?? cleanPath(key);
      const mount: Mount = {
        type: 'volume',
        target: key,
        readOnly: false,
        noCopy: false,
        labels: {},
        driver: driver ?? undefined,
        driverOptions: {},
      };
      return { sent: { slot: 'Volumes', target: key }, target, mount, unread: [] };
    }),
  ];
}

function fromBind(bind: string, driver: string | null, dialect: Dialect): BodyMount {
  const sent: Sent = { slot: 'Binds', bind };
  if (dialect.engineOs === 'windows') {
    const read = readWindowsVolume(bind, driver, dialect, 'windows');
    if (!read.ok) return { sent, target: bind, unread: [] };
    return { ...fromApi(read.mount, dialect), sent };
  }
  const read = readLinuxVolume(bind, driver, dialect);
  if (!read.ok) return { sent, target: bind, unread: [] };
  const made = fromApi(read.mount, dialect);
  const words = readVolumeMode(read.mode);
  const consistency = words?.words.find((word) => /^(?:consistent|cached|delegated)$/.test(word));
  const { mount } = made;
  if (mount?.type === 'bind')
    return { ...made, sent, mount: { ...mount, createSource: true, relabel: words?.label, consistency } };
  return mount?.type === 'volume'
    ? { ...made, sent, mount: { ...mount, relabel: words?.label, consistency } }
    : { ...made, sent };
}

function fromApi(api: ApiMount, dialect: Dialect): BodyMount {
  const target = api.Target ?? '';
  const lowered = lowerApi(api, dialect);
  const { mount, unread } = readApiFields(api, lowered.ok ? lowered.mount : undefined);
  return {
    sent: { slot: 'Mounts', mount: api },
    target: dialect.engineOs === 'windows' ? target.replaceAll('/', '\\') : cleanPath(target),
    mount,
    unread,
  };
}
