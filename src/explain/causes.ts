import { mapOf } from '../text/map-of.js';

/** What `mountc why` finds, in general words. */
interface Cause {
  readonly kind: 'start' | 'different' | 'empty' | 'denied' | 'stale' | 'lost';
  readonly summary: string;
}

const CAUSE_TABLE = {
  'not-started': {
    kind: 'start',
    summary: 'The engine could not start the container, and says why.',
  },
  'not-mounted': {
    kind: 'different',
    summary:
      'A mount was asked for, and the running container does not have it: it was unmounted, or another one lies over it.',
  },
  'made-by-engine': {
    kind: 'empty',
    summary:
      'Nothing was at the source of a -v when the container started, so docker made an empty directory there, which belongs to root. --mount refuses to start instead.',
  },
  'denied-by-mode': {
    kind: 'denied',
    summary:
      'The process in the container is a user whom owner, mode and access list of the file do not let in. The numbers of users count, not their names.',
  },
  'denied-above': {
    kind: 'denied',
    summary: 'A directory above lets the user of the container not pass, whatever the file itself allows.',
  },
  'read-only-mount': {
    kind: 'denied',
    summary: 'The mount is read-only, so nothing can be written there, by root neither.',
  },
  'read-only-source': {
    kind: 'denied',
    summary:
      'The mount is to be written to, and its source is read-only on the host: its file system, or the mount that it lies in.',
  },
  'replaced-source': {
    kind: 'stale',
    summary:
      'A mount shows the file that was there when the container started. An editor that saves by renaming, or `git checkout`, puts another file in its place, which the container never sees.',
  },
} as const satisfies Readonly<Record<string, Cause>>;

/** The name of a cause that `mountc why` finds. */
export type CauseName = keyof typeof CAUSE_TABLE;

/** The causes that `mountc why` finds, by name. */
export const CAUSES: ReadonlyMap<string, Cause> = mapOf<Cause>(CAUSE_TABLE);

/** The kind of a cause. */
export const causeKind = (name: CauseName): Cause['kind'] => CAUSE_TABLE[name].kind;
