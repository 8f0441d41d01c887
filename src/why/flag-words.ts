import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { convertMount, FLAG_OF } from '../forms/convert-spec.js';
import { containerFlags } from '../inspect/container-flags.js';
import type { ContainerMount } from '../inspect/container-mounts.js';
import type { Mount } from '../mount/mount.js';
import { quoteShell } from '../text/shell-quote.js';
import type { Evidence } from './evidence.js';
import type { Remedy } from './finding.js';

const DIALECT = makeDialect();

/** The flag that asked for a mount, as a shell takes it. */
export function flagWords(mount: ContainerMount, { info }: Evidence): string | undefined {
  const { each } = containerFlags([mount], info.body, undefined, { dialect: DIALECT, dialects: [DIALECT] });
  return each[0]?.words?.map(quoteShell).join(' ');
}

/** What is to be written instead of a mount's flag; undefined where no flag says that. */
export function changeMount(
  mount: ContainerMount,
  change: (mount: Mount) => Mount,
  evidence: Evidence,
): Remedy | undefined {
  const from = flagWords(mount, evidence);
  const wanted = mount.asked?.mount;
  if (from === undefined || wanted === undefined) return undefined;
  const { slot } = mount.asked!.sent;
  const form = slot === 'Binds' ? 'volume' : slot === 'Tmpfs' ? 'tmpfs' : 'mount';
  const { text } = convertMount(change(wanted), form, {
    dialects: [DIALECT],
    from: form,
  });
  return text === undefined
    ? undefined
    : { kind: 'change', from, to: [FLAG_OF[form], text].map(quoteShell).join(' ') };
}
