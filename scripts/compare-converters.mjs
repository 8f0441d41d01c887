// Runs composerize, decomposerize and rekcod beside mountc on tricky mounts and on whole commands, and writes docs/comparison.md.
// They are installed into a temporary folder; this needs the npm registry and is no part of CI.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareContainers } from './compare-containers.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const OTHERS = ['composerize@1.7.6', 'decomposerize@1.4.4', 'rekcod@3.0.0'];

const FLAGS = String.raw`
-v /h:/c
-v /h:/c:ro
-v /x
--volume=/a:/b
-v/a:/b
-itv /a:/b
-v /a:/b:ro,rslave
-v /a:/b:ro,z
-v ./src:/app
-v ~/x:/y
-v "$PWD:/src"
-v "/my dir/a:/b"
-v /a:/b:ro,cached
-v data:/x
-v data:/b:nocopy
-v 'C:\src:/app'
-v $(pwd):/src
-v "/a b":"/c d"
-v'/a':'/b'
-v /a\ b:/c
--mount type=bind,source=/a,target=/b
--mount type=bind,source=/a,target=/b,readonly
--mount type=bind,source=/a,target=/b,ro
--mount type=bind,src=/a,dst=/b
--mount type=bind,src=/a,dst=/b,ro=true
--mount type=bind,src=/a,dst=/b,readonly=false
--mount type=bind,src=/a,dst=/b,bind-propagation=rslave
--mount src=data,dst=/x
--mount src=data,dst=/x,volume-nocopy
--mount 'type=volume,src=v1,dst=/x,volume-driver=local,volume-opt=type=nfs,"volume-opt=o=addr=1,rw"'
--mount type=volume,src=data,dst=/x,volume-subpath=a
--mount type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1770
--mount 'type=bind,"source=/a,b",target=/c'
--mount TYPE=Bind,source=/a,target=/b
--mount type=bind,src=/a,dst=/b,bind-create-src
--mount type=image,src=busybox,dst=/i
--tmpfs /run:rw,noexec,size=64m
--tmpfs /run --tmpfs /tmp:size=1m
`
  .trim()
  .split('\n');

const ENTRIES = {
  short: '- /a:/b:ro',
  'short, a space': '- "/a b:/c"',
  'long bind': '- {type: bind, source: /a, target: /b}',
  'long bind, read_only': '- {type: bind, source: /a, target: /b, read_only: true}',
  'long bind, a comma': '- {type: bind, source: "/a,b", target: /c}',
  'long bind, propagation': '- {type: bind, source: /a, target: /b, bind: {propagation: rslave}}',
  'long volume, nocopy': '- {type: volume, source: data, target: /d, volume: {nocopy: true}}',
  'long tmpfs, size': '- {type: tmpfs, target: /t, tmpfs: {size: 64m}}',
};

const INSPECTS = {
  Binds: { Binds: ['/a:/b:ro', 'data:/d'] },
  'Binds with spaces and quotes': { Binds: ['/a b:/c', "/it's:/d"] },
  Mounts: { Mounts: [{ Type: 'bind', Source: '/s', Target: '/t', ReadOnly: true }] },
  Tmpfs: { Tmpfs: { '/run': 'size=64m', '/tmp': '' } },
};

const folder = mkdtempSync(join(tmpdir(), 'mountc-compare-'));
execFileSync(
  'npm',
  ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...OTHERS],
  {
    stdio: 'ignore',
  },
);
const require = createRequire(join(folder, 'package.json'));
const composerize = require('composerize');
const decomposerize = require('decomposerize');

const mountc = (args, input) =>
  spawnSync(process.execPath, ['bin/mountc.js', ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
/** The mounts of flags or of a Compose file as one text that is the same for the same effect. */
const api = (args, input) => {
  const { stdout, stderr, status } = mountc(['convert', '--docker', '29.7', ...args], input);
  const lost = stderr
    .split('\n')
    .filter((line) => !/: `-{1,2}(?!-|v\b|volume\b|mount\b|tmpfs\b)[\w-]+[` =]/.test(line));
  if ((status !== 0 && lost.join('') !== '') || stdout.trim() === '')
    return `fails: ${stderr.split('\n')[0]}`;
  // Two things are left out of the comparison, in favour of the others: a hint that engines ignore, and what becomes of a
  // missing directory or volume.
  // Of a command the rest of its container stands there too, and the service is called as its image.
  return stdout
    .replace(/^services:\n {2}\S+:/, 'services:\n  app:')
    .replace(/^services:(?:\n .*)*/, (services) =>
      services.replace(/\n {4}(?!volumes:|tmpfs:)\S.*(?:\n {6}.*)*/g, ''),
    )
    .replace(/\n +(?:consistency|create_host_path|external): \S+/g, '')
    .replace(/\n +bind:(?=\n {6}-|\n {0,4}\S|\n?$)/g, '');
};
const ofFlags = (flags) => api(['--to', 'compose', '--', ...words(`docker run ${flags} img`)]);
/** The words that a shell makes of a command. */
function words(command) {
  const run = spawnSync('bash', ['-c', `docker() { printf '%s\\0' docker "$@"; }; ${command}`], {
    encoding: 'utf8',
    env: { ...process.env, HOME: '/home/me' },
  });
  return run.stdout.split('\0').slice(0, -1);
}
const ofCompose = (text) => {
  const file = join(folder, 'compose.yaml');
  // Names of volumes as they are: the project's name in front is not what is compared.
  writeFileSync(file, text.replace(/^name:.*\n/m, ''));
  return api(['--to', 'compose', '-f', file])
    .replaceAll(`${folder}/`, './')
    .replace(/\b\w+_(data|v1)\b/g, '$1');
};
const short = (text) =>
  text.includes('fails: ')
    ? text.replace(/^fails: (mountc[^:]*: )?(warning: |note: )?/, '').slice(0, 110)
    : '';
const expand = (text) =>
  text.replaceAll('${PWD}', process.cwd()).replaceAll('$PWD', process.cwd()).replaceAll('~/', '/home/me/');

function judge(expected, got) {
  // Two failures are no agreement.
  if (expected.startsWith('fails')) throw new Error(expected);
  if (expected === got) return 'right';
  return got.startsWith('fails') ? `not valid: ${short(got)}` : 'another effect';
}

function attempt(work) {
  try {
    return work();
  } catch (error) {
    return `fails: ${String(error.message).split('\n')[0]}`;
  }
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |\n`;
const code = (text) => (text.includes('`') ? text : `\`${text}\``);

const score = { composerize: 0, mountc: 0 };
const first = FLAGS.map((flags) => {
  const expected = ofFlags(flags);
  const theirs = judge(
    expected,
    attempt(() => ofCompose(expand(composerize(`docker run ${flags} img`)))),
  );
  const ours = mountc(['convert', '--docker', '29.7', '--to', 'compose', `docker run ${flags} img`]);
  const own = judge(expected, ours.status === 0 ? ofCompose(expand(ours.stdout)) : `fails: ${ours.stderr}`);
  if (theirs === 'right') score.composerize++;
  if (own === 'right') score.mountc++;
  return row(code(flags), theirs, own);
});
const second = Object.entries(ENTRIES).map(([name, entry]) => {
  const text = `services:\n  web:\n    image: img\n    volumes:\n      ${entry}\nvolumes:\n  data: {name: data}\n`;
  const expected = ofCompose(text);
  const theirs = judge(
    expected,
    attempt(() =>
      ofFlags(
        decomposerize(text)
          .replace(/^[\s\S]*docker run/, '')
          .replace(/\bimg\s*$/, ''),
      ),
    ),
  );
  const file = join(folder, 'own.yaml');
  writeFileSync(file, text);
  const flags = mountc(['convert', '--docker', '29.7', '--to', 'mount', '-f', file]).stdout.replaceAll(
    '\n',
    ' ',
  );
  return row(name, code(entry), theirs, judge(expected, ofFlags(flags)));
});
const third = Object.entries(INSPECTS).map(([name, HostConfig]) => {
  const base = {
    Name: '/web',
    Config: { Image: 'img', Env: [], Labels: {} },
    NetworkSettings: { Networks: {} },
  };
  const full = { ...base, HostConfig: { RestartPolicy: {}, NetworkMode: 'default', ...HostConfig } };
  const expected = api(['--to', 'compose', '--from', 'api'], JSON.stringify([full]));
  const file = join(folder, 'inspect.json');
  writeFileSync(file, JSON.stringify([full]));
  const theirs = attempt(() => {
    const line = execFileSync(process.execPath, [join(folder, 'node_modules/rekcod/cli.js'), file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const found = /docker run[\s\S]*/.exec(line)?.[0] ?? '';
    const typed = words(found.trim());
    return api(['--to', 'compose', '--', ...typed]);
  });
  const flags = mountc(['convert', '--docker', '29.7', '--to', 'mount', '-f', file]).stdout.replaceAll(
    '\n',
    ' ',
  );
  return row(
    name,
    theirs === '' ? 'nothing' : judge(sorted(expected), sorted(theirs)),
    judge(sorted(expected), sorted(ofFlags(flags))),
  );
});
/** What comes first may differ. */
function sorted(text) {
  return text.startsWith('fails')
    ? text
    : text
        .split(/\n {6}- /)
        .map((part) => part.trim())
        .sort()
        .join('\n');
}

const table = (head, rows) =>
  row(...head) + row(...head.map(() => '---')) + rows.map((one) => row(...one)).join('');
const whole =
  (await compareContainers({ require, folder, table, oneCell: (text) => text })) ??
  /^## Whole commands[\s\S]*/m.exec(readFileSync('docs/comparison.md', 'utf8'))?.[0] ??
  '';
rmSync(folder, { recursive: true, force: true });
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(
  'docs/comparison.md',
  `<!-- made by scripts/compare-converters.mjs; needs the npm registry, so it is run by hand -->
# Beside other converters

mountc ${version} beside ${OTHERS.join(', ')}. "Right" is the same mounts as the docker client makes of the flags, judged after
bash has read the command, without what becomes of a missing directory or volume; "another effect" is accepted and does something else; "not valid" is refused.

## Flags to Compose (composerize)

${score.composerize} of ${FLAGS.length} right with composerize, ${score.mountc} with mountc.

${row('flags', 'composerize', 'mountc')}${row('---', '---', '---')}${first.join('')}
## Compose to flags (decomposerize)

${row('entry', '', 'decomposerize', 'mountc')}${row('---', '---', '---', '---')}${second.join('')}
## docker inspect to flags (rekcod)

${row('what the container has', 'rekcod', 'mountc')}${row('---', '---', '---')}${third.join('')}
${whole}`,
);
