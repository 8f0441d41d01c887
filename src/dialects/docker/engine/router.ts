import { quoteGo } from '../../../go/text.js';
import type { ApiMount } from '../client/api.js';
import { API_FACTS } from '../tables/api-facts.js';
import type { Dialect } from '../tables/dialect.js';
import { apiOf } from '../tables/version.js';
import { TYPE_OF_OPTIONS } from './mount-options.js';
import type { Problem } from './refusal.js';

interface Gate {
  /** The first Engine API (1.x) that has it; a new engine refuses it under an older one. */
  readonly api: number;
  readonly name: string;
  isUsed(mount: ApiMount): boolean;
}

const GATES: readonly Gate[] = [
  {
    api: API_FACTS.recursiveReadonly.since,
    name: 'BindOptions.ReadOnlyForceRecursive',
    isUsed: (mount) => mount.Type === 'bind' && mount.BindOptions?.ReadOnlyForceRecursive === true,
  },
  {
    api: API_FACTS.subpath.since,
    name: 'VolumeOptions.Subpath',
    isUsed: (mount) => !!mount.VolumeOptions?.Subpath,
  },
  {
    api: API_FACTS.imageMounts.since,
    name: 'Mount type "Image"',
    isUsed: (mount) => mount.Type === 'image',
  },
];

const CHECKED = ['VolumeOptions', 'BindOptions', 'TmpfsOptions'] as const;

/** What the engine's HTTP router refuses of the mounts, before anything else looks at them (§0.2, §3.7), by its own API version. */
export function checkRouter(
  mounts: readonly ApiMount[],
  { api, engine }: Dialect,
): { problem: Problem; index: number } | undefined {
  const engineApi = apiOf(engine);
  if (api >= API_FACTS.optionsOfType.since) {
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
