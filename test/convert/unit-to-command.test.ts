import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir } from '../support/temp-dir.js';

async function convert(to: string, unit: string, beside: Readonly<Record<string, string>> = {}) {
  const dir = tempDir();
  writeFileSync(join(dir, 'web.container'), unit);
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(dir, name), text);
  const { code, stdout, stderr } = await runMountc(['convert', '--to', to, '-f', 'web.container'], {
    cwd: dir,
  });
  return { code, stdout: stdout.replaceAll(dir, 'DIR'), stderr: stderr.replaceAll(dir, 'DIR') };
}

const IMPLIED = 'podman run --name systemd-web --replace --rm --cgroups=split --sdnotify=conmon -d';

test('a list of words is one for docker and the others', async () => {
  const unit =
    '[Container]\nImage=x\nEntrypoint=["a","b c"]\nHealthCmd=["CMD","d","-f x"]\nUserNS=keep-id\nExec=e\n';
  const { code, stdout, stderr } = await convert('docker-run', unit);
  expect(stdout).toBe(
    "docker run --name systemd-web --rm -d --entrypoint a --health-cmd 'd '\\''-f x'\\''' x 'b c' e\n",
  );
  expect(stderr).toMatch(/note: `Entrypoint=.*note: `HealthCmd=.*`UserNS=keep-id`: left out/s);
  expect(code).toBe(1);
  const none = await convert('docker-run', '[Container]\nImage=x\nHealthCmd=none\n');
  expect(none.stdout).toBe('docker run --name systemd-web --rm -d --no-healthcheck x\n');
});

test.each([
  ['Volume=./a:/b:z\nVolume=:/anon', '-v DIR/a:/b:z -v /anon'],
  ['Volume=%h/x:/y\nVolume=%t/p.sock:/p.sock', '-v "$HOME/x:/y" -v "$XDG_RUNTIME_DIR/p.sock:/p.sock"'],
  ['Volume=own.volume:/d\nVolume=other.volume:/e', '-v mine:/d -v systemd-other:/e'],
  [
    'Mount=type=bind,src=./a,dst=/b type=tmpfs,dst=/t',
    '--mount type=bind,src=DIR/a,dst=/b --mount type=tmpfs,dst=/t',
  ],
  ['Network=net.network\nNetworkAlias=al', '--network mesh --network-alias al'],
  ['Environment=A=b "C=d e"\nEnvironment=F=50%% G=$$H', "-e A=b -e 'C=d e' -e F=50% -e 'G=$H'"],
  ['Environment=A=$B "C=d $E"\nLabel=l=x$Y', "-e 'A=$B' -e 'C=d $E' --label 'l=x$Y'"],
  ['Environment=A=1\nEnvironment=\nEnvironment=B=2', '-e B=2'],
  ['ReadOnly=no\nRunInit=1', '--read-only=false --init'],
  ['PidsLimit=1\nPidsLimit=2', '--pids-limit 2'],
  ['User=1\nGroup=2', '--user 1:2'],
  ['PodmanArgs=--cpus 2 "--label=a b"', "--cpus 2 '--label=a b'"],
])('%j', async (lines, flags) => {
  const beside = {
    'own.volume': '[Volume]\nVolumeName=mine\n',
    'net.network': '[Network]\nNetworkName=mesh\n',
  };
  expect(await convert('podman-run', `[Container]\nImage=x\n${lines}\nExec=a 'b c'\n`, beside)).toEqual({
    code: 0,
    stdout: `${IMPLIED} ${flags} x a 'b c'\n`,
    stderr: '',
  });
});

test('says what a command cannot do, and what a shell does not know', async () => {
  const unit = '[Container]\nImage=x\nEnvironment=A=%I\nExec=a ${B}\n[Service]\nRestart=always\n';
  const { code, stdout, stderr } = await convert('podman-run', unit);
  expect(code).toBe(1);
  expect(stdout).toBe(`${IMPLIED} -e "A=%I" x a "\${B}"\n`);
  expect(stderr).toMatch(/`Restart=always`: left out: systemd starts/);
  expect(stderr).toMatch(/`%I`: left out/);
  expect(stderr).toMatch(/note: `\$\{B\}`/);
});

test('is docker run with what docker has, and names the rest', async () => {
  const unit =
    '[Container]\nImage=x\nVolume=/srv:/d:U\nUserNS=keep-id\nTimezone=local\nSecret=a\nMask=/p\nNetwork=host\n[Service]\nRestart=always\n';
  const { code, stdout, stderr } = await convert('docker-run', unit);
  expect(code).toBe(1);
  expect(stdout).toBe(
    'docker run --name systemd-web --restart always -d --mount type=bind,src=/srv,dst=/d --network host x\n',
  );
  for (const lost of ['`U`', 'UserNS=keep-id', '--tz', '--secret', 'mask=/p']) expect(stderr).toContain(lost);
});

test.each([
  ['[Container]\nVolume=/a:/b\n', /Quadlet refuses the unit: no Image or Rootfs key specified/],
  ['[Container]\nImage=x\nVolumes=/a:/b\n', /unsupported key 'Volumes'/],
  ['[Container]\nImage=x\nRemapUid=5\n', /UidMap set without RemapUsers/],
  ['[Container]\nImage=x\nExposeHostPort=http\n', /invalid port format 'http'/],
])('makes nothing of a unit that Quadlet refuses: %j', async (unit, message) => {
  const { code, stdout, stderr } = await convert('podman-run', unit);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
});
