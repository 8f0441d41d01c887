import type { CreateBody } from '../dialects/docker/client/api.js';
import { parseFor } from '../dialects/docker/client/client-spec.js';
import { readVolume } from '../dialects/docker/client/client-volume.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { type ConvertContext, convertMount, FLAG_OF } from '../forms/convert-spec.js';
import type { Loss, TargetForm } from '../forms/loss.js';
import { append } from '../text/append.js';
import type { BodyMount } from './body-mounts.js';
import type { ContainerMount } from './container-mounts.js';

/** The flag that makes one mount of a container again. */
export interface MountFlag {
  /** `['--mount', 'type=bind,…']`; absent where no flag is needed, or none can say it. */
  readonly words?: readonly string[];
  readonly losses: readonly Loss[];
}

/** The flags of a container, mount by mount, and those that are about all of them. */
export interface ContainerFlags {
  readonly words: readonly string[];
  /** For each mount, in its order. */
  readonly each: readonly MountFlag[];
}

/** The flags that would make a container's mounts again; `to` is the form to prefer, else each is said as it was. */
export function containerFlags(
  mounts: readonly ContainerMount[],
  body: CreateBody,
  to: TargetForm | undefined,
  context: ConvertContext & { readonly dialect: Dialect },
): ContainerFlags {
  const options = { ...context, volumeDriver: body.VolumeDriver ?? undefined };
  const each = mounts.map((mount) => flagOf(mount, to, options));
  const usesDriver = each.some(({ words }, index) => words?.[0] === '-v' && mounts[index]!.type === 'volume');
  return {
    words: [
      ...(body.VolumeDriver !== null && usesDriver ? ['--volume-driver', body.VolumeDriver] : []),
      ...each.flatMap(({ words }) => words ?? []),
      ...(body.VolumesFrom ?? []).flatMap((from) => ['--volumes-from', from]),
    ],
    each,
  };
}

type Options = ConvertContext & { readonly dialect: Dialect };

function flagOf(one: ContainerMount, to: TargetForm | undefined, options: Options): MountFlag {
  if (one.origin === 'image' || one.origin === '--volumes-from') return { losses: [] };
  const { asked } = one;
  if (asked === undefined)
    return {
      losses: [{ field: 'spec', kind: 'impossible', why: 'docker does not report what requested it' }],
    };
  const unread = asked.unread.map(
    (field): Loss => ({ field, kind: 'impossible', why: `no docker flag sets ${field}` }),
  );
  const own = to === undefined ? asTyped(asked, options.dialect) : undefined;
  if (own !== undefined) return { words: own, losses: unread };
  const everywhere = convertAny(asked, to, options);
  // What some supported docker cannot say, this one may.
  const flag =
    everywhere.words === undefined
      ? convertAny(asked, to, { ...options, dialects: [options.dialect] })
      : everywhere;
  return { ...flag, losses: [...flag.losses, ...unread] };
}

/** The `-v` or `--tmpfs` that puts just this into the create call. */
function asTyped({ sent }: BodyMount, dialect: Dialect): string[] | undefined {
  if (sent.slot === 'Mounts') return undefined;
  if (sent.slot === 'Tmpfs')
    return sent.target.includes(':')
      ? undefined
      : ['--tmpfs', sent.options === '' ? sent.target : `${sent.target}:${sent.options}`];
  const text = sent.slot === 'Binds' ? sent.bind : sent.target;
  const node = parseFor('volume', text, dialect);
  if (node.kind !== 'volume') return undefined;
  const result = readVolume(node, { dialect, cwd: '/' });
  if (!result.ok || result.sent.slot !== sent.slot) return undefined;
  const back =
    result.sent.slot === 'Binds' ? result.sent.bind : 'target' in result.sent ? result.sent.target : '';
  return back === text ? ['-v', text] : undefined;
}

const FORMS_BY_SLOT = {
  Binds: ['volume', 'mount'],
  Volumes: ['volume', 'mount'],
  Mounts: ['mount', 'volume', 'tmpfs'],
  Tmpfs: ['tmpfs', 'mount'],
} as const satisfies Record<BodyMount['sent']['slot'], readonly TargetForm[]>;

/** The preferred form, or one that can say it; what the preferred one cannot say is named. */
function convertAny(asked: BodyMount, to: TargetForm | undefined, options: Options): MountFlag {
  const { mount, sent } = asked;
  if (mount === undefined)
    return {
      losses: [{ field: 'spec', kind: 'impossible', why: 'mountc cannot read what docker reports about it' }],
    };
  const natural = FORMS_BY_SLOT[sent.slot];
  const from = sent.slot === 'Mounts' ? 'mount' : sent.slot === 'Tmpfs' ? 'tmpfs' : 'volume';
  const first: Loss[] = [];
  for (const form of to === undefined ? natural : [to, ...natural.filter((other) => other !== to)]) {
    const typed = form === natural[0] ? asTyped(asked, options.dialect) : undefined;
    if (typed !== undefined) return { words: typed, losses: first };
    const result = convertMount(mount, form, { ...options, from: form === from ? 'api' : from });
    if (result.text !== undefined)
      return {
        words: [FLAG_OF[form], result.text],
        losses: [...first, ...relevant(result.losses, form, from)],
      };
    if (first.length === 0) append(first, result.losses);
  }
  return { losses: first };
}

// Written in the form that it came in, nothing is lost but what this docker has no key for.
const OF_ANOTHER_FORM: ReadonlySet<string> = new Set(['anonymous', 'selinuxLabel', 'consistency']);

function relevant(losses: readonly Loss[], form: TargetForm, from: string): readonly Loss[] {
  return form === from ? losses.filter(({ field }) => !OF_ANOTHER_FORM.has(field)) : losses;
}
