// Whatever others write (names of files, mounts, configuration, environment, what docker answers) acts neither on the terminal
// nor on the CI that shows it. Every channel is walked; one that is new and forgets to take part in this fails here too.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import type { CliIo } from '../../src/cli/io.js';
import { makeProgress } from '../../src/cli/lint-progress.js';
import { COMMANDS } from '../../src/cli/main.js';
import { FORMAT_NAMES, type FormatName } from '../../src/report/index.js';
import { visible } from '../../src/text/display-width.js';
import type { Shown } from '../../src/text/shown.js';
import { type CliRun, type CliWorld, runMountc } from '../support/cli.js';
import { CAN_FAKE_DOCKER, writeDocker, writePodman } from '../support/fake-docker.js';
import { finding, renderReports, reportContext } from '../support/reports.js';
import { sharedTempDir, writeFiles, writeProgram } from '../support/temp-dir.js';

// A colour that mountc never uses.
const ESCAPES = '\u001b[7;33;45m\u001b]0;title\u0007\u001b[2J\u009b2J\u0085\u007f\b';
const UNSEEN = '\u202eright\u2066left\u200b\u200d\u2060\ufeff\u00ad\u2028\u2029\u{e0041}';
const COMMANDS_OF_CI = '##[error]x ##vso[task.setvariable variable=a]x ##teamcity[x]';
const LINES = '\r\n::error file=x,line=1::pwned\n ::add-mask::a\n\u001b[0Ksection_start:0:x\r\u001b[0Ky';

/** What may stand in a name of a file; texts otherwise have more. */
const NAMES = [`a${ESCAPES}${UNSEEN}`, `a${LINES}${COMMANDS_OF_CI}`, '::error::pwned'];
const TEXTS = [...NAMES, ` ::stop-commands::'a'b\n::error::c\ud800\udc00`];

const ACTS = /[\0-\x09\x0b-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u2060\u{e0041}]/u;

/** Fails where a text acts on whoever shows it. */
function expectHarmless(text: string, label: string): void {
  expect(ACTS.exec(text)?.[0].codePointAt(0)?.toString(16), `${label} acts on a terminal`).toBeUndefined();
  expect(/^\s*::.*/m.exec(text)?.[0], `${label} commands a CI`).toBeUndefined();
  expect(/##\w*\[.*/.exec(text)?.[0], `${label} commands a CI`).toBeUndefined();
}

const root = sharedTempDir();
let folders = 0;
function folder(files: Parameters<typeof writeFiles>[1] = {}): string {
  const dir = join(root, String(folders++));
  mkdirSync(dir);
  writeFiles(dir, files);
  return dir;
}

/** A cache that holds what somebody wrote for a refusal. */
const kept = (text: string) => ({ XDG_CACHE_HOME: folder({ 'mountc/last-refusal': text }) });

/** A docker that answers everything with these texts. */
function dockerSaying(stdout: string, stderr: string, exit = 1): string {
  const dir = folder({ 'out.txt': stdout, 'err.txt': stderr });
  writeProgram(
    join(dir, 'docker'),
    `#!/bin/sh\ncat '${dir}/out.txt'\ncat '${dir}/err.txt' >&2\nexit ${exit}\n`,
  );
  return `${dir}:/usr/bin:/bin`;
}

const versionSaying = (text: string) =>
  JSON.stringify({
    Client: { Version: `28.5.2${text}` },
    Server: { Version: `28.5.2${text}`, Os: text },
    Name: text,
    Endpoints: { docker: { Host: text } },
    SecurityOptions: [text],
    OperatingSystem: text,
  });

const containerSaying = (text: string) =>
  JSON.stringify([
    {
      Id: text,
      Name: text,
      Image: text,
      State: { Status: text, Error: text },
      Platform: 'linux',
      Config: { Image: text, Volumes: { [`/${text}`]: {} } },
      HostConfig: {
        Binds: [`/${text}:/b/${text}:${text}`],
        Mounts: [{ Type: 'tmpfs', Target: `/${text}`, TmpfsOptions: { SizeBytes: 1 } }],
        Tmpfs: { [`/t${text}`]: text },
        VolumesFrom: [text],
      },
      Mounts: [
        {
          Type: 'bind',
          Source: `/${text}`,
          Destination: `/b/${text}`,
          Mode: text,
          RW: true,
          Propagation: text,
        },
        { Type: 'volume', Name: text, Source: `/${text}`, Destination: `/${text}`, Driver: text, RW: true },
      ],
    },
  ]);

/** Files of many kinds that say it wherever something can be said. */
function filesSaying(text: string, name: string): Record<string, string> {
  const quoted = JSON.stringify(text);
  const bad = (spec: string) => `docker run -v '${spec.replaceAll("'", '')}' '${text.replaceAll("'", '')}'\n`;
  return {
    [`${name}.sh`]: `${bad(`/a:/b:${text}`)}${bad(text)}${bad(`${text}:b:ro:x`)}docker run --mount 'type=bind, src=/a,dst=/b' x\n# mountc-disable-next-line ${text}\n`,
    [`d/${name}/Dockerfile`]: `FROM x\nRUN --mount=type=${text},target=/x true\nRUN --mount=type=bind,${text}=x true\n`,
    [`c/${name}/compose.yaml`]: `services:\n  ${quoted}:\n    image: x\n    volumes:\n      - ${quoted}\n      - ${JSON.stringify(`/a:/b:${text}`)}\n      - {type: ${quoted}, target: ${quoted}, ${quoted}: 1}\nvolumes:\n  ${quoted}:\n`,
    [`v/${name}/.devcontainer/devcontainer.json`]: `{"mounts": [${quoted}, "type=bind,${quoted.slice(1, -1)}=x,target=/b"], "runArgs": ["-v", ${quoted}]}`,
    [`m/${name}.md`]: `\`\`\`sh\n${bad(`a/b:/c${text}`)}\`\`\`\n`,
    [`broken/${name}/compose.yaml`]: `services: {${text}`,
    [`p/${name}/package.json`]: JSON.stringify({ scripts: { [text]: bad(`/a:/b:${text}`) } }),
  };
}

/** Whose every entry is for nothing. */
const baselineSaying = (text: string) =>
  JSON.stringify({ version: 1, files: { [text]: [{ rule: text, text }], 'x.sh': [{ rule: text, text }] } });

const configSaying = (text: string) =>
  [
    { [text]: 1 },
    { rules: { [text]: 'off', 'broad-host-mount': text }, docker: text, failOn: text },
    { ignore: [text, `[${text}`], overrides: [{ files: text, engine: text, [text]: text }] },
    { commands: { [text]: text } },
  ].map((config) => JSON.stringify(config));

interface Run {
  readonly argv: readonly string[];
  readonly world?: CliWorld;
  /** What it prints is for programs, to the byte; on a terminal it is made harmless all the same. */
  readonly isProduct?: boolean;
}

/** How each sub-command is made to repeat what others wrote. */
const RUNS: Readonly<Record<string, (text: string, name: string) => readonly Run[]>> = {
  lint: (text, name) => {
    const cwd = folder(filesSaying(text, name));
    const command = `docker run -v '/a:/b:${text.replaceAll("'", '')}' img`;
    return [
      ...FORMAT_NAMES.filter((format) => format !== 'github').map((format) => ({
        argv: ['lint', '--format', format],
        world: { cwd },
        isProduct: format === 'diff',
      })),
      { argv: ['lint', '--format', `pretty:${cwd}/${name}/no`], world: { cwd } },
      ...['pretty', 'json', 'jsonl'].map((format) => ({
        argv: ['lint', '--list', '--format', format],
        world: { cwd },
      })),
      { argv: ['lint', '--diff'], world: { cwd }, isProduct: true },
      { argv: ['lint', '--fix=unsafe'], world: { cwd: folder(filesSaying(text, name)) } },
      { argv: ['lint', '--fix', '-'], world: { stdin: command }, isProduct: true },
      { argv: ['lint', '--command', command] },
      { argv: ['lint', '--', 'docker', 'run', '-v', text, '--mount', text, '--tmpfs', text, text] },
      { argv: ['lint', '--', 'docker', 'run', text, '-v', text, '-e', text] },
      { argv: ['lint', '--', 'docker', `--${text}`, 'run', '-v', ':/a', 'x'] },
      { argv: ['lint', text, `./${text}`, `${text}/*.sh`] },
      { argv: ['lint', '-', '--stdin-filename', `${text}.sh`], world: { stdin: command } },
      { argv: ['lint', '-', '--stdin-filename', `${text}.toml`], world: { stdin: command } },
      { argv: ['lint', '--print-config', text] },
      ...[baselineSaying(text), `{"${text}": 1}`, JSON.stringify({ [text]: 1 })].flatMap((baseline) => {
        const known = folder({ 'x.sh': command, [`${name}.json`]: baseline });
        const argv = ['lint', '--baseline', `${name}.json`];
        return [
          { argv, world: { cwd: known } },
          { argv: [...argv, '--write-baseline'], world: { cwd: known } },
        ];
      }),
      {
        argv: ['lint', '--docker', 'auto', '--command', command],
        world: { env: { PATH: dockerSaying(text, text) } },
      },
      ...configSaying(text).flatMap((config) => {
        const configured = folder({ 'x.sh': command, '.mountc.json': config, [`${name}.json`]: config });
        return [
          { argv: ['lint'], world: { cwd: configured } },
          { argv: ['lint', '--config', `${name}.json`], world: { cwd: configured } },
          { argv: ['lint', '--print-config'], world: { cwd: configured } },
        ];
      }),
    ];
  },
  convert: (text, name) => {
    const cwd = folder({
      ...filesSaying(text, name),
      'create.json': JSON.stringify({
        HostConfig: { Binds: [text], Mounts: [{ Type: text, Target: text }] },
      }),
      'inspect.json': containerSaying(text),
    });
    const to = (form: string) => ['convert', '--to', form];
    return [
      ...['mount', 'volume', 'tmpfs', 'api', 'compose', 'devcontainer'].flatMap((form) => [
        {
          argv: [...to(form), '--', 'run', '-v', text, '-v', `/${text}:/b`, '--tmpfs', `/t:${text}`, 'x'],
          isProduct: true,
        },
        { argv: [...to(form), '--format', 'json', '--', 'run', '-v', `/a:/${text}`, text] },
        {
          argv: [...to(form), '-f', `c/${name}/compose.yaml`],
          world: { cwd },
          isProduct: form !== 'compose',
        },
        {
          argv: [...to(form), '-f', `v/${name}/.devcontainer/devcontainer.json`],
          world: { cwd },
          isProduct: true,
        },
        { argv: [...to(form), '-f', 'create.json'], world: { cwd }, isProduct: true },
        { argv: [...to(form), '-f', 'inspect.json'], world: { cwd }, isProduct: true },
        { argv: [...to(form), '-f', `${name}.sh`], world: { cwd } },
        { argv: [...to(form), '-f', text], world: { cwd } },
      ]),
      { argv: [...to('compose'), '--service', text, '--', 'run', '-v', '/a:/b', text] },
      { argv: [...to('mount'), '--diff', '.'], world: { cwd }, isProduct: true },
      { argv: [...to('compose'), '--short', '--diff', '.', text], world: { cwd }, isProduct: true },
      { argv: [...to('mount'), '--diff', '--format', 'json', '.'], world: { cwd } },
      { argv: [...to('mount'), '--write', '.'], world: { cwd: folder(filesSaying(text, name)) } },
      {
        argv: [...to('api'), '--jsonl'],
        world: { stdin: `${JSON.stringify(['run', '-v', text, text])}\n${text}\n` },
      },
      { argv: [...to('mount'), text] },
      { argv: [...to('mount'), `docker run -v "${text}`] },
    ];
  },
  explain: (text) => [
    { argv: ['explain', text] },
    { argv: ['explain', `/a:/${text}`] },
    { argv: ['explain', `/a:/b:${text}`] },
    { argv: ['explain', '--mount', text] },
    { argv: ['explain', '--mount', `type=volume,src=${text},dst=/b,volume-driver=${text}`] },
    { argv: ['explain', '--tmpfs', `/a:${text}`] },
    { argv: ['explain', '--', 'docker', 'run', '-v', `/a:/${text}`, '-e', text, text] },
    { argv: ['explain', '--', 'docker', 'volume', 'create', '-o', `o=${text}`, '--label', text, text] },
    { argv: ['explain', '--cwd', text, './a:/b'] },
  ],
  inspect: (text, name) => [
    ...[[], ['--format', 'json'], ['--to', 'api'], ['--to', 'mount'], ['--expect', '-v /a:/b']].flatMap(
      (more) => [
        { argv: ['inspect', '-f', '-', ...more], world: { stdin: containerSaying(text) } },
        {
          argv: ['inspect', name, ...more],
          world: { env: { PATH: dockerSaying(containerSaying(text), '', 0) } },
        },
      ],
    ),
    { argv: ['inspect', text], world: { env: { PATH: dockerSaying('', `Error: ${text}\nmore: ${text}`) } } },
    { argv: ['inspect', text], world: { env: { PATH: '', MOUNTC_DOCKER: text } } },
    { argv: ['inspect', '-f', text] },
    { argv: ['inspect', '-f', '-', '--expect', `-v ${text}`], world: { stdin: containerSaying('x') } },
    {
      argv: ['inspect', '-f', '-', '--', 'docker', 'run', '-v', text, text],
      world: { stdin: containerSaying('x') },
    },
  ],
  why: (text, name) => [
    ...[[], ['--format', 'json']].flatMap((more) => [
      { argv: ['why', '-f', '-', ...more], world: { stdin: containerSaying(text) } },
      {
        argv: ['why', name, ...more],
        world: { env: { PATH: dockerSaying(containerSaying(text), '', 0) } },
      },
      { argv: ['why', name, `/${text}`, ...more], world: { stdin: containerSaying(text) } },
    ]),
    { argv: ['why', text], world: { env: { PATH: dockerSaying('', `Error: ${text}\nmore: ${text}`) } } },
    { argv: ['why', text], world: { env: { PATH: '', MOUNTC_DOCKER: text } } },
    { argv: ['why', '-f', text] },
    { argv: ['why', '--engine', text, 'x'] },
    { argv: ['why', 'x', `/${text}`, `/${text}`] },
  ],
  last: (text) => [
    { argv: ['last', text] },
    { argv: ['last', '--color', text] },
    { argv: ['last'], world: { env: kept(text) } },
  ],
  doctor: (text, name) => [
    ...[[], ['--format', 'json']].flatMap((more) => [
      { argv: ['doctor', ...more], world: { env: { PATH: dockerSaying(versionSaying(text), text, 0) } } },
      { argv: ['doctor', ...more], world: { env: { PATH: dockerSaying('', text) } } },
      {
        argv: ['doctor', ...more],
        world: { env: { PATH: dockerSaying('Docker version 28.5.2, build x', text) } },
      },
      {
        argv: ['doctor', ...more],
        world: {
          env: {
            PATH: '',
            MOUNTC_DOCKER: text,
            MOUNTC: text,
            MOUNTC_REWRITE: text,
            MOUNTC_DISABLE: text,
            DOCKER_HOST: text,
            DOCKER_CONTEXT: text,
            XDG_CONFIG_HOME: folder({
              'mountc/config.json': JSON.stringify({ shim: { mode: text, rewrite: text } }),
            }),
          },
        },
      },
      {
        argv: ['doctor', ...more],
        world: {
          env: { PATH: '', XDG_CONFIG_HOME: join(folder({ [`${name}/mountc/config.json`]: 'no' }), name) },
        },
      },
    ]),
  ],
  shim: (text, name) => {
    const home = folder();
    const dir = join(home, name);
    const env = { PATH: `${dir}:/usr/bin:/bin`, HOME: dir, SHELL: text };
    return [
      { argv: ['shim', text] },
      { argv: ['shim', 'install', text] },
      { argv: ['shim', 'install', '--dir', dir], world: { env } },
      { argv: ['shim', 'status'], world: { env } },
      { argv: ['shim', 'install', '--dir', `${dir}/docker/x`], world: { env } },
      { argv: ['shim', 'install'], world: { env: { ...env, PATH: '' } } },
      { argv: ['shim', 'uninstall'], world: { env } },
    ];
  },
  // Below, in a process of its own: it hands its streams to docker.
  docker: () => [],
  podman: () => [],
  completion: (text) => [{ argv: ['completion', text] }],
  lsp: (text) => [{ argv: ['lsp', text] }],
};

/** Colours, and the start of the line that says how far a slow run is. */
const OWN_SEQUENCES = /\u001b\[(?:0|1|2|31|32|1;3[1-6])m|\r\u001b\[K/g;

const nowhere = folder();

async function runHarmlessly({ argv, world: given, isProduct = false }: Run): Promise<CliRun> {
  const world = { cwd: nowhere, ...given };
  const label = JSON.stringify(argv);
  const piped = await runMountc(argv, world);
  expectHarmless(piped.stderr, `stderr of ${label}`);
  if (!isProduct) expectHarmless(piped.stdout, `stdout of ${label}`);
  if (!isProduct || /--fix(?!=)|--diff|convert/.test(argv.join(' '))) {
    const shown = await runMountc(argv, { ...world, isTerminal: true });
    expectHarmless(shown.stderr.replace(OWN_SEQUENCES, ''), `stderr of ${label} on a terminal`);
    expectHarmless(
      shown.stdout.replace(OWN_SEQUENCES, '').replace(/\t|\r(?=\n)/g, ''),
      `stdout of ${label} on a terminal`,
    );
  }
  return piped;
}

test('every sub-command is walked', () => {
  expect(Object.keys(RUNS).sort()).toEqual([...COMMANDS.keys()].sort());
});

describe.each(Object.keys(RUNS).filter((name) => name !== 'docker' && name !== 'podman'))('%s', (command) => {
  test.each(TEXTS)('repeats %j and does not do it', { timeout: 120_000 }, async (text) => {
    const name = NAMES.includes(text) ? text.trim().slice(0, 80) : 'name';
    for (const run of RUNS[command]!(text, name)) await runHarmlessly(run);
  });

  test('every option that takes a value, and every word', async () => {
    const options = Object.entries((await COMMANDS.get(command)!()).options ?? {});
    expect(options.length).toBeGreaterThan(0);
    const cwd = folder();
    for (const text of TEXTS) {
      for (const [long, { short }] of options) {
        for (const words of [
          [long, text],
          [`${long}=${text}`],
          [`${long}${text}`],
          ...(short ? [[short, text], [`${short}${text}`]] : []),
        ])
          await runHarmlessly({ argv: [command, ...words], world: { cwd } });
      }
      await runHarmlessly({ argv: [command, text, `-${text}`], world: { cwd } });
    }
  });
});

test.each(TEXTS)('mountc itself: %j', async (text) => {
  for (const argv of [
    [text],
    ['help', text],
    [`--${text}`],
    ['run', text],
    ['-v', text],
    [`docker ${text}`],
    ['lint', 'docker', 'run', text],
  ])
    await runHarmlessly({ argv });
});

test.each(TEXTS)('a broken output: %j', async (text) => {
  const cwd = folder({ 'x.sh': '' });
  await runHarmlessly({ argv: ['lint', '--format', `json:${text}/${text}`], world: { cwd } });
});

test.each(NAMES)('the line of progress: %j', (name) => {
  vi.useFakeTimers();
  try {
    let out = '';
    const write = ({ shown }: Shown) => {
      out += shown;
      return true;
    };
    const sink = { write, isTerminal: true, columns: 60 };
    const progress = makeProgress(2, { stderr: sink, env: {} } as unknown as CliIo, false);
    progress.step('x');
    vi.advanceTimersByTime(1000);
    progress.step(name);
    expect(out).toMatch(/^\r\u001b\[K2\/2 /);
    expectHarmless(out.replace('\r\u001b[K', ''), 'the line of progress');
  } finally {
    vi.useRealTimers();
  }
});

describe('mountc docker, mountc podman and the launcher', () => {
  const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const doors = [
    ['mountc docker', process.execPath, [path('bin/mountc.js'), 'docker']],
    ['mountc podman', process.execPath, [path('bin/mountc.js'), 'podman']],
    ['the launcher', path('bin/docker'), []],
  ] as const;
  test.skipIf(!CAN_FAKE_DOCKER).each(doors)('%s', { timeout: 120_000 }, (_name, program, before) => {
    for (const [index, text] of TEXTS.entries()) {
      // Neither a file nor an argument can hold a lone surrogate.
      if (/\p{Cs}/u.test(text)) continue;
      const dir = folder();
      // A colon would end the folder in PATH.
      const place = join(dir, NAMES[index]?.slice(0, 80).replaceAll(':', '') ?? 'x');
      // One that may be asked, so that it may be refused what it refuses.
      writeDocker(join(place, 'docker'), { client: '28.5.2', engine: '28.5.2', api: '1.51' });
      writePodman(join(place, 'podman'));
      const env = { PATH: `${place}:${process.env['PATH']}`, XDG_CACHE_HOME: dir, HOME: dir };
      const runs: (readonly [string[], Record<string, string>])[] = [
        [['run', '-v', `/a:/b:${text}`, 'x'], env],
        [['run', '-v', `:/b:${text}`, 'x'], env],
        [['run', '--mount', `type=bind,src=/a,${text}=/b`, 'x'], { ...env, MOUNTC: 'warn' }],
        [['run', '--mount', `type=bind, src=/a,dst=/${text}`, text], env],
        [['run', '-v', '/a:/b:q', '-e', text, '--name', text, text, text], env],
        [['run', text], { ...env, MOUNTC_DOCKER: text, MOUNTC_PODMAN: text }],
        [['run', text], { ...env, MOUNTC_DOCKER: `/${text}`, MOUNTC_PODMAN: `/${text}` }],
        [['compose', 'run', '-v', `:/b${text}`, 'x'], env],
      ];
      for (const [args, of] of runs) {
        const { stderr, stdout } = spawnSync(program, [...before, ...args], {
          env: of,
          encoding: 'utf8',
          cwd: dir,
        });
        expectHarmless(stdout + stderr, JSON.stringify(args));
      }
    }
  });
});

describe('formats for programs keep every character', () => {
  // What no file name holds, and no text that was read from a file.
  const texts = TEXTS.filter((text) => !/\p{Cs}/u.test(text));
  const render = (format: FormatName, text: string) =>
    renderReports(
      format,
      [
        {
          path: text,
          text: 'docker run',
          diagnostics: [finding({ range: { start: 0, end: 6 }, message: text, help: text })],
        },
      ],
      reportContext,
    );
  type Read = (out: string) => { path: string; message: string };
  const json =
    (at: (value: never) => { path: string; message: string }): Read =>
    (out) =>
      at(JSON.parse(out) as never);
  const fromXml = (text: string) =>
    text.replace(/&(?:#(\d+)|(\w+));/g, (_all, number?: string, name?: string) =>
      number === undefined
        ? { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name!]!
        : String.fromCodePoint(Number(number)),
    );
  const xml =
    (path: RegExp, message: RegExp): Read =>
    (out) => ({
      path: fromXml(path.exec(out)![1]!),
      message: fromXml(message.exec(out)![1]!),
    });
  // XML has no character for these, and GitHub no escape.
  const withoutXml = (text: string) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, visible);
  const forGithub = (text: string) =>
    text
      .split(/(\r|\n)/)
      .map((part, i) => (i % 2 ? part : shownAlone(part)))
      .join('');
  const shownAlone = (text: string) =>
    visible(text)
      .replace(/^(\s*):(?=:)/, '$1<U+003A>')
      .replace(/#(?=#\w*\[)/g, '<U+0023>');
  const READ: Readonly<
    Record<FormatName, readonly [read: Read, keep: (text: string) => string] | 'for people' | 'a patch'>
  > = {
    pretty: 'for people',
    compact: 'for people',
    stats: 'for people',
    diff: 'a patch',
    json: [json(([one]: [{ path: string; message: string }]) => one), (text) => text],
    jsonl: [json((one: { path: string; message: string }) => one), (text) => text],
    sarif: [
      json(
        (log: {
          runs: [
            {
              results: [
                {
                  message: { text: string };
                  locations: [{ physicalLocation: { artifactLocation: { uri: string } } }];
                },
              ];
            },
          ];
        }) => {
          const [{ message, locations }] = log.runs[0].results;
          return {
            path: decodeURIComponent(locations[0].physicalLocation.artifactLocation.uri),
            message: message.text.slice(0, (message.text.length - 2) / 2),
          };
        },
      ),
      (text) => text,
    ],
    gitlab: [
      json(([one]: [{ location: { path: string }; description: string }]) => ({
        path: one.location.path,
        message: one.description,
      })),
      (text) => text,
    ],
    rdjson: [
      json((log: { diagnostics: [{ message: string; location: { path: string } }] }) => {
        const [{ message, location }] = log.diagnostics;
        return { path: location.path, message: message.slice(0, (message.length - 2) / 2) };
      }),
      (text) => text,
    ],
    checkstyle: [
      (out) => {
        const { path, message } = xml(/<file name="([^"]*)"/, / message="([^"]*)"/)(out);
        return { path, message: message.slice(0, (message.length - 2) / 2) };
      },
      withoutXml,
    ],
    junit: [xml(/<testsuite name="([^"]*)"/, / message="([^"]*)"/), withoutXml],
    github: [
      (out) => {
        const [, path, data] = /^::error file=([^,:]*),[^:]*::(.*)\n$/.exec(out)!;
        const read = (text: string) => text.replace(/%(25|0D|0A|3A|2C)/g, (all) => decodeURIComponent(all));
        const both = read(data!).replace(/\nsee: [^\n]*$/, '');
        return { path: read(path!), message: both.slice(0, (both.length - 1) / 2) };
      },
      forGithub,
    ],
  };

  test.each(FORMAT_NAMES)('%s', (format) => {
    const read = READ[format];
    for (const text of texts) {
      const out = render(format, text);
      if (format === 'github') expectHarmless(out.replace(/^::error /, ''), format);
      else expectHarmless(out, format);
      if (typeof read === 'string') continue;
      const [parse, keep] = read;
      expect(parse(out)).toMatchObject({ path: keep(text), message: keep(text) });
    }
  });

  test('lone surrogates stay JSON', () => {
    for (const format of ['json', 'sarif', 'gitlab', 'rdjson'] as const)
      expect(() => JSON.parse(render(format, 'a\ud800b'))).not.toThrow();
  });
});

describe('there is one way out', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));
  const naming = (pattern: RegExp) =>
    sources
      .filter(({ text }) => pattern.test(text))
      .map(({ file }) => file)
      .sort();

  test('nothing but the sinks writes to a stream', () => {
    expect(naming(/process\.std(?:out|err)|process\[|console\./)).toEqual([
      // The protocol of an editor: JSON, whose sentences are made harmless where they are made.
      'cli/lsp.ts',
      'cli/process-io.ts',
    ]);
    // To files, or to nobody else: the sentence about output that is lost, and the launcher's speech.
    expect(naming(/\bwriteSync\(/).filter((file) => !file.startsWith('files/'))).toEqual([
      'cli/process-io.ts',
      'cli/start.ts',
      'shim/full-check.ts',
      // A word of ours, for the doctor.
      'shim/self-test.ts',
    ]);
  });

  test('nothing but shown.ts makes what the sinks take', () => {
    expect(naming(/\bas (?:unknown as )?Shown\b/)).toEqual(['text/shown.ts']);
  });

  test('what is written as it is, is ours or a format', () => {
    const constant = /\bexact\((?!HELP\)|[A-Z_]+_HELP\)|mainHelp\(|text: string\))/;
    expect(naming(constant)).toEqual([
      // Scripts, counts and pages, made of our own tables.
      'cli/completion.ts',
      'cli/convert-files.ts',
      'cli/explain.ts',
      'cli/main.ts',
      // Formats with an escape of their own, which the tests above read back.
      'report/checkstyle.ts',
      'report/github.ts',
      'report/gitlab.ts',
      'report/json.ts',
      'report/junit.ts',
      'report/rdjson.ts',
      // The colours that it put there itself, and ends of lines.
      'shim/last-refusal.ts',
    ]);
  });
});
