// The compiler: start-up against an empty Node and docker itself, time per parse, compile, lint and convert, lines a
// second of --jsonl, and growth from 1 kB to 1 MB.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { measure, measureTogether, perCall, table } from './measure.mjs';

const mountc = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));

export async function run({ smoke }) {
  const library = await import('../../dist/index.js');
  startUp(smoke);
  calls(library, smoke);
  growth(library, smoke);
  lines(smoke);
}

function startUp(smoke) {
  const node = process.execPath;
  const commands = {
    'empty node': [node, '-e', '0'],
    'mountc --version': [node, mountc, '--version'],
    'mountc convert': [
      node,
      mountc,
      'convert',
      '--to',
      'mount',
      'docker run --rm -v /srv/data:/data:ro alpine',
    ],
    'mountc convert, a variable': [
      node,
      mountc,
      'convert',
      '--to',
      'mount',
      'docker run --rm -v "$PWD":/data alpine',
    ],
    'mountc convert --docker': [
      node,
      mountc,
      'convert',
      '--docker',
      '28.2',
      '--to',
      'mount',
      'docker run --rm -v /srv/data:/data:ro alpine',
    ],
    'mountc explain': [node, mountc, 'explain', 'type=bind,src=/etc,dst=/host/etc,ro'],
    'mountc lint --command': [
      node,
      mountc,
      'lint',
      '--command',
      'docker run --rm -v /srv/data:/data:ro alpine',
    ],
    'mountc docker --version': [node, mountc, 'docker', '--version'],
    'docker --version': ['docker', '--version'],
  };
  const folder = mkdtempSync(join(tmpdir(), 'mountc-bench-'));
  const certificates = join(folder, 'ca.pem');
  writeFileSync(certificates, rootCertificates.join('\n'));
  for (const file of ['', certificates]) {
    const env = { NODE_EXTRA_CA_CERTS: file };
    const often = smoke ? { rounds: 1, count: 1, env } : { rounds: 5, count: 6, env };
    const times = measureTogether(commands, often);
    const base = times['empty node'].cpu;
    table([
      [`start-up, ${file === '' ? 'no ' : ''}NODE_EXTRA_CA_CERTS`, 'CPU ms', '× empty node', 'wall ms'],
      ...Object.entries(times).map(([name, { cpu, wall }]) => [
        name,
        cpu.toFixed(1),
        (cpu / base).toFixed(2),
        wall.toFixed(1),
      ]),
    ]);
  }
  rmSync(folder, { recursive: true });
}

const SPECS = {
  volume: '/home/developer/appdata:/container/data:ro',
  mount: 'type=bind,source=/home/developer/appdata,target=/container/data,readonly',
  tmpfs: '/run:rw,noexec,size=64m',
};
const ARGS = [
  'run',
  '--rm',
  '-it',
  '-v',
  SPECS.volume,
  '--mount',
  SPECS.mount,
  '--tmpfs',
  SPECS.tmpfs,
  '-e',
  'A=b',
  'alpine',
  'ls',
];

function calls({ parse, compile, lint, convert }, smoke) {
  const count = smoke ? 50 : 20_000;
  const rows = [['per call', 'CPU µs']];
  for (const [form, text] of Object.entries(SPECS))
    rows.push([`parse ${form}`, perCall(() => parse(form, text), { count }).toFixed(2)]);
  rows.push(['compile a command', perCall(() => compile(ARGS), { count }).toFixed(1)]);
  rows.push(['lint a command', perCall(() => lint(ARGS), { count: count / 4 }).toFixed(1)]);
  rows.push([
    'convert a command',
    perCall(() => convert(ARGS, 'mount', { docker: '29.7' }), { count: count / 4 }).toFixed(1),
  ]);
  rows.push([
    'convert a command for every docker',
    perCall(() => convert(ARGS, 'mount'), { count: count / 10 }).toFixed(1),
  ]);
  console.log();
  table(rows);
}

function growth({ parse }, smoke) {
  const sizes = smoke ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
  const shapes = {
    'one long path': (size) => `type=bind,src=/${'a'.repeat(size)}`,
    'many fields': (size) => 'volume-label=a=b,'.repeat(size / 17),
    'many quotes': (size) => `"${'""'.repeat(size / 2)}"`,
  };
  const rows = [['ns per byte', ...sizes.map((size) => `${size / 1000} kB`)]];
  for (const [name, make] of Object.entries(shapes)) {
    rows.push([
      name,
      ...sizes.map((size) => {
        const text = make(size);
        return (
          (perCall(() => parse('mount', text), {
            count: Math.max(3, Math.round((smoke ? 1e4 : 1e6) / size)),
          }) *
            1000) /
          size
        ).toFixed(1);
      }),
    ]);
  }
  console.log();
  table(rows);
}

function lines(smoke) {
  const count = smoke ? 200 : 200_000;
  const folder = mkdtempSync(join(tmpdir(), 'mountc-bench-'));
  const input = join(folder, 'commands.jsonl');
  writeFileSync(
    input,
    Array.from(
      { length: count },
      (_, i) =>
        `${JSON.stringify(['run', '--rm', '-v', `/srv/${i}:/data:ro`, '--mount', SPECS.mount, 'alpine', 'ls'])}\n`,
    ).join(''),
  );
  const { cpu, wall } = measure([process.execPath, mountc, 'convert', '--to', 'api', '--jsonl'], {
    count: 1,
    input,
  });
  rmSync(folder, { recursive: true });
  console.log();
  table([
    ['--jsonl', 'commands/s'],
    ['by CPU time', Math.round((count / cpu) * 1000)],
    ['by wall time', Math.round((count / wall) * 1000)],
  ]);
}
