// The mark of a hole never leaves the program, and a character of the file never counts as one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { fillMarks, holeMark, isMarkAt, startsWithHole, wellFormed } from '../../src/text/hole-mark.js';
import { runMountc } from '../support/cli.js';
import { SEED, withSeed } from '../support/seed.js';

const root = mkdtempSync(join(tmpdir(), 'mountc-marks-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);

// Each kind of file has names of its own for what is not known.
const HOLES = {
  'a.sh': ['$X', '${X}', '$(pwd)', '${X:-./d}', '~', '$PWD'],
  'compose.yaml': ['$X', '${X}', '${X:-./d}', '~'],
  'devcontainer.json': ['${localEnv:X}', '${localWorkspaceFolder}', '${localEnv:X:d}'],
  Makefile: ['$(X)', '$(CURDIR)', '$$PWD', '`pwd`'],
  Dockerfile: ['$X', '${X}', '<stage>'],
  'a.md': ['<path>', '...', '$X', '${{ x.y }}'],
  'a.ps1': ['${PWD}', '$env:X', '$(Get-Location)'],
  '.github/workflows/a.yml': ['${{ x.y }}', '$X', '$(pwd)'],
} as const;

const KEYS = [
  'type',
  'source',
  'target',
  'readonly',
  'consistency',
  'bind-propagation',
  'bind-recursive',
  'volume-opt',
  'volume-nocopy',
  'tmpfs-size',
  'tmpfs-mode',
  'from',
  'uid',
  'sharing',
];

/** A spec in any form, with holes anywhere. */
function specOf(holes: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...holes) },
    {
      weight: 3,
      arbitrary: fc.constantFrom('/a', 'name', './a', 'bind', 'volume', 'tmpfs', 'ro', '1m', '/', 'C:/x'),
    },
    { weight: 1, arbitrary: fc.constantFrom('\u{1f600}', '\ue000', '\uf8ff', 'é', '.') },
  );
  const text = fc.array(piece, { minLength: 1, maxLength: 3 }).map((all) => all.join(''));
  const field = fc.tuple(fc.constantFrom(...KEYS), text).map(([key, value]) => `${key}=${value}`);
  return fc.oneof(
    fc.array(text, { minLength: 1, maxLength: 4 }).map((all) => all.join(':')),
    fc
      .array(fc.oneof({ weight: 6, arbitrary: field }, { weight: 1, arbitrary: text }), {
        minLength: 1,
        maxLength: 5,
      })
      .map((all) => all.join(',')),
  );
}

const COMPOSE_KEYS = [
  'type',
  'source',
  'target',
  'read_only',
  'consistency',
  'bind.propagation',
  'bind.recursive',
  'tmpfs.size',
  'volume.nocopy',
];

/** A file of that name with those specs in all the places that it has for them. */
const FILES: Readonly<Record<keyof typeof HOLES, (specs: readonly string[]) => string>> = {
  'a.sh': (specs) =>
    specs
      .map((one) => `docker run -v "${one}" --mount "${one}" --tmpfs "${one}" --volume-driver $X -e A=$X img`)
      .join('\n'),
  'compose.yaml': (specs) =>
    `services:\n  a:\n    image: b\n    volumes:\n${specs
      .map(
        (one) =>
          `      - ${JSON.stringify(one)}\n      - {${one
            .split(/[,:]/)
            .map(
              (part, at) =>
                `${COMPOSE_KEYS[at]!.replace('.', ': {')}: ${JSON.stringify(part.replace(/^[^=]*=/, ''))}${COMPOSE_KEYS[at]!.includes('.') ? '}' : ''}`,
            )
            .join(', ')}}\n`,
      )
      .join('')}    tmpfs:\n      - ${JSON.stringify(specs[0])}\n`,
  'devcontainer.json': (specs) =>
    JSON.stringify({
      image: 'x',
      workspaceMount: specs[0],
      mounts: specs.flatMap((one) => [one, { type: 'bind', source: one, target: one, readonly: one }]),
      runArgs: specs.flatMap((one) => ['-v', one, '--mount', one]),
    }),
  Makefile: (specs) => `a:\n${specs.map((one) => `\tdocker run -v ${one} --mount "${one}" img\n`).join('')}`,
  Dockerfile: (specs) => `FROM a\n${specs.map((one) => `RUN --mount=${one} make\nVOLUME ${one}\n`).join('')}`,
  'a.md': (specs) =>
    `# x\n\n\`\`\`sh\n${specs.map((one) => `docker run -v ${one} --mount ${one} img\n`).join('')}\`\`\`\n`,
  'a.ps1': (specs) => specs.map((one) => `docker run -v "${one}" --mount "${one}" img`).join('\n'),
  '.github/workflows/a.yml': (specs) =>
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    container:\n      image: x\n      volumes:\n${specs.map((one) => `        - ${JSON.stringify(one)}\n`).join('')}    steps:\n${specs.map((one) => `      - run: docker run -v "${one}" --mount "${one}" img\n`).join('')}`,
};

const RUNS: readonly (readonly string[])[] = [
  ['lint', '--format', 'json'],
  ['lint', '--list'],
  ['lint', '--diff', '--unsafe'],
  ['convert', '--to', 'mount', '--diff'],
  ['convert', '--to', 'volume', '--diff'],
  ['convert', '--to', 'compose'],
  ['convert', '--to', 'devcontainer', '--assume', 'bind'],
  ['convert', '--to', 'api'],
];

describe(`the mark of a hole (seed ${SEED})`, () => {
  test.each(Object.keys(HOLES) as (keyof typeof HOLES)[])('stays inside with %s', async (name) => {
    const file = join(root, name);
    mkdirSync(join(file, '..'), { recursive: true });
    await fc.assert(
      fc.asyncProperty(fc.array(specOf(HOLES[name]), { minLength: 1, maxLength: 3 }), async (specs) => {
        writeFileSync(file, FILES[name](specs));
        for (const argv of RUNS) {
          const { stdout, stderr } = await runMountc([...argv, file], { cwd: root });
          expect(stdout + stderr).toSatisfy(isWellFormed);
          expect(stdout + stderr).not.toContain('\ufffd');
          expect(stdout + stderr).not.toMatch(/\\ud[c-f]/i);
        }
      }),
      withSeed(25),
    );
  });

  test('is told from every character of a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const known = wellFormed(text);
        expect(known).toSatisfy(isWellFormed);
        expect(known).toHaveLength(text.length);
        expect(fillMarks(known, 'x')).toBe(known);
        expect(startsWithHole(known)).toBe(false);
        const marked = known + holeMark(0) + known;
        expect(isMarkAt(marked, known.length)).toBe(true);
        expect(fillMarks(marked, 'x')).toBe(`${known}x${known}`);
      }),
      withSeed(500),
    );
  });
});

describe('a character of private use, and half of a pair, are characters', () => {
  const findings = async (file: string, text: string) => {
    const path = join(root, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    const { stdout } = await runMountc(['lint', '--format', 'compact', path], { cwd: root });
    return stdout;
  };

  test('in a shell script', async () => {
    expect(await findings('b.sh', "docker run -v '\ue000data/x:/b' alpine\n")).toContain(
      'relative-source-without-dot',
    );
    expect(await findings('b.sh', "docker run -v $X'data/x:/b' alpine\n")).toBe('');
    expect(await findings('b.sh', 'docker run -v \u{1f600}/x:/b alpine\n')).toContain(
      'relative-source-without-dot',
    );
    expect(await findings('b.sh', "docker run -v $'\\ud800/x:/b' alpine\n")).toContain('`\ufffd/x`');
  });

  test('in JSON', async () => {
    const container = (mount: string) => `{"image": "x", "runArgs": ["-v", "${mount}"]}`;
    const name = '.devcontainer/devcontainer.json';
    expect(await findings(name, container('\\ud83d\\ude00/x:/b'))).toContain('relative-source-without-dot');
    expect(await findings(name, container('\\udc00/x:/b'))).toContain('relative-source-without-dot');
    expect(await findings(name, container('\\ud83d${localEnv:X}/x:/b'))).not.toContain('\ud83d\udc00');
  });

  test('in YAML', async () => {
    const compose = (mount: string) => `services:\n  a:\n    image: b\n    volumes:\n      - "${mount}"\n`;
    expect(await findings('compose.yaml', compose('\\udc00/x:/b'))).toContain('relative-source-without-dot');
    expect(await findings('compose.yaml', compose('\ue000/x:/b'))).toContain('relative-source-without-dot');
    expect(await findings('compose.yaml', compose('$X/x:/b'))).toBe('');
  });
});
