import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempDir, writeProgram } from '../support/temp-dir.js';
import { SIGNAL_ROWS, type SignalRow } from './signal-rows.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ARGS = ['run', '-v', 'data:/data', 'img'];

// Says which signals it gets; ends some time after the first, so that a second one would be seen.
const STUB = `#!/bin/sh
for s in TERM INT HUP QUIT USR1 WINCH; do trap "echo $s; got=1" $s; done
echo ready
n=0
while [ $n -lt 100 ] && [ -z "$got" ]; do sleep 0.05; n=$((n + 1)); done
sleep 0.15; sleep 0.15
exit 9
`;

function send({ signal, to }: SignalRow, words: (docker: string) => readonly string[]) {
  const dir = tempDir();
  const docker = writeProgram(join(dir, 'docker'), STUB);
  const [file, ...args] = words(docker);
  return new Promise<{ out: string; code: number | null; signal: string | null }>((resolve) => {
    const child = spawn(file!, [...args, ...ARGS], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: '/usr/bin:/bin', HOME: dir, MOUNTC_DOCKER: docker },
    });
    let out = '';
    child.stdout.on('data', (piece: Buffer) => {
      const first = !out.includes('ready');
      out += piece.toString();
      if (first && out.includes('ready')) process.kill(to === 'group' ? -child.pid! : child.pid!, signal);
    });
    child.on('close', (code, by) => resolve({ out, code, signal: by }));
  });
}

describe.skipIf(process.platform === 'win32')('signals', { timeout: 60_000 }, () => {
  it.each(SIGNAL_ROWS)('$name', async (row) => {
    const plain = await send(row, (docker) => [docker]);
    expect(plain).toEqual({ out: `ready\n${row.signal.slice(3)}\n`, code: 9, signal: null });
    expect(await send(row, () => [join(ROOT, 'bin/docker')])).toEqual(plain);
    const door = await send(row, () => [process.execPath, join(ROOT, 'bin/mountc.js'), 'docker']);
    if (row.door === undefined) expect(door).toEqual(plain);
    else expect(door).toMatchObject({ code: 9, out: expect.stringContaining(plain.out) });
  });
});
