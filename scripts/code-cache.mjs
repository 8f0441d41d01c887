// code-cache.mjs BUILD: makes the code cache of the bundles in dist/ for the Node that runs this: what V8 compiled while each
// entry did its usual work, and no more: reading a function that is not needed costs as much as compiling one that is.
// src/load-entry.ts reads it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { ENTRIES } from './entries.mjs';
import { loader } from './loader.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);
const { cacheFolder, loadEntry } = loader(process.argv[2]);
// Neither taken from the user's own cache nor kept there.
for (const name of ['HOME', 'XDG_CACHE_HOME', 'LOCALAPPDATA']) delete process.env[name];

const COMMAND =
  'docker run --rm -it -v "$PWD":/src:ro -v cache:/c --mount type=bind,src=/srv,dst=/srv,ro --tmpfs /t i ls';
const WRONG = 'docker run -v /a:b -v src/app:/app --mount "type=bind, source=/a,readonyl,dst=/b" alpine';
const FILES = {
  'good.sh': `#!/bin/sh\nset -eu\n# A comment\nif [ -n "$1" ]; then\n  ${COMMAND} || exit 1\nfi\n`,
  'odd.sh': `#!/bin/sh\nset -eu\nfor v in a b; do\n  ${COMMAND.replace(' i ls', ' -v "$v$1:/x" i ls')} || exit 1\ndone\n`,
  'bad.sh': `#!/bin/bash\nARGS=(-v "$PWD:/w")\n${WRONG}\ndocker run "\${ARGS[@]}" \\\n  --rm img\n`,
  'none.sh': '#!/bin/sh\necho docker\n',
  'ci.yml': `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          ${COMMAND}\n`,
  'compose.yaml':
    'services:\n  a:\n    image: b\n    volumes:\n      - ./a:/b:ro\n      - c:/d\nvolumes:\n  c:\n',
  'README.md': `# A\n\ntext\n\n\`\`\`sh\n$ ${COMMAND}\n\`\`\`\n`,
  Makefile: `IMAGE = x\n\nrun:\n\t${COMMAND.replace('$PWD', '$(CURDIR)')}\n`,
  Dockerfile: 'FROM a\nRUN --mount=type=cache,target=/c make\n# docker run -v /a:/b x\n',
  'package.json': `{"scripts":{"a":"docker run -v data:/x i"}}\n`,
};
// In this order; a bundle's cache is made by the first that loads it.
const RUNS = [
  ['lint', ['good.sh']],
  ['lint', ['odd.sh']],
  ['lint', ['.']],
  ['lint', ['--command', COMMAND]],
  ['lint', ['--command', WRONG]],
  ['convert', ['--to', 'mount', COMMAND]],
  ['convert', ['--docker', '28.2', '--to', 'volume', COMMAND]],
  ['explain', ['-v', '/a:/b:ro']],
];

const CHECKED =
  'run --rm -it -v /srv:/src:ro -v cache:/c -v ./a:/b --mount type=bind,src=/srv,dst=/srv,readonly --tmpfs /t:size=1m i ls';
const STOPPED = 'run -v /a:b -v src/app:/app alpine';

/** The launcher's check of a command that the fast path leaves to it. */
async function check(line, isTerminal, rewrite) {
  await load('full-check').checkCommand({
    args: line.split(' '),
    cwd: dir,
    settings: { mode: 'block', rewrite, rules: {}, problems: [] },
    host: { env: {} },
    stderr: { isTerminal, color: isTerminal },
    version: '',
  });
}

/** The door, with a docker that does nothing. */
async function runStub() {
  if (process.platform === 'win32') return;
  writeFileSync(join(dir, 'docker'), '#!/bin/sh\n', { mode: 0o755 });
  for (const line of ['ps', 'run -v /srv:/src:ro alpine'])
    await load('docker').run(line.split(' '), { ...io, env: { PATH: dir, HOME: dir } });
}

// There is no cache yet; this keeps what V8 makes of each bundle.
const scripts = new Map();
const { Script } = vm;
vm.Script = class extends Script {
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};
const load = (name) => loadEntry(dist, name, require);

/** Writes the caches that are not written yet. */
function save() {
  for (const [filename, script] of scripts) {
    const name = filename.slice(dist.length + 1, -'.cjs'.length);
    writeFileSync(join(cacheFolder(dist), `${name}.bin`), script.createCachedData());
  }
  scripts.clear();
}

const dir = mkdtempSync(join(tmpdir(), 'mountc-build-'));
const sink = { write: () => true, isTerminal: false };
const io = {
  stdout: sink,
  stderr: sink,
  stdinIsTerminal: false,
  env: {},
  cwd: dir,
  readStdin: async () => '',
};
mkdirSync(cacheFolder(dist), { recursive: true });
try {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), text);
  for (const [name, argv] of RUNS) {
    await load(name).run(argv, io);
    save();
  }
  await runStub();
  save();
  await check(CHECKED, false);
  save();
  await check(STOPPED, true);
  await check(CHECKED, false, 'mount');
  save();
  // These two start when they are loaded, and Node itself loads them.
  for (const name of Object.keys(ENTRIES)) if (name !== 'mountc' && name !== 'check') load(name);
  save();
} finally {
  rmSync(dir, { recursive: true });
}
