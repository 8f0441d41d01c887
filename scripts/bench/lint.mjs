// Linting files: against ShellCheck on the same tree, one small file against an empty Node, growth with the number and
// with the size of files.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { measureTogether, table } from './measure.mjs';
import { writeScripts } from './scripts-tree.mjs';

const mountc = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const COMMAND =
  'docker run --rm -it \\\n  -v "$PWD":/src:ro --mount type=volume,src=cache,dst=/cache \\\n  --tmpfs /run:size=64m alpine make\n';

export async function run({ smoke }) {
  const folder = mkdtempSync(join(tmpdir(), 'mountc-bench-'));
  try {
    smallFile(folder, smoke);
    const count = smoke ? 20 : Number(process.env['MOUNTC_BENCH_FILES'] ?? 149);
    const tree = join(folder, 'tree');
    await againstShellCheck(`the same ${count} scripts`, tree, writeScripts(tree, count));
    await manyFiles(folder, smoke);
    await largeFiles(folder, smoke);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function smallFile(folder, smoke) {
  const file = join(folder, 'small.sh');
  writeFileSync(file, `#!/bin/sh\n${COMMAND}`);
  const commands = {
    'empty node': [process.execPath, '-e', '0'],
    'mountc lint small.sh': [process.execPath, mountc, 'lint', file],
    'mountc lint, no docker in it': [process.execPath, mountc, 'lint', '/etc/profile'],
    ...(hasShellCheck() && { 'shellcheck small.sh': ['shellcheck', file] }),
  };
  const certificates = join(folder, 'ca.pem');
  writeFileSync(certificates, rootCertificates.join('\n'));
  for (const file of ['', certificates]) {
    const env = { NODE_EXTRA_CA_CERTS: file };
    const times = measureTogether(
      commands,
      smoke ? { rounds: 1, count: 1, env } : { rounds: 12, count: 5, env },
    );
    const base = times['empty node'].cpu;
    table([
      [`one small file, ${file === '' ? 'no ' : ''}NODE_EXTRA_CA_CERTS`, 'CPU ms', '× empty node'],
      ...Object.entries(times).map(([name, { cpu }]) => [name, cpu.toFixed(1), (cpu / base).toFixed(2)]),
    ]);
  }
}

/** Both get the same files; with more of them (MOUNTC_BENCH_FILES) our start-up counts for less. */
async function againstShellCheck(title, folder, files) {
  const rows = [[title, 'files/s', 'CPU s', 'peak MB']];
  const show = (name, { cpu, wall, peak }) =>
    rows.push([name, Number((files.length / wall).toPrecision(3)), cpu.toFixed(2), Math.round(peak)]);
  const paths = files.length > 1 ? [folder] : files;
  const ours = await once([process.execPath, mountc, 'lint', '--fail-on', 'never', ...paths]);
  show('mountc lint', ours);
  if (hasShellCheck()) {
    const theirs = await once(['shellcheck', '--norc', '-f', 'json', ...files]);
    show('shellcheck', theirs);
    rows.push([
      'ratio (aim: 10, 6, -)',
      (theirs.wall / ours.wall).toFixed(1),
      (theirs.cpu / ours.cpu).toFixed(1),
      (theirs.peak / ours.peak).toFixed(1),
    ]);
  } else rows.push(['shellcheck is not installed', '', '', '']);
  table(rows);
}

async function manyFiles(folder, smoke) {
  const rows = [['number of files', 'CPU ms', 'µs a file', 'peak MB']];
  for (const count of smoke ? [1, 20] : [1, 10, 100, 1_000, 10_000]) {
    const tree = join(folder, `many-${count}`);
    writeScripts(tree, count);
    const { cpu, peak } = await lintQuietly(tree);
    rows.push([count, Math.round(cpu * 1e3), Math.round((cpu * 1e6) / count), Math.round(peak)]);
    rmSync(tree, { recursive: true, force: true });
  }
  table(rows);
}

const ONE_LINE = COMMAND.replace(/\\\n\s*/g, '').trim();
/** A file of every kind: its name, its beginning, the n-th of what it repeats, its end. */
const LARGE = [
  ['some.sh', '#!/bin/sh\n', () => `${'echo some words that are no docker at all\n'.repeat(20)}${COMMAND}`],
  ['only.sh', '#!/bin/sh\n', () => COMMAND],
  ['ci.yml', 'on: push\njobs:\n  a:\n    steps:\n', () => `      - run: |\n          ${ONE_LINE}\n`],
  ['compose.yaml', 'services:\n', (n) => `  s${n}:\n    image: x\n    volumes:\n      - ./a${n}:/b:ro\n`],
  ['page.md', '# A\n', (n) => `Number ${n}.\n\n\`\`\`sh\n$ ${ONE_LINE}\n\`\`\`\n\n`],
  ['Makefile', '', (n) => `run${n}:\n\t${ONE_LINE.replace('$PWD', '$(CURDIR)')}\n`],
  ['Dockerfile', 'FROM a\n', (n) => `RUN --mount=type=cache,target=/c${n} make\n# ${ONE_LINE}\n`],
  ['package.json', '{"scripts":{"a":"b"', (n) => `,"s${n}":${JSON.stringify(ONE_LINE)}`, '}}'],
  ['devcontainer.json', '{"mounts":["target=/a"', (n) => `,"source=c${n},target=/d${n}"`, ']}'],
  ['script.ps1', '', (n) => `docker run --rm -v \${PWD}:/src alpine ls ${n}\n`],
];

async function largeFiles(folder, smoke) {
  const rows = [['one large file', 'CPU ms', 'ms a MB', 'peak MB']];
  for (const [name, start, repeat, end = ''] of LARGE) {
    const most = Number(process.env['MOUNTC_BENCH_MB'] ?? 2);
    for (const size of smoke ? [0.05] : name.endsWith('.sh') ? [0.1, 1, 10] : [most / 10, most]) {
      const file = join(folder, name);
      const parts = [start];
      for (let n = 0, length = 0; length < size * 1e6; n++) {
        parts.push(repeat(n));
        length += parts.at(-1).length;
      }
      writeFileSync(file, parts.join('') + end);
      const { cpu, peak } = await lintQuietly(file);
      rows.push([
        `${name}, ${size} MB`,
        Math.round(cpu * 1e3),
        Math.round((cpu * 1e3) / size),
        Math.round(peak),
      ]);
      rmSync(file);
    }
  }
  table(rows);
}

const lintQuietly = (path) =>
  once([process.execPath, mountc, 'lint', '--no-config', '--fail-on', 'never', '--quiet', path]);

/** Runs a command once: seconds of wall clock and CPU, and the most memory that it held (MB; from /proc, so 0 elsewhere). */
function once(command) {
  return new Promise((done) => {
    const start = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), { stdio: 'ignore' });
    let peak = 0;
    let ticks = 0;
    const look = () => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
        const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
        ticks = Math.max(ticks, Number(fields[11]) + Number(fields[12]));
      } catch {
        // It has ended, or there is no /proc.
      }
    };
    const timer = setInterval(look, 10);
    child.on('exit', () => {
      clearInterval(timer);
      done({ wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: ticks / 100, peak });
    });
  });
}

function hasShellCheck() {
  return spawnSync('shellcheck', ['--version'], { stdio: 'ignore' }).status === 0;
}
