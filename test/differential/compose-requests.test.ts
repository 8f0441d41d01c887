// Files of Compose, good and bad: what the real releases refuse, mountc's rules find; what they take, mountc does not say they refuse.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseCompose, readComposeVersion } from '../../src/dialects/compose/versions.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { lintText } from '../../src/lint/lint-text.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { wantedComposes } from '../support/compose.js';
import { type ComposeAnswer, type ComposeEngine, startComposeEngine } from '../support/compose-engine.js';
import { SEED } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';
import { composeFileArbitrary, type ProjectFiles } from './compose-file-arbitrary.js';

const FILES = Number(process.env['MOUNTC_COMPOSE_FILES'] ?? 60);

interface Seen {
  readonly text: string;
  readonly real: ComposeAnswer;
  readonly found: readonly Diagnostic[];
}

const isRefused = ({ real }: Seen) => real.exit !== 0;
/** What is said of Compose; of what the engine refuses, this engine knows nothing. */
const saysCompose = ({ message }: Diagnostic) => /\bCompose\b/.test(message);

/** Differences that are nobody's mistake. */
const KNOWN: readonly { readonly reason: string; readonly applies: (seen: Seen) => boolean }[] = [
  {
    reason: 'a variable that is not set is empty, or refused with `?`: mountc does not know which are set',
    applies: ({ real, text, found }) => real.exit !== 0 && found.length === 0 && /\$\{V|\$V/.test(text),
  },
  {
    reason: 'Compose 2.26 cannot pack the value of a secret with a mode into its archive',
    applies: ({ real }) => real.said.includes('archive/tar: write too long'),
  },
  {
    reason:
      'an entry that a later one on its target replaces is judged by all rules but those about the whole file',
    applies: ({ real, text, found }) => real.exit === 0 && found.some(saysCompose) && hasReplaced(text),
  },
  {
    reason: 'any word is a type before 2.35, and the engine refuses those that it does not know',
    applies: ({ real, found }) =>
      real.exit === 0 &&
      found.filter(saysCompose).every(({ message }) => /Compose or the engine/.test(message)),
  },
];

/** Whether two entries of a list of volumes have one target, as far as their text tells. */
function hasReplaced(text: string): boolean {
  const targets = [...text.matchAll(/target: ('[^']*')|'[^':]+:(\/[^:']*)/g)].map(
    ([, long, short]) => long?.slice(1, -1) ?? short,
  );
  return new Set(targets).size < targets.length;
}

describe.each(wantedComposes())(`docker compose $version (seed ${SEED})`, ({ path, version }) => {
  if (path === undefined) {
    test.skip('refuses the files that mountc says it does', () => {});
    return;
  }
  // Debian's builds say less than they are: see the table of versions.
  const compose = chooseCompose(readComposeVersion(version === '2.26.1' ? '2.26.1-4' : version)!);
  const home = sharedTempDir();
  let engine: ComposeEngine;
  beforeAll(async () => {
    engine = await startComposeEngine(path, home);
  });
  afterAll(() => engine.stop());

  test('refuses the files that mountc says it does', { timeout: 3_600_000 }, async () => {
    const folder = join(home, 'proj');
    const wrong: string[] = [];
    const counts = { refused: 0, taken: 0, known: 0 };
    for (const files of fc.sample(composeFileArbitrary, { numRuns: FILES, seed: SEED })) {
      const seen = await look(files, folder);
      counts[isRefused(seen) ? 'refused' : 'taken']++;
      const agrees = isRefused(seen) ? seen.found.length > 0 : !seen.found.some(saysCompose);
      if (agrees) continue;
      if (KNOWN.some(({ applies }) => applies(seen))) counts.known++;
      else
        wrong.push(
          `${seen.text}--- Compose: ${seen.real.said}\n--- mountc: ${seen.found.map(({ message }) => message).join('\n')}`,
        );
    }
    expect(wrong.slice(0, 5), `${wrong.length} of ${FILES}: ${JSON.stringify(counts)}`).toEqual([]);
    expect(Math.min(counts.refused, counts.taken)).toBeGreaterThan(FILES / 5);
    expect(counts.known).toBeLessThan(FILES / 10);
  });

  async function look(files: ProjectFiles, folder: string): Promise<Seen> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const text = files['compose.yaml']!;
    const real = await engine.create(folder);
    const options = { dialect: makeDialect(), compose, rules: {} };
    const { diagnostics } = await lintText('compose', text, 'compose.yaml', options);
    return { text, real, found: diagnostics.filter(({ severity }) => severity === 'error') };
  }
});
