// The flags around the mounts: pflag spellings, other flags with values, unknown ones.
import fc from 'fast-check';
import { oddText } from './text-arbitrary.js';

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** The words of one flag with its value, in any spelling that pflag reads. */
export function spellFlag(long: string, short: string | undefined, value: string): fc.Arbitrary<string[]> {
  const spellings = [[`--${long}`, value], [`--${long}`, value], [`--${long}=${value}`]];
  if (short === undefined) return pick(...spellings);
  return pick(
    ...spellings,
    [`-${short}`, value],
    [`-${short}`, value],
    [`-${short}${value}`],
    [`-${short}=${value}`],
    [`-it${short}`, value],
    [`-t${short}=${value}`],
    [`-i${short}${value}`],
  );
}

const split = (line: string): string[] => line.split(' ');

/** Flags that every client takes and that leave the mounts alone. */
export const harmlessFlag: fc.Arbitrary<string[]> = fc.oneof(
  pick(
    '-i',
    '-t',
    '-it',
    '-ti',
    '--rm',
    '--init',
    '--privileged',
    '--tty',
    '--interactive',
    '-P',
    '--publish-all',
  ).map(split),
  pick(
    '--rm=false',
    '-i=true',
    '-it=0',
    '--tty=T',
    '--read-only',
    '--read-only=false',
    '--read-only=1',
    '--help=false',
  ).map(split),
  pick(
    '--name x',
    '--name=x',
    '-e A=b',
    '-eA',
    '--env A',
    '-w /x',
    '-w=/x',
    '-u 1:1',
    '-h host',
    '-hhost',
    '-l a=b',
  ).map(split),
  pick(
    '--network none',
    '--net=host',
    '-p 80:80',
    '-p80',
    '-p 127.0.0.1::80/udp',
    '--expose 80',
    '-m 64m',
    '-m=1g',
  ).map(split),
  pick(
    '--memory 1.5gb',
    '--cpus 1.5',
    '-c 512',
    '--shm-size=1m',
    '--ulimit nofile=1:2',
    '--cap-add ALL',
    '--dns 1.1.1.1',
  ).map(split),
  pick(
    '--add-host a:1.2.3.4',
    '--device /dev/null',
    '--pid host',
    '--restart no',
    '--entrypoint sh',
    '--hostname -x',
  ).map(split),
  pick(
    '--health-interval 5s',
    '--stop-timeout -1',
    '--log-driver none',
    '--gpus all',
    '--pids-limit 0x10',
    '--uts host',
  ).map(split),
  pick(
    '-test.v',
    '-itest.run=x',
    '--attach stdout',
    '-a STDIN',
    '--pull never',
    '--platform linux/amd64',
    '--userns=host',
  ).map(split),
  pick(
    '--label-file /dev/null',
    '--env-file /dev/null',
    '--oom-score-adj -5',
    '--blkio-weight 100',
    '--sysctl net.a=1',
  ).map(split),
);

const refusedValues: Record<string, readonly string[]> = {
  'cpu-shares': ['x', '', '1.5', '99999999999999999999'],
  'pids-limit': ['x', '1e3'],
  'blkio-weight': ['70000', '-1', 'x'],
  memory: ['x', '64mi', '1e3', '-1', ''],
  'shm-size': ['64ib', '.5g', '10%'],
  cpus: ['x', '1/0', '0.0000000001'],
  'health-timeout': ['5', 'x', '1d', ''],
  'add-host': ['a', 'a:x', ':1'],
  attach: ['x', ''],
  env: ['=x', ''],
  label: ['=x', ''],
  ulimit: ['x', 'x=1', 'nofile=2:1'],
  device: ['x', '/a:/b:q'],
  'env-file': ['/nope'],
  pid: ['x'],
  uts: ['x'],
  userns: ['x'],
  restart: ['a:b'],
  'security-opt': ['x'],
  'mac-address': ['x'],
  'memory-swappiness': ['101', 'x'],
  dns: ['x'],
  platform: ['x'],
  sysctl: ['a=b'],
};

/** Flags that some client or every client refuses. */
export const refusedFlag: fc.Arbitrary<string[]> = fc.oneof(
  {
    weight: 3,
    arbitrary: pick(
      '--bogus',
      '--bogus=x',
      '-y',
      '-ity',
      '-yv',
      '--volumes',
      '--vol',
      '-V',
      '--=x',
      '---x',
      '-é',
      '-i=',
      '-i-',
      '--v',
      '--VOLUME',
      '--é',
      '-iv=',
    ).map((word) => [word]),
  },
  {
    weight: 2,
    arbitrary: pick(
      '--rm=yes',
      '-i=maybe',
      '-it=no',
      '--read-only=yes',
      '--read-only=',
      '--help=x',
      '-P=',
      '--init=2',
      '-q=x',
      '--tty=',
    ).map((word) => [word]),
  },
  {
    weight: 2,
    arbitrary: pick(...Object.keys(refusedValues))
      .chain((key) => fc.tuple(fc.constant(`--${key}`), pick(...refusedValues[key]!)))
      .map((words) => [...words]),
  },
  {
    weight: 1,
    arbitrary: pick(
      '-cx',
      '-itm 64x',
      '-e =',
      '-l=',
      '-c=x',
      '-m=',
      '--annotation a=b',
      '-q',
      '--quiet',
      '--health-start-interval 5s',
    ).map(split),
  },
  {
    weight: 1,
    arbitrary: pick(
      '--cpu-count 1',
      '--io-maxiops 5',
      '--io-maxbandwidth 1k',
      '--cpu-percent x',
      '--detach-keys a',
      '--sig-proxy',
    ).map(split),
  },
  { weight: 1, arbitrary: oddText.filter((text) => !text.includes('\n')).map((text) => [`-${text}`]) },
);

/** Flags whose value is missing when they are the last word. */
export const danglingFlag: fc.Arbitrary<string[]> = pick(
  '-v',
  '--volume',
  '--mount',
  '--tmpfs',
  '-itv',
  '--name',
  '-e',
  '--volume-driver',
).map((word) => [word]);
