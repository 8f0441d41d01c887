import { cleanPath } from '../../../go/path.js';
import type { ApiMount } from '../client/api.js';
import type { Dialect } from '../tables/dialect.js';
import type { Problem } from './refusal.js';
import type { System } from './system.js';

/** Why a container with this mount does not start on a Linux engine, though it could be created (§2.3, §3.7). */
export function checkMountStart(mount: ApiMount, dialect: Dialect, host?: System): Problem | undefined {
  const target = checkTargetStart(mount.Target ?? '');
  switch (mount.Type) {
    case 'bind':
      // The runtime lets a proc file system onto `/proc`, and only the host knows what is at a path.
      return checkRecursion(mount, dialect) ?? checkPropagation(mount, host);
    case 'tmpfs':
      return BigInt(mount.TmpfsOptions?.SizeBytes ?? 0) < 0n
        ? { kind: 'tmpfs-value', reason: 'invalid argument', isPart: true }
        : target;
    default:
      return target;
  }
}

/** What the runtime refuses as a place for a mount that is not a bind. */
export function checkTargetStart(target: string): Problem | undefined {
  return cleanPath(target) === '/proc'
    ? { kind: 'target-reserved', reason: 'OCI runtime create failed', isPart: true }
    : undefined;
}

function checkRecursion({ ReadOnly, BindOptions }: ApiMount, { engineHas }: Dialect): Problem | undefined {
  if (!engineHas.knowsReadonlyRecursion || BindOptions === undefined) return undefined;
  const { ReadOnlyNonRecursive, ReadOnlyForceRecursive } = BindOptions;
  const conflict =
    !ReadOnly && ReadOnlyNonRecursive
      ? '!ReadOnly && BindOptions.ReadOnlyNonRecursive'
      : !ReadOnly && ReadOnlyForceRecursive
        ? '!ReadOnly && BindOptions.ReadOnlyForceRecursive'
        : ReadOnlyNonRecursive && ReadOnlyForceRecursive
          ? 'ReadOnlyNonRecursive && BindOptions.ReadOnlyForceRecursive'
          : undefined;
  return conflict === undefined
    ? undefined
    : { kind: 'read-only-recursion', reason: `mount options conflict: ${conflict}` };
}

function checkPropagation({ Source = '', BindOptions }: ApiMount, host?: System): Problem | undefined {
  const wanted = BindOptions?.Propagation?.replace(/^r(?!private)/, '');
  if (wanted !== 'shared' && wanted !== 'slave') return undefined;
  const path = cleanPath(Source);
  const there = host?.pathPropagation?.(path);
  if (there === undefined || there.kind === 'shared' || there.kind === wanted) return undefined;
  const lacking = wanted === 'shared' ? 'a shared mount' : 'a shared or slave mount';
  return {
    kind: 'propagation',
    reason: `path ${path} is mounted on ${there.mountPoint} but it is not ${lacking}`,
  };
}
