import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { WANTED, wantedClients } from '../support/clients.js';
import { startFakeEngine } from '../support/fake-engine.js';
import { tempDir } from '../support/temp-dir.js';

const MOUNTC = fileURLToPath(new URL('../../bin/mountc.js', import.meta.url));
// Whether docker takes it depends on its version, so that mountc has to ask.
const TAKEN_BY_NEW = ['run', '--mount', 'type=bind,src=/a,dst=/b,bind-recursive=disabled', 'img'];
const TAKEN_BY_OLD = ['run', '--mount', 'type=bind,src=/a,dst=/b,bind-nonrecursive', 'img'];

function baseEnv(docker: string, more: Record<string, string> = {}) {
  const dir = tempDir();
  return { PATH: '/usr/bin:/bin', HOME: dir, MOUNTC_DOCKER: docker, ...more };
}

function both(docker: string, args: readonly string[], env: Record<string, string>) {
  const time = (file: string, words: readonly string[]) => {
    const began = performance.now();
    const { stdout, stderr, status } = spawnSync(file, words, { env, encoding: 'utf8', timeout: 20_000 });
    return { seen: { stdout, stderr, status }, ms: performance.now() - began };
  };
  return {
    plain: time(docker, args),
    door: time(process.execPath, [MOUNTC, 'docker', ...args]),
    doctor: () => spawnSync(process.execPath, [MOUNTC, 'doctor'], { env, encoding: 'utf8' }),
  };
}

for (const client of wantedClients([WANTED[0], WANTED[1]])) {
  const isMissing = 'missing' in client;
  describe.skipIf(isMissing)(`without an engine: docker ${client.version}`, { timeout: 60_000 }, () => {
    const path = isMissing ? '' : client.path;
    const RUN = client.version.startsWith('20.') ? TAKEN_BY_OLD : TAKEN_BY_NEW;

    it.each([
      ['no socket', { DOCKER_HOST: 'unix:///nonexistent/docker.sock' }, /daemon running|no such file/],
      ['a port that nobody listens on', { DOCKER_HOST: 'tcp://127.0.0.1:9' }, /daemon running|refused/],
      ['a context that does not exist', { DOCKER_CONTEXT: 'nope' }, /not found|does not exist/],
    ])('%s: docker says so, and no more than a second later', (_name, more, words) => {
      const { plain, door, doctor } = both(path, RUN, baseEnv(path, more));
      expect(door.seen).toEqual(plain.seen);
      expect(plain.seen.status).not.toBe(0);
      // Node's own start on a busy machine is allowed for.
      expect(door.ms - plain.ms).toBeLessThan(3000);
      const { stdout, status } = doctor();
      expect(status).toBe(3);
      expect(stdout).toMatch(words);
    });

    it('an engine that never answers: docker is started all the same, within a second', async () => {
      const engine = await startFakeEngine({ answer: () => 'hang' });
      try {
        const env = baseEnv(path, { DOCKER_HOST: engine.host });
        const began = performance.now();
        const child = spawn(process.execPath, [MOUNTC, 'docker', ...RUN], { env, stdio: 'ignore' });
        const ended = new Promise((resolve) => child.on('close', resolve));
        // The first call is mountc's own question, the second is docker's.
        while (engine.requests.length < 2 && performance.now() - began < 10_000)
          await new Promise((resolve) => setTimeout(resolve, 20));
        const waited = performance.now() - began;
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 2000).unref();
        await ended;
        expect(engine.requests.length).toBeGreaterThanOrEqual(2);
        expect(waited).toBeLessThan(4000);
      } finally {
        await engine.stop();
      }
    });

    it('an odd engine: doctor asks once, and says what it is', async () => {
      const engine = await startFakeEngine({ version: '28.5.2' });
      try {
        const env = baseEnv(path, { DOCKER_HOST: engine.host });
        const run = () =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, [MOUNTC, 'doctor', '--format', 'json'], {
              env,
              stdio: ['ignore', 'pipe', 'inherit'],
            });
            let out = '';
            child.stdout.on('data', (piece: Buffer) => {
              out += piece.toString();
            });
            child.on('close', () => resolve(out));
          });
        const first = JSON.parse(await run());
        expect(first).toMatchObject({
          docker: path,
          engine: '28.5.2',
          engineOs: 'linux',
          cachedAt: null,
          troubles: [],
        });
        expect(JSON.parse(await run()).cachedAt).not.toBeNull();
      } finally {
        await engine.stop();
      }
    });
  });
}
