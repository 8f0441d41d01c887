import { byteLength, quoteGo } from '../../../go/text.js';
import { mapOf } from '../../../text/map-of.js';
import type { ApiMount } from '../client/api.js';
import type { EngineOs } from '../tables/dialect.js';
import type { Problem } from './refusal.js';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Why the engine's own volume driver refuses a name (§2.3 step 7); other drivers have their own rules. */
export function checkVolumeName(name: string): Problem | undefined {
  if (byteLength(name) === 1)
    return {
      kind: 'volume-name',
      reason: `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
    };
  return NAME.test(name)
    ? undefined
    : {
        kind: 'volume-name',
        reason: `create ${name}: ${quoteGo(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      };
}

const OPTIONS = new Set(['type', 'o', 'device', 'size']);
const REQUIRED = mapOf<readonly string[]>({
  device: ['type'],
  type: ['device'],
  o: ['device', 'type'],
});

/** Why the engine's own volume driver refuses options for a new volume (§3.7). */
function checkVolumeOptions(
  options: Readonly<Record<string, string>>,
  engineOs: EngineOs,
): string | undefined {
  const names = Object.keys(options);
  // moby volume/local/local_windows.go
  if (engineOs === 'windows')
    return names.length > 0 ? 'options are not supported on this platform' : undefined;
  const unknown = names.filter((name) => !OPTIONS.has(name));
  // Of several the engine names any.
  if (unknown.length > 1) return 'invalid option: ';
  if (unknown[0] !== undefined) return `invalid option: ${quoteGo(unknown[0])}`;
  for (const name of names) {
    const missing = REQUIRED.get(name)?.find((other) => !names.includes(other));
    if (missing !== undefined) return `missing required option: ${quoteGo(missing)}`;
  }
  return undefined;
}

/** The driver that makes the volume of a mount; `local` is the engine's own. */
export function driverOf(mount: ApiMount): string {
  return mount.VolumeOptions?.DriverConfig?.Name || 'local';
}

/** Why making the volume of a mount fails, as far as that does not depend on the machine. `exists`: undefined if unknown. */
export function checkVolumeCreate(
  mount: ApiMount,
  exists: boolean | undefined,
  engineOs: EngineOs,
): Problem | undefined {
  if (driverOf(mount) !== 'local') return undefined;
  const name = mount.Source ?? '';
  const bad = name === '' ? undefined : checkVolumeName(name);
  if (bad !== undefined) return bad;
  const options = mount.VolumeOptions?.DriverConfig?.Options ?? {};
  const reason = checkVolumeOptions(options, engineOs);
  if (reason === undefined || (name !== '' && exists !== false)) return undefined;
  return name === ''
    ? { kind: 'volume-options', reason: `: ${reason}`, isPart: true }
    : {
        kind: 'volume-options',
        reason: `create ${name}: ${reason}`,
        ...(reason.endsWith(' ') ? { isPart: true as const } : {}),
      };
}
