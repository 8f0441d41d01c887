import { isFlagSet } from '../dialects/docker/client/docker-argv.js';
import { makeVersion, type Version } from '../dialects/docker/tables/version.js';
import { quadletKeys } from '../dialects/podman/quadlet-keys.js';
import {
  DOCKER_ALONE,
  IMPLIED_FLAGS,
  KEY_OF_FLAG,
  type QuadletForm,
  SECURITY_KEYS,
} from '../dialects/podman/run-keys.js';
import { insteadOf } from '../dialects/podman/run-values.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { Loss } from '../forms/loss.js';
import { quoteLiteral } from '../readers/quadlet/values.js';
import { quoteSystemd } from '../readers/systemd.js';
import type { CommandView } from '../source/site.js';
import { append } from '../text/append.js';
import { displayText, type SpecText } from '../text/spec-text.js';
import { type ConvertOptions, containersOwn } from './convert-command.js';
import { siteFor } from './convert-engine.js';

/** A unit: the name of its file, and what stands in it. */
export interface UnitFile {
  readonly name: string;
  readonly text: string;
}

/** A unit that does what a command does, and the units of volumes, networks and pods that it refers to. */
interface QuadletUnits {
  /** The unit of the container first. */
  readonly files: readonly [UnitFile, ...UnitFile[]];
  /** What was left out or is not the same. */
  readonly losses: readonly { readonly from: string; readonly loss: Loss; readonly isLeftOut: boolean }[];
}

/** Where nobody says for which podman: the keys that Debian's stable one has. */
const USUAL_PODMAN: Version = makeVersion(5, 4, 99);

interface UnitOptions extends ConvertOptions {
  readonly cwd: string;
  /** With a unit for each named volume, network and new pod. */
  readonly withVolumes?: boolean;
  /** What the unit is called; the container, or else its image. */
  readonly name?: string;
  /** Lines of `[Unit]`. */
  readonly unit?: readonly string[];
  /** Nothing starts it by itself. */
  readonly isManual?: boolean;
  /** Networks that need no unit: they have one, which is what they are called then, or somebody else makes them. */
  readonly madeNetworks?: ReadonlySet<string>;
}

/** Writes `docker run …` or `podman run …` as a unit of Quadlet. */
export function quadletUnits(view: CommandView, options: UnitOptions): QuadletUnits | string {
  const { invocation, source } = view;
  if (
    invocation === undefined ||
    invocation.path.startsWith('service') ||
    (source.engine !== 'docker' && source.engine !== 'podman')
  )
    return 'only docker run and podman run are units of Quadlet';
  if (invocation.image === undefined) return 'the command names no image';
  return new UnitWriter(view, options).write(invocation);
}

type Invocation = NonNullable<CommandView['invocation']>;

class UnitWriter {
  readonly #lines: string[] = [];
  readonly #args: string[] = [];
  readonly #service: string[] = [];
  readonly #losses: QuadletUnits['losses'][number][] = [];
  readonly #volumes = new Map<string, string>();
  readonly #beside: UnitFile[] = [];
  /** The new pod that the container is in: what its unit says. */
  readonly #pod: { readonly name: string; readonly lines: string[]; readonly args: string[] } | undefined;
  readonly #keys: ReadonlyMap<string, Version>;
  readonly #version: Version;

  constructor(
    private readonly view: CommandView,
    private readonly options: UnitOptions,
  ) {
    this.#keys = quadletKeys('Container')!;
    this.#version = view.dialect.podman ?? USUAL_PODMAN;
    const pod = view.invocation?.flags.findLast(({ flag }) => flag.name === 'pod')?.value;
    const name = pod && /^new:([A-Za-z0-9][\w.-]*)$/.exec(pod.value)?.[1];
    if (name !== undefined && options.withVolumes && this.#has('Pod'))
      this.#pod = { name, lines: [`PodName=${name}`], args: [] };
  }

  write(invocation: Invocation): QuadletUnits | string {
    const image = this.#known(invocation.words[invocation.image!]!);
    if (image === undefined) return 'the image is not known';
    const words = invocation.words.slice(invocation.image! + 1).map((word) => this.#known(word));
    if (words.includes(undefined)) return 'what runs in the container is not known';
    const isRootfs = isFlagSet(invocation, 'rootfs') && this.#has('Rootfs');
    const named = literal(image);
    if (named === undefined) return 'the image has characters that no line of a unit can hold';
    if (image.startsWith('-'))
      return 'podman would take the image for a flag: the line of a unit has no `--`';
    this.#lines.push(`${isRootfs ? 'Rootfs' : 'Image'}=${named}`);
    this.#globals(invocation);
    const sites = new Map(this.view.sites.map((site) => [site.use, site]));
    const last = new Map(invocation.flags.map((use) => [use.flag.name, use]));
    for (const use of invocation.flags) {
      const site = sites.get(use);
      const { name } = use.flag;
      if (site !== undefined) this.#mount(site);
      else if (!isSingle(name) || last.get(name) === use) this.#flag(name, use.value);
    }
    append(
      this.#lines,
      this.#args.map((one) => `PodmanArgs=${one}`),
    );
    if (words.includes(''))
      this.#losses.push({
        from: "''",
        loss: refusal('Quadlet ends a command at an empty word'),
        isLeftOut: true,
      });
    if (words.length > 0) this.#lines.push(`Exec=${words.map((word) => systemdWord(word!)).join(' ')}`);
    const { unit = [], name: called } = this.options;
    const sections = [
      ...(unit.length > 0 ? [`[Unit]\n${unit.join('\n')}\n`] : []),
      `[Container]\n${this.#lines.join('\n')}\n`,
      ...(this.#service.length > 0 ? [`[Service]\n${this.#service.join('\n')}\n`] : []),
      ...(this.options.isManual ? [] : ['[Install]\nWantedBy=default.target\n']),
    ];
    const name = called ?? unitName(this.#known(last.get('name')?.value), image);
    const pod = this.#pod;
    if (pod !== undefined) {
      const lines = [...pod.lines, ...pod.args.map((one) => `PodmanArgs=${one}`)];
      this.#beside.push({ name: `${pod.name}.pod`, text: `[Pod]\n${lines.join('\n')}\n` });
    }
    const volumes = [...this.#volumes].map(([volume, file]) => ({
      name: `${file}.volume`,
      text: `[Volume]\nVolumeName=${literal(volume)}\n`,
    }));
    return {
      files: [{ name: `${name}.container`, text: sections.join('\n') }, ...volumes, ...this.#beside],
      losses: this.#losses,
    };
  }

  #mount(site: CommandView['sites'][number]): void {
    const from = `${FLAG_OF[site.form]} ${displayText(site.text)}`;
    const known = this.#known(site.text);
    const own = containersOwn(this.view, site);
    const { flag, losses } =
      known === undefined || own !== undefined
        ? {
            flag: undefined,
            losses: [refusal(own ?? `what \`${displayText(site.text)}\` holds is not known`)],
          }
        : siteFor(
            this.view,
            { ...site, text: { ...site.text, value: known, holes: [] } },
            'podman',
            this.options,
          );
    for (const loss of losses) this.#losses.push({ from, loss, isLeftOut: flag === undefined });
    if (flag === undefined) return;
    if (flag.form === 'volume') this.#volume(flag.text);
    else if (flag.form === 'mount') this.#mountKeys(flag.text);
    else if (!/:.*:/.test(flag.text)) this.#put('tmpfs', flag.text);
    else this.#argument('tmpfs', flag.text);
  }

  #volume(text: string): void {
    const [source = '', ...rest] = text.split(':');
    const isBind = /^[/.]/.test(source) && rest.length > 0;
    const absolute = isBind && source.startsWith('.') ? [this.#absolute(source), ...rest].join(':') : text;
    if (isBind || rest.length === 0 || !this.options.withVolumes) {
      // What ends so is a unit to Quadlet.
      if (/^[^/:]*\.(?:volume|artifact)(?=:)/.test(text)) this.#argument('volume', text);
      else this.#put('volume', absolute);
      return;
    }
    const unit = source.replace(/[^\w.-]/g, '_');
    this.#volumes.set(source, unit);
    this.#put('volume', [`${unit}.volume`, ...rest].join(':'));
  }

  #mountKeys(text: string): void {
    const source = /(?:^|,)(?:src|source)=([^,"]*)/.exec(text)?.[1];
    const type = /(?:^|,)type=([^,]*)/.exec(text)?.[1] ?? 'volume';
    const needsSource = /^(?:bind|volume|glob|image|artifact)$/.test(type);
    const isUnit = source !== undefined && /\.(?:volume|image|build|artifact)$/.test(source);
    // The generators of 4.8 to 5.6 end in a panic where there is no source.
    if (needsSource && (source === undefined || isUnit)) {
      this.#argument('mount', text);
      return;
    }
    const typed = /(?:^|,)type=/.test(text) ? text : `type=volume,${text}`;
    const isRelative = type === 'bind' && !source?.startsWith('/');
    this.#put(
      'mount',
      isRelative
        ? typed.replace(/((?:^|,)(?:src|source)=)[^,"]*/, (_, key) => `${key}${this.#absolute(source!)}`)
        : typed,
    );
  }

  #absolute(path: string): string {
    const parts = `${this.options.cwd}/${path}`.split('/').filter((part) => part !== '' && part !== '.');
    const out: string[] = [];
    for (const part of parts) {
      if (part === '..') out.pop();
      else out.push(part);
    }
    return `/${out.join('/')}`;
  }

  #flag(name: string, text: SpecText): void {
    const value = this.#known(text);
    const from = `--${name} ${displayText(text)}`;
    const isDocker = this.view.source.engine === 'docker';
    const leave = (why: string) => this.#losses.push({ from, loss: refusal(why), isLeftOut: true });
    if (value === undefined) leave(`what \`${displayText(text)}\` is, systemd does not know`);
    else if (isDocker && DOCKER_ALONE.has(name)) leave(`podman run has no --${name}`);
    else {
      const instead = (isDocker && insteadOf(name, value)) || [{ flag: name, value }];
      if ('why' in instead) leave(instead.why);
      else for (const one of instead) this.#said(one.flag, one.value, from);
    }
  }

  #said(name: string, value: string, from: string): void {
    if (name === 'restart') this.#restart(value, from);
    else if (name === 'user') this.#user(value);
    else if (name === 'security-opt') this.#security(value);
    else if (name === 'sdnotify') this.#notify(value);
    else if (name === 'network' || name === 'net') this.#network(value);
    else if (name === 'pod' && this.#pod !== undefined) this.#lines.push(`Pod=${this.#pod.name}.pod`);
    else if (name === 'rootfs' && this.#has('Rootfs')) return;
    else if (name === 'env-file' && !value.startsWith('/')) this.#put(name, this.#absolute(value));
    else if (name === 'expose' && !/^\d+(?:-\d+)?(?:\/(?:tcp|udp))?$/.test(value))
      this.#argument(name, value);
    else if (!IMPLIED_FLAGS.has(name)) this.#put(name, value);
  }

  #restart(value: string, from: string): void {
    const [policy, count] = value.split(':');
    if (policy === 'no' || policy === '') return;
    this.#service.push(`Restart=${policy === 'on-failure' ? 'on-failure' : 'always'}`);
    if (count !== undefined)
      this.#losses.push({
        from,
        loss: {
          field: 'restart',
          kind: 'changed',
          why: 'systemd counts by time: see StartLimitBurst= of systemd.unit(5)',
        },
        isLeftOut: false,
      });
  }

  #user(value: string): void {
    const [user, group, ...more] = value.split(':');
    const lines = [
      ['User', user],
      ['Group', group],
    ].flatMap(([key, text]) => (text === undefined ? [] : [[key, literal(text)]]));
    if (!user || group === '' || more.length > 0 || lines.some(([, text]) => text === undefined))
      this.#argument('user', value);
    else for (const [key, text] of lines) this.#lines.push(`${key}=${text}`);
  }

  /** A network that somebody made gets a unit, which makes it where it is not there. */
  #network(value: string): void {
    const found = /^([A-Za-z0-9][\w.-]*)(:.*)?$/.exec(value);
    const [, name = '', rest = ''] = found ?? [];
    const file = `${name}.network`;
    const isMade = this.options.madeNetworks?.has(name) === true;
    const isPlain = found === null || BUILT_IN.test(name) || this.#version < makeVersion(4, 7, 0);
    if (!this.options.withVolumes || isMade || isPlain) {
      // What ends so is a unit to Quadlet.
      if (name.endsWith('.network') && !isMade) this.#argument('network', value);
      else this.#put('network', value);
      return;
    }
    if (!this.#beside.some((one) => one.name === file))
      this.#beside.push({ name: file, text: `[Network]\nNetworkName=${name}\n` });
    this.#put('network', `${file}${rest}`);
  }

  #notify(value: string): void {
    if (value === 'conmon') return;
    if (value === 'container') this.#lines.push('Notify=yes');
    else if (value === 'healthy' && this.#version >= makeVersion(5, 0, 0)) this.#lines.push('Notify=healthy');
    else this.#argument('sdnotify', value);
  }

  /** The flags before `run`. */
  #globals({ globals }: Invocation): void {
    for (const { flag, value } of globals) {
      const text = this.#known(value);
      const isSwitch = flag.kind === 'bool';
      const from = isSwitch ? `--${flag.name}` : `--${flag.name} ${displayText(value)}`;
      const module = flag.name === 'module' && text !== undefined ? literal(text) : undefined;
      if (this.view.source.engine === 'docker' || text === undefined || !this.#has('GlobalArgs'))
        this.#losses.push({ from, loss: refusal('a unit cannot express it'), isLeftOut: true });
      else if (module !== undefined) this.#lines.push(`ContainersConfModule=${module}`);
      else
        this.#lines.push(
          `GlobalArgs=${isSwitch && text === 'true' ? `--${flag.name}` : systemdWord(`--${flag.name}=${text}`)}`,
        );
    }
  }

  #security(value: string): void {
    const row = SECURITY_KEYS.find(([start]) =>
      /[=:]$/.test(start) ? value.startsWith(start) : value === start,
    );
    const rest = row && value.slice(row[0].length);
    const text = rest === '' ? 'true' : rest;
    const isKnown = row !== undefined && this.#has(row[1]) && /^[^\s"'\\]+$/.test(text ?? '');
    if (isKnown) this.#lines.push(`${row[1]}=${literal(text!)}`);
    else this.#argument('security-opt', value);
  }

  #has(key: string, section?: 'Pod'): boolean {
    const since = (section === undefined ? this.#keys : quadletKeys(section)!).get(key);
    return since !== undefined && since <= this.#version;
  }

  #put(name: string, value: string): void {
    const row = KEY_OF_FLAG.get(name);
    const pod = OF_POD.has(name) ? this.#pod : undefined;
    const hasKey = row !== undefined && this.#has(row.key, pod && 'Pod');
    const text = hasKey ? valueAs(row.form, value) : undefined;
    if (row !== undefined && text !== undefined) (pod?.lines ?? this.#lines).push(`${row.key}=${text}`);
    else if (pod !== undefined) pod.args.push(systemdWord(`--${name}=${value}`));
    else this.#argument(name, value);
  }

  #argument(name: string, value: string): void {
    const isSwitch = this.view.invocation!.flags.some(
      ({ flag }) => flag.name === name && flag.kind === 'bool',
    );
    this.#args.push(isSwitch && value === 'true' ? `--${name}` : systemdWord(`--${name}=${value}`));
  }

  /** What a text is, with what the shell fills in of a person's folders; undefined where nobody knows. */
  #known(text: SpecText | undefined): string | undefined {
    if (text === undefined) return undefined;
    let out = '';
    let at = 0;
    for (const { range, text: written } of text.holes) {
      const value = /^(?:\$HOME|\$\{HOME\}|~)$/.test(written)
        ? HOME
        : /^(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)$/.test(written)
          ? this.options.cwd
          : undefined;
      if (value === undefined) return undefined;
      out += text.value.slice(at, range.start) + value;
      at = range.end;
    }
    return out + text.value.slice(at);
  }
}

/** Of several the last one counts. */
const isSingle = (name: string) =>
  KEY_OF_FLAG.get(name)?.form === 'one' || name === 'user' || name === 'restart';

// What is about the network belongs to the pod.
const OF_POD: ReadonlySet<string> = new Set(
  'publish network network-alias dns dns-option dns-search add-host ip ip6 mac-address'.split(' '),
);
// Networks that nobody makes, and modes.
const BUILT_IN = /^(?:bridge|host|none|private|default|podman|slirp4netns|pasta|container|ns)$|\.network$/;

/** The value of a key; undefined where it cannot say it. */
function valueAs(form: QuadletForm, value: string): string | undefined {
  // An empty one takes back those before it.
  if (value === '') return undefined;
  if (form === 'word') return systemdWord(value);
  const isUnsayable = form === 'plain-word' ? /[\s"'\\]/.test(value) : form === 'one' && /^"|"$/.test(value);
  return isUnsayable ? undefined : literal(value);
}

// Stands for the home directory until it is written: systemd knows it as %h.
const HOME = '/\ufffehome';
const refusal = (why: string): Loss => ({ field: 'spec', kind: 'impossible', why });
const withHome = (text: string) => text.replaceAll(HOME, '%h');

function literal(value: string): string | undefined {
  const text = quoteLiteral({ value, holes: [] }, 0)?.value;
  return text && withHome(text);
}

const systemdWord = (value: string) =>
  withHome(value === '' ? '""' : quoteSystemd({ value, holes: [] }, 0)!.value);

/** The unit is called after the container, or else after the image. */
function unitName(name: string | undefined, image: string): string {
  const own = name ?? image.replace(/^.*\//, '').replace(/[:@].*$/, '');
  return own.replace(/[^\w.-]/g, '_') || 'app';
}
