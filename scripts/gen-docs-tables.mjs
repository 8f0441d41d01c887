// Writes docs/options.md, docs/conversions.md, docs/versions.md, docs/files.md, the causes of docs/why.md and the changes of docs/semantics from the
// tables in src. `--check` says whether they are up to date.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ENTRY_ALIAS } from './entries.mjs';
import { generateParser } from './grammar.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const TABLES = `
export { losses } from './src/forms/losses-of.ts';
export { describeExtras, EXTRA_KEYS } from './src/convert/compose-extras.ts';
export { dividingWhy, holeLoss, writeHole } from './src/convert/variables.ts';
export { FIELD_ROWS } from './src/mount/fields.ts';
export { CONTAINER_FIELDS } from './src/container/fields.ts';
export { sinceOf } from './src/dialects/compose/versions.ts';
export { LOSSY_FORMS, wordOf } from './src/forms/no-word.ts';
export { MOUNT_KEYS } from './src/dialects/docker/tables/mount-keys.ts';
export { CLIENT_FACTS } from './src/dialects/docker/tables/client-facts.ts';
export { ENGINE_FACTS } from './src/dialects/docker/tables/engine-facts.ts';
export { VOLUME_MODES } from './src/dialects/docker/tables/volume-modes.ts';
export { RELEASES, showVersion } from './src/dialects/docker/tables/version.ts';
export { FILE_KIND_ROWS, largestOf } from './src/source/file-kinds.ts';
export { kindOf } from './src/source/kind.ts';
export { CAUSES } from './src/explain/causes.ts';
export { COMMANDS } from './src/cli/main.ts';
export { mainHelp } from './src/cli/main-help.ts';
export { optionsHelp } from './src/cli/options.ts';
`;

// Packages that are CommonJS ask for Node's own parts.
const REQUIRE = {
  js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
};

async function loadTables() {
  await generateParser();
  const folder = mkdtempSync(join(tmpdir(), 'mountc-docs-'));
  const outfile = join(folder, 'tables.mjs');
  const stdin = { contents: TABLES, resolveDir: process.cwd(), loader: 'ts' };
  await build({
    stdin,
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
    alias: ENTRY_ALIAS,
    banner: REQUIRE,
  });
  const tables = await import(pathToFileURL(outfile).href);
  rmSync(folder, { recursive: true });
  return tables;
}

const cell = (text) => String(text).replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |\n`;
const table = (head, rows) =>
  row(...head) + row(...head.map(() => '---')) + rows.map((one) => row(...one)).join('');

const KINDS = {
  impossible: 'left alone',
  changed: 'converted, the change is named',
  'none-here': 'converted, no difference here',
};
const FORMS = [
  [
    'mount',
    'To `--mount`, and to `mounts` of a devcontainer.json',
    'What a devcontainer cannot say there goes into its `runArgs`, as `-v` or `--tmpfs`.',
  ],
  ['volume', 'To `-v`', ''],
  ['tmpfs', 'To `--tmpfs`', ''],
  [
    'compose',
    "To Compose's long syntax",
    "A tmpfs with options that only `--tmpfs` has becomes an entry of the service's `tmpfs`. A named volume is declared at the top level with its own `name`, so that Compose puts no project in front.",
  ],
  ['compose-short', "To Compose's short syntax", "A tmpfs becomes an entry of the service's `tmpfs`."],
  [
    'api',
    'To the JSON of the Engine API',
    '`Mounts` where that can say it, else `Binds` and `Tmpfs`, as docker sends `-v` and `--tmpfs`.',
  ],
];

/** Unknown parts, by the language that they are written in. */
const HOLES = {
  shell: [
    '$X',
    '${X}',
    '${X:-y}',
    '${X-y}',
    '${X:+y}',
    '${X:?no X}',
    '$(pwd)',
    '~',
    '${X:-~/y}',
    '${X%/*}',
    '$(cmd)',
    '${X:+:ro}',
    '${X:-/a,b}',
  ],
  compose: ['${X}', '${X:-y}', '${X:+y}', '${X:-${Y}}', '${X:-:ro}'],
  devcontainer: [
    '${localEnv:X}',
    '${localEnv:X:y}',
    '${localWorkspaceFolder}',
    '${containerWorkspaceFolder}',
    '${devcontainerId}',
  ],
};

/** What becomes of an unknown part in each language, as the code has it. */
function holes({ dividingWhy, holeLoss, writeHole }) {
  const languages = Object.keys(HOLES);
  const rows = languages.flatMap((language) =>
    HOLES[language].map((text) => {
      const hole = { text, kind: text === '~' ? 'tilde' : 'variable', language };
      const written = languages.map((to) => {
        if (dividingWhy([hole]) !== undefined) return 'left alone';
        const said = writeHole(hole, to);
        if (said === undefined) return to === language ? 'as it is' : 'left alone';
        return `\`${said}\`${holeLoss(hole, to) === undefined ? '' : ', the change is named'}`;
      });
      return [language, `\`${text}\``, ...written];
    }),
  );
  return `## Unknown parts\n\nWhat stands for a part of a path or of a name, and how the others write it. In place, where the language stays, it stays as it is.\n\n${table(['in', 'written', ...languages.map((to) => `in a ${to === 'compose' ? 'Compose file' : to}`)], rows)}`;
}

/** What else brings mounts into a service. */
function extras({ describeExtras, EXTRA_KEYS }) {
  const texts = (key) =>
    key === 'volumes_from'
      ? ['container:NAME', 'container:NAME:ro', 'SERVICE']
      : key === 'use_api_socket'
        ? ['true']
        : ['with a `file`', 'without one'];
  const grants = new Map(['configs', 'secrets'].map((key) => [`${key} with a \`file\``, { file: '/f' }]));
  const rows = EXTRA_KEYS.flatMap((key) =>
    texts(key).map((text) => {
      const { omitted, taken } = describeExtras([{ key, text }], grants, '/');
      const kept =
        taken.length > 0 ? 'carried over: `--volumes-from`, `VolumesFrom`' : 'a read-only bind of the file';
      return [
        `\`${key}\``,
        text.includes('`') || text.includes(' ') ? text : `\`${text}\``,
        omitted[0]?.why ?? kept,
      ];
    }),
  );
  return `## What else mounts in a service of Compose\n\nWhat is left alone is named, too.\n\n${table(['key', 'value', 'what becomes of it'], rows)}`;
}

/** Every other flag of a command, and what a service of Compose has for it. */
function containers({ CONTAINER_FIELDS, sinceOf }) {
  const flags = CONTAINER_FIELDS.filter(({ compose }) => !('isMount' in compose));
  const keyOf = ({ key, since }) =>
    `\`${key.replace(/\{\w+\}/, '*')}\`${since === undefined ? '' : ` (Compose ${sinceOf(since)})`}`;
  const rows = flags.map(({ flag, also, api = '', absent, examples, compose, or }) => {
    const said = {
      all: (name) => (name === flag ? examples : []),
      serviceOf: () => undefined,
      has: () => undefined,
      isPlainFile: () => false,
    };
    const keys = 'key' in compose ? [compose, ...(or === undefined ? [] : [or])] : [];
    const lost = keys
      .map(({ differs }) => differs?.(examples.slice(0, 1), said))
      .find((why) => why !== undefined);
    return [
      `\`--${flag}\`${also === undefined ? '' : `, \`--${also}\``}`,
      api === '' ? '' : `\`${api}\``,
      absent,
      keys.map(keyOf).join(', '),
      compose.none ?? compose.client ?? lost ?? '',
    ];
  });
  return `## Whole containers

\`--to compose\` of commands, and of what \`docker inspect\` prints, writes the whole container; \`--to run\` of a Compose file or of
\`docker inspect\` writes the command that makes it again, with what makes its networks and volumes:

\`\`\`sh
mountc convert --to compose --merge compose.yaml --write 'docker run -d --name cache redis:7'
mountc convert --to run -f compose.yaml --service web
docker ps -q | xargs docker inspect | mountc convert --to run
docker inspect web | mountc convert --to compose
# without what the image says itself:
{ docker inspect web; docker image inspect nginx:1.27; } | mountc convert --to run
\`\`\`

Variables of a file stay variables of the shell and the other way round; one that the script sets itself is named, since Compose takes
it from the environment or from \`.env\`. \`--to run\` takes those in the name of the project, too; where nobody knows that name, no network
is written, and each is named. The container of a service in \`volumes_from\` has its name there as well.

## The rest of a container, to Compose\n\nEach other flag of \`docker run\` and \`docker create\`. A flag with a key is written so that Compose asks the engine for the same; a value that\nCompose would read otherwise is named when it is met.\n\n${table(['flag', 'in the create call', 'without it', 'key of the service', 'what is lost, or differs'], rows)}`;
}

const COMMANDS = 'commands of docker, podman, nerdctl and Compose';
const PROGRAM = `lists of words and strings for a shell that are ${COMMANDS}; what is no literal is unknown`;
const SCRIPTS = `scripts, read by the shell that the system or the file names; containers' \`volumes\` and \`options\``;

/** What is read of each kind of file, and names that the patterns of the table take. */
const READ = {
  shell: [
    `${COMMANDS} and all that they are handed on by: variables, arrays, functions, \`sh -c\`, \`ssh\`, heredocs, files that it writes`,
  ],
  makefile: [
    'recipes, variables and `define`, each for the shell that reads it',
    'Makefile',
    'GNUmakefile',
    'Makefile.ci',
    'rules.mk',
  ],
  github: [
    `${SCRIPTS}; inputs of actions that are options of docker`,
    '.github/workflows/ci.yml',
    'action.yml',
  ],
  gitlab: [SCRIPTS, '.gitlab-ci.yml', '.gitlab/build.yml'],
  circleci: [SCRIPTS, '.circleci/config.yml'],
  azure: [SCRIPTS, 'azure-pipelines.yml', '.azure/build.yml'],
  appveyor: [SCRIPTS, 'appveyor.yml'],
  woodpecker: [SCRIPTS, '.woodpecker.yml', '.woodpecker/build.yml'],
  taskfile: [SCRIPTS, 'Taskfile.yml'],
  yaml: [
    `scripts under the keys that CI systems, Ansible, cloud-init, Buildkite, Drone and others have; Ansible's \`docker_container\` and \`podman_container\`; files that are written (\`write_files\`, \`copy\`)`,
    'playbook.yml',
    '.travis.yml',
  ],
  compose: [
    '`volumes`, `tmpfs`, configs and secrets of services, and the volumes that are declared',
    'compose.yaml',
    'docker-compose.override.yml',
  ],
  dockerfile: [
    `\`RUN --mount\`, ${COMMANDS} in \`RUN\`, and those that comments tell`,
    'Dockerfile',
    'Dockerfile.dev',
    'Containerfile',
  ],
  earthfile: [`${COMMANDS} in \`RUN\`; mounts of Earthly's own \`RUN --mount\` are not`],
  notebook: ['Markdown cells, cells of bash (`%%bash`), and commands behind `!`'],
  settings: [
    '`command` with its `args`, wherever they stand, also in other JSON files and in blocks of documentation',
    '.mcp.json',
    'claude_desktop_config.json',
    '.vscode/mcp.json',
  ],
  'vscode-tasks': ['commands and arguments of tasks, volumes of `docker-run` tasks', '.vscode/tasks.json'],
  devcontainer: [
    '`mounts`, `workspaceMount`, `runArgs`, and the commands of its life',
    'devcontainer.json',
    '.devcontainer.json',
  ],
  'package-json': ['`scripts`', 'package.json'],
  markdown: [
    'code blocks by their language, commands in backticks, HTML blocks; `<what>` and `...` are left to the reader',
  ],
  rst: ['code blocks, literal blocks'],
  adoc: ['source and literal blocks'],
  powershell: [`${COMMANDS}, lists that are splatted, \`Start-Process\``],
  batch: [`${COMMANDS}, also behind \`set\`, \`call\`, \`for /f\``],
  systemd: ['`Exec…=`, split as systemd does', 'app.service.j2'],
  quadlet: [
    'mounts, volumes, tmpfs and other units that keys name, and what Quadlet refuses',
    'app.container.d/10-mounts.conf',
  ],
  justfile: ['recipes, line by line or as one script', 'justfile'],
  toml: [
    "`volumes` and `tmpfs` of GitLab Runner, of podman's `containers.conf`; tasks of mise, cargo-make, Poe, PDM, Hatch, Pixi",
  ],
  python: [PROGRAM],
  javascript: [PROGRAM],
  go: [PROGRAM],
  ruby: [PROGRAM, 'Rakefile', 'Vagrantfile'],
  java: [PROGRAM],
  kotlin: [PROGRAM],
  csharp: [PROGRAM],
  rust: [PROGRAM],
  php: [PROGRAM],
  groovy: [`${PROGRAM}; \`sh\` steps, and the options of \`args\` and \`inside\``, 'Jenkinsfile'],
};

/** What is read, one row for each kind of file. */
function files({ FILE_KIND_ROWS, largestOf, kindOf }) {
  const rows = FILE_KIND_ROWS.map(
    ([kind, { exact = [], extensions = [], extensionsOfAnyCase = [], title }]) => {
      if (READ[kind] === undefined) throw new Error(`${kind} has no words in scripts/gen-docs-tables.mjs`);
      const [what, ...examples] = READ[kind];
      const wrong = examples.find((path) => kindOf(path, '') !== kind);
      if (wrong !== undefined) throw new Error(`${wrong} is not read as ${kind}`);
      const names = [
        ...examples,
        ...exact,
        ...[...extensions, ...extensionsOfAnyCase].map((one) => `*.${one}`),
      ];
      return [
        kind,
        title,
        [...new Set(names)].map((name) => `\`${name}\``).join(' '),
        what,
        `${largestOf(kind)} MB`,
      ];
    },
  );
  return `# What is read

<!-- Made by npm run docs from src/source/file-kinds.ts. -->

\`mountc lint\`, \`mountc lint --list\` and \`mountc convert\` read these files. Other names that end in \`.j2\`, \`.tmpl\`,
\`.in\`, \`.example\` and the like are read as what they become without that; of YAML and JSON files with any other name, the text
tells what they are, of files without an ending the first line. Where a kind holds texts of another (a script in YAML in a page),
those are read too, and what is written back is written as each of them asks for. What is not known (a variable, a template, what
a program puts together) is a hole: nothing is said about it.

The first column is what \`"language"\` is in \`--list --format json\`. A file that is named and is none of these is said to be
not read. Comments are read for directives (\`# mountc-disable-line\`), and with \`--comments\` for commands.

${table(['kind', 'files', 'called', 'what is read', 'up to'], rows)}`;
}

/** What each form calls a field, for every type of mount; an empty cell has a row among the losses. */
function words({ FIELD_ROWS, LOSSY_FORMS, wordOf }) {
  const rows = ['bind', 'volume', 'tmpfs', 'image'].flatMap((type) =>
    FIELD_ROWS[type]
      .filter(({ field }) => field.ignored === undefined || Object.keys(field.words).length > 0)
      .map((one) => [type, one.name, ...LOSSY_FORMS.map((form) => wordOf(one, form) ?? '')]),
  );
  return `## Words

What each form calls what a mount says. Where a form has none, a mount that says it is left alone, as the rows above say.

${table(['type', 'what', ...LOSSY_FORMS], rows)}`;
}

function conversions({ losses, ...tables }) {
  const unknown = losses().find((one) => !FORMS.some(([form]) => form === one.form));
  if (unknown !== undefined) throw new Error(`${unknown.form} has no section in scripts/gen-docs-tables.mjs`);
  const parts = FORMS.map(([form, title, note]) => {
    const rows = losses()
      .filter((one) => one.form === form)
      .map(({ field, when, kind, why }) => [field, when, KINDS[kind], why]);
    return `## ${title}\n\n${note === '' ? '' : `${note}\n\n`}${table(['what', 'when', 'then', 'why'], rows)}`;
  });
  return `<!-- made by scripts/gen-docs-tables.mjs from src/mount/fields.ts and src/forms -->
# Conversions and what they lose

A conversion is **exact**, or it **names what changes**, or the mount is **left alone** and the reason is said. Whatever is written
is read back before it counts; \`readonly\` is never dropped. Each row is one thing that a form cannot say. What has no row is
carried over.

Variables stay variables: those of shells, of Compose and of devcontainers are translated into each other ([below](#unknown-parts));
a mount with any other unknown part is left alone, and so is one whose mode, type or option is not known. A variable that could be a
path or the name of a volume is left alone unless \`--assume bind\` or \`--assume volume\` says which; a word that shows another
thing (\`\${X:-/path}\`) is believed before that. What a variable holds is taken to be a plain path or name, which is not empty: a comma
in it would end a field of \`--mount\`, a colon a section of \`-v\`. Where everybody sees that an expansion may come to such a sign
(\`\${X:+:ro}\`), in whatever language, the mount is left alone.

Every part of what is read is in what is written, or among the losses: \`test/property/parts.test.ts\` gives each part a name and looks
for it in every form, \`test/differential/holes.test.ts\` has bash and Compose fill in the variables.

The source of a bind in a Compose file is relative to the file with or without a dot. A \`device\` is, where Compose makes it so.

A Compose file is read as Compose reads it: \`extends\` and \`include\` are followed to the files that they name, a later mount on the
same target takes the place of an earlier one, anchors count for every service that uses them. \`-f\` may be given several times, the
later file laid over the earlier one (\`!reset\` and \`!override\` count), and \`-f .\` reads what Compose reads in that folder: the
files of \`COMPOSE_FILE\`, or \`compose.yaml\` and its \`compose.override.yaml\`. Files that others name are read in
the repository, or without one in the folder that mountc runs in. What cannot be followed, such as a file elsewhere or an address of
another machine, is named and left out.

What stands beside the mounts is named too: a volume that another command makes with options of its own (\`docker volume create\`), configs
and secrets of a swarm service, the Compose file of a devcontainer (\`dockerComposeFile\`), whose mounts are converted with \`-f\`.

${parts.join('\n')}
${holes(tables)}
${extras(tables)}
${containers(tables)}
${words(tables)}`;
}

function versions({ MOUNT_KEYS, CLIENT_FACTS, ENGINE_FACTS, VOLUME_MODES, RELEASES, showVersion }) {
  const since = (version) => (version === undefined ? '' : showVersion(version));
  const facts = (all) =>
    Object.entries(all).map(([name, { since: from, until, evidence }]) => [
      `\`${name}\``,
      since(from),
      since(until),
      evidence,
    ]);
  return `<!-- made by scripts/gen-docs-tables.mjs from src/dialects/docker/tables -->
# Versions

What depends on a docker version, as mountc's tables have it. The client decides how a flag is read, the engine what is accepted
and what is done; both can be given (\`--docker\`, \`--engine\`) or asked for (\`--docker auto\`). § are sections of
[semantics/docker.md](semantics/docker.md).

A docker that is newer or older than these releases is judged as the nearest one, and mountc says so on standard error: it may have
learnt to take what is refused here. In front of docker ([shim.md](shim.md)) nothing is refused in its name.

## Releases

${table(
  ['release', 'Engine API'],
  RELEASES.map(({ version, api }) => [showVersion(version), `1.${api}`]),
)}
## Keys of \`--mount\`

${table(
  ['key', 'aliases', 'since', 'refused since', 'what it does'],
  MOUNT_KEYS.map(({ name, aliases, since: from, removed, summary }) => [
    `\`${name}\``,
    aliases.map((one) => `\`${one}\``).join(', '),
    since(from),
    since(removed),
    summary,
  ]),
)}
## Modes of \`-v\`

${table(
  ['mode', 'group', 'what it does'],
  VOLUME_MODES.map(({ name, group, summary }) => [`\`${name}\``, group, summary]),
)}
## Clients

${table(['fact', 'since', 'until', 'evidence'], facts(CLIENT_FACTS))}
## Engines

${table(['fact', 'since', 'until', 'evidence'], facts(ENGINE_FACTS))}`;
}

/** The rows of a table of changes in the sources: what the comment of each fact says, and its releases. */
function changes(file) {
  const text = readFileSync(file, 'utf8');
  const rows = [...text.matchAll(/\/\*\* ([^\n]*?)\.? \*\/\n {2}\w+: \{([^}]*)\}/g)].map(([, what, row]) => {
    const release = (name) =>
      new RegExp(`\\b${name}: \\[([\\d, ]+)\\]`).exec(row)?.[1].replaceAll(', ', '.') ?? '';
    const evidence = /evidence: '([^']*)'/.exec(row)?.[1] ?? '';
    return [what, release('since'), release('until'), evidence];
  });
  if (rows.length < 10) throw new Error(`${file} says its changes in another way now`);
  const hasEvidence = rows.some(([, , , evidence]) => evidence !== '');
  const head = ['what', 'since', 'until', ...(hasEvidence ? ['seen'] : [])];
  return table(
    head,
    rows.filter(([, since, until]) => since + until !== '0').map((row) => row.slice(0, head.length)),
  );
}

/** A page of docs/semantics with its table of changes in its place; the rest is written by hand. */
function semantics(name) {
  const page = readFileSync(`docs/semantics/${name}.md`, 'utf8');
  const made = changes(`src/dialects/${name}/versions.ts`);
  return page.replace(
    /<!-- table: [\s\S]*?<!-- end -->/,
    () =>
      `<!-- table: made by scripts/gen-docs-tables.mjs from src/dialects/${name}/versions.ts -->\n\n${made}\n<!-- end -->`,
  );
}

/** docs/why.md with the table of causes in its place; the rest is written by hand. */
function why({ CAUSES }) {
  const rows = [...CAUSES].map(([name, { kind, summary }]) => [`\`${name}\``, kind, summary]);
  const made = `<!-- causes: made by scripts/gen-docs-tables.mjs from src/explain/causes.ts -->\n\n${table(['cause', 'kind', 'what it is'], rows)}\n<!-- end -->`;
  return readFileSync('docs/why.md', 'utf8').replace(/<!-- causes[\s\S]*?<!-- end -->/, () => made);
}

/** Every option of every command. */
async function options({ COMMANDS, mainHelp, optionsHelp }) {
  const summaries = new Map(
    [...mainHelp('').matchAll(/^ {2}([a-z]+) +(\S.*)$/gm)].map(([, name, text]) => [name, text]),
  );
  const parts = [];
  for (const [name, load] of COMMANDS) {
    const { options: all } = await load();
    if (all === undefined) continue;
    parts.push(`## mountc ${name}\n\n${summaries.get(name)}\n\n\`\`\`text\n${optionsHelp(all)}\n\`\`\`\n`);
  }
  return `<!-- made by scripts/gen-docs-tables.mjs from the tables of options in src/cli -->
# Commands and options

\`mountc COMMAND --help\` says the same with examples and exit codes, \`man mountc\` has all of it, and
\`mountc completion --install\` completes them in bash, zsh and fish, values included. \`mountc docker\` and \`mountc podman\` take the
options of docker and podman.

${parts.join('\n')}`;
}

const tables = await loadTables();
const pages = {
  'docs/conversions.md': conversions(tables),
  'docs/versions.md': versions(tables),
  'docs/files.md': files(tables),
  'docs/why.md': why(tables),
  'docs/options.md': await options(tables),
  'docs/semantics/compose.md': semantics('compose'),
  'docs/semantics/podman.md': semantics('podman'),
};
for (const [path, text] of Object.entries(pages)) {
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is not what the tables say: npm run docs`);
    process.exitCode = 1;
  }
}
