import { parseFor } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { isWithin } from '../dialects/docker/tables/version.js';
import type { LowerContext, Lowered } from '../dialects/lower-result.js';
import { sameMount } from '../mount/equal.js';
import type { Mount } from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';
import type { Loss, LossContext, TargetForm } from './loss.js';
import { lossesOf } from './losses-of.js';
import { printMount } from './print-mount.js';
import { printTmpfs } from './print-tmpfs.js';
import { printVolume } from './print-volume.js';

/** The outcome for one spec: other words with what they lose, or a refusal that leaves it as it is. */
export interface SpecConversion {
  /** The value in the other form; absent when the spec stays as it was. */
  readonly text?: string;
  /** No difference that has an effect on the engines asked for. */
  readonly exact: boolean;
  readonly losses: readonly Loss[];
}

/** By which dockers a conversion must hold, and what of the command it depends on. */
export interface ConvertContext extends Pick<LowerContext, 'volumeDriver' | 'sourceKind'> {
  /** The conversion must hold for each of them: one for a chosen version, {@link portableDialects} for output that works everywhere. */
  readonly dialects: readonly Dialect[];
}

/** The name of each form's flag. */
export const FLAG_OF = { volume: '-v', mount: '--mount', tmpfs: '--tmpfs' } as const satisfies Record<
  TargetForm,
  string
>;

const impossible = (field: string, why: string): SpecConversion => ({
  exact: false,
  losses: [{ field, kind: 'impossible', why }],
});

/** A mount as every docker reads it that reads it at all, and those dockers. */
interface AgreedMount {
  readonly mount: Mount;
  readonly dialects: readonly Dialect[];
}

/**
 * The mount this spec means, if every docker version that accepts it agrees. Fails if versions disagree or if the newest refuses it.
 */
export function readEverywhere(
  dialects: readonly Dialect[],
  read: (dialect: Dialect) => Lowered,
): AgreedMount | { readonly why: string } {
  const newest = read(dialects.at(-1)!);
  if (!newest.ok) return { why: newest.why };
  const taken = dialects.flatMap((dialect): { dialect: Dialect; mount: Mount }[] => {
    const one = read(dialect);
    return one.ok ? [{ dialect, mount: one.mount }] : [];
  });
  return taken.every(({ mount }) => sameMount(mount, newest.mount))
    ? { mount: newest.mount, dialects: taken.map(({ dialect }) => dialect) }
    : { why: 'the docker versions read it differently' };
}

/** Converts one spec to another flag form. Exact, or with its losses named, or refused; never anything else. */
export function convertSpec(
  form: SpecForm,
  text: string,
  target: TargetForm,
  context: ConvertContext,
): SpecConversion {
  const read = readEverywhere(context.dialects, (dialect) =>
    lowerSpec(parseFor(form, text, dialect), { ...context, dialect }),
  );
  if ('why' in read) return impossible('spec', read.why);
  const { mount, dialects } = read;
  if (form === target) return { text, exact: true, losses: [] };
  return convertMount(mount, target, { ...context, dialects, from: form });
}

/** Writes a mount in a form, checked by reading it back with each dialect. */
export function convertMount(
  mount: Mount,
  target: TargetForm,
  context: ConvertContext & Pick<LossContext, 'from'>,
): SpecConversion {
  const losses = lossesOf(mount, target, context);
  if (losses.some(({ kind }) => kind === 'impossible'))
    return { exact: false, losses: losses.filter(({ kind }) => kind === 'impossible') };
  const text = printForm(mount, target, context.dialects);
  if (text === undefined) return impossible('type', `${FLAG_OF[target]} cannot express it`);
  const changes = losses.filter(({ kind }) => kind === 'changed').map(({ field }) => field);
  const wanted = forget(mount, changes);
  for (const dialect of context.dialects) {
    const back = lowerSpec(parseFor(target, text, dialect), { ...context, dialect, keepsRelative: true });
    if (!back.ok) return impossible('spec', back.why);
    if (!sameMount(forget(back.mount, changes), wanted)) {
      return impossible('spec', `docker would not read \`${text}\` as the same mount`);
    }
  }
  return { text, exact: changes.length === 0, losses };
}

function printForm(mount: Mount, target: TargetForm, dialects: readonly Dialect[]): string | undefined {
  switch (target) {
    case 'mount':
      return printMount(mount, {
        createsSource: dialects.every((dialect) => dialect.createsSource),
        isOldRecursion: !isKey('bind-recursive', dialects) && isKey('bind-nonrecursive', dialects),
      });
    case 'volume':
      return printVolume(mount);
    case 'tmpfs':
      return mount.type === 'tmpfs' ? printTmpfs(mount) : undefined;
  }
}

/** Whether all of them have that key of `--mount`. */
function isKey(name: string, dialects: readonly Dialect[]): boolean {
  const { since, removed } = MOUNT_KEY_BY_NAME.get(name)!;
  return dialects.every(({ client }) => isWithin({ since, until: removed }, client));
}

/** The mount without the fields that a declared change is about. */
function forget(mount: Mount, fields: readonly string[]): Mount {
  return mount.type === 'bind' && fields.includes('createSource') ? { ...mount, createSource: false } : mount;
}
