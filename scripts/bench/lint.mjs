// Linting files: against ShellCheck on the same tree, one small file against an empty Node, growth with the number and
// with the size of files.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureTogether, table } from './measure.mjs';

const mountc = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const COMMAND =
  'docker run --rm -it \\\n  -v "$PWD":/src:ro --mount type=volume,src=cache,dst=/cache \\\n  --tmpfs /run:size=64m alpine make\n';

export async function run({ smoke }) {
  const folder = mkdtempSync(join(tmpdir(), 'mountc-bench-'));
  try {
    const scripts = realScripts(smoke ? 20 : 300);
    smallFile(folder, smoke);
    await againstShellCheck(folder, scripts, smoke);
    await manyFiles(folder, scripts, smoke);
    await largeFiles(folder, smoke);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Shell scripts of this system; a third of them with a docker command at the end, as in a repository that uses docker. */
function realScripts(most) {
  const found = [];
  for (const folder of ['/etc/init.d', '/usr/bin', '/usr/sbin', '/usr/share/doc', '/usr/lib']) {
    for (const file of scriptsIn(folder, 0)) {
      if (found.length === most) return found;
      found.push(found.length % 3 === 0 ? `${file}\n${COMMAND}` : file);
    }
  }
  while (found.length < most) found.push(`#!/bin/sh\nset -eu\necho ${found.length}\n${COMMAND}`);
  return found;
}

function* scriptsIn(folder, depth) {
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth < 3) yield* scriptsIn(path, depth + 1);
    if (!entry.isFile() || statSync(path).size > 60_000) continue;
    const text = readFileSync(path, 'utf8');
    if (/^#!.*\b(?:ba|da)?sh\b/.test(text) && !text.includes('\ufffd')) yield text;
  }
}

function writeTree(folder, scripts, count) {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const sub = join(folder, String(Math.floor(i / 100)));
    if (i % 100 === 0) mkdirSync(sub, { recursive: true });
    writeFileSync(join(sub, `${i}.sh`), scripts[i % scripts.length]);
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
  const times = measureTogether(commands, smoke ? { rounds: 1, count: 1 } : { rounds: 5, count: 6 });
  const base = times['empty node'].cpu;
  table([
    ['one small file', 'CPU ms', '× empty node'],
    ...Object.entries(times).map(([name, { cpu }]) => [name, cpu.toFixed(1), (cpu / base).toFixed(2)]),
  ]);
}

async function againstShellCheck(folder, scripts, smoke) {
  const tree = join(folder, 'tree');
  writeTree(tree, scripts, scripts.length);
  const files = readdirSync(tree, { recursive: true })
    .filter((name) => name.endsWith('.sh'))
    .map((name) => join(tree, name));
  const rows = [['the same tree', 'files/s', 'CPU s', 'peak MB']];
  const show = (name, { cpu, wall, peak }) =>
    rows.push([name, Math.round(files.length / wall), cpu.toFixed(2), Math.round(peak)]);
  const ours = await once([process.execPath, mountc, 'lint', '--fail-on', 'never', tree]);
  show('mountc lint', ours);
  if (hasShellCheck()) {
    const theirs = await once(['shellcheck', '--norc', '-f', 'json', ...files]);
    show('shellcheck', theirs);
    rows.push([
      'ratio',
      (theirs.wall / ours.wall).toFixed(1),
      (theirs.cpu / ours.cpu).toFixed(1),
      (theirs.peak / ours.peak).toFixed(1),
    ]);
  } else rows.push(['shellcheck is not installed', '', '', '']);
  table(rows);
  if (smoke && files.length === 0) throw new Error('there is nothing to measure');
}

async function manyFiles(folder, scripts, smoke) {
  const rows = [['number of files', 'CPU ms', 'µs a file', 'peak MB']];
  for (const count of smoke ? [1, 20] : [1, 10, 100, 1_000, 10_000]) {
    const tree = join(folder, `many-${count}`);
    writeTree(tree, scripts, count);
    const { cpu, peak } = await once([
      process.execPath,
      mountc,
      'lint',
      '--fail-on',
      'never',
      '--quiet',
      tree,
    ]);
    rows.push([count, Math.round(cpu * 1e3), Math.round((cpu * 1e6) / count), Math.round(peak)]);
    rmSync(tree, { recursive: true, force: true });
  }
  table(rows);
}

async function largeFiles(folder, smoke) {
  const rows = [['one large file', 'CPU ms', 'ms a MB', 'peak MB']];
  for (const size of smoke ? [0.1] : [0.1, 1, 10]) {
    const file = join(folder, 'large.sh');
    writeFileSync(
      file,
      `#!/bin/sh\n${`echo some words that are no docker at all\n`.repeat(20)}${COMMAND}`.repeat(
        Math.ceil((size * 1e6) / 990),
      ),
    );
    const { cpu, peak } = await once([
      process.execPath,
      mountc,
      'lint',
      '--fail-on',
      'never',
      '--quiet',
      file,
    ]);
    rows.push([`${size} MB`, Math.round(cpu * 1e3), Math.round((cpu * 1e3) / size), Math.round(peak)]);
  }
  table(rows);
}

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
