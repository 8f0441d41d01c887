import { describe, expect, test } from 'vitest';
import type { ValueRules } from '../../src/dialects/docker/client/flag-check.js';
import { refuseFlagValue } from '../../src/dialects/docker/client/flag-value.js';

const now: ValueRules = {
  goUnits: '0.5',
  addHostEquals: true,
  dnsWords: 'not correctly formatted',
  sysctlWord: 'allowed',
};

describe('refuseFlagValue', () => {
  test.each([
    ['rm', 'T'],
    ['cpu-shares', '0x10'],
    ['pids-limit', '-1_000'],
    ['health-interval', '1h5m.5s'],
    ['memory-swap', '-1'],
    ['memory', '1.5g'],
    ['add-host', 'a:::1'],
    ['add-host', 'a=[::1]'],
    ['dns', '1.1.1.1'],
    ['ulimit', 'nofile=1:2'],
    ['env', 'A B=c'],
    ['name', 'anything at all'],
    ['no-such-flag', ''],
  ])('--%s %s is accepted', (flag, value) => {
    expect(refuseFlagValue(flag, value, now)).toBeUndefined();
  });

  test.each([
    ['rm', 'yes', 'strconv.ParseBool: parsing "yes": invalid syntax'],
    ['cpu-shares', '1.5', 'strconv.ParseInt: parsing "1.5": invalid syntax'],
    ['blkio-weight', '70000', 'strconv.ParseUint: parsing "70000": value out of range'],
    ['health-timeout', '1d', 'time: unknown unit "d" in duration "1d"'],
    ['health-timeout', '5', 'time: missing unit in duration "5"'],
    ['memory', '64mi', "invalid suffix: 'mi'"],
    ['cpus', 'x', 'failed to parse x as a rational number'],
    ['add-host', 'a:b=1.2.3.4', 'bad format for add-host: "a:b=1.2.3.4"'],
    ['dns', '01.2.3.4', 'IP address is not correctly formatted: 01.2.3.4'],
    ['label', 'a b=c', "label 'a b' contains whitespaces"],
    [
      'ulimit',
      'nofile=-1:5',
      'ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 5',
    ],
  ])('--%s %s is refused', (flag, value, words) => {
    expect(refuseFlagValue(flag, value, now)).toBe(words);
  });

  test('what depends on more than is known here stays open', () => {
    expect(refuseFlagValue('network', 'name=x,gw-priority=1', now)).toBeNull();
    expect(refuseFlagValue('cpus', '1/2', now)).toBeNull();
  });
});
