// Every rule's examples through every door: what a rule finds is found wherever the command stands, and no fast path in front of
// the rules hides it. A new rule is in here as soon as it is in the index.
import { describe, expect, it, vi } from 'vitest';
import { lintInput } from '../../src/cli/lint-command.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import type { KnownDocker } from '../../src/docker/known-docker.js';
import { lintText } from '../../src/lint/lint-text.js';
import { RULES } from '../../src/rules/index.js';
import { lintArgs } from '../../src/rules/lint-args.js';
import type { Rule } from '../../src/rules/rule.js';
import { carriesMount } from '../../src/shim/carries-mount.js';
import { checkCommand } from '../../src/shim/check-command.js';
import { isSurelySilent } from '../../src/shim/fast-path.js';
import type { FileKind } from '../../src/source/file-kinds.js';
import type { ExampleHost } from '../../src/source/host.js';
import { fileText } from '../../src/source/hosted-text.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { runMountc } from '../support/cli.js';
import { lintExample, type OpenExample, optionsFor } from '../support/lint-example.js';
import { readCommands } from '../support/read-commands.js';
import { HOSTS } from '../support/script-hosts.js';

/** The machine that an example describes; where it describes none, each path is a directory, which lets the fast path see most. */
const machine = vi.hoisted(() => ({
  isOn: false,
  host: undefined as ExampleHost | undefined,
  /** What /proc/self/mountinfo says. */
  mounts() {
    const { isInContainer = false, shared = [] } = this.host ?? {};
    const points = isInContainer ? [...shared, '/var/run/docker.sock'] : [];
    return points.map((path) => `1 1 0:1 ${path} ${path} rw - tmpfs tmpfs rw\n`).join('');
  },
}));
vi.mock('../../src/files/open-file.js', async (original) => {
  const real = await original<typeof import('../../src/files/open-file.js')>();
  const readTextFile: typeof real.readTextFile = (path, options) =>
    machine.isOn && path === '/proc/self/mountinfo'
      ? { text: machine.mounts() }
      : real.readTextFile(path, options);
  return { ...real, readTextFile };
});
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const state = (path: string) => {
    if (machine.host === undefined) return 'directory';
    const { paths = {}, beside = [] } = machine.host;
    return beside.includes(path.replace(/^\/project\//, '')) ? 'directory' : (paths[path] ?? 'missing');
  };
  const fake = {
    statSync(path: string, options?: { readonly throwIfNoEntry?: boolean }) {
      if (!machine.isOn || path.startsWith('/proc/')) return real.statSync(path, options);
      const what = state(path);
      if (what !== 'missing')
        return { isDirectory: () => what === 'directory', isFile: () => what === 'file' };
      if (options?.throwIfNoEntry === false) return undefined;
      throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    },
    existsSync: (path: string) =>
      machine.isOn && path === '/.dockerenv' ? machine.host?.isInContainer === true : real.existsSync(path),
    realpathSync: (path: string) => (machine.isOn ? path : real.realpathSync(path)),
    readFileSync: (path: string, ...rest: [never]) =>
      machine.isOn && path === '/proc/self/mountinfo' ? machine.mounts() : real.readFileSync(path, ...rest),
  };
  return { ...real, ...fake, default: { ...real, ...fake } };
});
// What docker does is not looked at here.
vi.mock('../../src/docker/run.js', async (original) => ({
  ...(await original<typeof import('../../src/docker/run.js')>()),
  runDocker: async () => ({ exit: 0 }),
  endLike: () => 0,
}));
vi.mock('../../src/docker/find.js', async (original) => ({
  ...(await original<typeof import('../../src/docker/find.js')>()),
  findDocker: ({ env }: { readonly env: Readonly<Record<string, string>> }) => ({
    path: env['MOUNTC_DOCKER'],
    kind: { script: true, otherEngine: false },
  }),
  viaFor: () => ({}),
}));

const open = (example: Rule['valid'][number]): OpenExample =>
  typeof example === 'string' ? { command: example } : example;
const has = (rule: Rule, found: readonly Diagnostic[]) => found.some((one) => one.rule === rule.name);

/** The words of an example that is one command of docker's in which everything is known. */
function docker(command: string): readonly string[] | undefined {
  const sources = readCommands(fileText(command));
  const [source] = sources;
  if (source === undefined || sources.length > 1 || source.engine !== 'docker') return undefined;
  return source.words.some(({ holes }) => holes.length > 0)
    ? undefined
    : source.words.slice(1).map(({ value }) => value);
}

/** Kinds of files in which a shell script is what it is alone. */
const KINDS = [
  'shell',
  'github',
  'gitlab',
  'circleci',
  'azure',
  'woodpecker',
  'package-json',
  'dockerfile',
] as const;
/** Those that read some things before the shell does, or have another shell. */
const OTHERS = ['makefile', 'markdown', 'taskfile', 'powershell', 'batch', 'systemd'] as const;
/** Characters that mean something to one of those; what bash alone does. */
const ODD = /[$`~%^\\'"\n;&|(){}<>#!*?[]|[^ -~]/;
const BASH_ALONE = /=~/;
const RUNS_SH: ReadonlySet<FileKind> = new Set(['package-json', 'dockerfile']);

describe.each(RULES.map((rule) => [rule.name, rule] as const))('%s', (_name, rule) => {
  const examples = [...rule.valid, ...rule.invalid].map(open).filter(({ file }) => file === undefined);

  it('is the same in lint --command and in a file of every kind', async () => {
    for (const example of examples) {
      const { command } = example;
      const isFound = has(rule, await lintExample(example, rule));
      const { rules, ...options } = optionsFor(example, rule);
      const { diagnostics, input } = await lintInput(command, options, rules);
      expect([has(rule, diagnostics), 'lint --command', command]).toEqual([
        isFound,
        'lint --command',
        command,
      ]);
      // A file's commands are read for their mounts.
      if (rule.name === 'docker-refuses' && input.views.every(({ sites }) => sites.length === 0)) continue;
      const isPlain = !ODD.test(command) && rule.name !== 'docker-refuses';
      for (const kind of isPlain && isFound ? [...KINDS, ...OTHERS] : KINDS) {
        if (RUNS_SH.has(kind) && BASH_ALONE.test(command)) continue;
        const linted = await lintText(kind, HOSTS[kind](command), undefined, { ...options, rules });
        expect([has(rule, linted.diagnostics), kind, command]).toEqual([isFound, kind, command]);
      }
    }
  });

  it('is not hidden by what the launcher and mountc docker ask first', async () => {
    for (const example of examples) {
      const args = docker(example.command);
      // There is one docker behind the shim.
      if (args === undefined || args.length === 0 || example.host?.isMsys || example.since) continue;
      for (const isTerminal of [true, false]) await throughTheShim(rule, example, args, isTerminal);
    }
  });
});

async function throughTheShim(
  rule: Rule,
  example: OpenExample,
  args: readonly string[],
  isTerminal: boolean,
): Promise<void> {
  const { host, engineOs } = example;
  const path = host?.isSnap ? '/snap/bin/docker' : '/usr/bin/docker';
  const env = {
    HOME: host?.home ?? '/nonexistent',
    DOCKER_HOST: host?.remote ?? '',
    MOUNTC_DOCKER: path,
    NO_COLOR: '1',
  };
  const settings = { mode: 'block', rules: {}, problems: [] } as const;
  const client = readVersion(example.docker ?? '29.7.2')!;
  const known: KnownDocker = {
    engineName: 'docker',
    client,
    engine: example.engine === undefined ? client : readVersion(example.engine),
    engineOs: engineOs ?? 'linux',
    asked: 0,
  };
  const input = {
    args,
    cwd: '/project',
    settings,
    env,
    host: { env, docker: path },
  };
  machine.host = host;
  machine.isOn = true;
  try {
    const full = await checkCommand({
      ...input,
      // A docker that may be asked has its folder looked at.
      host: { ...input.host, cwd: host?.beside && '/project' },
      known,
      learn: async () => known,
      stderr: { isTerminal, color: false },
    });
    const isSilent =
      !carriesMount(args) ||
      isSurelySilent(args, { env, docker: path, settings, isTerminal, known: () => known });
    const what = `${isTerminal ? 'on a terminal' : 'in a pipe'}: docker ${JSON.stringify(args)}`;
    if (isSilent) expect([full.refuse, full.text.shown, what]).toEqual([false, '', what]);
    // The same without knowing the docker, through the whole of the door.
    const unknown = await checkCommand({ ...input, stderr: { isTerminal, color: false } });
    const door = await runMountc(['docker', ...args], { cwd: '/project', env, isTerminal });
    expect([door.stderr, what]).toEqual([unknown.text.shown, what]);
    // What the rule says of these very words on this machine is said to the person.
    if (isTerminal && isTold(rule, example, args))
      expect([full.text.shown !== '', what]).toEqual([true, what]);
  } finally {
    machine.isOn = false;
  }
}

function isTold(rule: Rule, example: OpenExample, args: readonly string[]): boolean {
  const { rules, ...options } = optionsFor(example, rule);
  // The shim looks at what makes containers.
  if (rule.isOptional || !carriesMount(args)) return false;
  const { diagnostics } = lintArgs(args, { ...options, settings: rules });
  // What docker refuses for a reason that is not about mounts it says best itself.
  if (diagnostics.some((one) => one.rule === 'docker-refuses')) return false;
  return diagnostics.some((one) => one.rule === rule.name && one.severity !== 'info' && one.help !== '');
}
