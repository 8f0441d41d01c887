// Texts that nobody wrote: bytes, tokens and lines of the fixtures, spliced. Nothing may be thrown, whatever is read; a fix leaves
// a text that is read as well as before, and a second one finds nothing to do. MOUNTC_FUZZ_SECONDS says for how long, FC_SEED
// where it begins: every case has a seed of its own, which is printed with one that fails; MOUNTC_FUZZ_ALL goes on behind it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromBytes } from '../../src/files/read-source.js';
import { FILE_KINDS, type FileKind } from '../../src/source/file-kinds.js';
import { Broken, checkArgs, checkFile, checkRun } from '../support/fuzz/checks.js';
import { SEED_CONFIGS, SEED_DOCUMENTS, seedArgs, seedCommands, seedFiles } from '../support/fuzz/corpus.js';
import { nestDeeply, randomScript, shrink, splice, spoilBytes } from '../support/fuzz/mutate.js';
import { Random } from '../support/fuzz/random.js';
import { SEED } from '../support/seed.js';
import { tempDir } from '../support/temp-dir.js';

const SECONDS = Number(process.env['MOUNTC_FUZZ_SECONDS'] ?? 12);
/** More processor time than this for each 10,000 characters is a hang: a check reads its text some twenty times. */
const SLOW = 5;

/** A part of the input that is shrunk when it fails, and the check of it. */
interface Case {
  readonly text: string;
  readonly about?: string;
  readonly check: (text: string) => Promise<unknown>;
}

/** Tries cases until its part of the time is up; with `MOUNTC_FUZZ_ALL` it collects all that fail, one of each message. */
async function fuzz(part: number, makeCase: (random: Random) => Case): Promise<void> {
  const failures = new Map<string, string>();
  const end = Date.now() + part * SECONDS * 1000;
  let seed = SEED;
  for (; Date.now() < end; seed++) {
    const { text, about = '', check } = makeCase(new Random(seed));
    const failure = await failureOf(check, text);
    if (failure === undefined || failures.has(kindOfFailure(failure))) continue;
    const isSame = async (other: string) => {
      const now = await failureOf(check, other);
      return now !== undefined && kindOfFailure(now) === kindOfFailure(failure);
    };
    const small = await shrink(text, isSame);
    const why = (await failureOf(check, small)) ?? failure;
    failures.set(kindOfFailure(failure), `FC_SEED=${seed} ${about} ${JSON.stringify(small)}\n${why}`);
    if (!process.env['MOUNTC_FUZZ_ALL']) break;
  }
  if (process.env['MOUNTC_FUZZ_SECONDS']) console.log(`${seed - SEED} cases from seed ${SEED}`);
  expect([...failures.values()].join('\n\n')).toBe('');
}

async function failureOf(
  check: (text: string) => Promise<unknown>,
  text: string,
): Promise<string | undefined> {
  const start = process.cpuUsage();
  try {
    await check(text);
  } catch (error) {
    if (error instanceof Broken) return error.message;
    return (error as Error).stack?.split('\n').slice(0, 6).join('\n') ?? String(error);
  }
  const { user, system } = process.cpuUsage(start);
  return user + system > SLOW * 1e6 * Math.max(1, text.length / 10_000) ? 'slow' : undefined;
}

/** The same failure of different texts: without what is cited of them. */
const kindOfFailure = (failure: string): string => failure.replace(/: ["[].*$/s, '').replace(/:\d+:\d+/g, '');

describe(`any input (${SECONDS} s, from seed ${SEED})`, { timeout: SECONDS * 1000 + 120_000 }, () => {
  const files = seedFiles();
  const texts = files.map(({ text }) => text);
  const kinds = Object.keys(FILE_KINDS) as FileKind[];
  const commands = seedCommands();

  it('scripts in files of every kind', () =>
    fuzz(0.25, (random) => {
      const { kind, text } = randomScript(random, commands);
      return { text, about: kind, check: (now) => checkFile(kind, now) };
    }));

  it('files of every kind', () =>
    fuzz(0.15, (random) => {
      const seed = random.pick(files);
      // Half of them among their own kind, so that the others' tokens are at home there.
      const own = files.filter(({ kind }) => kind === seed.kind).map(({ text }) => text);
      const kind = random.once(8) ? random.pick(kinds) : seed.kind;
      const text = splice(random, random.once(2) ? own : texts, seed.text);
      return { text, about: kind, check: (now) => checkFile(kind, now) };
    }));

  it('files in which something is inside itself', () =>
    fuzz(0.1, (random) => {
      const seed = random.once(3) ? randomScript(random, commands) : random.pick(files);
      const text = nestDeeply(random, seed.text);
      return { text, about: seed.kind, check: (now) => checkFile(seed.kind, now) };
    }));

  it('files in bytes', () => {
    const dir = tempDir();
    return fuzz(0.1, (random) => {
      const seed = random.pick(files);
      const kind = seed.kind;
      const bytes = spoilBytes(random, splice(random, texts, seed.text));
      const name = {
        shell: 'x.sh',
        yaml: 'x.yml',
        compose: 'compose.yaml',
        makefile: 'Makefile',
        markdown: 'x.md',
      } as Readonly<Record<string, string>>;
      const path = name[kind] ?? 'Dockerfile';
      const argv = random.pick([
        ['lint'],
        ['lint', '--fix=unsafe'],
        ['lint', '--diff'],
        ['lint', '--list'],
        ['convert', '--to', 'mount', '--write'],
      ]);
      return {
        // One character for each byte, for the search of a smaller one.
        text: bytes.toString('latin1'),
        about: `${argv.join(' ')} ${path}`,
        async check(now) {
          const content = Buffer.from(now, 'latin1');
          fromBytes(content, path, { isNamed: true });
          writeFileSync(join(dir, path), content);
          await checkRun([...argv, ...(argv[0] === 'lint' ? ['--no-config'] : []), path], { cwd: dir });
        },
      };
    });
  });

  it('commands', () =>
    fuzz(0.1, (random) => {
      const text = splice(random, commands);
      const argv = random.pick([
        ['lint', '--command'],
        ['lint', '--diff', '--fix=unsafe', '--command'],
        ['lint', '--list', '--command'],
        ...['mount', 'volume', 'tmpfs', 'api', 'compose', 'devcontainer'].map((to) => [
          'convert',
          '--to',
          to,
        ]),
        ['convert', '--format', 'json', '--to', 'mount'],
        ['explain'],
      ]);
      return { text, about: argv.join(' '), check: (now) => checkRun([...argv, now]) };
    }));

  it("docker's arguments", () => {
    const lists = seedArgs().map((args) => args.join('\n'));
    return fuzz(0.1, (random) => {
      const text = splice(random, lists);
      const isTerminal = random.once(2);
      const way = random.pick<readonly string[] | undefined>([
        undefined,
        undefined,
        ['lint'],
        ['convert', '--to', 'mount'],
        ['convert', '--to', 'compose'],
        ['explain'],
      ]);
      return {
        text,
        about: way?.join(' ') ?? 'the door',
        check: (now) => {
          const args = now.split('\n');
          return way === undefined
            ? checkArgs(args, isTerminal)
            : checkRun([...way, '--', 'docker', ...args]);
        },
      };
    });
  });

  it('configurations', () => {
    const dir = tempDir();
    return fuzz(0.1, (random) => {
      const text = splice(random, SEED_CONFIGS);
      const name = random.pick(['.mountc.yaml', '.mountc.json', '.mountc.jsonc', 'package.json']);
      return {
        text,
        about: name,
        async check(now) {
          writeFileSync(join(dir, 'x.sh'), '#!/bin/sh\ndocker run -v /:/b:rw x\n');
          writeFileSync(join(dir, name), now);
          await checkRun(['lint', '--config', name, 'x.sh'], { cwd: dir });
          await checkRun(['lint', '--config', name, '--print-config', 'x.sh'], { cwd: dir });
        },
      };
    });
  });

  it('documents', () =>
    fuzz(0.1, (random) => {
      const text = splice(random, SEED_DOCUMENTS);
      const argv = random.pick([
        ['inspect', '-'],
        ['inspect', '--to', 'api', '-'],
        ['inspect', '--expect', 'docker run -v /a:/b x', '-'],
        ...['compose', 'devcontainer', 'api'].flatMap((from) =>
          ['mount', 'volume', 'compose', 'api', 'devcontainer'].map((to) => [
            'convert',
            '--from',
            from,
            '--to',
            to,
          ]),
        ),
        ['convert', '--to', 'api', '--jsonl'],
        ['lint', '--stdin-filename', 'compose.yaml'],
      ]);
      return { text, about: argv.join(' '), check: (now) => checkRun(argv, { stdin: now }) };
    }));
});
