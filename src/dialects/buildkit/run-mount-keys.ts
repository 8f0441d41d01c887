import { bySpelling } from '../docker/tables/by-spelling.js';
import type { FrontendFact } from './frontends.js';

// BuildKit's own grammar of `RUN --mount` (§10.3): frontend/dockerfile/instructions/commands_runmount.go.

/** The types of `RUN --mount`. */
export const RUN_MOUNT_TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

/** One key of `RUN --mount`. */
export interface RunMountKey {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: 'text' | 'type' | 'bool' | 'octal' | 'decimal' | 'size' | 'sharing';
  /** Refused on other types; none: all take it. */
  readonly types?: readonly string[];
  /** What a frontend must have that knows it. */
  readonly since?: FrontendFact;
}

/** The keys of `RUN --mount`. */
const RUN_MOUNT_KEYS: readonly RunMountKey[] = [
  { name: 'type', aliases: [], kind: 'type' },
  { name: 'target', aliases: ['dst', 'destination'], kind: 'text' },
  { name: 'source', aliases: ['src'], kind: 'text' },
  { name: 'from', aliases: [], kind: 'text' },
  { name: 'readonly', aliases: ['ro'], kind: 'bool' },
  { name: 'readwrite', aliases: ['rw'], kind: 'bool' },
  { name: 'id', aliases: [], kind: 'text' },
  { name: 'sharing', aliases: [], kind: 'sharing', types: ['cache'] },
  { name: 'mode', aliases: [], kind: 'octal', types: ['cache', 'secret', 'ssh'] },
  { name: 'uid', aliases: [], kind: 'decimal', types: ['cache', 'secret', 'ssh'] },
  { name: 'gid', aliases: [], kind: 'decimal', types: ['cache', 'secret', 'ssh'] },
  { name: 'size', aliases: [], kind: 'size', types: ['tmpfs'], since: 'size' },
  { name: 'required', aliases: [], kind: 'bool', types: ['secret', 'ssh'] },
  // It does nothing but for a secret, and is refused nowhere.
  { name: 'env', aliases: [], kind: 'text', since: 'env' },
];

/** Every spelling of every key. */
export const RUN_MOUNT_KEY_BY_NAME: ReadonlyMap<string, RunMountKey> = bySpelling(RUN_MOUNT_KEYS);
