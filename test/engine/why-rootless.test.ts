// A rootless docker, run for real as another user: it has users and folders of its own, and `mountc why` looks through its eyes.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { ENGINES_DIR } from '../support/clients.js';
import type { Told } from '../support/why.js';

const USER = 'mountc-rootless';
const SCRIPTS = '/usr/share/docker.io/contrib';
const BUSYBOX = join(ENGINES_DIR, 'tools/bin/busybox');
const NEEDED = [`${SCRIPTS}/dockerd-rootless.sh`, '/usr/bin/rootlesskit', '/usr/bin/newuidmap', BUSYBOX];
const absent = process.getuid?.() === 0 ? NEEDED.find((path) => !existsSync(path)) : 'root';
const reason = absent === undefined ? '' : ` (there is no ${absent})`;

describe.skipIf(absent !== undefined)(`a rootless docker${reason}`, () => {
  let home = '';
  let uid = 0;
  let env: Record<string, string> = {};
  const sh = (script: string) =>
    spawnSync('su', [USER, '-s', '/bin/sh', '-c', `cd; ${script}`], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });

  beforeAll(async () => {
    spawnSync('useradd', ['-m', USER]);
    const [, , number, , , folder = ''] = execFileSync('getent', ['passwd', USER], {
      encoding: 'utf8',
    }).split(':');
    uid = Number(number);
    home = folder;
    const runtime = `/run/user/${uid}`;
    mkdirSync(runtime, { recursive: true });
    execFileSync('chown', [`${uid}`, runtime]);
    env = {
      PATH: `/usr/sbin:/usr/bin:/sbin:/bin:${SCRIPTS}`,
      HOME: home,
      XDG_RUNTIME_DIR: runtime,
      DOCKER_HOST: `unix://${runtime}/docker.sock`,
      // Without a network: its devices are more than some machines allow.
      DOCKERD_ROOTLESS_ROOTLESSKIT_NET: 'host',
      DOCKERD_ROOTLESS_ROOTLESSKIT_PORT_DRIVER: 'none',
    };
    const daemon = 'dockerd-rootless.sh --iptables=false --bridge=none --storage-driver=vfs >d.log 2>&1';
    spawn('su', [USER, '-s', '/bin/sh', '-c', `cd; exec ${daemon}`], {
      env,
      stdio: 'ignore',
      detached: true,
    }).unref();
    for (let tries = 0; sh('docker version').status !== 0; tries++) {
      if (tries > 60) throw new Error(readFileSync(join(home, 'd.log'), 'utf8').slice(-2000));
      await new Promise((done) => setTimeout(done, 250));
    }
    // The user may not look into the folder that it is kept in.
    cpSync(BUSYBOX, join(home, 'busybox'));
    const made = sh(
      `set -e; mkdir -p i/bin i/app; cp busybox i/bin/; for c in sh sleep touch; do ln -s busybox i/bin/$c; done
       echo 1 > i/app/x; tar -C i -c . | docker import - box`,
    );
    expect(made).toMatchObject({ status: 0 });
  }, 60_000);

  afterAll(() => {
    sh('docker rm -f $(docker ps -aq); rootless=$(cat $XDG_RUNTIME_DIR/docker.pid); kill $rootless; sleep 1');
    spawnSync('pkill', ['-KILL', '-u', USER]);
    // What belongs to its other numbers is root's to remove.
    for (const path of [`/run/user/${uid}`, home]) if (path !== '') spawnSync('rm', ['-rf', path]);
    spawnSync('userdel', [USER]);
  }, 60_000);

  const why = async (name: string, ...words: readonly string[]) => {
    const { stdout } = await runMountc(['why', '--engine', 'docker', '--format', 'json', name, ...words], {
      env,
      cwd: home,
    });
    return (JSON.parse(stdout) as { findings: Told[] }[])[0]!.findings;
  };

  test.each([
    ['a folder of its user', 'mkdir d; echo 1 >d/x', '-v $HOME/d:/d', 'sleep 60'],
    ['a volume', ':', '-v ok:/app', 'sleep 60'],
    ['its own socket', ':', '-v $XDG_RUNTIME_DIR/docker.sock:/var/run/docker.sock', 'sleep 60'],
  ])('silent: %s', async (title, prepare, flags, command) => {
    const name = title.replaceAll(' ', '-');
    expect(sh(`${prepare}; docker run -d --name ${name} --network none ${flags} box ${command}`).status).toBe(
      0,
    );
    expect(await why(name)).toEqual([]);
  });

  test('another user than root is another number on the host, and what is offered lets it in', async () => {
    sh(
      'mkdir o; echo 1 >o/x; docker run -d --name other --network none --user 1000 -v $HOME/o:/o box sleep 60',
    );
    const [told] = await why('other', '/o');
    expect(told).toMatchObject({
      cause: 'denied-by-mode',
      message: expect.stringMatching(/user 1000 of the container \(\d+ on the host\)/),
    });
    const { remedy } = told!;
    for (const command of remedy?.kind === 'run' ? remedy.commands : []) execFileSync('sh', ['-c', command]);
    expect(sh('docker exec other touch /o/new').status).toBe(0);
    expect(await why('other', '/o')).toMatchObject([
      { cause: 'owned-by-container', help: expect.stringMatching(/--user 0:0$/) },
    ]);
  });

  test('a container that ended is judged by the same numbers', async () => {
    sh('docker run --name ended --network none --user 1000 -v mine:/app box touch /app/new');
    const [told] = await why('ended');
    expect(told).toMatchObject({ cause: 'denied-by-mode', severity: 'error' });
    const { remedy } = told!;
    for (const command of remedy?.kind === 'run' ? remedy.commands : []) execFileSync('sh', ['-c', command]);
    expect(sh('docker start -a ended').status).toBe(0);
  });

  test('it has a /run of its own, and another socket', async () => {
    sh(
      'docker run -d --name socket --network none -v /var/run/docker.sock:/var/run/docker.sock box sleep 60',
    );
    const socket = `${env['XDG_RUNTIME_DIR']}/docker.sock`;
    expect((await why('socket'))[0]).toMatchObject({
      help: `rootless docker listens at \`${socket}\``,
      remedy: { kind: 'change', to: `-v ${socket}:/var/run/docker.sock` },
    });
  });

  test('what its user may not reach', async () => {
    const { stderr } = sh('docker run --rm --network none -v /root/x:/x box true');
    const words = [
      'why',
      '--engine',
      'docker',
      '--format',
      'json',
      '--',
      'docker',
      'run',
      '-v',
      '/root/x:/x',
      'box',
    ];
    const { stdout } = await runMountc(words, { env, cwd: home, stdin: stderr });
    expect((JSON.parse(stdout) as { findings: Told[] }[])[0]!.findings).toMatchObject([
      { cause: 'denied-above', message: expect.stringContaining('may not enter `/root`'), remedy: null },
    ]);
  });
});
