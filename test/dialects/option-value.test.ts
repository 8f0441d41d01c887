import { describe, expect, test } from 'vitest';
import {
  type FlagValues,
  type OptionRules,
  refuseAfterMounts,
  refuseBeforeMounts,
  refusePlatform,
  refusePull,
} from '../../src/dialects/docker/client/option-value.js';

const now: OptionRules = {
  checksPull: true,
  restartFrame: true,
  checksAlias: true,
  seccompBuiltin: true,
  cdiDevices: true,
  conflictWords: 'conflicting options: cannot specify both --restart and --rm',
};
const values = (line: string): FlagValues => {
  const map = new Map<string, string[]>();
  for (const word of line.split(' ').filter((text) => text !== '')) {
    const at = word.indexOf('=');
    const flag = word.slice(0, at);
    map.set(flag, [...(map.get(flag) ?? []), word.slice(at + 1)]);
  }
  return map;
};

describe('options that docker reads after all flags', () => {
  test.each([
    '',
    'pid=host uts=host userns=host cgroupns=private restart=on-failure:3 publish=80:80 expose=80/tcp',
    'device=/dev/null:/dev/x:rwm security-opt=seccomp=unconfined storage-opt=size=1 rm=true restart=no',
    'network=mine network-alias=a health-interval=5s health-retries=3 mac-address=02:42:ac:11:00:02',
  ])('nothing is wrong with %j', (line) => {
    expect(refusePull(values(line), now)).toBeUndefined();
    expect(refuseBeforeMounts(values(line), now)).toBeUndefined();
    expect(refuseAfterMounts(values(line), now)).toBeUndefined();
    expect(refusePlatform(values(line))).toBeUndefined();
  });

  test.each([
    ['pid=x', '--pid: invalid PID mode'],
    ['device=x', 'x is not an absolute path'],
    ['device=/a:/b:q', 'bad mode specified: q'],
    ['restart=on-failure:x', 'invalid restart policy format: maximum retry count must be an integer'],
    ['security-opt=x', 'Invalid --security-opt: "x"'],
    ['no-healthcheck=true health-cmd=x', '--no-healthcheck conflicts with --health-* options'],
    ['health-timeout=-1s', '--health-timeout cannot be negative'],
    ['rm=true restart=always', 'conflicting options: cannot specify both --restart and --rm'],
    ['network=', 'no name set for network'],
    ['network=mine network=name=mine', null],
    ['network=name=host network=mine', null],
    [
      'network=name=bridge network-alias=a',
      'network-scoped aliases are only supported for user-defined networks',
    ],
    ['userns=x cgroupns=x pid=x', '--pid: invalid PID mode'],
  ])('%s', (line, words) => {
    expect(refuseAfterMounts(values(line), now)).toBe(words);
  });

  test('the address and the swappiness come before the mounts', () => {
    expect(refuseBeforeMounts(values('mac-address=x memory-swappiness=101'), now)).toBe(
      'x is not a valid mac address',
    );
    expect(refuseBeforeMounts(values('memory-swappiness=101'), now)).toBe(
      'invalid value: 101. Valid memory swappiness range is 0-100',
    );
  });

  test('what depends on the packager stays open', () => {
    expect(refuseAfterMounts(values('publish=x'), now)).toBeNull();
    expect(refusePlatform(values('platform=a/b/c/d'))).toBeNull();
  });
});
