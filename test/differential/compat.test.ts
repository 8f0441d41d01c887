// MOUNTC_REWRITE=compat against real clients: of a command that one takes and the other refuses or reads in another way, the
// other sends after the rewriting what the first one sends; or the command stays, and the reason is given.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateBody } from '../../src/dialects/docker/client/api.js';
import { judgeWhole } from '../../src/dialects/docker/engine/judge.js';
import { lowerParts } from '../../src/dialects/docker/lower-parts.js';
import { type Dialect, makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { sameMount } from '../../src/mount/equal.js';
import { compatArgs, rewrittenArgs } from '../../src/shim/rewrite.js';
import { type ClientPool, startClientPool } from '../support/ask-client.js';
import { type Client, wantedClients } from '../support/clients.js';
import { SEED } from '../support/seed.js';
import { readClientAnswer, writeAnswer } from './answer.js';
import { askMountc } from './ask-mountc.js';
import { anyMount, goodMount } from './mount-arbitrary.js';
import { anyVolume, goodVolume } from './volume-arbitrary.js';

/** How many commands of each pair; the issue's proof was made with 1000. */
const CASES = Number(process.env['MOUNTC_COMPAT_CASES'] ?? 8);
const CWD = '/';

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
// What the releases differ in.
const source = pick(
  './x',
  '.',
  './a/b',
  '..',
  '../x',
  '.hidden',
  './x/../y',
  '/a',
  '/a,b',
  'data',
  '.x/y',
  './a b',
);
const mode = pick('', '', ':ro', ':ro,z', ':rslave', ':cached', ':nocopy');
const key = pick(
  'bind-nonrecursive',
  'bind-nonrecursive=true',
  'bind-nonrecursive=false',
  'bind-recursive=disabled',
  'bind-recursive=enabled',
  'bind-recursive=writable,ro',
  'bind-create-src',
  'bind-create-src=false',
  'readonly=T',
  'ro=True',
  'READONLY=1',
  'readonly=f',
  'bind-propagation=rslave',
  'consistency=cached',
);
const size = pick('64m', '64mi', '64ib', '1e3', '.5g', '1_000', '0x1p4k', '64 MiB', '1.5g', '+1k');
const flag = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(source, mode).map(([from, how]) => ['-v', `${from}:/t${how}`]) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(source, fc.uniqueArray(key, { maxLength: 2 }), pick('', '', '', ' ', '\n'), pick('', '', ' '))
      .map(([from, keys, before, behind]) => [
        '--mount',
        `${before}${['type=bind', from.includes(',') ? `"src=${from}"` : `src=${from}`, 'dst=/t', ...keys].join(',')}${behind}`,
      ]),
  },
  { weight: 2, arbitrary: size.map((text) => ['--mount', `type=tmpfs,dst=/t,tmpfs-size=${text}`]) },
  {
    weight: 1,
    arbitrary: pick(
      'type=volume,src=v1,dst=/t,volume-subpath=a',
      'type=image,src=img,dst=/t,image-subpath=a',
      'type=volume,src=v1,dst=/t,volume-label==x',
      'type=volume,src=,dst=/t',
      'type=volume,src=v1,dst=/t,volume-nocopy=T',
    ).map((text) => ['--mount', text]),
  },
  { weight: 1, arbitrary: fc.oneof(goodMount, anyMount).map((text) => ['--mount', text]) },
  { weight: 1, arbitrary: fc.oneof(goodVolume, anyVolume).map((text) => ['-v', text]) },
);
const command = flag.map((words) => ['create', ...words, 'img']);

const says = (client: Client, args: readonly string[]): string => writeAnswer(askMountc(client, args, CWD));
const dialectOf = ({ version, goUnits }: Client): Dialect =>
  makeDialect({ client: readVersion(version)!, packaging: { goUnits } });

describe.each(wantedClients(['20.10.24', '26.1.5', '28.2.2', '28.5.2', '29.7.2']))(
  'written for docker $version',
  (other) => {
    if ('missing' in other) {
      test.skip(`what the others take (${other.missing})`, () => {});
      return;
    }
    let pool: ClientPool;
    beforeAll(async () => {
      pool = await startClientPool();
    });
    afterAll(() => pool.stop());

    const firsts = wantedClients().filter(
      (client): client is Client => !('missing' in client) && client.path !== other.path,
    );
    test.each(firsts)(`$version takes it, seed ${SEED}`, { timeout: 900_000 }, async (first) => {
      const [mine, theirs] = [dialectOf(first), dialectOf(other)];
      // Only real clients decide; which commands are worth asking them is what mountc says.
      const asked = new Map<string, readonly string[]>();
      for (const args of fc.sample(command, { numRuns: CASES * 60, seed: SEED })) {
        if (asked.size === CASES) break;
        const said = says(first, args);
        if (said.startsWith('creates') && said !== says(other, args)) asked.set(args.join('\0'), args);
      }
      const tally = { same: 0, sent: 0, stays: 0, silent: [] as string[] };
      await Promise.all(
        [...asked.values()].map(async (args) => {
          const meant = await effect(first, args, mine);
          // What its engine refuses, the first one does not take.
          if (meant === undefined) tally.same++;
          else if (isSame(meant, await effect(other, args, theirs))) tally.same++;
          else {
            const { rewritten, conversions } = compatArgs(args, { dialect: theirs, cwd: CWD });
            const fresh = rewritten && rewrittenArgs(args, rewritten);
            if (fresh !== undefined && isSame(meant, await effect(other, fresh, theirs))) tally.sent++;
            else if (fresh === undefined && conversions.some(({ losses }) => losses.length > 0))
              tally.stays++;
            else tally.silent.push(`${JSON.stringify(args)} → ${JSON.stringify(fresh)}`);
          }
        }),
      );
      console.log(
        `docker ${first.version} → ${other.version}: ${tally.sent} sent as meant, ${tally.stays} stay with the reason, ` +
          `${tally.silent.length} neither, ${tally.same} are the same to both`,
      );
      expect(tally.silent).toEqual([]);
      expect(tally.same + tally.sent + tally.stays).toBe(asked.size);
    });

    /** What the create call does, mount by mount; undefined where the client or its engine refuses it. */
    async function effect(client: Client, args: readonly string[], dialect: Dialect) {
      const answer = readClientAnswer(await pool.ask(client, args, { cwd: '/', env: { PWD: '/' } }));
      if (answer.verdict !== 'create') return undefined;
      const body = answer.body as unknown as CreateBody;
      if (judgeWhole({ ...EMPTY, ...body }, dialect).create !== undefined) return undefined;
      return lowerParts(body, dialect);
    }
  },
);

const EMPTY: CreateBody = {
  Binds: null,
  Mounts: null,
  Tmpfs: null,
  Volumes: null,
  VolumeDriver: null,
  VolumesFrom: null,
};

function isSame(a: ReturnType<typeof lowerParts>, b: ReturnType<typeof lowerParts> | undefined): boolean {
  return (
    b !== undefined &&
    a.length === b.length &&
    a.every((one, i) => {
      const two = b[i]!;
      return one.ok && two.ok && sameMount(one.mount, two.mount);
    })
  );
}
