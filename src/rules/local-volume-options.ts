import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { mapOf } from '../text/map-of.js';
import { nearest } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { hasHole, type SpecText, sourceRange } from '../text/spec-text.js';
import type { Report, Rule } from './rule.js';

const VOLUME = (options: string) => `volumes:\n  data:\n    driver_opts: {${options}}\n`;

/** Options of a volume that the local driver refuses, or cannot mount. */
export const localVolumeOptions: Rule = {
  code: 'MC218',
  name: 'local-volume-options',
  severity: 'error',
  engines: ['docker', 'compose'],
  since: '0.1.0',
  summary: 'options for the local volume driver that it refuses, or that mount nothing',
  why:
    'The local driver knows `type`, `device`, `o` and `size`. It refuses others (`invalid option`), `o` and `device` without ' +
    '`type`, and what lacks `device` (`missing required option`). It passes the rest to `mount` when a container starts: an ' +
    'NFS share needs `addr=` in `o`, and a relative device is looked up below `/`: Compose makes it absolute only with ' +
    '`driver: local` and `o: bind`, and nothing else in them.',
  sources: [
    'https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/local/local_unix.go',
    'https://docs.docker.com/reference/cli/docker/volume/create/#opt',
  ],
  valid: [
    { file: 'compose', command: VOLUME('type: none, o: bind, device: /srv/data') },
    { file: 'compose', command: VOLUME('type: nfs, o: "addr=10.0.0.1,rw", device: ":/data"') },
    { file: 'compose', command: VOLUME('type: nfs, o: "$' + '{OPTIONS}", device: ":/data"') },
    {
      file: 'compose',
      command:
        'volumes:\n  data:\n    driver: local\n    driver_opts: {type: none, o: bind, device: ./data}\n',
    },
    { file: 'compose', command: 'volumes:\n  data:\n    driver: rclone\n    driver_opts: {remote: a}\n' },
    { file: 'compose', command: VOLUME('type: none, o: bind, device: "$' + '{PWD}/data"') },
    'docker volume create --opt type=tmpfs --opt device=tmpfs --opt o=size=1m data',
    'docker volume create --driver rclone --opt remote=a data',
    'docker run --mount type=volume,src=data,dst=/a,volume-opt=type=nfs,volume-opt=o=addr=10.0.0.1,volume-opt=device=:/a alpine',
  ],
  invalid: [
    { file: 'compose', command: VOLUME('o: bind, device: /srv/data') },
    { file: 'compose', command: VOLUME('type: none, o: bind') },
    { file: 'compose', command: VOLUME('typ: none, o: bind, device: /srv/data') },
    { file: 'compose', command: VOLUME('type: nfs, o: rw, device: ":/data"') },
    { file: 'compose', command: VOLUME('type: none, o: bind, device: ./data') },
    'docker volume create --opt type=none --opt o=bind --opt device=./data data',
    'docker volume create -o o=bind data',
    'docker volume create --opt typ=none data',
    'docker run --mount type=volume,src=data,dst=/a,volume-opt=type=nfs,volume-opt=o=rw,volume-opt=device=:/a alpine',
    'docker run --mount type=volume,src=data,dst=/a,volume-opt=mode=1 alpine',
  ],
  checkMount({ fields, form, isPartial }, report) {
    if (form !== 'mount' || isPartial) return;
    const driver = fields.findLast(({ name }) => name === 'volume-driver')?.value;
    if (driver !== undefined && driver.text !== 'local') return;
    // An `o` with commas that nobody quoted ends at the first of them.
    if (fields.some(({ name }) => !MOUNT_KEY_BY_NAME.has(name))) return;
    const found = fields.filter(({ name, value }) => name === 'volume-opt' && value !== undefined);
    judge(
      found.map(({ value }) => optionOf(value!.host, value!.range)),
      report,
    );
  },
  checkCommand({ source }, report) {
    const { words } = source;
    if (source.engine !== 'docker' || words[1]?.value !== 'volume' || words[2]?.value !== 'create') return;
    const options: Option[] = [];
    for (let i = 3; i < words.length; i++) {
      const word = words[i]!;
      const flag = /^(?:(-d|--driver)|-o|--opt)(?:$|=)/.exec(word.value);
      // What is unknown as a whole may be more options.
      if (flag === null && word.value.length === 1 && word.holes.length > 0 && i < words.length - 1) return;
      if (flag === null) continue;
      const isAttached = flag[0].endsWith('=');
      const value = isAttached ? word : words[++i];
      if (value === undefined) return;
      const start = isAttached ? flag[0].length : 0;
      if (flag[1] !== undefined) {
        if (value.value.slice(start) !== 'local') return;
      } else options.push(optionOf(value, { start, end: value.value.length }));
    }
    judge(options, report);
  },
  checkFile({ volumes }, report) {
    for (const { fields = [] } of volumes) {
      const named = (name: string) => fields.find(({ key }) => key === name);
      const driver = named('driver')?.value;
      if (driver !== undefined && (hasHole(driver) || driver.value !== 'local')) continue;
      // What is merged from elsewhere, or tagged, may be anything.
      if (named('external') !== undefined || named('driver_opts')?.type !== 'object') continue;
      const own = fields.filter(({ key }) => key.startsWith('driver_opts.'));
      const o = named('driver_opts.o')?.value;
      judge(
        own.map(({ key, keyRange, value, valueRange }): Option => {
          const isKnown = value !== undefined && !hasHole(value);
          return {
            name: key.slice('driver_opts.'.length),
            place: keyRange,
            valuePlace: valueRange,
            ...(isKnown ? { value: value.value } : {}),
            begins: value?.value[0],
          };
        }),
        report,
        // Compose makes the path absolute, where both are said in so many words.
        driver?.value === 'local' && o?.value === 'bind',
      );
    }
  },
};

interface Option {
  /** Absent where it is not known. */
  readonly name?: string;
  /** Absent where a part of it is not known. */
  readonly value?: string;
  /** What its value begins with. */
  readonly begins?: string;
  readonly place: Range;
  readonly valuePlace: Range;
}

/** `key=value` in a text. */
function optionOf(text: SpecText, { start, end }: Range): Option {
  const written = text.value.slice(start, end);
  const equals = written.indexOf('=');
  const middle = equals < 0 ? end : start + equals;
  const value = { start: Math.min(end, middle + 1), end };
  const isKnown = equals >= 0 && !hasHole(text, { start, end: middle });
  return {
    name: isKnown ? text.value.slice(start, middle) : undefined,
    value: hasHole(text, value) ? undefined : text.value.slice(value.start, end),
    begins: text.value[value.start],
    place: sourceRange(text, { start, end: middle }),
    valuePlace: sourceRange(text, value),
  };
}

const NEEDS = mapOf<readonly string[]>({ o: ['device', 'type'], device: ['type'], type: ['device'] });
const KNOWN = ['type', 'device', 'o', 'size'];

function judge(options: readonly Option[], report: Report, placesDevice = false): void {
  if (options.some(({ name }) => name === undefined)) return;
  const named = (name: string) => options.findLast((option) => option.name === name);
  const wrong = options.filter(({ name }) => !KNOWN.includes(name!));
  for (const { name = '', place } of wrong) {
    const better = nearest(
      name,
      KNOWN.filter((known) => known.length > 1),
    );
    report({
      range: place,
      message: `the local driver has no option \`${name}\`: the volume is not created`,
      help:
        better === undefined ? 'it supports `type`, `device`, `o` and `size`' : `did you mean \`${better}\`?`,
    });
  }
  if (wrong.length > 0) return;
  for (const { name = '', place } of options) {
    const missing = NEEDS.get(name)?.find((one) => named(one) === undefined);
    if (missing === undefined) continue;
    report({
      range: place,
      message: `\`${name}\` without \`${missing}\`: the local driver does not create the volume`,
      help: missing === 'type' ? 'add `type`: `none` with `o: bind`, `nfs`, `tmpfs`, …' : 'add `device`',
    });
    return;
  }
  const [type, o, device] = [named('type'), named('o'), named('device')];
  if (/^nfs4?$/.test(type?.value ?? '') && o?.value !== undefined && !/(?:^|,)addr=/.test(o.value))
    report({
      range: o.valuePlace,
      message: 'an NFS share without `addr=`: it cannot be mounted, and the container does not start',
      help: 'add `addr=SERVER` to it',
    });
  if (
    device?.value !== undefined &&
    !placesDevice &&
    /(?:^|,)r?bind(?:,|$)/.test(o?.value ?? '') &&
    /^(?:[\w]|\.{1,2}(?:\/|$)|~)/.test(device.value)
  )
    report({
      range: device.valuePlace,
      message: `\`${device.value}\` is not an absolute path: the engine looks it up below its own directory, and the container does not start`,
      help: 'write an absolute path, such as `${PWD}/…` in Compose and `"$PWD"/…` in a shell',
    });
}
