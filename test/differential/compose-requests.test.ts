// Files of Compose, good and bad: what the real releases refuse, mountc's rules find; what they take, mountc does not say they refuse,
// and the mounts that they ask the engine for are those that mountc says a service has.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseCompose, readComposeVersion } from '../../src/dialects/compose/versions.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { composeFilesOf } from '../../src/files/compose-files.js';
import { cleanPath } from '../../src/go/path.js';
import { lintText } from '../../src/lint/lint-text.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { wantedComposes } from '../support/compose.js';
import { type ComposeAnswer, type ComposeEngine, startComposeEngine } from '../support/compose-engine.js';
import { SEED } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';
import { type BodyDifference, compareBodies } from './compose-bodies.js';
import { composeFileArbitrary, type ProjectFiles } from './compose-file-arbitrary.js';

const FILES = Number(process.env['MOUNTC_COMPOSE_FILES'] ?? 30);

interface Seen {
  readonly text: string;
  readonly real: ComposeAnswer;
  readonly found: readonly Diagnostic[];
  /** Of a file that Compose takes. */
  readonly mounts: readonly BodyDifference[];
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
    reason:
      'labels of a volume that two files give: lists of both may have one twice, and 2.26 refuses empty ones',
    applies: ({ real, found }) => found.length === 0 && /^validating .*\.labels /.test(real.said),
  },
  {
    reason: 'a label of a later file over a list of an earlier one becomes a text, whatever it is',
    applies: ({ real, text, found }) =>
      real.exit === 0 &&
      text.includes('---\n') &&
      found.filter(saysCompose).every(({ message }) => /^volumes\.\w+\.labels\./.test(message)),
  },
  {
    reason:
      'a file that another one extends, and that has a name of its own, is taken for a whole one: it may leave nothing empty',
    applies: ({ real, text, found }) =>
      real.exit === 0 &&
      text.includes('extends:') &&
      found.filter(saysCompose).every(({ message }) => message.includes('not nothing')),
  },
  {
    reason: 'what stands under `x-` is checked as if a service took it over',
    applies: ({ real, text, found }) =>
      real.exit === 0 &&
      // Of one file alone, since ranges are those of each.
      !text.includes('---\n') &&
      found.filter(saysCompose).every(({ range }) => range.start < text.indexOf('services:')),
  },
  {
    reason: 'older loaders take an empty list of the file below for nothing, and refuse that in the end',
    applies: ({ real, text, found }) =>
      found.length === 0 && /^validating .*override.* must be a list$/.test(real.said) && /: \[\]/.test(text),
  },
  {
    reason: 'nothing in a later file is left out over a value, and refused where there is none below it',
    applies: ({ real, text, found }) =>
      found.length === 0 && /^validating .*override.* must be /.test(real.said) && /: null\b/.test(text),
  },
  {
    reason: 'whether an external volume is there, only the engine knows',
    applies: ({ real, found }) => found.length === 0 && /^external volume "[^"]*" not found$/.test(real.said),
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
    reason: 'an empty target is passed on, and the engine refuses it',
    applies: ({ real, text, found }) =>
      real.exit === 0 &&
      text.includes('target: ""') &&
      found.filter(saysCompose).every(({ message }) => message.startsWith('no target')),
  },
  {
    reason: 'any word is a type before 2.35, and the engine refuses those that it does not know',
    applies: ({ real, found }) =>
      real.exit === 0 &&
      found.filter(saysCompose).every(({ message }) => /Compose or the engine/.test(message)),
  },
];

/** The same of the mounts that it asks the engine for. */
const KNOWN_BODIES: readonly {
  readonly reason: string;
  readonly applies: (seen: Seen, what: string) => boolean;
}[] = [
  {
    reason:
      'until 2.35 two entries whose targets are spelt differently are both sent, and the engine gets one of them',
    applies: ({ text }) => hasReplaced(text),
  },
  {
    reason: 'two volumes of one name are made twice, and which of them counts is up to the engine',
    applies: ({ real }) => {
      const names = real.volumes.map((volume) => volume['Name']);
      return new Set(names).size < names.length;
    },
  },
];

/** Whether two entries of a list of volumes have one target, as far as their text tells. */
function hasReplaced(text: string): boolean {
  const targets = [...text.matchAll(/target: ('[^']*')|'[^':]+:(\/[^:']*)/g)].map(([, long, short]) =>
    cleanPath(long?.slice(1, -1) ?? short ?? ''),
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

  test('refuses the files that mountc says it does, and sends the mounts that it says', {
    timeout: 3_600_000,
  }, async () => {
    const folder = join(home, 'proj');
    const wrong: string[] = [];
    const counts = { refused: 0, taken: 0, known: 0, same: 0, said: 0 };
    for (const files of fc.sample(composeFileArbitrary, { numRuns: FILES, seed: SEED })) {
      const seen = await look(files, folder);
      counts[isRefused(seen) ? 'refused' : 'taken']++;
      for (const { kind, what, ours } of seen.mounts) {
        if (kind === 'silent' && !KNOWN_BODIES.some(({ applies }) => applies(seen, what)))
          wrong.push(`${seen.text}--- ${what}\n${ours.join('\n')}`);
        if (kind !== 'silent') counts[kind]++;
      }
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
    // What differs with a word is mostly the container that another service's volumes come from.
    expect(counts.same).toBeGreaterThan(counts.said * 4);
  });

  async function look(files: ProjectFiles, folder: string): Promise<Seen> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const text = Object.values(files).join('---\n');
    const real = await engine.create(folder);
    const options = { dialect: makeDialect(), compose, rules: {} };
    const linted = await Promise.all(
      Object.entries(files).map(async ([name, one]) => {
        const composeFiles = await composeFilesOf(join(folder, name), one, folder);
        return lintText('compose', one, name, { ...options, composeFiles });
      }),
    );
    const diagnostics = linted.flatMap((one) => one.diagnostics);
    const mounts = real.exit === 0 ? await compareBodies(files, folder, home, real, compose) : [];
    return { text, real, mounts, found: diagnostics.filter(({ severity }) => severity === 'error') };
  }
});
