// Containers with mounts that say all that a form can, with holes at every place. Each text has a name of its own (`q7`), and each
// variable too (`V7`), so that whoever looks for one can tell what became of it.
import fc from 'fast-check';
import { stringify } from 'yaml';

/** The forms that a text can be given in. */
export type InputForm = 'command' | 'compose' | 'devcontainer' | 'api';

/** A container's mounts as a text. */
export interface PartsInput {
  readonly form: InputForm;
  readonly text: string;
  /** Read-only or not, by target; undefined where nobody can know. */
  readonly readOnly: ReadonlyMap<string, boolean | undefined>;
}

interface Hole {
  readonly at: 'start' | 'middle' | 'end';
  readonly operator: string;
  readonly word: string;
}

interface Text {
  readonly isPath: boolean;
  readonly hole?: Hole;
}

interface PartsMount {
  readonly type: 'bind' | 'volume' | 'tmpfs';
  readonly syntax: 'short' | 'long';
  readonly source: Text | undefined;
  readonly readOnly: boolean;
  readonly modeHole: Hole | undefined;
  readonly propagation: string | undefined;
  readonly label: string | undefined;
  readonly noCopy: boolean;
  readonly subpath: Text | undefined;
  readonly labels: Text | undefined;
  readonly options: Text | undefined;
  readonly driver: Text | undefined;
  readonly size: boolean;
  readonly exec: boolean;
  readonly targetHole: Hole | undefined;
}

const hole: fc.Arbitrary<Hole> = fc.record({
  at: fc.constantFrom('start', 'middle', 'end'),
  operator: fc.constantFrom('', '', '', ':-', '-', ':+', '+', ':?', '(', 'own'),
  word: fc.constantFrom('/w', 'w', '', './w', '~/w', ':ro', ',readonly', 'a:b', 'w w'),
});
const maybe = <T>(one: fc.Arbitrary<T>, freq = 3) => fc.option(one, { nil: undefined, freq });
const text = (isPath: boolean): fc.Arbitrary<Text> =>
  maybe(hole, 1).map((one) => ({ isPath, ...(one && { hole: one }) }));

const mount: fc.Arbitrary<PartsMount> = fc.record({
  type: fc.constantFrom('bind', 'volume', 'tmpfs'),
  syntax: fc.constantFrom('short', 'long'),
  source: fc.oneof({ arbitrary: text(true), weight: 4 }, fc.constant(undefined)),
  readOnly: fc.boolean(),
  modeHole: maybe(hole, 6),
  propagation: maybe(fc.constantFrom('rslave', 'rshared', 'private')),
  label: maybe(fc.constantFrom('z', 'Z')),
  noCopy: fc.boolean(),
  subpath: maybe(text(false)),
  labels: maybe(text(false)),
  options: maybe(text(false)),
  driver: maybe(text(false)),
  size: fc.boolean(),
  exec: fc.boolean(),
  targetHole: maybe(hole, 2),
});

const container = fc.record({
  mounts: fc.array(mount, { minLength: 1, maxLength: 4 }),
  taken: fc.array(
    fc.record({ hole: maybe(hole, 2), mode: maybe(fc.constantFrom('ro', 'rw')), isService: fc.boolean() }),
    { maxLength: 2 },
  ),
  extras: fc.subarray(['configs', 'secrets'] as const),
});

type Container = typeof container extends fc.Arbitrary<infer One> ? One : never;

/** Writes the texts of one input, each with its name. */
class Printer {
  readonly readOnly = new Map<string, boolean | undefined>();
  #count = 0;

  constructor(readonly form: InputForm) {}

  name(): string {
    this.#count++;
    return `q${this.#count}q`;
  }

  hole({ operator, word }: Hole): string {
    const name = `V${this.name()}`;
    const isShell = this.form === 'command';
    switch (this.form) {
      case 'api':
        return '';
      case 'devcontainer':
        if (operator === 'own') return '${devcontainerId}';
        if (operator === '(') return '${localWorkspaceFolder}';
        return operator === '' ? `\${localEnv:${name}}` : `\${localEnv:${name}:${word}}`;
      default:
        if (operator === '(') return isShell ? `$(echo ${name})` : `\${${name}}`;
        if (operator === '' || operator === 'own') return `\${${name}}`;
        return `\${${name}${operator}${word}}`;
    }
  }

  text({ isPath, hole: own }: Text, start = isPath ? '/' : ''): string {
    const name = this.name();
    if (own === undefined || this.form === 'api') return start + name;
    const filled = this.hole(own);
    switch (own.at) {
      case 'start':
        return `${filled}${isPath ? '/' : ''}${name}`;
      case 'middle':
        return `${start}${name}${filled}${name}`;
      case 'end':
        return `${start}${name}${filled}`;
    }
  }

  target({ targetHole, readOnly, modeHole }: PartsMount): string {
    const target = `/t${this.name()}`;
    this.readOnly.set(target, modeHole === undefined || this.form === 'api' ? readOnly : undefined);
    return targetHole === undefined ? target : `${target}/${this.hole(targetHole)}x`;
  }

  source(one: PartsMount): string | undefined {
    if (one.type === 'tmpfs' || (one.source === undefined && one.type === 'volume')) return undefined;
    const source = one.source ?? { isPath: true };
    return this.text({ ...source, isPath: one.type === 'bind' });
  }

  modes(one: PartsMount, isCompose: boolean): string[] {
    const words = [
      ...(one.readOnly ? ['ro'] : []),
      ...(one.type === 'bind' && one.propagation ? [one.propagation] : []),
      ...(one.label ? [one.label] : []),
      ...(one.type === 'volume' && one.noCopy ? ['nocopy'] : []),
      ...(isCompose && one.exec && one.size ? ['bogus'] : []),
      ...(one.modeHole && this.form !== 'api' ? [this.hole(one.modeHole)] : []),
    ];
    return words;
  }

  /** The value of `-v`, and an entry in Compose's short syntax. */
  short(one: PartsMount, isCompose: boolean): string {
    const source = this.source(one);
    const target = this.target(one);
    if (source === undefined) {
      this.readOnly.delete(/^\/tq\d+q/.exec(target)![0]);
      return target;
    }
    const modes = this.modes(one, isCompose);
    return [source, target, ...(modes.length > 0 ? [modes.join(',')] : [])].join(':');
  }

  tmpfs(one: PartsMount): string {
    const options = [
      ...(one.readOnly ? ['ro'] : []),
      ...(one.size ? ['size=64m'] : []),
      ...(one.exec ? ['exec'] : []),
      ...(one.modeHole && this.form !== 'api' ? [this.hole(one.modeHole)] : []),
    ];
    return `${this.target(one)}${options.length > 0 ? `:${options.join(',')}` : ''}`;
  }

  /** The value of `--mount`. */
  mount(one: PartsMount): string {
    const source = this.source(one);
    const fields = [
      `type=${one.type}`,
      ...(source === undefined ? [] : [`src=${source}`]),
      `dst=${this.target(one)}`,
      ...(one.readOnly ? ['readonly'] : []),
      ...(one.modeHole ? [`readonly=${this.hole(one.modeHole)}`] : []),
      ...(one.type === 'bind' && one.propagation ? [`bind-propagation=${one.propagation}`] : []),
      ...(one.type === 'tmpfs' && one.size ? ['tmpfs-size=64m'] : []),
    ];
    if (one.type === 'volume') {
      if (one.noCopy) fields.push('volume-nocopy');
      if (one.driver) fields.push(`volume-driver=${this.text(one.driver)}`);
      if (one.options) fields.push(`volume-opt=${this.name()}=${this.text(one.options)}`);
      if (one.labels) fields.push(`volume-label=${this.name()}=${this.text(one.labels)}`);
      if (one.subpath) fields.push(`volume-subpath=${this.text(one.subpath)}`);
    }
    return fields.join(',');
  }

  takenName({ hole: own, mode }: Container['taken'][number]): string {
    const name = `c${this.name()}${own && this.form !== 'api' ? this.hole(own) : ''}`;
    return mode === undefined ? name : `${name}:${mode}`;
  }
}

function commandText({ mounts, taken }: Container, print: Printer): string {
  const flags = mounts.flatMap((one) =>
    one.syntax === 'long'
      ? ['--mount', print.mount(one)]
      : one.type === 'tmpfs'
        ? ['--tmpfs', print.tmpfs(one)]
        : ['-v', print.short(one, false)],
  );
  const from = taken.flatMap((one) => ['--volumes-from', print.takenName(one)]);
  const words = [...flags, ...from].map((word) => (word.startsWith('-') ? word : `"${word}"`));
  return `docker run ${words.join(' ')} img`;
}

function composeText({ mounts, taken, extras }: Container, print: Printer): string {
  const declared: Record<string, object> = {};
  const volumes: unknown[] = [];
  const tmpfs: string[] = [];
  const declare = (one: PartsMount): string => {
    const key = `k${print.name()}`;
    declared[key] = {
      name: print.text(one.source ?? { isPath: false }, 'n'),
      ...(one.driver && { driver: print.text(one.driver) }),
      ...(one.options && { driver_opts: { [print.name()]: print.text(one.options) } }),
      ...(one.labels && { labels: { [print.name()]: print.text(one.labels) } }),
    };
    return key;
  };
  for (const one of mounts) {
    if (one.syntax === 'short') {
      if (one.type === 'tmpfs') tmpfs.push(print.tmpfs(one));
      else if (one.type === 'bind' || one.source === undefined) volumes.push(print.short(one, true));
      else {
        const modes = print.modes(one, true);
        volumes.push(
          [declare(one), print.target(one), ...(modes.length > 0 ? [modes.join(',')] : [])].join(':'),
        );
      }
      continue;
    }
    const source =
      one.type === 'volume' ? (one.source === undefined ? undefined : declare(one)) : print.source(one);
    volumes.push({
      type: one.type,
      ...(source !== undefined && { source }),
      target: print.target(one),
      ...(one.modeHole ? { read_only: print.hole(one.modeHole) } : one.readOnly && { read_only: true }),
      ...(one.type === 'bind' &&
        (one.propagation || one.label || one.size) && {
          bind: {
            ...(one.size && { create_host_path: one.exec }),
            ...(one.propagation && { propagation: one.propagation }),
            ...(one.label && { selinux: one.label }),
          },
        }),
      ...((one.noCopy || one.subpath) && {
        volume: {
          ...(one.noCopy && { nocopy: true }),
          ...(one.subpath && { subpath: print.text(one.subpath) }),
        },
      }),
      ...(one.type === 'tmpfs' && one.size && { tmpfs: { size: '64m' } }),
    });
  }
  const names = (key: string) => [`${key[0]}${print.name()}`];
  return stringify({
    services: {
      app: {
        image: 'i',
        volumes,
        ...(tmpfs.length > 0 && { tmpfs }),
        ...(taken.length > 0 && {
          volumes_from: taken.map((one) => (one.isService ? '' : 'container:') + print.takenName(one)),
        }),
        ...Object.fromEntries(extras.map((key) => [key, names(key)])),
      },
    },
    ...(Object.keys(declared).length > 0 && { volumes: declared }),
  });
}

function devcontainerText({ mounts, taken }: Container, print: Printer): string {
  const list: unknown[] = [];
  const runArgs: string[] = [];
  for (const one of mounts) {
    if (one.syntax === 'short' && one.type !== 'tmpfs') runArgs.push('-v', print.short(one, false));
    else if (one.syntax === 'short') runArgs.push(`--tmpfs=${print.tmpfs(one)}`);
    else if (one.exec) list.push(print.mount(one));
    else {
      const source = print.source(one);
      list.push({
        type: one.type,
        ...(source !== undefined && { source }),
        target: print.target({ ...one, readOnly: false, modeHole: undefined }),
      });
    }
  }
  for (const one of taken) runArgs.push('--volumes-from', print.takenName(one));
  return JSON.stringify({ image: 'i', mounts: list, runArgs });
}

function apiText({ mounts, taken }: Container, print: Printer): string {
  const body = { Binds: [] as string[], Mounts: [] as object[], Tmpfs: {} as Record<string, string> };
  for (const one of mounts) {
    if (one.syntax === 'short' && one.type === 'tmpfs') {
      const [target, options = ''] = print.tmpfs(one).split(':');
      body.Tmpfs[target!] = options;
    } else if (one.syntax === 'short' && (one.type === 'bind' || one.source !== undefined))
      body.Binds.push(print.short(one, false));
    else {
      const source = print.source(one);
      body.Mounts.push({
        Type: one.type,
        ...(source !== undefined && { Source: source }),
        Target: print.target(one),
        ...(one.readOnly && { ReadOnly: true }),
        ...(one.type === 'bind' && one.propagation && { BindOptions: { Propagation: one.propagation } }),
        ...(one.type === 'volume' && {
          VolumeOptions: {
            ...(one.labels && { Labels: { [print.name()]: print.text(one.labels) } }),
            ...(one.subpath && { Subpath: print.text(one.subpath) }),
            ...(one.options && { DriverConfig: { Options: { [print.name()]: print.text(one.options) } } }),
          },
        }),
        ...(one.type === 'tmpfs' && one.size && { TmpfsOptions: { SizeBytes: 1 << 26 } }),
      });
    }
  }
  return JSON.stringify({ HostConfig: { ...body, VolumesFrom: taken.map((one) => print.takenName(one)) } });
}

const PRINT = { command: commandText, compose: composeText, devcontainer: devcontainerText, api: apiText };

/** A container's mounts in one of the forms. */
export const partsInput: fc.Arbitrary<PartsInput> = fc
  .tuple(fc.constantFrom<InputForm>('command', 'compose', 'devcontainer', 'api'), container)
  .map(([form, one]) => {
    const print = new Printer(form);
    return { form, text: PRINT[form](one, print), readOnly: print.readOnly };
  });
