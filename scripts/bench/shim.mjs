// The shim: what the launcher and `mountc docker` add to docker itself, with and without NODE_EXTRA_CA_CERTS.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { measureTogether } from './measure.mjs';

const bin = (name) => fileURLToPath(new URL(`../../bin/${name}`, import.meta.url));
const LAUNCHER = bin('docker');
const NODE = process.execPath;
// As most are written: the fast path is enough. And one that the full check has to read.
const RUN = ['run', '--rm', '-v', 'data:/data', '--mount', 'type=bind,src=/srv,dst=/srv', 'alpine', 'true'];
const ODD = ['run', '--rm', '-v', 'data:/data', '--mount', 'type=bind,src=/my files,dst=/srv', 'alpine'];

export async function run({ smoke }) {
  const dir = mkdtempSync(join(tmpdir(), 'mountc-bench-'));
  try {
    const certificates = join(dir, 'ca.pem');
    writeFileSync(certificates, rootCertificates.join('\n'));
    withoutMounts(smoke);
    for (const env of [{}, { NODE_EXTRA_CA_CERTS: certificates }]) withMounts(smoke, env);
    await memory(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function realDocker() {
  const { stdout } = spawnSync('bash', ['-c', 'type -ap docker'], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .find((path) => path !== '' && !readFileSync(path).subarray(0, 2).equals(Buffer.from('#!')));
}

function withoutMounts(smoke) {
  const docker = realDocker();
  if (docker === undefined) return console.log('no docker here: nothing to compare the fast path with');
  const commands = {
    'docker --version': [docker, '--version'],
    'launcher --version': [LAUNCHER, '--version'],
  };
  if (!smoke) commands['mountc docker --version'] = [NODE, bin('mountc.js'), 'docker', '--version'];
  const got = measureTogether(commands, {
    count: smoke ? 2 : 20,
    rounds: smoke ? 1 : 7,
    env: { MOUNTC_DOCKER: docker },
  });
  const base = got['docker --version'];
  show('no mount flag', got, (each) => [each.wall, each.wall / base.wall, 'wall of docker']);
  console.log('aim: launcher at most 1.2 x');
}

function withMounts(smoke, env) {
  const docker = existsSync('/bin/true') ? '/bin/true' : '/usr/bin/true';
  const commands = {
    'empty node': [NODE, '-e', '0'],
    'launcher, no mounts': [LAUNCHER, 'ps'],
    'launcher, with mounts': [LAUNCHER, ...RUN],
    'launcher, with odd mounts': [LAUNCHER, ...ODD],
    'mountc docker, with mounts': [NODE, bin('mountc.js'), 'docker', ...RUN],
  };
  const got = measureTogether(commands, {
    count: smoke ? 1 : 10,
    rounds: smoke ? 1 : 7,
    env: { MOUNTC_DOCKER: docker, XDG_CONFIG_HOME: '/nonexistent', NODE_EXTRA_CA_CERTS: '', ...env },
  });
  // Without these certificates: what an empty Node costs where the launcher empties them.
  const base = measureTogether(
    { node: [NODE, '-e', '0'] },
    { count: smoke ? 1 : 10, rounds: smoke ? 1 : 7, env: { NODE_EXTRA_CA_CERTS: '' } },
  ).node;
  // What sh itself costs is the same without mounts.
  for (const [name, whole] of [
    ['the check alone', 'launcher, with mounts'],
    ['the check alone, odd mounts', 'launcher, with odd mounts'],
  ])
    got[name] = { cpu: got[whole].cpu - got['launcher, no mounts'].cpu, wall: 0 };
  show(
    `with mount flags, ${env.NODE_EXTRA_CA_CERTS ? 'NODE_EXTRA_CA_CERTS set' : 'no NODE_EXTRA_CA_CERTS'}`,
    got,
    (each) => [each.cpu, each.cpu / base.cpu, 'CPU of an empty Node without certificates'],
  );
  console.log('aim: the check alone at most 1.3 x');
}

function show(title, got, row) {
  console.log(`\n${title}`);
  for (const [name, each] of Object.entries(got)) {
    const [ms, ratio, of] = row(each);
    console.log(
      `  ${name.padEnd(28)} ${ms.toFixed(1).padStart(7)} ms  ${ratio.toFixed(2).padStart(6)} x ${of}`,
    );
  }
}

/** What of ours is in memory while docker runs: all processes of the session, without docker itself. */
async function memory(dir) {
  if (!existsSync('/proc/self/smaps_rollup')) return;
  const stub = join(dir, 'docker');
  writeFileSync(stub, '#!/bin/sh\necho up\nexec sleep 5\n', { mode: 0o755 });
  console.log('\nmemory of ours while docker runs');
  for (const [name, file, args] of [
    ['launcher', LAUNCHER, RUN],
    ['mountc docker', NODE, [bin('mountc.js'), 'docker', ...RUN]],
  ]) {
    const child = spawn(file, args, {
      env: { ...process.env, MOUNTC_DOCKER: stub },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const isDocker = readFileSync(`/proc/${child.pid}/comm`, 'utf8').trim() === 'sleep';
    const kilobytes = isDocker
      ? 0
      : Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8'))[1]);
    console.log(`  ${name.padEnd(28)} ${(kilobytes / 1024).toFixed(0).padStart(7)} MB`);
    spawnSync('pkill', ['-P', String(child.pid)]);
    child.kill();
  }
}
