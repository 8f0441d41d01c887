import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ConvertedMount, convertMounts, type MountForm } from '../../src/index.js';
import { type InputForm, type PartsInput, partsInput } from '../support/parts-arbitrary.js';
import { SEED, withSeed } from '../support/seed.js';

const FORMS = Object.keys({
  volume: 0,
  mount: 0,
  tmpfs: 0,
  api: 0,
  compose: 0,
  'compose-short': 0,
  devcontainer: 0,
} satisfies Record<MountForm, 0>) as MountForm[];

/** In what form the output of a conversion is read. */
const READ_AS: Record<MountForm, InputForm> = {
  volume: 'command',
  mount: 'command',
  tmpfs: 'command',
  api: 'api',
  compose: 'compose',
  'compose-short': 'compose',
  devcontainer: 'devcontainer',
};

const asInput = (text: string, form: MountForm): string =>
  READ_AS[form] === 'command' ? `docker run ${text.replaceAll('\n', ' ')} img` : text;

async function convert(text: string, from: InputForm, to: MountForm) {
  const answer = await convertMounts(text, to, {
    from,
    path: 'compose.yaml',
    cwd: '/w',
    docker: '29.3',
    assume: 'bind',
  });
  if ('problem' in answer) throw new Error(`${from} → ${to}: ${answer.problem}\n${text}`);
  return answer;
}

/** The names in a text, each once. */
const namesIn = (text: string): ReadonlySet<string> => new Set(text.match(/q\d+q/g) ?? []);

const isNamed = ({ written, losses }: ConvertedMount): boolean => !written || losses.length > 0;

/** A difference without an effect is told too, and makes none here. */
const isChanged = ({ written, losses }: ConvertedMount): boolean =>
  !written || losses.some(({ kind }) => kind !== 'none-here');

describe(`no part of an input is lost without a message (seed ${SEED})`, () => {
  test('from every form to every form: what was written is written, or told', async () => {
    await fc.assert(
      fc.asyncProperty(partsInput, fc.constantFrom(...FORMS), async (input, to) => {
        const { text, conversions } = await convert(input.text, input.form, to);
        const say = `${input.form} → ${to}\n${input.text}\n${text}\n${JSON.stringify(conversions, null, 1)}`;
        expect(text, say).not.toMatch(/[\ud800-\udfff]/u);
        const written = namesIn(text);
        const told = namesIn(
          conversions
            .filter(isNamed)
            .map(({ from, losses }) => from + losses.map(({ why }) => why).join(' '))
            .join(' '),
        );
        for (const name of keptNames(input))
          expect(written.has(name) || told.has(tellerOf(name, input)), `${name} of ${say}`).toBe(true);
      }),
      withSeed(400),
    );
  });

  test('there and back: each mount is the same, or its change is named; read-only always', async () => {
    const compared = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(partsInput, fc.constantFrom(...FORMS), async (input, to) => {
        const there = await convert(input.text, input.form, to);
        const back = HOME[input.form];
        const again = await convert(asInput(there.text, to), READ_AS[to], back);
        // What a conversion into its own form makes of the input is the measure.
        const measure = await convert(input.text, input.form, back);
        const [wanted, between, found] = await Promise.all([
          flagsOf(measure, back),
          flagsOf(there, to),
          flagsOf(again, back),
        ]);
        const say = `${input.form} → ${to} → ${back}\n${input.text}\n${there.text}\n${again.text}\n${measure.text}`;
        const named = namesIn(
          [there, again, measure, wanted, found]
            .flatMap(({ conversions }) => conversions.filter(isChanged))
            .map(({ from }) => from)
            .join(' '),
        );
        for (const [target, readOnly] of input.readOnly) {
          const lines = linesWith(between.text, target);
          if (readOnly === true)
            for (const line of lines) expect(line, say).toMatch(/:ro\b|[,:]readonly|,ro\b/);
          if (readOnly === false)
            for (const line of lines) expect(line, say).not.toMatch(/:ro\b|,readonly|,ro\b/);
          if (named.has(target.slice(2))) continue;
          const key = `${input.form} → ${to}`;
          compared.set(key, (compared.get(key) ?? 0) + 1);
          expect(linesWith(found.text, target), say).toEqual(linesWith(wanted.text, target));
          expect(linesWith(found.text, target), say).toHaveLength(1);
        }
      }),
      withSeed(400),
    );
    const missing = Object.keys(HOME).flatMap((from) =>
      FORMS.map((to) => `${from} → ${to}`).filter((way) => !compared.has(way)),
    );
    expect(missing.length, missing.join()).toBeLessThan(4);
  });
});

/** The form that an input is written back to. */
const HOME: Record<InputForm, MountForm> = {
  command: 'mount',
  compose: 'compose',
  devcontainer: 'devcontainer',
  api: 'api',
};

/** Keys of volumes in a Compose file are for it alone. */
function keptNames({ form, text }: PartsInput): readonly string[] {
  const names = [...namesIn(text)];
  return form === 'compose' ? names.filter((name) => !text.includes(`k${name}`)) : names;
}

/** What a declaration says goes with the mount of the volume, which has its key. */
function tellerOf(name: string, { form, text }: PartsInput): string {
  if (form !== 'compose') return name;
  const { volumes = {} } = parse(text) as { volumes?: Record<string, object> };
  const own = Object.entries(volumes).find(([, volume]) => JSON.stringify(volume).includes(name));
  return own === undefined ? name : own[0].slice(1);
}

/** The lines that speak of a target, without the words of expansions. */
const linesWith = (text: string, target: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.includes(target))
    .map((line) => line.replace(/(\$\{\w+)[^}]*\}/g, '$1}'));

/** What was written, as flags: they stand on a line each. */
const flagsOf = ({ text }: { readonly text: string }, form: MountForm) =>
  convert(asInput(text, form), READ_AS[form], 'mount');
