import type { ApiMount } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import { checkLinuxMount } from './linux-mount.js';
import type { Problem } from './refusal.js';
import { readVolumeMode } from './volume-mode.js';

/** A `-v` spec as the engine reads it, or why it refuses it. */
type LinuxVolume =
  | { readonly ok: true; readonly mount: ApiMount; readonly mode: string }
  | { readonly ok: false; readonly problem: Problem };

/** What a Linux engine makes of one entry of HostConfig.Binds (moby volume/mounts/linux_parser.go; §2.3). */
export function readLinuxVolume(raw: string, driver: string | null, dialect: Dialect): LinuxVolume {
  const spec = `invalid volume specification: '${raw}'`;
  const parts = raw.split(':');
  // A lone section is a target: an anonymous volume, which the client does not send this way.
  const [source = '', target = '', mode = ''] = parts.length === 1 ? ['', ...parts] : parts;
  const isModeOnly = parts.length === 2 && readVolumeMode(target) !== undefined;
  if (parts[0] === '' || parts.length > 3 || isModeOnly)
    return { ok: false, problem: { kind: 'volume-spec', reason: spec } };
  const words = readVolumeMode(mode);
  if (words === undefined) return { ok: false, problem: { kind: 'mode', reason: `invalid mode: ${mode}` } };
  const mount: ApiMount = {
    Type: source.startsWith('/') ? 'bind' : 'volume',
    Source: source,
    Target: target,
  };
  if (words.isReadOnly) mount.ReadOnly = true;
  if (driver !== null && mount.Type === 'volume') mount.VolumeOptions = { DriverConfig: { Name: driver } };
  if (words.isNoCopy) mount.VolumeOptions = { ...mount.VolumeOptions, NoCopy: true };
  if (words.propagation !== undefined) mount.BindOptions = { Propagation: words.propagation };
  const problem = checkLinuxMount(mount, dialect);
  return problem === undefined
    ? { ok: true, mount, mode }
    : { ok: false, problem: { ...problem, reason: `${spec}: ${problem.reason}` } };
}
