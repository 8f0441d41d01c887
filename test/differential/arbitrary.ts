// Whole `docker create` and `docker run` command lines: valid, invalid and odd, about half of them accepted.
import fc from 'fast-check';
import { danglingFlag, harmlessFlag, refusedFlag, spellFlag } from './flag-arbitrary.js';
import { anyMount, goodMount } from './mount-arbitrary.js';
import { oddText } from './text-arbitrary.js';
import { anyTmpfs, anyVolume, anyVolumesFrom, goodVolume } from './volume-arbitrary.js';

/** docker's arguments, without `docker`; no word holds a NUL, which no argv can. */
export type CommandLine = readonly string[];

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

// `run` detached: attached, it would ask whether the test's stdin is a terminal.
const subcommand = fc.oneof(
  { weight: 6, arbitrary: pick(['create'], ['container', 'create']) },
  {
    weight: 3,
    arbitrary: pick(['run', '-d'], ['container', 'run', '-d'], ['run', '--detach'], ['run', '-d=true']),
  },
);
const globals = fc.oneof(
  { weight: 14, arbitrary: fc.constant<string[]>([]) },
  {
    weight: 1,
    arbitrary: pick(
      ['--log-level', 'error'],
      ['-lerror'],
      ['-l=fatal'],
      ['--config', '/nonexistent'],
      ['-v'],
      ['--tls=false'],
      ['--'],
    ),
  },
);

const goodImage = pick(
  'img',
  'img:tag',
  'busybox',
  'a/b/c:1.2',
  'a.b:5000/c',
  `img@sha256:${'a'.repeat(64)}`,
  'f'.repeat(64),
  'localhost/x_y',
);
const oddImage = fc.oneof(
  pick(
    '',
    'IMG',
    'foo/Bar',
    'a:b:c',
    '/a',
    '/a:/b',
    '-',
    './x',
    'a b',
    '$X',
    'img:',
    'img@sha256:x',
    `img@sha256:${'a'.repeat(63)}`,
    'A/b',
    '[::1]:1/x',
  ),
  pick(
    'x'.repeat(260),
    'a..b',
    'a__b',
    'a_',
    'a.b/C',
    'LOCALHOST/x',
    `img:${'t'.repeat(129)}`,
    'img:-x',
    'http://x/y',
    'é',
    'img#1',
    'A:5000/x',
    'a___b',
  ),
  oddText,
);
const command = pick<string[]>([], [], ['sh'], ['ls', '-v', '/x:/y'], ['--mount', 'x'], ['--'], ['-it']);

const goodMountFlag = fc.oneof(
  { weight: 5, arbitrary: goodVolume.chain((value) => spellFlag('volume', 'v', value)) },
  { weight: 5, arbitrary: goodMount.chain((value) => spellFlag('mount', undefined, value)) },
  { weight: 2, arbitrary: anyTmpfs.chain((value) => spellFlag('tmpfs', undefined, value)) },
  { weight: 1, arbitrary: anyVolumesFrom.chain((value) => spellFlag('volumes-from', undefined, value)) },
  {
    weight: 1,
    arbitrary: pick('d', '', 'local', 'e').chain((value) => spellFlag('volume-driver', undefined, value)),
  },
);
const oddMountFlag = fc.oneof(
  { weight: 8, arbitrary: anyVolume.chain((value) => spellFlag('volume', 'v', value)) },
  { weight: 20, arbitrary: anyMount.chain((value) => spellFlag('mount', undefined, value)) },
  { weight: 1, arbitrary: pick(['--use-api-socket'], ['--use-api-socket=0'], ['--use-api-socket=x']) },
);

const parts = {
  globals,
  subcommand,
  good: fc.array(goodMountFlag, { maxLength: 4 }),
  harmless: fc.array(harmlessFlag, { maxLength: 2 }),
  image: goodImage,
  command,
};
type Parts = { [K in keyof typeof parts]: (typeof parts)[K] extends fc.Arbitrary<infer T> ? T : never };

const assemble = (part: Parts, odd: readonly string[][], at: number): string[] => {
  const flags = [...part.good, ...part.harmless];
  flags.splice(at % (flags.length + 1), 0, ...odd);
  return [...part.globals, ...part.subcommand, ...flags.flat(), part.image, ...part.command];
};

const goodCommand = fc
  .tuple(fc.record(parts), fc.nat())
  .chain(([part, at]) =>
    fc
      .shuffledSubarray([...part.good, ...part.harmless])
      .map((flags) => assemble({ ...part, good: [], harmless: [] }, flags, at)),
  );
const oddMountCommand = fc
  .tuple(fc.record(parts), fc.array(oddMountFlag, { minLength: 1, maxLength: 2 }), fc.nat())
  .map(([part, odd, at]) => assemble(part, odd, at));
const oddFlagCommand = fc
  .tuple(fc.record(parts), refusedFlag, fc.nat())
  .map(([part, odd, at]) => assemble(part, [odd], at));
const oddImageCommand = fc
  .tuple(fc.record(parts), oddImage)
  .map(([part, image]) => assemble({ ...part, image }, [], 0));
// Without an image, with a flag that lacks its value, or with `--` and single dashes in the wrong places.
const brokenCommand = fc
  .tuple(
    fc.record(parts),
    fc.option(oddMountFlag, { nil: [] }),
    fc.option(danglingFlag, { nil: [] }),
    pick([], ['--'], ['-'], ['--', '-v', 'x'], ['--help'], ['--', '--help']),
  )
  .map(([part, odd, dangling, tail]) => [
    ...part.globals,
    ...part.subcommand,
    ...part.good.flat(),
    ...odd,
    ...dangling,
    ...tail,
  ]);

/** A command whose outcome hangs on its mount flags alone. */
export const mountCommand: fc.Arbitrary<CommandLine> = fc.oneof(
  { weight: 3, arbitrary: goodCommand },
  { weight: 6, arbitrary: oddMountCommand },
);

/** A command with something odd around the mounts. */
export const oddCommand: fc.Arbitrary<CommandLine> = fc.oneof(
  { weight: 3, arbitrary: oddFlagCommand },
  { weight: 2, arbitrary: oddImageCommand },
  { weight: 2, arbitrary: brokenCommand },
);
