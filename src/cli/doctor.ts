import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { VERSION_RANGE } from '../dialects/docker/tables/version.js';
import { knownPodman, PODMAN_RANGE } from '../dialects/podman/versions.js';
import { type Examination, examineDocker, examinePodman } from '../docker/examine.js';
import { listDockers, VIA_VARIABLE } from '../docker/find.js';
import { dialectInputOf } from '../docker/known-docker.js';
import { makePaint } from '../report/paint.js';
import { examineLauncher } from '../shim/examine-launcher.js';
import { isLauncher } from '../shim/install.js';
import { readSettings, userConfigPath } from '../shim/settings.js';
import { settingsProblems } from '../shim/settings-problems.js';
import { exact, join, json, show } from '../text/shown.js';
import { EXIT } from './exit-codes.js';
import { type Command, wantsColor } from './io.js';
import { COLOR, HELP, type Options, optionsHelp } from './options.js';
import { oneOf, readFlags, UsageError } from './usage.js';

/** The options of `mountc doctor`. */
export const options = {
  '--engine': { value: 'NAME', help: 'docker (default) or podman', words: ['docker', 'podman'] },
  '--format': {
    value: 'text|json',
    help: 'text for people (default), or json for programs',
    words: ['text', 'json'],
  },
  ...COLOR,
  ...HELP,
} as const satisfies Options;

const DOCTOR_HELP = `Show which docker (or podman) mountc runs and why, its version, its engine, and any problems.

Usage: mountc doctor [OPTIONS]

Options:
${optionsHelp(options)}

Exit codes: 0 no problems, 2 usage, 3 problems found.

Examples:
  mountc doctor
  DOCKER_HOST=ssh://build@server mountc doctor
  mountc doctor --engine podman
`;

/** `mountc doctor`. */
export const run: Command = async (argv, io) => {
  const { flags, words } = readFlags(options, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(DOCTOR_HELP));
    return EXIT.ok;
  }
  if (words.length > 0) throw new UsageError(`doctor takes no arguments: \`${words[0]}\``);
  const format = oneOf('--format', flags['--format'], ['text', 'json'] as const) ?? 'text';
  const engine = oneOf('--engine', flags['--engine'], ['docker', 'podman'] as const) ?? 'docker';
  const self = process.argv[1];
  const where = { env: io.env, cwd: io.cwd, selves: self === undefined ? [] : [self] };
  const seen = await (engine === 'podman' ? examinePodman(where) : examineDocker(where));
  const settings = readSettings(io.env);
  const launchers = listDockers({ ...where, engine, env: { ...io.env, [VIA_VARIABLE]: '' } }).filter(
    ({ what, path }) => what === 'mountc' && isLauncher(path),
  );
  const troubles = [
    ...seen.troubles,
    ...launchers.flatMap(({ path }) => examineLauncher(path, io.env) ?? []),
    ...(await settingsProblems(settings, io.env)).map((what) => ({
      what,
      help: `see: mountc shim --help; the file is ${userConfigPath(io.env)}`,
    })),
  ];
  if (format === 'json') {
    const { docker, known, cachedAt, context, endpoint, traits } = seen;
    const podmanBody = {
      podman: docker?.path ?? null,
      why: docker?.why ?? null,
      version: seen.podman ?? null,
      traits,
      mode: settings.mode,
      troubles,
    };
    const dockerBody = {
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
    await io.stdout.write(
      json(`${JSON.stringify(engine === 'podman' ? podmanBody : dockerBody, null, 2)}\n`),
    );
  } else {
    const wrong = makePaint(wantsColor(io.stdout, io.env, flags['--color']))('bold', 'wrong:');
    await io.stdout.write(
      join([
        ...(engine === 'podman' ? podmanFacts : facts)(seen, settings.mode).map(
          ([name, value]) => show`${name.padEnd(9)} ${value}\n`,
        ),
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
      cachedAt === undefined
        ? 'not asked before'
        : `asked ${age(Date.now() - cachedAt)} ago; asked again now`,
    ],
    ['checks', mode],
    ...(mode === 'block' || mode === 'quiet' ? [['refuses', refuses(seen)] satisfies [string, string]] : []),
  ];
}

function podmanFacts({ docker, podman, traits }: Examination, mode: string): [string, string][] {
  if (docker === undefined) return [['podman', 'none']];
  const refuses = docker.kind.script
    ? 'nothing: a podman that is a script is not asked what it is'
    : podman === undefined || knownPodman(podman) === undefined
      ? `nothing: it is not a version that mountc knows (${PODMAN_RANGE})`
      : 'what this podman is sure to refuse';
  return [
    ['podman', `${docker.path} (${docker.why}${docker.kind.script ? '; a script' : ''})`],
    ['version', [podman ?? 'unknown', ...traits].join(', ')],
    ['checks', mode],
    ...(mode === 'block' || mode === 'quiet' ? [['refuses', refuses] satisfies [string, string]] : []),
  ];
}

/** What the shim refuses: nothing in the name of a docker that the tables do not know. */
function refuses({ docker, known }: Examination): string {
  if (docker?.kind.script) return 'nothing: a docker that is a script is not asked what it is';
  const { client, engine } = makeDialect(dialectInputOf(known)).standing;
  if (client !== 'charted') return `nothing: docker is ${WHERE[client]}`;
  return engine === 'charted'
    ? 'what docker and its engine are sure to refuse'
    : `what docker itself is sure to refuse: its engine is ${WHERE[engine]}`;
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
