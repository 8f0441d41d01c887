import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from '../support/temp-dir.js';
import type { Shape } from './shapes/shape.js';

const program = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
const reporter = fileURLToPath(new URL('report-cpu.cjs', import.meta.url));

/** What `mountc docker` and `mountc podman` start. */
const NOTHING = { MOUNTC_DOCKER: '/bin/true', MOUNTC_PODMAN: '/bin/true' };

/** What one run of the program came to. */
export interface Measured {
  /** Of the processor; the time waited where the run did not end. */
  readonly seconds: number;
  readonly megabytes: number;
  /** How it ended where that is none of the ways in which mountc ends. */
  readonly died?: string;
  /** The beginning of it. */
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program over a shape of about `n` characters as `run` says, with a heap of 2 GB and so many seconds. */
export async function measure(shape: Shape, n: number, run: string, timeout: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'mountc-shape-'));
  try {
    const made = shape.make(n);
    const files = typeof made === 'string' ? { [shape.path]: made } : made;
    if (shape.committed !== undefined) commit(folder, shape.path, shape.committed(n));
    writeFiles(folder, files);
    const [first, ...others] = run.split(' && ');
    let all = await runIn(folder, shape.path, first!, timeout);
    for (const other of others) {
      if (all.died !== undefined) break;
      const one = await runIn(folder, shape.path, other, timeout);
      all = {
        ...one,
        seconds: all.seconds + one.seconds,
        megabytes: Math.max(all.megabytes, one.megabytes),
      };
    }
    return all;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the folder a repository whose last commit has this text. */
function commit(folder: string, path: string, text: string): void {
  writeFiles(folder, { [path]: text });
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x', ...words], {
      stdio: 'ignore',
    });
  git('init', '-q');
  git('add', path);
  git('commit', '-q', '-m', 'x');
}

async function runIn(folder: string, path: string, run: string, timeout: number): Promise<Measured> {
  const [command, stdin] = run.split(/ ?< ?/);
  const words = command!.split(' ').flatMap((word) => {
    if (word === 'WORDS') return argumentsOf(readFileSync(join(folder, path), 'utf8'));
    return word === 'FILE' ? [path] : [word];
  });
  const report = join(folder, '.cpu.json');
  const input = openSync(stdin === undefined ? '/dev/null' : join(folder, path), 'r');
  const args = ['--max-old-space-size=2048', reporter, program, ...words];
  const options = { cwd: folder, env: { ...process.env, ...NOTHING, MOUNTC_REPORT_CPU: report } };
  // The system counts what the run uses, so that it matters little what else the machine is busy with.
  const child = spawn('sh', ['-c', `ulimit -t ${timeout}; exec "$@"`, 'sh', process.execPath, ...args], {
    ...options,
    stdio: [input, 'pipe', 'pipe'],
  });
  closeSync(input);
  const out = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (text: string) => {
      if (out[name].length < 4000) out[name] += text.slice(0, 4000);
    });
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), timeout * 20_000);
  const end = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal }));
  });
  clearTimeout(timer);
  if (end.signal === 'SIGXCPU' || end.signal === 'SIGKILL')
    return { seconds: timeout, megabytes: 0, died: `over ${timeout} s`, ...out };
  if (end.signal !== null) return { seconds: 0, megabytes: 0, died: end.signal, ...out };
  if (!existsSync(report)) return { seconds: 0, megabytes: 0, died: `exit code ${end.code}`, ...out };
  const used: { seconds: number; megabytes: number } = JSON.parse(readFileSync(report, 'utf8'));
  // 0 clean, 1 findings, 2 a broken configuration, 3 a file was not read, which it says.
  const died = end.code! <= 3 ? undefined : `exit code ${end.code}`;
  return { ...used, ...(died !== undefined && { died }), ...out };
}

/** The lines of a text as arguments, as far as Linux takes them: so many characters each, and so many of all. */
function argumentsOf(text: string): string[] {
  return text
    .slice(0, 1_500_000)
    .split('\n')
    .map((line) => line.slice(0, 130_000));
}
