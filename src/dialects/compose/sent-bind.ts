import type { BindMount } from '../../mount/mount.js';
import type { ComposeVolume } from './compose.js';
import type { ComposeChoice, ComposeFact } from './versions.js';

/** What of a bind depends on the release of Compose that sends it (docker/compose create.go). */
type SentBind = Pick<BindMount, 'createSource' | 'relabel' | 'recursion'>;

/** What the newest of the chosen Composes sends, and in what they differ. */
interface SentBinds {
  readonly sent: SentBind;
  readonly varies: ReadonlySet<keyof SentBind>;
  /** All of them send it as text, which ends paths at colons. */
  readonly isText: boolean;
}

/** The `bind` of an entry; the short syntax always makes the directory. */
export interface WrittenBind {
  readonly bind: ComposeVolume['bind'];
  readonly isShort?: boolean;
  readonly recursion: BindMount['recursion'];
}

/** What the chosen Composes send for a bind. */
export function sentBinds(written: WrittenBind, { releases }: ComposeChoice): SentBinds {
  // What is no Compose sends nothing of Compose's.
  const all = releases.filter(({ version }) => version !== 'stack').map(({ has }) => sentBind(written, has));
  const { isText: _, ...sent } = all.at(-1)!;
  const varies = new Set<keyof SentBind>();
  for (const one of all) {
    if (one.createSource !== sent.createSource) varies.add('createSource');
    if (one.relabel !== sent.relabel) varies.add('relabel');
    if (one.recursion.join() !== sent.recursion.join()) varies.add('recursion');
  }
  return { sent, varies, isText: all.every(({ isText }) => isText === true) };
}

function sentBind(
  { bind, isShort, recursion }: WrittenBind,
  has: Readonly<Record<ComposeFact, boolean>>,
): SentBind & { readonly isText?: true } {
  const relabel = bind?.selinux as SentBind['relabel'];
  const isMade = isShort || (bind !== undefined && (bind.create_host_path ?? has.createsByDefault));
  // `Binds` makes the directory and relabels; `Mounts` says the rest.
  const binds = { createSource: true, relabel, recursion: [], isText: true } as const;
  const mounts: SentBind = { createSource: isMade, relabel: undefined, recursion };
  if (has.mountsOnly || has.mountsOnlyAgain) return mounts;
  if (has.bindsOnlyToCreate) return isMade ? binds : { ...mounts, recursion: [] };
  const needsMounts = bind !== undefined && (!isMade || Boolean(bind.propagation) || Boolean(bind.recursive));
  return needsMounts ? mounts : binds;
}
