// What mountc calls exact makes the same mounts on a real engine; what it calls a change really is one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerCommand } from '../../src/dialects/docker/client/answer.js';
import type { CreateBody } from '../../src/dialects/docker/client/api.js';
import { type Dialect, makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { NEWEST, readVersion, showVersion } from '../../src/dialects/docker/tables/version.js';
import { convertSpec, FLAG_OF, type SpecConversion } from '../../src/forms/convert-spec.js';
import type { TargetForm } from '../../src/forms/loss.js';
import { type Daemon, wantedDaemons } from '../support/daemons.js';
import {
  callApi,
  createContainer,
  inspectContainer,
  outputOf,
  removeContainer,
  startContainer,
} from '../support/engine-api.js';
import { inLanes } from '../support/in-lanes.js';
import { SEED } from '../support/seed.js';
import { pointsOf, seenMounts } from './mounted.js';
import { type FlagSpec, flagSpec } from './spec-arbitrary.js';

const SPECS = Number(process.env['MOUNTC_EQUIVALENCE_SPECS'] ?? 240);
const STARTS = Math.ceil(SPECS / 15);

describe.each(await wantedDaemons())('docker engine $version', (wanted) => {
  if ('missing' in wanted) {
    test.skip(`makes the same of either form (${wanted.missing})`, () => {});
    return;
  }
  const daemon: Daemon = wanted;
  const dir = mkdtempSync(join(tmpdir(), 'mountc-same-'));
  const name = `mountc-same-${process.pid}`;
  const engine = readVersion(daemon.version)!;

  beforeAll(() => {
    for (const sub of ['sub', 'a,b']) mkdirSync(join(dir, sub));
    writeFileSync(join(dir, 'file'), '');
  });
  afterAll(async () => {
    for (const volume of [name, `${name}-2`]) await callApi(daemon, 'DELETE', `/volumes/${volume}?force=1`);
    rmSync(dir, { recursive: true, force: true });
  });

  const bodyOf = (form: TargetForm, text: string, dialect: Dialect): CreateBody => {
    const answer = answerCommand(['create', FLAG_OF[form], text, 'busybox:local'], { dialect, cwd: dir });
    if (!answer.ok) throw new Error(`${FLAG_OF[form]} ${text}: ${JSON.stringify(answer)}`);
    return answer.create;
  };

  /** What a create call comes to: the engine's message, or what is mounted; as the container itself sees it when started. */
  async function effectOf(body: CreateBody, isStarted: boolean): Promise<unknown> {
    const cmd = ['cat', '/proc/self/mountinfo'];
    const made = await createContainer(daemon, body, { cmd, tty: true });
    if ('message' in made)
      return { refused: made.message.replace(/^invalid volume specification: '.*?': /, '') };
    try {
      const info = await inspectContainer(daemon, made.id);
      const points = pointsOf(info);
      if (!isStarted) return points;
      const failed = await startContainer(daemon, made.id);
      if (failed !== undefined) return { points, failed: /(?:invalid|mount).*/.exec(failed)?.[0] ?? failed };
      return { points, seen: seenMounts(await outputOf(daemon, made.id), points) };
    } finally {
      await removeContainer(daemon, made.id);
    }
  }

  async function compareAll(dialect: Dialect): Promise<{ exact: number; changed: number }> {
    const specs = fc.sample(flagSpec, { numRuns: SPECS, seed: SEED });
    const differences: unknown[] = [];
    const count = { exact: 0, changed: 0 };
    let started = 0;
    await inLanes(specs.map(fill), 3, async (spec) => {
      for (const target of ['mount', 'volume', 'tmpfs'] as const) {
        if (target === spec.form) continue;
        const converted = convertSpec(spec.form, spec.text, target, { dialects: [dialect] });
        // A change of nothing but the source that is missing: here it is there.
        const isExact = converted.exact || isOnly(converted, 'createSource');
        if (converted.text === undefined || !isExact) continue;
        const isTmpfs = spec.form === 'tmpfs' || target === 'tmpfs';
        const isStarted = started < STARTS * (isTmpfs ? 2 : 1);
        if (isStarted) started++;
        count[converted.exact ? 'exact' : 'changed']++;
        const from = await effectOf(bodyOf(spec.form, spec.text, dialect), isStarted);
        const to = await effectOf(bodyOf(target, converted.text, dialect), isStarted);
        if (JSON.stringify(from) !== JSON.stringify(to))
          differences.push({ from: spec, to: { target, text: converted.text }, was: from, is: to });
      }
    });
    expect(differences.slice(0, 10), `${differences.length} differences (seed ${SEED})`).toEqual([]);
    return count;
  }

  const fill = ({ form, text }: FlagSpec): FlagSpec => ({
    form,
    text: text.replaceAll('%d', dir).replaceAll('%n', name),
  });

  test.each([...new Set([engine, NEWEST])].map((client) => [showVersion(client), client] as const))(
    'makes the same of what is exact, with client %s',
    async (_shown, client) => {
      const count = await compareAll(makeDialect({ client, engine }));
      expect(count.exact).toBeGreaterThan(SPECS / 5);
    },
    300_000,
  );

  describe('what is called a change is one', () => {
    // A client without bind-create-src.
    const dialect = makeDialect({ client: readVersion('28.2.2'), engine });
    const convert = (
      form: TargetForm,
      text: string,
      target: TargetForm,
    ): SpecConversion & { text: string } => {
      const result = convertSpec(form, text, target, { dialects: [dialect] });
      return { ...result, text: result.text! };
    };

    test.each([
      ['volume', 'mount'],
      ['mount', 'volume'],
    ] as const)('createSource, from %s', async (form, target) => {
      const missing = join(dir, `missing-${form}`);
      const text = form === 'volume' ? `${missing}:/x` : `type=bind,src=${missing},dst=/x`;
      const converted = convert(form, text, target);
      expect(isOnly(converted, 'createSource')).toBe(true);
      const refused = {
        refused: `invalid mount config for type "bind": bind source path does not exist: ${missing}`,
      };
      const effects = {
        [form]: await effectOf(bodyOf(form, text, dialect), false),
        [target]: await effectOf(bodyOf(target, converted.text, dialect), false),
      };
      expect(effects['mount']).toEqual(refused);
      expect(effects['volume']).toMatchObject([{ type: 'bind', source: missing }]);
    });

    test.each([
      ['volume', 'mount'],
      ['mount', 'volume'],
    ] as const)('anonymous, from %s', async (form, target) => {
      const text = form === 'volume' ? '/x' : 'type=volume,dst=/x';
      const converted = convert(form, text, target);
      expect(isOnly(converted, 'anonymous')).toBe(true);
      expect(await committed(bodyOf(form, text, dialect))).toEqual(form === 'volume' ? ['/x'] : []);
      expect(await committed(bodyOf(target, converted.text, dialect))).toEqual(
        target === 'volume' ? ['/x'] : [],
      );
    });

    /** The VOLUMEs of an image that is made of a container. */
    async function committed(body: CreateBody): Promise<string[]> {
      const made = await createContainer(daemon, body);
      if ('message' in made) throw new Error(made.message);
      const image = (await callApi(daemon, 'POST', `/commit?container=${made.id}`, {})).body as {
        Id: string;
      };
      await removeContainer(daemon, made.id);
      const { Config } = (await callApi(daemon, 'GET', `/images/${image.Id}/json`)).body as {
        Config: { Volumes: Record<string, unknown> | null };
      };
      await callApi(daemon, 'DELETE', `/images/${image.Id}?force=1`);
      return Object.keys(Config.Volumes ?? {});
    }
  });
});

const isOnly = ({ losses, text }: SpecConversion, field: string): boolean =>
  text !== undefined &&
  losses.filter(({ kind }) => kind !== 'none-here').every((loss) => loss.field === field) &&
  losses.some((loss) => loss.field === field);
