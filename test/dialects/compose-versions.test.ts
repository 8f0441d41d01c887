import { describe, expect, test } from 'vitest';
import { findBadVariable } from '../../src/dialects/compose/variables.js';
import {
  COMPOSE_RANGE,
  type ComposeFact,
  chooseCompose,
  everyCompose,
  hasFact,
  isNewerCompose,
  orStack,
  readComposeVersion,
} from '../../src/dialects/compose/versions.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { resolvePlain } from '../../src/go/yaml-scalar.js';
import { lintText } from '../../src/lint/lint-text.js';

const choice = (text: string) => chooseCompose(readComposeVersion(text)!);

test('a version is read as people and Compose write it', () => {
  expect(readComposeVersion('v2.40.3')).toEqual({ version: 2_040_003 });
  expect(readComposeVersion('2.40')).toEqual({ version: 2_040_999 });
  expect(readComposeVersion('2')).toEqual({ version: 2_040_999 });
  expect(readComposeVersion('5')).toEqual({ version: 5_005_000 });
  expect(readComposeVersion('2.40.3-3')).toEqual({ version: 2_040_003 });
  // Debian's is a hybrid.
  expect(readComposeVersion('2.26.1-4')).toEqual({ version: 2_026_001, loader: 2_033_000 });
  expect(readComposeVersion('compose')).toBeUndefined();
  expect(COMPOSE_RANGE).toBe('2.26 to 5.5');
  expect(['5.5.9', '5.6', '6', '2.41'].map((text) => isNewerCompose(readComposeVersion(text)!))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('the break points are rows', () => {
  const rows: readonly (readonly [ComposeFact, string, string])[] = [
    ['recursive', '2.29.7', '2.30.0'],
    ['checksType', '2.34.0', '2.35.0'],
    ['npipe', '2.35.1', '2.36.0'],
    ['refusesDoubleMounts', '2.35.1', '2.36.0'],
    ['namedInBinds', '2.35.0', '2.35.1'],
    ['apiSocket', '2.37.1', '2.37.2'],
    ['createsByDefault', '5.0.1', '5.0.2'],
    ['includeOverrides', '2.40.3', '5.0.0'],
    ['negativeSize', '5.1.3', '5.1.4'],
    ['preStart', '5.2.0', '5.3.0'],
  ];
  for (const [fact, before, from] of rows) {
    expect(hasFact(choice(before), fact), `${fact} ${before}`).toBe(false);
    expect(hasFact(choice(from), fact), `${fact} ${from}`).toBe(true);
    expect(hasFact(everyCompose(), fact), fact).toBeUndefined();
  }
  expect(hasFact(everyCompose(), 'readsCompose')).toBe(true);
  expect(hasFact(orStack(everyCompose()), 'readsCompose')).toBeUndefined();
  // The hybrid has the newer loader and sends what 2.26 sends.
  expect(hasFact(choice('2.26.1-4'), 'recursive')).toBe(true);
  expect(hasFact(choice('2.26.1-4'), 'secretBindOptions')).toBe(false);
});

test.each([
  ['yes', 'string', 'yes'],
  ['n', 'string', 'n'],
  ['True', 'boolean', 'true'],
  ['~', 'null', ''],
  ['017', 'integer', '15'],
  ['0o17', 'integer', '15'],
  ['08', 'float', '8'],
  ['0b111', 'integer', '7'],
  ['0x1F', 'integer', '31'],
  ['1_000', 'integer', '1000'],
  ['+1', 'integer', '1'],
  ['-0', 'integer', '0'],
  ['.5', 'float', '0.5'],
  ['1e3', 'float', '1000'],
  ['1e21', 'float', '1e+21'],
  ['12e-7', 'float', '1.2e-06'],
  ['1.10', 'float', '1.1'],
  ['18446744073709551616', 'float', '1.8446744073709552e+19'],
  ['1:30', 'string', '1:30'],
  ['2001-01-01', 'time', '2001-01-01'],
  ['0x', 'string', '0x'],
  ['1.2.3', 'string', '1.2.3'],
  ['-b\n-', 'string', '-b\n-'],
  ['7\n8', 'string', '7\n8'],
])('Go takes %s for a %s', (written, type, text) => {
  expect(resolvePlain(written)).toEqual({ type, text });
});

test.each([
  ['${V}', undefined],
  ['$V $1 $( $$ ${V:-a}', undefined],
  ['${V:-${W:-x}}', undefined],
  ['${V:?}${W}', undefined],
  ['${V.W}', '${V.W}'],
  ['a${1x}b', '${1x}'],
  ['${V:-a}${W!}', '${W!}'],
  ['${V', '${V'],
  ['${V:-${x.y}}', undefined],
  ['$${x.y}', undefined],
  ['${V:-{}}', undefined],
  ['${V:-{"a": {}}}', undefined],
  ['${V:-{}}${W:-{}}', undefined],
  ['${V:-${W}', '${V:-${W}'],
  ['${V:-${}}', '${V:-${}'],
])('of %s Compose cannot read %s', (text, bad) => {
  expect(findBadVariable(text)?.text).toBe(bad);
});

describe('a file is judged by the Compose that is chosen', () => {
  const find = async (text: string, version?: string) => {
    const compose = version === undefined ? undefined : choice(version);
    const linted = await lintText('compose', text, 'compose.yaml', {
      dialect: makeDialect(),
      compose,
      rules: {},
    });
    return linted.diagnostics.filter(({ rule }) => /^compose-(?:refuses|unknown-key)$/.test(rule));
  };
  const file = (volume: string) => `services:\n  a:\n    image: b\n    volumes: [${volume}]\n`;

  test.each([
    ['{type: bind, source: /a, target: /b, bind: {recursive: enabled}}', '2.26', '2.30'],
    ['{type: tmpfs, target: /b, tmpfs: {size: "-1"}}', '5.1.3', '5.1.4'],
    ['{type: image, source: a, target: /b, image: {subpath: c}}', '2.34', '2.35'],
    ['{type: bind, source: /a, target: /b}, {type: bind, source: /c, target: /b/}', '2.40', '2.35'],
  ])('%s', async (volume, refusing, taking) => {
    expect(await find(file(volume), refusing)).toMatchObject([{ severity: 'error' }]);
    expect(await find(file(volume), taking)).toEqual([]);
    expect(await find(file(volume))).toEqual([]);
  });

  test('one that is newer than the tables may take it', async () => {
    const [one] = await find(file('{type: bind, source: /a, target: /b, bind: {news: x}}'), '6.0');
    expect(one?.severity).toBe('warning');
  });
});
