import { readComposeBoolean } from '../dialects/compose/compose-keys.js';
import type { ApiMount } from '../dialects/docker/client/api.js';
import { checkLinuxMount } from '../dialects/docker/engine/linux-mount.js';
import type { Problem } from '../dialects/docker/engine/refusal.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { isWindowsPath } from '../mount/paths.js';
import type { FileMount } from '../source/found.js';
import type { Range } from '../text/range.js';
import { type ComposeFacts, type ComposeMountView, knownField } from './compose-facts.js';

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
export function refusedByEngine(
  { mount, facts, isTemplate }: ComposeMountView,
  dialect: Dialect,
): { readonly range: Range; readonly message: string; readonly help: string } | undefined {
  const sent = isTemplate ? undefined : sentByCompose(mount, facts);
  const problem = sent && checkLinuxMount(sent, dialect);
  const named = problem && NAMED[problem.kind];
  if (named === undefined || (named.onLinux && dialect.engineOs !== 'linux')) return undefined;
  const field = mount.fields?.find(({ key }) => key.endsWith(named.key)) ?? mount.fields?.[0];
  return { range: field?.keyRange ?? mount.range, message: problem!.reason, help: named.help };
}

/** The part of an entry that every Compose hands to the engine in the same way; undefined for what is for other rules. */
function sentByCompose(mount: FileMount, { type }: ComposeFacts): ApiMount | undefined {
  if (mount.fields === undefined || type === undefined) return undefined;
  const isGiven = mount.fields.some(({ key }) => key === 'source');
  // What is not written out is some name.
  const Source = isGiven ? (knownField(mount, 'source')?.text ?? 'name') : undefined;
  const subpath = knownField(mount, `${type}.subpath`)?.text;
  const base = { Type: type, Target: '/target', ...(Source !== undefined && { Source }) };
  switch (type) {
    case 'bind':
      // An empty source is the folder of the project.
      return isGiven ? undefined : base;
    case 'tmpfs':
      return base;
    case 'volume': {
      const ReadOnly = readComposeBoolean(knownField(mount, 'read_only')?.text ?? '') ?? false;
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
