import type { Dialect } from '../../dialect/dialect.js';
import { apiOf } from '../../dialect/version.js';
import { quoteGo } from '../../text/go-text.js';
import type { ApiMount } from '../api.js';
import { TYPE_OF_OPTIONS } from './mount-options.js';
import type { Problem } from './refusal.js';

interface Gate {
  /** The first Engine API (1.x) that has the field; a new engine refuses it under an older one. */
  readonly api: number;
  readonly name: string;
  isUsed(mount: ApiMount): boolean;
}

const GATES: readonly Gate[] = [
  {
    api: 44,
    name: 'BindOptions.ReadOnlyForceRecursive',
    isUsed: (mount) => mount.Type === 'bind' && mount.BindOptions?.ReadOnlyForceRecursive === true,
  },
  { api: 45, name: 'VolumeOptions.Subpath', isUsed: (mount) => !!mount.VolumeOptions?.Subpath },
  { api: 48, name: 'Mount type "Image"', isUsed: (mount) => mount.Type === 'image' },
];

/** The Engine API minor versions (1.x) at which the router's answers change. */
export const ROUTER_APIS: readonly number[] = [42, ...GATES.map(({ api }) => api)];

const CHECKED = ['VolumeOptions', 'BindOptions', 'TmpfsOptions'] as const;

/** What the engine's HTTP router refuses of the mounts, before anything else looks at them (§0.2, §3.7), by its own API version. */
export function checkRouter(
  mounts: readonly ApiMount[],
  { api, engine }: Dialect,
): { problem: Problem; index: number } | undefined {
  const engineApi = apiOf(engine);
  if (api >= 42) {
    for (const [index, mount] of mounts.entries()) {
      const wrong = CHECKED.find(
        (field) => mount[field] !== undefined && mount.Type !== TYPE_OF_OPTIONS[field],
      );
      if (wrong === undefined) continue;
      const reason = `${wrong} must not be specified on mount type ${quoteGo(mount.Type)}`;
      return { index, problem: { kind: 'wrong-options', reason } };
    }
  }
  for (const gate of GATES) {
    if (api >= gate.api || engineApi < gate.api) continue;
    const index = mounts.findIndex((mount) => gate.isUsed(mount));
    if (index >= 0)
      return {
        index,
        problem: { kind: 'api-version', reason: `${gate.name} needs API v1.${gate.api} or newer` },
      };
  }
  return undefined;
}
