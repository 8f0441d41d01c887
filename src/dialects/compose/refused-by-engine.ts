import { isWindowsPath } from '../../mount/paths.js';
import type { MountView } from '../../mount/view.js';
import type { ApiMount } from '../docker/client/api.js';
import { checkLinuxMount } from '../docker/engine/linux-mount.js';
import type { Problem } from '../docker/engine/refusal.js';
import type { PlacedVerdict, VerdictContext } from '../program.js';
import { readComposeBoolean } from './compose-keys.js';

/** The key that each of the engine's reasons is about. `onLinux`: a Windows engine judges it in another way. */
const NAMED: Partial<
  Readonly<Record<Problem['kind'], { readonly key: string; readonly help: string; readonly onLinux?: true }>>
> = {
  'source-empty': { key: 'source', help: 'add `source:`' },
  'source-given': { key: 'source', help: 'leave `source` out: a tmpfs has none' },
  subpath: { key: 'subpath', help: 'write a path below the root of a named volume, without `/` in front' },
  'read-only': { key: 'read_only', help: 'name a volume with `source:`, or leave `read_only` out' },
  'mount-type': { key: 'type', help: 'named pipes are for containers of Windows', onLinux: true },
};

/** What the engine refuses of an entry of the long syntax, whichever Compose hands it over. */
export function refusedByEngine(view: MountView, { dialect }: VerdictContext): PlacedVerdict | undefined {
  const sent = view.form !== 'compose-long' || view.isTemplate ? undefined : sentByCompose(view);
  const problem = sent && checkLinuxMount(sent, dialect);
  const named = problem && NAMED[problem.kind];
  if (named === undefined || (named.onLinux && dialect.engineOs !== 'linux')) return undefined;
  const field = view.fields.find(({ name }) => name.endsWith(named.key)) ?? view.fields[0];
  return { place: field?.key.place ?? view.place, message: problem!.reason, help: named.help };
}

/** The part of an entry that every Compose hands to the engine in the same way; undefined for what is for other rules. */
function sentByCompose({ type, fields }: MountView): ApiMount | undefined {
  const Type = type?.text;
  if (Type === undefined) return undefined;
  const written = (key: string) => fields.find(({ name }) => name === key)?.value?.text;
  const isGiven = fields.some(({ name }) => name === 'source');
  // What is not written out is some name.
  const Source = isGiven ? (written('source') ?? 'name') : undefined;
  const subpath = written(`${Type}.subpath`);
  const base = { Type, Target: '/target', ...(Source !== undefined && { Source }) };
  switch (Type) {
    case 'bind':
      // An empty source is the folder of the project.
      return isGiven ? undefined : base;
    case 'tmpfs':
      return base;
    case 'volume': {
      const ReadOnly = readComposeBoolean(written('read_only') ?? '') ?? false;
      return { ...base, ReadOnly, ...(subpath && { VolumeOptions: { Subpath: subpath } }) };
    }
    case 'image':
      return isGiven && subpath ? { ...base, ImageOptions: { Subpath: subpath } } : undefined;
    case 'npipe':
      return Source === undefined || isWindowsPath(Source) || !Source.startsWith('/') ? undefined : base;
    default:
      return undefined;
  }
}
