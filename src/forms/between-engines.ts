import { parseFor, readSpec } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { type PodmanEffect, podmanEffect } from '../dialects/podman/effect.js';
import { judgeFlag } from '../dialects/podman/every.js';
import { printPodman } from '../dialects/podman/print.js';
import type { PodmanFacts } from '../dialects/podman/versions.js';
import { PROPAGATIONS } from '../dialects/podman/words.js';
import { printSize } from '../mount/kernel-size.js';
import type { BindMount, ImageMount, Mount, TmpfsMount, VolumeMount } from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';
import type { SpecText } from '../text/spec-text.js';
import { FLAG_OF, type SpecConversion } from './convert-spec.js';
import type { Loss } from './loss.js';
import { quoteCsv } from './print-mount.js';

/** What a mount flag of one engine is with another: the flag, or none, and what is lost. */
export interface EngineConversion {
  readonly flag?: { readonly form: SpecForm; readonly text: string };
  readonly losses: readonly Loss[];
}

const FORMS: readonly SpecForm[] = ['volume', 'mount', 'tmpfs'];
const loss = (field: string, kind: Loss['kind'], why: string): Loss => ({ field, kind, why });
const left = (why: string): EngineConversion => ({ losses: [loss('spec', 'impossible', why)] });

/** docker's flag as podman's: the podmans that take it must all make the same mount of it. */
export function toPodman(
  form: SpecForm,
  spec: string,
  {
    dialect,
    podmans,
    cwd,
  }: { readonly dialect: Dialect; readonly podmans: readonly PodmanFacts[]; readonly cwd: string },
): EngineConversion {
  const node = parseFor(form, spec, dialect);
  const read = readSpec(node, { dialect, cwd });
  if (!read.ok) return left(`docker refuses it: ${read.reason}`);
  const lowered = lowerSpec(node, { dialect, keepsRelative: true });
  if (!lowered.ok) return left(lowered.why);
  const losses: Loss[] = [];
  const wanted = podmanMount(lowered.mount, losses, form, spec);
  if (typeof wanted === 'string') return left(wanted);
  let why = '';
  // As it is where podman reads it so; then the same flag in other words; then another flag.
  const candidates = [
    { form, text: spec },
    ...[form, ...FORMS.filter((one) => one !== form)].flatMap((one) => {
      const printed = printPodman(wanted, one);
      if ('text' in printed) return [{ form: one, text: printed.text }];
      why ||= printed.why;
      return [];
    }),
  ];
  const flag = candidates.find(
    (one) =>
      judgeFlag(one.form, one.text, podmans.at(-1)!).kind === 'accepted' &&
      podmans.every((podman) => {
        const effect = podmanEffect(one.form, one.text, podman);
        // An older one that refuses it says so.
        return effect === undefined || isSameEffect(effect, wanted);
      }),
  );
  return flag === undefined ? left(why || 'no podman can express it') : { flag, losses };
}

/** Whether two flags make the same mount. */
export const isSameEffect = (a: PodmanEffect, b: PodmanEffect): boolean => keyOf(a) === keyOf(b);
const keyOf = ({ type, source, target, isReadonly, words, subpath, driverOptions, others }: PodmanEffect) =>
  JSON.stringify([
    type,
    source?.replace(/^\.\/(?=.)/, ''),
    target,
    isReadonly,
    [...words].sort(),
    subpath,
    driverOptions,
    others,
  ]);

/** What podman is to make of a mount of docker's, with what it has no words for; a text where that is all of it. */
function podmanMount(mount: Mount, losses: Loss[], form: SpecForm, spec: string): PodmanEffect | string {
  switch (mount.type) {
    case 'bind':
      return podmanBind(mount, losses);
    case 'volume':
      return podmanVolume(mount, losses);
    case 'tmpfs': {
      const size = /(?:^|[:,])(?:tmpfs-)?size=([^,]*)/.exec(spec)?.[1];
      return podmanTmpfs(mount, losses, form === 'tmpfs' ? size : undefined);
    }
    case 'image': {
      const { type, target, readOnly, consistency, source, subpath, ...rest } = mount;
      rest satisfies NothingLeft;
      const path = subpath === undefined || subpath.startsWith('/') ? subpath : `/${subpath}`;
      const below = path === undefined ? {} : { subpath: path };
      return { ...effectOf(mount, []), isReadonly: true, source, ...below };
    }
    default:
      return `podman has no mounts of the type ${mount.type}`;
  }
}

/** A field of a mount that nobody carries over to podman does not compile. */
type NothingLeft = Readonly<Record<string, never>>;

const effectOf = (
  { type, target, readOnly }: BindMount | VolumeMount | TmpfsMount | ImageMount,
  words: readonly string[],
): PodmanEffect => ({
  target,
  isReadonly: readOnly,
  driverOptions: [],
  others: [],
  type,
  words: [...words].sort(),
});

function podmanBind(mount: BindMount, losses: Loss[]): PodmanEffect {
  const { type, target, readOnly, consistency, source, createSource, createSourceVaries, ...more } = mount;
  const { relabel, propagation, recursion, ...rest } = more;
  rest satisfies NothingLeft;
  if (createSource)
    losses.push(
      loss(
        'createSource',
        'changed',
        'docker creates a missing host directory; podman refuses to create the container without it',
      ),
    );
  for (const one of recursion)
    if (one !== 'disabled')
      losses.push(loss('recursion', 'changed', `podman cannot express bind-recursive=${one}`));
  const words = [
    relabel,
    propagation === 'rprivate' ? undefined : propagation,
    ...recursion.map((one) => (one === 'disabled' ? 'bind' : undefined)),
  ];
  return {
    ...effectOf(
      mount,
      words.filter((word) => word !== undefined),
    ),
    source,
  };
}

function podmanVolume(mount: VolumeMount, losses: Loss[]): PodmanEffect | string {
  const { type, target, readOnly, consistency, external, source, ...more } = mount;
  const { driver, driverOptions, labels, noCopy, relabel, subpath, ...rest } = more;
  rest satisfies NothingLeft;
  if (driver !== undefined && driver !== 'local')
    return `podman run cannot name the driver of a volume (\`${driver}\`): make it with \`podman volume create\``;
  if (Object.keys(labels).length > 0)
    losses.push(loss('labels', 'changed', 'podman run gives a new volume no labels'));
  losses.push(
    loss(
      'suid',
      'none-here',
      'podman mounts volumes without devices and set-user-ID programs; `suid` and `dev` allow them',
    ),
  );
  return {
    ...effectOf(mount, [...(noCopy ? ['nocopy'] : []), ...(relabel ? [relabel] : [])]),
    source,
    ...(subpath !== undefined && { subpath }),
    driverOptions: Object.entries(driverOptions).map(([key, value]) => `${key}=${value}`),
  };
}

/** `size`: as it was written, where podman reads it the same way. */
function podmanTmpfs(mount: TmpfsMount, losses: Loss[], size: string | undefined): PodmanEffect {
  const { type, target, readOnly, consistency, size: bytes, mode, options, ...rest } = mount;
  rest satisfies NothingLeft;
  const known = options.filter((one) => /^(?:exec|suid|dev|noatime|size=.*)$/.test(one));
  for (const one of options.filter((option) => !known.includes(option)))
    losses.push(loss('options', 'changed', `podman has no option \`${one}\` of a tmpfs`));
  // docker's has no programs in it and begins empty.
  const words = known.filter((one) => one !== 'exec');
  words.push('notmpcopyup');
  if (!known.includes('exec')) words.push('noexec');
  if (bytes !== undefined) words.push(`size=${size || printSize(bytes)}`);
  if (mode !== undefined) words.push(`mode=${mode.toString(8)}`);
  return effectOf(mount, words);
}

/** podman's flag as docker's. */
export function toDocker(
  form: SpecForm,
  spec: string,
  {
    podman,
    dialects,
    cwd,
  }: { readonly podman: PodmanFacts; readonly dialects: readonly Dialect[]; readonly cwd: string },
): EngineConversion {
  const verdict = judgeFlag(form, spec, podman);
  if (verdict.kind === 'refused') return left(`podman refuses it: ${verdict.message}`);
  const effect = podmanEffect(form, spec, podman)!;
  const losses: Loss[] = [];
  const flag = dockerFlag(effect, losses, cwd);
  if (typeof flag === 'string') return left(flag);
  const refused = dialects.find(
    (dialect) => !readSpec(parseFor(flag.form, flag.text, dialect), { dialect, cwd }).ok,
  );
  if (refused !== undefined && dialects.length === 1) return left('this docker cannot express it');
  if (
    refused !== undefined &&
    !readSpec(parseFor(flag.form, flag.text, makeDialect()), { dialect: makeDialect(), cwd }).ok
  )
    return left('no docker can express it');
  return { flag, losses };
}

type Flag = NonNullable<EngineConversion['flag']>;

/** The words of a mount, of which each is taken once; what is left has none in docker. */
interface Words {
  take(word: string): boolean;
  lose(field: string, why: string, kind?: Loss['kind']): void;
  loseRest(): void;
}

function wordsOf(effect: PodmanEffect, losses: Loss[]): Words {
  const left = new Set(effect.words);
  const lose: Words['lose'] = (field, why, kind = 'changed') => losses.push(loss(field, kind, why));
  return {
    take: (word) => left.delete(word),
    lose,
    loseRest() {
      for (const word of left) lose(word, `docker cannot express \`${word}\``);
    },
  };
}

function dockerFlag(effect: PodmanEffect, losses: Loss[], cwd: string): Flag | string {
  const words = wordsOf(effect, losses);
  const label = words.take('Z') ? 'Z' : words.take('z') ? 'z' : undefined;
  const propagation = effect.words.find((word) => PROPAGATIONS.has(word) && !word.endsWith('unbindable'));
  if (propagation !== undefined) words.take(propagation);
  switch (effect.type) {
    case 'bind':
      return dockerBind(effect, words, label, propagation, cwd);
    case 'volume':
      return dockerVolume(effect, words, label, propagation);
    case 'tmpfs':
      return dockerTmpfs(effect, words);
    case 'image':
      if (!effect.isReadonly) words.lose('rw', 'docker mounts images read-only');
      words.loseRest();
      return mountFlag(
        effect,
        effect.subpath !== undefined && `image-subpath=${effect.subpath.replace(/^\//, '')}`,
      );
    default:
      return `docker has no mounts of the type ${effect.type}`;
  }
}

function mountFlag({ type, source, target, isReadonly }: PodmanEffect, ...fields: (string | false)[]): Flag {
  const all = [
    `type=${type}`,
    source !== undefined && `src=${source}`,
    `dst=${target}`,
    ...fields,
    isReadonly && type !== 'image' && 'readonly',
  ];
  const text = all
    .filter((one) => one !== false)
    .map(quoteCsv)
    .join(',');
  return { form: 'mount', text };
}

function volumeFlag({ source, target, isReadonly }: PodmanEffect, ...modes: (string | undefined)[]): Flag {
  const all = [isReadonly ? 'ro' : undefined, ...modes].filter((one) => one !== undefined);
  return { form: 'volume', text: [source, target, all.join(',')].filter(Boolean).join(':') };
}

function dockerBind(
  effect: PodmanEffect,
  words: Words,
  label: string | undefined,
  propagation: string | undefined,
  cwd: string,
): Flag | string {
  const typed = effect.source!;
  const source = typed.startsWith('/') ? typed : `${cwd.replace(/\/$/, '')}/${typed.replace(/^\.\//, '')}`;
  const isAlone = words.take('bind');
  words.loseRest();
  if (label === undefined)
    return mountFlag(
      { ...effect, source },
      propagation !== undefined && `bind-propagation=${propagation}`,
      isAlone && 'bind-recursive=disabled',
    );
  if (source.includes(':') || effect.target.includes(':'))
    return 'docker labels files with -v alone, which splits at colons';
  if (isAlone) words.lose('bind', 'docker cannot express `bind` next to a label');
  words.lose('createSource', 'podman refuses a missing host path; docker -v creates a directory there');
  return volumeFlag({ ...effect, source }, label, propagation);
}

function dockerVolume(
  effect: PodmanEffect,
  words: Words,
  label: string | undefined,
  propagation: string | undefined,
): Flag {
  const { source, subpath, driverOptions } = effect;
  const isEmpty = words.take('nocopy');
  if (!(words.take('suid') && words.take('dev')))
    words.lose(
      'suid',
      'podman mounts volumes without devices and set-user-ID programs, docker with them',
      'none-here',
    );
  words.loseRest();
  if (propagation !== undefined)
    words.lose(propagation, `docker cannot express \`${propagation}\` of a volume`);
  if (source !== undefined && source.length > 1 && subpath === undefined && driverOptions.length === 0)
    return volumeFlag(effect, isEmpty ? 'nocopy' : undefined, label);
  if (label !== undefined) words.lose(label, `docker's --mount cannot express \`${label}\``);
  return mountFlag(
    effect,
    isEmpty && 'volume-nocopy',
    subpath !== undefined && `volume-subpath=${subpath}`,
    ...driverOptions.map((one) => `volume-opt=${one}`),
  );
}

function dockerTmpfs({ target, isReadonly, words: written }: PodmanEffect, words: Words): Flag | string {
  const options = ['suid', 'dev', 'noatime'].filter((word) => words.take(word));
  const sizes = written.filter((word) => /^(?:size|mode)=/.test(word));
  for (const size of sizes) words.take(size);
  if (!words.take('notmpcopyup'))
    words.lose('tmpcopyup', 'docker begins with an empty tmpfs, podman with what the image has there');
  const isExec = !words.take('noexec');
  words.loseRest();
  if (target.includes(':')) return '--tmpfs splits at colons';
  const all = [isReadonly ? 'ro' : undefined, isExec ? 'exec' : undefined, ...options, ...sizes].filter(
    (one) => one !== undefined,
  );
  return { form: 'tmpfs', text: all.length === 0 ? target : `${target}:${all.join(',')}` };
}

/** A flag of podman as another one of its own: the same for every podman that takes it, or left alone. */
export function podmanForm(
  form: SpecForm,
  text: SpecText,
  to: SpecForm,
  podmans: readonly PodmanFacts[],
): SpecConversion {
  const leave = (why: string): SpecConversion => ({ exact: false, losses: left(why).losses });
  // A folder that the shell fills in is a path; what another variable holds may be the name of a volume.
  const marks = text.holes.filter(({ absolute }) => absolute).map(({ range }) => text.value[range.start]!);
  const first = text.holes[0];
  if (form === 'volume' && first?.range.start === 0 && !first.absolute)
    return leave(`whether \`${first.text}\` is a path or a volume name is not known`);
  const spec = marks.reduce((all, mark) => all.replaceAll(mark, `/${mark}`), text.value);
  const takers = podmans.filter((podman) => judgeFlag(form, spec, podman).kind === 'accepted');
  const wanted = takers.map((podman) => podmanEffect(form, spec, podman)!);
  const newest = wanted.at(-1);
  if (newest === undefined) {
    const verdict = judgeFlag(form, spec, podmans.at(-1)!);
    return leave(`podman refuses it${verdict.kind === 'refused' ? `: ${verdict.message}` : ''}`);
  }
  if (!wanted.every((one) => isSameEffect(one, newest)))
    return leave('podman versions differ in what it does: choose one with --podman');
  const printed = printPodman(newest, to);
  if ('why' in printed) return leave(printed.why);
  const isSayable = takers.every((podman) => {
    const effect = podmanEffect(to, printed.text, podman);
    return effect !== undefined && isSameEffect(effect, newest);
  });
  if (!isSayable)
    return leave(`not every podman accepts \`${FLAG_OF[to]} ${printed.text}\`: choose one with --podman`);
  return {
    text: marks.reduce((all, mark) => all.replaceAll(`/${mark}`, mark), printed.text),
    exact: true,
    losses: [],
  };
}
