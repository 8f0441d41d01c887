import { bySpelling } from '../docker/tables/by-spelling.js';
import type { FrontendFact } from './frontends.js';

// BuildKit's own grammar of `RUN --mount` (§10.3): frontend/dockerfile/instructions/commands_runmount.go.

/** The types of `RUN --mount`. */
export const RUN_MOUNT_TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;

/** One key of `RUN --mount`. */
export interface RunMountKey {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What it says. */
  readonly summary: string;
  readonly kind: 'text' | 'type' | 'bool' | 'octal' | 'decimal' | 'size' | 'sharing';
  /** Refused on other types; none: all take it. */
  readonly types?: readonly string[];
  /** What a frontend must have that knows it. */
  readonly since?: FrontendFact;
}

/** The keys of `RUN --mount`. */
const RUN_MOUNT_KEYS: readonly RunMountKey[] = [
  {
    name: 'type',
    summary: 'what is mounted: bind, cache, tmpfs, secret or ssh; bind when left out',
    aliases: [],
    kind: 'type',
  },
  {
    name: 'target',
    summary: 'the path in the container of the build',
    aliases: ['dst', 'destination'],
    kind: 'text',
  },
  {
    name: 'source',
    summary: 'a path in the build context, or in `from`; `/` when left out',
    aliases: ['src'],
    kind: 'text',
  },
  {
    name: 'from',
    summary: 'the build stage, image or context that the files are of',
    aliases: [],
    kind: 'text',
  },
  { name: 'readonly', summary: 'nothing can be written there', aliases: ['ro'], kind: 'bool' },
  {
    name: 'readwrite',
    summary: 'it can be written to; what is written to a bind is discarded',
    aliases: ['rw'],
    kind: 'bool',
  },
  { name: 'id', summary: 'the name of the cache, the secret or the agent', aliases: [], kind: 'text' },
  {
    name: 'sharing',
    summary: 'what several builds at once do with a cache: shared, private or locked',
    aliases: [],
    kind: 'sharing',
    types: ['cache'],
  },
  {
    name: 'mode',
    summary: 'the mode of the file or directory, octal',
    aliases: [],
    kind: 'octal',
    types: ['cache', 'secret', 'ssh'],
  },
  { name: 'uid', summary: 'its owner', aliases: [], kind: 'decimal', types: ['cache', 'secret', 'ssh'] },
  { name: 'gid', summary: 'its group', aliases: [], kind: 'decimal', types: ['cache', 'secret', 'ssh'] },
  {
    name: 'size',
    summary: 'the most that it holds',
    aliases: [],
    kind: 'size',
    types: ['tmpfs'],
    since: 'size',
  },
  {
    name: 'required',
    summary: 'the build stops where it is not given',
    aliases: [],
    kind: 'bool',
    types: ['secret', 'ssh'],
  },
  // It does nothing but for a secret, and is refused nowhere.
  {
    name: 'env',
    summary: 'the variable that the secret is put into',
    aliases: [],
    kind: 'text',
    since: 'env',
  },
];

/** Every spelling of every key. */
export const RUN_MOUNT_KEY_BY_NAME: ReadonlyMap<string, RunMountKey> = bySpelling(RUN_MOUNT_KEYS);
