import { makeVersion, type Version } from '../dialects/docker/tables/version.js';
import { judgeUnit } from '../dialects/podman/quadlet.js';
import { FLAG_OF_KEY, IN_UNIT_ALONE, SECURITY_KEYS } from '../dialects/podman/run-keys.js';
import { pathFrom } from '../go/path.js';
import { readFindings } from '../readers/index.js';
import { cutUnit } from '../readers/quadlet/unit-lines.js';
import { literalWord, volumeWord, withoutInstance } from '../readers/quadlet/values.js';
import { systemdWords } from '../readers/systemd.js';
import { entriesOf } from '../rules/quadlet-unit.js';
import type { FoundEntry } from '../source/frontend.js';
import { fileText } from '../source/hosted-text.js';
import { knownText, type NewText, NewTextBuilder, splitAtHoles } from '../source/new-text.js';
import { append } from '../text/append.js';
import { quoteShellWithHoles } from '../text/shell-quote.js';
import { displayText, type Hole } from '../text/spec-text.js';
import { dockersFlag } from './podman-values.js';
import type { ReadProjectFile } from './read-project-file.js';

/** The command that a `.container` unit runs. */
export interface UnitCommand {
  /** As a shell reads it. */
  readonly text: string;
  /** What the unit says and a command cannot. */
  readonly losses: readonly { readonly from: string; readonly why: string; readonly isNote?: true }[];
}

/** Where a unit stands. */
interface UnitPlace {
  /** Absolute; relative paths are relative to its folder. */
  readonly path: string;
  /** Units next to it say what their volumes, networks and images are called. */
  readonly read: ReadProjectFile;
  /** Docker has a restart policy where podman's service has one of systemd. */
  readonly engine: 'podman' | 'docker';
  /** Whose Quadlet reads the unit; any that is supported when left out. */
  readonly podman?: Version;
}

/** Writes a `.container` unit as the `podman run` that Quadlet makes of it; a sentence where it makes none. */
export async function unitCommand(text: string, place: UnitPlace): Promise<UnitCommand | string> {
  const { units } = await readFindings('quadlet', text, { path: place.path });
  const [unit] = units;
  if (unit === undefined) return 'this is not a unit of Quadlet';
  if (unit.ending !== 'container')
    return `of a .${unit.ending} unit no \`podman run\` is made, but of a .container`;
  const [refusal] = judgeUnit({ ...unit, entries: entriesOf(unit), isPartial: false }, place.podman);
  if (refusal !== undefined) return `Quadlet refuses the unit: ${refusal.message}`;
  if (place.engine === 'docker' && unit.entries.some(({ key }) => key.value === 'Rootfs'))
    return 'docker run has no --rootfs: it needs an image';
  if (unit.broken.length > 0) return 'Quadlet reads nothing of the file: a line is not an entry';
  const writer = new CommandWriter(unit.entries, place);
  await writer.write();
  return { text: writer.words.map(shellWord).join(' '), losses: writer.losses };
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['volume', '-v'],
  ['env', '-e'],
  ['publish', '-p'],
]);
const isTrue = (text: string) => /^(?:1|yes|true|on)$/i.test(text);

class CommandWriter {
  readonly words: NewText[] = [];
  readonly losses: { from: string; why: string; isNote?: true }[] = [];
  readonly #entries: readonly FoundEntry[];
  readonly #name: string;
  readonly #isSystem: boolean;
  readonly #told = new Set<string>();
  /** What goes between the image and its command. */
  readonly #behind: NewText[] = [];

  constructor(
    private readonly all: readonly FoundEntry[],
    private readonly place: UnitPlace,
  ) {
    const own = all.filter(({ section }) => section === 'Container');
    const emptied = new Map(
      own.flatMap(({ key, value }, at) => (value.value === '' ? [[key.value, at]] : [])),
    );
    this.#entries = own.filter(
      ({ key, value }, at) => value.value !== '' && at > (emptied.get(key.value) ?? -1),
    );
    this.#name = /([^/\\]*?)(?:\.container)?$/.exec(place.path)![1] || 'app';
    this.#isSystem = /^\/(?:etc|usr\/share|run)\/containers\/systemd\//.test(place.path);
  }

  async write(): Promise<void> {
    const last = (key: string) => this.#entries.findLast((one) => one.key.value === key);
    const lastWord = (key: string) => {
      const entry = last(key);
      return entry && trimQuotes(this.#fill(literalWord(entry.value, entry.value)), this.place.podman);
    };
    this.words.push(knownText('podman'));
    if (this.place.engine === 'podman') {
      for (const { value } of this.#every('ContainersConfModule'))
        this.#put('--module', this.#fill(literalWord(value, value)));
      for (const { value } of this.#every('GlobalArgs')) append(this.words, this.#cut(value));
    } else
      for (const { key, value } of [...this.#every('ContainersConfModule'), ...this.#every('GlobalArgs')])
        this.losses.push({ from: `${key.value}=${displayText(value)}`, why: 'only podman has it' });
    this.words.push(knownText('run'));
    this.#put('--name', lastWord('ContainerName') ?? this.#defaultName());
    this.#implied(last('Notify')?.value.value);
    for (const entry of this.#entries) {
      const row = FLAG_OF_KEY.get(entry.key.value);
      const isList =
        row === undefined ? /mask$/i.test(entry.key.value) : row.form !== 'one' && row.form !== 'yes';
      if (!isList && last(entry.key.value) !== entry) continue;
      await this.#entry(entry, row);
    }
    const user = lastWord('User');
    const group = lastWord('Group');
    if (user !== undefined)
      this.#put(
        '--user',
        group === undefined ? user : new NewTextBuilder().addText(user).add(':').addText(group).build(),
      );
    if (isTrue(last('VolatileTmp')?.value.value ?? '') && !isTrue(last('ReadOnly')?.value.value ?? ''))
      this.#put('--tmpfs', knownText('/tmp:rw,size=512M,mode=1777'));
    this.#mapUsers(last('RemapUsers')?.value.value);
    for (const { value } of this.#every('PodmanArgs')) append(this.words, this.#cut(value));
    const rootfs = lastWord('Rootfs');
    if (rootfs !== undefined) this.words.push(knownText('--rootfs'), rootfs);
    else this.words.push(await this.#image(lastWord('Image')!));
    append(this.words, this.#behind);
    const exec = last('Exec');
    if (exec !== undefined) append(this.words, this.#cut(exec.value));
  }

  #defaultName(): NewText {
    const out = new NewTextBuilder().add(`systemd-${this.#name.replace('@', '_')}`);
    return this.#name.endsWith('@') ? out.addHole(this.#instance()).build() : out.build();
  }

  /** What Quadlet does by itself. */
  #implied(notify: string | undefined): void {
    const restart = this.all.findLast(({ section, key }) => section === 'Service' && key.value === 'Restart');
    const policy = /^(?:always|on-failure|no)$/.exec(restart?.value.value ?? 'no')?.[0];
    const type = this.all.findLast(({ section, key }) => section === 'Service' && key.value === 'Type');
    const isOnce = type?.value.value === 'oneshot';
    if (this.place.engine === 'docker') {
      if (policy === 'no' || policy === undefined) this.words.push(knownText('--rm'));
      else this.#put('--restart', knownText(policy));
      if (!isOnce) this.words.push(knownText('-d'));
    } else {
      this.words.push(knownText('--replace'), knownText('--rm'));
      if (!this.#entries.some(({ key }) => key.value === 'CgroupsMode'))
        this.words.push(knownText('--cgroups=split'));
      if (!isOnce) {
        const mode =
          notify === undefined
            ? 'conmon'
            : notify === 'healthy'
              ? notify
              : isTrue(notify)
                ? 'container'
                : 'conmon';
        this.words.push(knownText(`--sdnotify=${mode}`), knownText('-d'));
      }
    }
    if (restart !== undefined && policy !== 'no' && (policy === undefined || this.place.engine === 'podman'))
      this.losses.push({
        from: `Restart=${displayText(restart.value)}`,
        why: 'systemd starts the service again, and a container that is removed has no policy',
      });
  }

  async #entry({ key, value }: FoundEntry, row: ReturnType<typeof FLAG_OF_KEY.get>): Promise<void> {
    const name = key.value;
    const word = () => this.#fill((name === 'Volume' ? volumeWord : literalWord)(value, value));
    if (name === 'CgroupsMode')
      return void (
        this.place.engine === 'podman' && this.#put('--cgroups', trimQuotes(word(), this.place.podman))
      );
    if (name === 'ContainerName') return;
    if (row !== undefined) {
      if (this.place.engine === 'docker' && IN_UNIT_ALONE.has(row.flag)) {
        this.losses.push({ from: `${name}=${displayText(value)}`, why: `docker run has no --${row.flag}` });
        return;
      }
      const flag = SHORT.get(row.flag) ?? `--${row.flag}`;
      if (row.form === 'yes')
        return void this.words.push(knownText(isTrue(value.value) ? flag : `${flag}=false`));
      if (row.form === 'one') {
        const fresh = trimQuotes(word(), this.place.podman);
        if (!this.#isLost(row.flag, name, fresh)) this.#put(flag, fresh);
        return;
      }
      const words = row.form === 'each' ? [word()] : this.#cut(value);
      for (const one of words) {
        const fresh = await this.#resolved(name, this.#tidied(name, one));
        if (!this.#isLost(row.flag, name, fresh)) this.#put(flag, fresh);
      }
      return;
    }
    const security = SECURITY_KEYS.find(([, of]) => of === name);
    if (security !== undefined) return this.#security(security[0], value);
    switch (name) {
      case 'AutoUpdate':
        return this.#put(
          '--label',
          new NewTextBuilder().add('io.containers.autoupdate=').addText(word()).build(),
        );
      case 'Pod': {
        const from = `Pod=${displayText(value)}`;
        if (this.place.engine === 'docker') return void this.losses.push({ from, why: 'docker has no pods' });
        this.losses.push({ from, why: 'the pod has to exist before', isNote: true });
        return this.#put('--pod', await this.#unitName(word(), 'pod', 'PodName'));
      }
      case 'ReloadCmd':
      case 'ReloadSignal':
        this.losses.push({ from: `${name}=${displayText(value)}`, why: 'systemd does this' });
    }
  }

  /** As Quadlet writes it. */
  #tidied(key: string, word: NewText): NewText {
    if (key === 'AddCapability' || key === 'DropCapability')
      return { ...word, value: word.value.toLowerCase() };
    if (key !== 'AddDevice' || !word.value.startsWith('-')) return word;
    const text = word.value.slice(1);
    this.losses.push({
      from: `AddDevice=${word.value}`,
      why: 'only where the device exists',
      isNote: true,
    });
    return word.holes.length > 0 ? word : knownText(text);
  }

  /** Whether docker reads the value in another way, or not at all: what it has instead is written, what it has not is said. */
  #isLost(flag: string, key: string | undefined, word: NewText): boolean {
    const own = this.place.engine === 'podman' ? undefined : dockersFlag(flag, word.value);
    if (own === undefined) return false;
    const shown = displayText(word);
    const from = key === undefined ? shown : `${key}=${shown}`;
    if ('why' in own) this.losses.push({ from, why: own.why });
    else if (word.holes.length > 0)
      this.losses.push({ from, why: 'it is a list for podman, and part of it is not known' });
    else {
      for (const value of own.values)
        if (own.flag === undefined) this.#put(`--${flag}`, knownText(value));
        else this.words.push(knownText(`--${own.flag}`));
      for (const one of own.words ?? []) this.#behind.push(knownText(one));
      for (const why of [...(own.lost ?? []), ...(own.notes ?? [])])
        this.losses.push({ from, why, isNote: true });
    }
    return true;
  }

  #security(start: string, value: FoundEntry['value']): void {
    if (start === 'mask=' || start === 'unmask=' || /[=:]$/.test(start)) {
      const word = trimQuotes(this.#fill(literalWord(value, value)), this.place.podman);
      const option = new NewTextBuilder().add(start).addText(word).build();
      if (!this.#isLost('security-opt', undefined, option)) this.#put('--security-opt', option);
    } else if (isTrue(value.value) && !this.#isLost('security-opt', undefined, knownText(start)))
      this.#put('--security-opt', knownText(start));
  }

  #mapUsers(mode: string | undefined): void {
    if (mode === undefined) return;
    if (this.place.engine === 'docker')
      return void this.losses.push({
        from: `RemapUsers=${mode}`,
        why: 'docker maps no users of one container',
      });
    const given = (key: string) =>
      this.#every(key)
        .flatMap(({ value }) => this.#cut(value))
        .map(({ value }) => value);
    const uids = given('RemapUid');
    const gids = given('RemapGid');
    if (mode === 'manual') {
      for (const one of uids) this.#put('--uidmap', knownText(one));
      for (const one of gids) this.#put('--gidmap', knownText(one));
      return;
    }
    const size = given('RemapUidSize').at(-1);
    const parts =
      mode === 'keep-id'
        ? [...uids.slice(-1).map((id) => `uid=${id}`), ...gids.slice(-1).map((id) => `gid=${id}`)]
        : [
            ...uids.map((id) => `uidmapping=${id}`),
            ...gids.map((id) => `gidmapping=${id}`),
            ...(size === undefined ? [] : [`size=${size}`]),
          ];
    this.#put('--userns', knownText([mode, ...(parts.length > 0 ? [parts.join(',')] : [])].join(':')));
  }

  #every(key: string): FoundEntry[] {
    return this.#entries.filter((one) => one.key.value === key);
  }

  #cut(value: FoundEntry['value']): NewText[] {
    return systemdWords(value).map((word) => this.#fill(withoutInstance(word)));
  }

  #put(flag: string, value: NewText): void {
    this.words.push(knownText(flag), value);
  }

  /** Relative paths, and what units next to it are called. */
  async #resolved(key: string, word: NewText): Promise<NewText> {
    const folder = pathFrom(this.place.path, '..');
    if (key === 'EnvironmentFile')
      return /^[/\p{Cs}]/u.test(word.value)
        ? word
        : withStart(word, word.value.length, pathFrom(folder, word.value));
    if (key === 'Network') return this.#unitName(word, 'network', 'NetworkName');
    if (key === 'Volume') {
      const end = word.value.indexOf(':');
      if (end < 0) return word;
      const source = word.value.slice(0, end);
      if (source.startsWith('.') && !hasHoleIn(word, 0, end))
        return withStart(word, end, pathFrom(folder, source));
      return this.#unitName(word, 'volume', 'VolumeName');
    }
    if (key !== 'Mount') return word;
    const found = /(^|,)(?:src|source)=([^,]*)/.exec(word.value);
    const source = found?.[2];
    if (found === null || source === undefined) return word;
    const start = found.index + found[0].length - source.length;
    if (hasHoleIn(word, start, start + source.length)) return word;
    if (source.startsWith('.')) return replaced(word, start, start + source.length, pathFrom(folder, source));
    const unit = /^([^/]+)\.(volume|image|build)$/.exec(source);
    if (unit === null) return word;
    const name =
      unit[2] === 'volume'
        ? await this.#nameOf(unit[1]!, 'volume', 'VolumeName')
        : await this.#imageOf(source);
    return name === undefined ? word : replaced(word, start, start + source.length, name);
  }

  /** `NAME.volume…` with what that unit is called in podman. */
  async #unitName(word: NewText, ending: string, key: string): Promise<NewText> {
    const found = new RegExp(`^([^/:\\p{Cs}]+)\\.${ending}(?=:|$)`, 'u').exec(word.value);
    if (found === null) return word;
    return withStart(word, found[0].length, await this.#nameOf(found[1]!, ending, key));
  }

  async #nameOf(unit: string, ending: string, key: string): Promise<string> {
    return (await this.#beside(`${unit}.${ending}`, [key])) ?? `systemd-${unit}`;
  }

  async #image(word: NewText): Promise<NewText> {
    const found = await this.#imageOf(word.value);
    return found === undefined ? word : knownText(found);
  }

  async #imageOf(name: string): Promise<string | undefined> {
    if (!/^[^/:]+\.(?:image|build)$/.test(name)) return undefined;
    const image = await this.#beside(name, ['ImageTag', 'Image']);
    if (image === undefined)
      this.losses.push({
        from: `Image=${name}`,
        why: `what ${name} is called in podman is not known: it is not next to the unit`,
      });
    return image;
  }

  /** What a unit next to this one says under the first of those keys that it has. */
  async #beside(name: string, keys: readonly string[]): Promise<string | undefined> {
    const text = await this.place.read(pathFrom(pathFrom(this.place.path, '..'), name));
    if (typeof text !== 'string') return undefined;
    const { lines } = cutUnit(fileText(text));
    for (const key of keys) {
      const value = lines.findLast((line) => line.key.value === key)?.value;
      if (value !== undefined && value.value !== '' && value.holes.length === 0) return value.value;
    }
    return undefined;
  }

  /** Specifiers as a shell says them; variables stay. */
  #fill(word: NewText): NewText {
    const out = new NewTextBuilder();
    for (const piece of splitAtHoles(word)) {
      if (typeof piece === 'string') {
        out.add(piece);
        continue;
      }
      const specifier = /^%([A-Za-z])$/.exec(piece.text)?.[1];
      const own = specifier === undefined ? undefined : this.#specifier(specifier);
      if (own === undefined) this.#unknown(piece.text);
      if (own?.isKnown) out.add(own.text);
      else out.addHole(own === undefined ? piece : { ...piece, text: own.text });
    }
    return out.build();
  }

  #specifier(letter: string): { readonly text: string; readonly isKnown?: boolean } | undefined {
    const [before] = this.#name.split('@');
    const known = new Map([
      ['n', `${this.#name}.service`],
      ['N', this.#name],
      ['p', before!],
      ['T', '/tmp'],
      ['V', '/var/tmp'],
    ]).get(letter);
    if (known !== undefined) return { text: known, isKnown: true };
    if (/[iIj]/.test(letter) && this.#name.endsWith('@')) return { text: this.#instance().text };
    const row = SPECIFIERS.get(letter);
    if (row === undefined) return undefined;
    const [user, system] = row;
    return this.#isSystem && system !== undefined ? { text: system, isKnown: true } : { text: user };
  }

  /** What stands after the `@` of a template's name when it is started. */
  #instance(): Hole {
    if (!this.#told.has(INSTANCE))
      this.losses.push({
        from: '%i',
        why: 'the unit is a template: set INSTANCE for the shell',
        isNote: true,
      });
    this.#told.add(INSTANCE);
    return { range: { start: 0, end: 1 }, kind: 'variable', quoted: true, text: INSTANCE };
  }

  #unknown(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.losses.push({
      from: text,
      why: text.startsWith('%')
        ? 'systemd fills it in, and a shell does not know it'
        : 'it is a variable of the shell here, and of the service there',
      ...(text.startsWith('$') && { isNote: true }),
    });
  }
}

const INSTANCE = '${INSTANCE:?}';

/** What a shell of the user says for a specifier of systemd; of the system's own units a path. */
const SPECIFIERS: ReadonlyMap<string, readonly [user: string, system?: string]> = new Map([
  ['h', ['$HOME']],
  ['t', ['$XDG_RUNTIME_DIR', '/run']],
  ['S', ['${XDG_STATE_HOME:-$HOME/.local/state}', '/var/lib']],
  ['C', ['${XDG_CACHE_HOME:-$HOME/.cache}', '/var/cache']],
  ['L', ['${XDG_STATE_HOME:-$HOME/.local/state}/log', '/var/log']],
  ['E', ['${XDG_CONFIG_HOME:-$HOME/.config}', '/etc']],
  ['u', ['$(id -un)']],
  ['U', ['$(id -u)']],
  ['g', ['$(id -gn)']],
  ['G', ['$(id -g)']],
  ['H', ['$(hostname)']],
  ['l', ['$(hostname -s)']],
  ['m', ['$(cat /etc/machine-id)']],
]);

/** One word of a command line; a variable that stands alone without braces may be several, as in systemd. */
const shellWord = (word: NewText): string =>
  word.holes.length === 1 &&
  word.value.length === 1 &&
  /^\$[A-Za-z_]\w*$/.test(word.holes[0]!.text) &&
  !word.holes[0]!.absolute
    ? word.holes[0]!.text
    : quoteShellWithHoles(word);

const hasHoleIn = ({ holes }: NewText, start: number, end: number) =>
  holes.some(({ range }) => range.start >= start && range.end <= end);

const withStart = (word: NewText, end: number, fresh: string) => replaced(word, 0, end, fresh);

function replaced(word: NewText, start: number, end: number, fresh: string): NewText {
  const out = new NewTextBuilder();
  let at = 0;
  for (const piece of splitAtHoles(word)) {
    const length = typeof piece === 'string' ? piece.length : 1;
    const isBefore = at + length <= start;
    if (isBefore || at >= end) typeof piece === 'string' ? out.add(piece) : out.addHole(piece);
    else if (typeof piece === 'string') {
      out.add(piece.slice(0, Math.max(0, start - at)));
      if (at <= start) out.add(fresh);
      out.add(piece.slice(Math.max(0, end - at)));
    }
    at += length;
  }
  return out.build();
}

/** Quadlet takes off the quotes around the value of a key that has one; that of 5.4 and older, those at either end. */
function trimQuotes(word: NewText, podman: Version | undefined): NewText {
  const isEither = podman !== undefined && podman < makeVersion(5, 5, 0);
  const { value } = word;
  if (!isEither && !/^".*"$/s.test(value)) return word;
  const start = isEither ? /^"*/.exec(value)![0].length : 1;
  const end = start === value.length ? start : value.length - (isEither ? /"*$/.exec(value)![0].length : 1);
  return start === 0 && end === value.length
    ? word
    : replaced(replaced(word, end, value.length, ''), 0, start, '');
}
