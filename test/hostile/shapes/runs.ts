import type { Shape } from './shape.js';

const REPORTS = [
  'compact',
  'json',
  'jsonl',
  'sarif',
  'gitlab',
  'rdjson',
  'github',
  'junit',
  'checkstyle',
  'diff',
];
const OF_FILES = [
  'lint FILE',
  'lint --fix=unsafe FILE',
  'lint --list FILE',
  'convert --to mount --diff FILE',
  'lint --list --format json FILE',
  'lint --add-disables FILE',
  'lint --comments FILE',
  'lint --check-paths FILE',
  ...['volume', 'tmpfs'].map((form) => `convert --to ${form} --diff FILE`),
  ...REPORTS.map((format) => `lint --format ${format} FILE`),
];

/** The command lines that shapes of a kind go through: the first of them unasked, all when asked for. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  api: [
    'convert --to mount --from api -f FILE',
    'inspect -f FILE',
    'convert --to compose --from api -f FILE',
    'convert --to quadlet --from api -f FILE',
    'convert --to podman-run --from api -f FILE',
    'inspect -f FILE --to mount',
    'inspect -f FILE --to api',
    'inspect -f FILE --format json',
  ],
  compose: [
    ...OF_FILES,
    'convert --to compose --diff FILE',
    'convert --to compose --short --diff FILE',
    'convert --to mount -f FILE',
    'convert --to api -f FILE',
    'convert --to quadlet -f FILE',
    'convert --to devcontainer -f FILE',
  ],
  devcontainer: [...OF_FILES, 'convert --to mount -f FILE', 'convert --to compose -f FILE'],
  command: [
    'lint --command WORDS',
    'explain WORDS',
    ...[
      'mount',
      'volume',
      'tmpfs',
      'api',
      'compose --service web',
      'devcontainer',
      'mount --format json',
    ].map((form) => `convert --to ${form} - < FILE`),
  ],
  jsonl: ['convert --to api --jsonl < FILE'],
  spec: ['explain -- WORDS', 'convert --to mount -- WORDS', 'convert --to compose -- WORDS'],
  words: [
    'lint -- WORDS',
    ...['mount', 'api', 'quadlet', 'podman-run', 'compose'].map((form) => `convert --to ${form} -- WORDS`),
  ],
};

/** What a shape goes through. */
export function runsOf(kind: string, { runs }: Shape): readonly string[] {
  return runs ?? RUNS[kind] ?? OF_FILES;
}
