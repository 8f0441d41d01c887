import { parseFor, readSpec } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { type PodmanEffect, podmanEffect } from '../dialects/podman/effect.js';
import { judgeFlag } from '../dialects/podman/every.js';
import { printPodman } from '../dialects/podman/print.js';
import type { PodmanFacts } from '../dialects/podman/versions.js';
import { PROPAGATIONS } from '../dialects/podman/words.js';
import { printSize } from '../mount/kernel-size.js';
import type { Mount } from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';
import { append } from '../text/append.js';
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
        return effect === undefined || isSame(effect, wanted);
      }),
  );
  return flag === undefined ? left(why || 'no podman has words for it') : { flag, losses };
}

const isSame = (a: PodmanEffect, b: PodmanEffect) => keyOf(a) === keyOf(b);
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
  const { target, readOnly } = mount;
  const base = { target, isReadonly: readOnly, driverOptions: [], others: [] };
  const words: string[] = [];
  switch (mount.type) {
    case 'bind':
      if (mount.createSource)
        losses.push(
          loss(
            'createSource',
            'changed',
            'docker makes a missing host directory; podman refuses to make the container without it',
          ),
        );
      if (mount.relabel) words.push(mount.relabel);
      if (mount.propagation !== undefined && mount.propagation !== 'rprivate') words.push(mount.propagation);
      for (const one of mount.recursion) {
        if (one === 'disabled') words.push('bind');
        else losses.push(loss('recursion', 'changed', `podman has no word for bind-recursive=${one}`));
      }
      return { ...base, type: 'bind', source: mount.source, words: words.sort() };
    case 'volume': {
      if (mount.driver !== undefined && mount.driver !== 'local')
        return `podman run cannot name the driver of a volume (\`${mount.driver}\`): make it with \`podman volume create\``;
      if (Object.keys(mount.labels).length > 0)
        losses.push(loss('labels', 'changed', 'podman run gives a new volume no labels'));
      if (mount.noCopy) words.push('nocopy');
      if (mount.relabel) words.push(mount.relabel);
      losses.push(
        loss(
          'suid',
          'none-here',
          'podman mounts volumes without devices and set-user-ID programs; `suid` and `dev` allow them',
        ),
      );
      return {
        ...base,
        type: 'volume',
        source: mount.source,
        words: words.sort(),
        ...(mount.subpath !== undefined && { subpath: mount.subpath }),
        driverOptions: Object.entries(mount.driverOptions).map(([key, value]) => `${key}=${value}`),
      };
    }
    case 'tmpfs': {
      const known = mount.options.filter((one) => /^(?:exec|suid|dev|noatime|size=.*)$/.test(one));
      const lost = mount.options.filter((one) => !known.includes(one));
      for (const one of lost)
        losses.push(loss('options', 'changed', `podman has no option \`${one}\` of a tmpfs`));
      const size = /(?:^|[:,])(?:tmpfs-)?size=([^,]*)/.exec(spec)?.[1];
      // docker's has no programs in it and begins empty.
      append(
        words,
        known.filter((one) => one !== 'exec'),
      );
      words.push('notmpcopyup');
      if (!known.includes('exec')) words.push('noexec');
      if (mount.size !== undefined)
        words.push(`size=${form === 'tmpfs' && size ? size : printSize(mount.size)}`);
      if (mount.mode !== undefined) words.push(`mode=${mount.mode.toString(8)}`);
      return { ...base, type: 'tmpfs', words: words.sort() };
    }
    case 'image': {
      const { source, subpath } = mount;
      if (subpath === undefined) return { ...base, isReadonly: true, type: 'image', source, words };
      return {
        ...base,
        isReadonly: true,
        type: 'image',
        source,
        words,
        subpath: subpath.startsWith('/') ? subpath : `/${subpath}`,
      };
    }
    default:
      return `podman has no mounts of the type ${mount.type}`;
  }
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
  if (refused !== undefined && dialects.length === 1) return left('this docker has no words for it');
  if (
    refused !== undefined &&
    !readSpec(parseFor(flag.form, flag.text, makeDialect()), { dialect: makeDialect(), cwd }).ok
  )
    return left('no docker has words for it');
  return { flag, losses };
}

function dockerFlag(
  { type, source, target, isReadonly, words, subpath, driverOptions }: PodmanEffect,
  losses: Loss[],
  cwd: string,
): { form: SpecForm; text: string } | string {
  const kept = new Set(words);
  const take = (word: string) => kept.delete(word);
  const loseRest = () => {
    for (const word of kept) losses.push(loss(word, 'changed', `docker has no word for \`${word}\``));
  };
  const label = take('Z') ? 'Z' : take('z') ? 'z' : undefined;
  const propagation = words.find((word) => PROPAGATIONS.has(word) && !word.endsWith('unbindable'));
  if (propagation !== undefined) take(propagation);
  const mount = (...fields: (string | false)[]) => ({
    form: 'mount' as const,
    text: [
      `type=${type}`,
      ...fields.filter((one) => one !== false),
      ...(isReadonly && type !== 'image' ? ['readonly'] : []),
    ]
      .map(quoteCsv)
      .join(','),
  });
  const volume = (from: string, ...modes: (string | undefined)[]) => {
    const all = [isReadonly ? 'ro' : undefined, ...modes].filter((one) => one !== undefined);
    return { form: 'volume' as const, text: [from, target, all.join(',')].filter(Boolean).join(':') };
  };
  switch (type) {
    case 'bind': {
      const path = source!.startsWith('/')
        ? source!
        : `${cwd.replace(/\/$/, '')}/${source!.replace(/^\.\//, '')}`;
      const isAlone = take('bind');
      loseRest();
      if (label === undefined)
        return mount(
          `src=${path}`,
          `dst=${target}`,
          propagation !== undefined && `bind-propagation=${propagation}`,
          isAlone && 'bind-recursive=disabled',
        );
      if (path.includes(':') || target.includes(':'))
        return 'docker labels files with -v alone, which splits at colons';
      if (isAlone) losses.push(loss('bind', 'changed', 'docker has no word for `bind` beside a label'));
      losses.push(
        loss(
          'createSource',
          'changed',
          'podman refuses a missing host path; docker -v makes a directory there',
        ),
      );
      return volume(path, label, propagation);
    }
    case 'volume': {
      const isEmpty = take('nocopy');
      if (!(take('suid') && take('dev')))
        losses.push(
          loss(
            'suid',
            'none-here',
            'podman mounts volumes without devices and set-user-ID programs, docker with them',
          ),
        );
      loseRest();
      if (propagation !== undefined)
        losses.push(loss(propagation, 'changed', `docker has no word for \`${propagation}\` of a volume`));
      if (source !== undefined && source.length > 1 && subpath === undefined && driverOptions.length === 0)
        return volume(source, isEmpty ? 'nocopy' : undefined, label);
      if (label !== undefined)
        losses.push(loss(label, 'changed', `docker's --mount has no word for \`${label}\``));
      return mount(
        source !== undefined && `src=${source}`,
        `dst=${target}`,
        isEmpty && 'volume-nocopy',
        subpath !== undefined && `volume-subpath=${subpath}`,
        ...driverOptions.map((one) => `volume-opt=${one}`),
      );
    }
    case 'tmpfs': {
      const options = ['suid', 'dev', 'noatime'].filter(take);
      const sizes = words.filter((word) => /^(?:size|mode)=/.test(word));
      sizes.forEach(take);
      if (!take('notmpcopyup'))
        losses.push(
          loss(
            'tmpcopyup',
            'changed',
            'docker begins with an empty tmpfs, podman with what the image has there',
          ),
        );
      const isExec = !take('noexec');
      loseRest();
      if (target.includes(':')) return '--tmpfs splits at colons';
      const all = [isReadonly ? 'ro' : undefined, isExec ? 'exec' : undefined, ...options, ...sizes].filter(
        (one) => one !== undefined,
      );
      return { form: 'tmpfs', text: all.length === 0 ? target : `${target}:${all.join(',')}` };
    }
    case 'image':
      if (!isReadonly) losses.push(loss('rw', 'changed', 'docker mounts images read-only'));
      loseRest();
      return mount(
        `src=${source}`,
        `dst=${target}`,
        subpath !== undefined && `image-subpath=${subpath.replace(/^\//, '')}`,
      );
    default:
      return `docker has no mounts of the type ${type}`;
  }
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
    return leave(`whether \`${first.text}\` is a path or the name of a volume is not known`);
  const spec = marks.reduce((all, mark) => all.replaceAll(mark, `/${mark}`), text.value);
  const takers = podmans.filter((podman) => judgeFlag(form, spec, podman).kind === 'accepted');
  const wanted = takers.map((podman) => podmanEffect(form, spec, podman)!);
  const newest = wanted.at(-1);
  if (newest === undefined) {
    const verdict = judgeFlag(form, spec, podmans.at(-1)!);
    return leave(`podman refuses it${verdict.kind === 'refused' ? `: ${verdict.message}` : ''}`);
  }
  if (!wanted.every((one) => isSame(one, newest)))
    return leave('podmans differ in what it does: say with --podman which one is meant');
  const printed = printPodman(newest, to);
  if ('why' in printed) return leave(printed.why);
  const isSayable = takers.every((podman) => {
    const effect = podmanEffect(to, printed.text, podman);
    return effect !== undefined && isSame(effect, newest);
  });
  if (!isSayable)
    return leave(
      `not every podman takes \`${FLAG_OF[to]} ${printed.text}\`: say with --podman which one is meant`,
    );
  return {
    text: marks.reduce((all, mark) => all.replaceAll(`/${mark}`, mark), printed.text),
    exact: true,
    losses: [],
  };
}
