import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { VERSION_RANGE } from '../dialects/docker/tables/version.js';
import { type Examination, examineDocker } from '../docker/examine.js';
import { dialectInputOf } from '../docker/known-docker.js';
import { makePaint } from '../report/paint.js';
import { readSettings, userConfigPath } from '../shim/settings.js';
import { exact, join, json, show } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import { type Command, wantsColor } from './io.js';
import { readFlags, UsageError } from './usage.js';

const HELP = `Show which docker mountc runs and why, what it and its engine are, and what is wrong.

Usage: mountc doctor [OPTIONS]

Options:
  --format text|json   for people (the default), or for programs
  --color WHEN         auto (default), always or never
  -h, --help           this text

Exit codes: 0 all is well, 2 usage, 3 something is wrong.

Examples:
  mountc doctor
  DOCKER_HOST=ssh://build@server mountc doctor
`;

const FLAGS = { '--format': String, '--color': String, '--help': Boolean, '-h': '--help' } as const;

/** `mountc doctor`. */
export const run: Command = async (argv, io) => {
  const { flags, words } = readFlags(FLAGS, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(HELP));
    return EXIT.ok;
  }
  if (words.length > 0) throw new UsageError(`doctor takes no words: \`${words[0]}\``);
  const format = flags['--format'] ?? 'text';
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--format takes text or json, not \`${format}\``);
  const self = process.argv[1];
  const seen = await examineDocker({ env: io.env, cwd: io.cwd, selves: self === undefined ? [] : [self] });
  const settings = readSettings(io.env);
  const troubles = [
    ...seen.troubles,
    ...settings.problems.map((what) => ({
      what,
      help: `see: mountc shim --help; the file is ${userConfigPath(io.env)}`,
    })),
  ];
  if (format === 'json') {
    const { docker, known, cachedAt, context, endpoint, traits } = seen;
    const body = {
      docker: docker?.path ?? null,
      why: docker?.why ?? null,
      client: known?.clientText ?? null,
      engine: known?.engineText ?? null,
      engineOs: known?.engineOs ?? null,
      context: context ?? null,
      endpoint: endpoint ?? null,
      traits,
      cachedAt: cachedAt === undefined ? null : new Date(cachedAt).toISOString(),
      mode: settings.mode,
      troubles,
    };
    await io.stdout.write(json(`${JSON.stringify(body, null, 2)}\n`));
  } else {
    const wrong = makePaint(wantsColor(io.stdout, io.env, flags['--color']))('bold', 'wrong:');
    await io.stdout.write(
      join([
        ...facts(seen, settings.mode).map(([name, value]) => show`${name.padEnd(9)} ${value}\n`),
        ...troubles.map(({ what, help }) => show`\n${wrong} ${what}\n       ${help}\n`),
      ]),
    );
  }
  return troubles.length > 0 ? EXIT.environment : EXIT.ok;
};

function facts(seen: Examination, mode: string): [string, string][] {
  const { docker, known, cachedAt, context, endpoint, traits } = seen;
  if (docker === undefined) return [['docker', 'none']];
  const where = [context && `context ${context}`, endpoint].filter((text) => text).join(', ');
  const engine =
    known?.engineText === undefined
      ? 'unknown'
      : [`${known.engineText}, ${known.engineOs ?? 'unknown system'}`, ...traits].join(', ');
  return [
    ['docker', `${docker.path} (${docker.why}${docker.kind.script ? '; a script' : ''})`],
    ['client', known?.clientText ?? 'unknown'],
    ['engine', engine],
    ['endpoint', where || 'unknown'],
    [
      'known',
      cachedAt === undefined ? 'not asked before' : `asked ${age(Date.now() - cachedAt)} ago; asked anew now`,
    ],
    ['checks', mode],
    ...(mode === 'block' ? [['refuses', refuses(seen)] satisfies [string, string]] : []),
  ];
}

/** What the shim refuses: nothing in the name of a docker that the tables do not know. */
function refuses({ docker, known }: Examination): string {
  if (docker?.kind.script) return 'nothing: a docker that is a script is not asked what it is';
  const { client, engine } = makeDialect(dialectInputOf(known)).standing;
  if (client !== 'charted') return `nothing: docker is ${WHERE[client]}`;
  return engine === 'charted'
    ? 'what docker and its engine surely refuse'
    : `what docker itself surely refuses: its engine is ${WHERE[engine]}`;
}

const WHERE = {
  newer: `newer than what mountc knows (${VERSION_RANGE})`,
  older: `older than what mountc knows (${VERSION_RANGE})`,
  unknown: 'not known',
} as const;

function age(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
