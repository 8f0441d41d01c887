// What real clients said to the hand-made cases, for machines that have none of them. MOUNTC_RECORD=1 asks those of this machine
// again and writes it down anew; what a client says in random order, or mountc is excused from, is left out.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startClientPool } from '../support/ask-client.js';
import { type Client, WANTED, wantedClients } from '../support/clients.js';
import { readClientAnswer, writeAnswer } from './answer.js';
import { askMountc } from './ask-mountc.js';
import { oddCommandLines } from './odd-cases.js';

const FILE = new URL('../../fixtures/clients/answers.jsonl', import.meta.url);

/** A command line, and each answer with the clients that gave it. */
type Recorded = readonly [args: readonly string[], answers: Readonly<Record<string, readonly string[]>>];

// The builds that were asked are Debian's but for 28.2.2: go-units 0.4 in the older two.
const goUnitsOf = (version: string): Client['goUnits'] => (/^2[06]\./.test(version) ? '0.4' : '0.5');

const readRecorded = () =>
  readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recorded);

describe.skipIf(process.env['MOUNTC_RECORD'])('real clients said the same', () => {
  test.each(WANTED)('docker client %s', (version) => {
    const client = { version, goUnits: goUnitsOf(version) };
    let count = 0;
    for (const [args, answers] of readRecorded()) {
      const said = Object.keys(answers).find((answer) => answers[answer]!.includes(version));
      if (said === undefined) continue;
      count++;
      expect(writeAnswer(askMountc(client, args, '/')), JSON.stringify(args)).toBe(said);
    }
    expect(count).toBeGreaterThan(500);
  });
});

test.runIf(process.env['MOUNTC_RECORD'])('records what the clients say', { timeout: 1_200_000 }, async () => {
  const all = new Map<string, Record<string, string[]>>(
    oddCommandLines().map((args) => [JSON.stringify(args), {}]),
  );
  const pool = await startClientPool();
  for (const client of wantedClients()) {
    if ('missing' in client) throw new Error(client.missing);
    const record = async (line: string) => {
      const args = JSON.parse(line) as string[];
      const answer = writeAnswer(readClientAnswer(await pool.ask(client, args, { cwd: '/' })));
      if (writeAnswer(askMountc(client, args, '/')) !== answer) return;
      const answers = all.get(line)!;
      answers[answer] = [...(answers[answer] ?? []), client.version];
    };
    await Promise.all([...all.keys()].map(record));
  }
  await pool.stop();
  const lines = [...all]
    .filter(([, answers]) => Object.keys(answers).length > 0)
    .map(([args, answers]) => `[${args},${JSON.stringify(answers)}]\n`);
  writeFileSync(FILE, lines.join(''));
});
