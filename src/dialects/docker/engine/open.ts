import type { ApiMount, CreateBody } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import { readLinuxVolume } from './linux-volume.js';
import type { EnginePlace, OpenQuestion } from './refusal.js';
import type { System } from './system.js';
import { driverOf } from './volume-create.js';

/** What only the engine's machine decides, as far as `host` does not answer it; for a create call that is not refused. */
export function openQuestions(body: CreateBody, dialect: Dialect, host?: System): OpenQuestion[] {
  const open: OpenQuestion[] = [];
  const look = (mount: ApiMount, place: EnginePlace, isChecked: boolean): void => {
    for (const about of aboutMount(mount, host, isChecked)) open.push({ place, about });
  };
  for (const [index, raw] of (body.Binds ?? []).entries()) {
    const read = dialect.engineOs === 'linux' ? readLinuxVolume(raw, body.VolumeDriver, dialect) : undefined;
    if (read?.ok) look(read.mount, { slot: 'Binds', index }, false);
  }
  for (const [index, mount] of (body.Mounts ?? []).entries()) look(mount, { slot: 'Mounts', index }, true);
  for (const key of Object.keys(body.Volumes ?? {})) {
    if (body.VolumeDriver !== null && body.VolumeDriver !== 'local')
      open.push({ place: { slot: 'Volumes', key }, about: 'volume-driver' });
  }
  for (const index of (body.VolumesFrom ?? []).keys())
    open.push({ place: { slot: 'VolumesFrom', index }, about: 'container' });
  return open;
}

function aboutMount(mount: ApiMount, host: System | undefined, isChecked: boolean): OpenQuestion['about'][] {
  const source = mount.Source ?? '';
  switch (mount.Type) {
    case 'bind': {
      const about: OpenQuestion['about'][] = [];
      if (isChecked && host?.pathState(source) === undefined) about.push('source');
      const propagation = mount.BindOptions?.Propagation ?? '';
      if (/shared|slave/.test(propagation) && host?.pathPropagation?.(source) === undefined)
        about.push('propagation');
      if (propagation !== '' && host?.daemonRoot === undefined) about.push('daemon-root');
      return about;
    }
    case 'volume': {
      if (driverOf(mount) !== 'local') return ['volume-driver'];
      const hasOptions = Object.keys(mount.VolumeOptions?.DriverConfig?.Options ?? {}).length > 0;
      const about: OpenQuestion['about'][] = [];
      if (source !== '' && hasOptions && host?.hasVolume?.(source) === undefined) about.push('volume');
      if (mount.VolumeOptions?.Subpath) about.push('subpath');
      return about;
    }
    case 'image':
      return ['image'];
    default:
      return [];
  }
}
