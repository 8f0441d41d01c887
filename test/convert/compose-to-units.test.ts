import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir } from '../support/temp-dir.js';

const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const quadlet = join(engines, 'podman-trixie/quadlet');

async function units(
  compose: string,
  beside: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
) {
  const dir = tempDir();
  mkdirSync(join(dir, 'out'));
  for (const [name, text] of Object.entries({ 'compose.yaml': compose, ...beside }))
    writeFileSync(join(dir, name), text);
  const { code, stderr } = await runMountc(
    ['convert', '--to', 'quadlet', '--write', 'out', '-f', 'compose.yaml', ...args],
    { cwd: dir },
  );
  const files = Object.fromEntries(
    readdirSync(join(dir, 'out')).map((name) => [
      name,
      readFileSync(join(dir, 'out', name), 'utf8').replaceAll(dir, 'DIR'),
    ]),
  );
  return { dir, code, stderr, files };
}

const SHOP = `name: shop
services:
  web:
    image: docker.io/library/nginx:\${TAG:-1.25}
    ports: ["8080:80", {target: 443, published: 8443, protocol: udp, host_ip: 127.0.0.1}]
    volumes: [data:/data, {type: tmpfs, target: /cache, tmpfs: {size: 64m}}]
    environment: {A: b c, B: "$NAME", M: "100%"}
    depends_on: [db]
    restart: unless-stopped
    command: nginx -g 'daemon off;'
    healthcheck: {test: [CMD, curl, localhost], interval: 30s}
    networks: [front, back]
    env_file: web.env
    secrets: [tok]
  db:
    image: docker.io/library/postgres
    entrypoint: ["/x", "y z"]
    volumes: ["data:/var/lib/data"]
    networks: {back: {aliases: [pg], ipv4_address: 10.0.0.5}}
    user: "999:999"
  job:
    build: {context: ./job, args: {X: "1 2"}}
    network_mode: host
    profiles: [a]
volumes: {data: }
networks:
  front:
  back: {internal: true, ipam: {config: [{subnet: 10.0.0.0/24}]}}
secrets: {tok: {file: ./tok.txt}}
`;

describe('a Compose file as units', () => {
  test('each service, volume, network and build has one', async () => {
    const { code, stderr, files } = await units(SHOP, { '.env': 'NAME=x' });
    expect(stderr).not.toMatch(/left out/);
    expect(stderr).toMatch(/`\$\{TAG\}, \$\{NAME\}`: changes its effect: its value now/);
    expect(code).toBe(0);
    expect(files['web.container']).toBe(
      [
        '[Unit]\nRequires=db.service\nAfter=db.service\n',
        '[Container]',
        'Image=docker.io/library/nginx:1.25',
        'PublishPort=8080:80',
        'PublishPort=127.0.0.1:8443:443/udp',
        'Environment="A=b c"',
        'Environment=B=x',
        'Environment=M=100%%',
        'HealthCmd=["curl","localhost"]',
        'HealthInterval=30s',
        'EnvironmentFile=DIR/web.env',
        'Network=front.network',
        'Network=back.network',
        'NetworkAlias=web',
        'Volume=shop_data.volume:/data',
        'Mount=type=tmpfs,dst=/cache,noexec,notmpcopyup,tmpfs-size=64m',
        'Mount=type=bind,src=DIR/tok.txt,dst=/run/secrets/tok,readonly',
        'Exec=nginx -g "daemon off;"\n',
        '[Service]\nRestart=always\n',
        '[Install]\nWantedBy=default.target\n',
      ].join('\n'),
    );
    expect(files['db.container']).toContain(
      'Network=back.network:ip=10.0.0.5\nNetworkAlias=db\nNetworkAlias=pg\n',
    );
    expect(files['job.container']).toBe('[Container]\nImage=job.build\nNetwork=host\n');
    expect(files['job.build']).toContain('ImageTag=localhost/shop-job:latest\nSetWorkingDirectory=DIR/job\n');
    expect(files['shop_data.volume']).toBe('[Volume]\nVolumeName=shop_data\n');
    expect(files['back.network']).toBe(
      '[Network]\nNetworkName=shop_back\nInternal=true\nSubnet=10.0.0.0/24\n',
    );
    expect(Object.keys(files)).toHaveLength(7);
  });

  test('what no unit says is named', async () => {
    const { code, stderr, files } = await units(
      'services:\n  a:\n    image: x\n    links: [b]\n    runtime: nvidia\n    hostname: "${H}"\n    volumes: ["$V:/x"]\n  b: {network_mode: "service:a", image: y}\n',
    );
    expect(code).toBe(1);
    for (const lost of ['a: links', 'a: runtime', 'a: hostname', '$V:/x', 'b: network_mode'])
      expect(stderr).toContain(lost);
    expect(Object.keys(files).sort()).toEqual(['a.container', 'b.container', 'default.network']);
  });

  test.skipIf(!existsSync(quadlet))('podman makes services of all of them', async () => {
    const { dir } = await units(SHOP, { '.env': 'NAME=x' }, ['--podman', '5.4']);
    const env = { ...process.env, QUADLET_UNIT_DIRS: join(dir, 'out') };
    const { stdout, stderr } = spawnSync(quadlet, ['-dryrun'], { env, encoding: 'utf8' });
    expect(stderr).not.toMatch(/converting|error/i);
    expect(stdout.match(/^ExecStart=/gm)).toHaveLength(7);
    expect(stdout).toMatch(
      /^ExecStart=.* --network shop_back:ip=10\.0\.0\.5 .* -v shop_data:\/var\/lib\/data /m,
    );
  });
});

test('a new pod has the ports', async () => {
  const dir = tempDir();
  const command = 'podman run --pod new:app -p 8080:80 --network n1 -v a:/b -e X=1 docker.io/library/nginx';
  await runMountc(['convert', '--to', 'quadlet', '--write', '.', command], { cwd: dir });
  expect(readFileSync(join(dir, 'app.pod'), 'utf8')).toBe(
    '[Pod]\nPodName=app\nPublishPort=8080:80\nNetwork=n1.network\n',
  );
  expect(readFileSync(join(dir, 'n1.network'), 'utf8')).toBe('[Network]\nNetworkName=n1\n');
  expect(readFileSync(join(dir, 'nginx.container'), 'utf8')).toContain(
    'Pod=app.pod\nVolume=a.volume:/b\nEnvironment=X=1\n',
  );
});

test('no word of a file makes a line or a path of its own', async () => {
  const evil = '"x\\nExecStartPre=/bin/evil"';
  const { files, stderr } = await units(
    `services:\n  a:\n    image: i\n    hostname: ${evil}\n    labels: {k: ${evil}}\n    networks: [n]\n    depends_on: [${evil}]\n    build: {context: ., target: ${evil}, args: {A: ${evil}}}\n  "../../up": {image: i}\n  b: {image: ${evil}}\nnetworks:\n  n: {driver: ${evil}, name: ${evil}, labels: {l: ${evil}}}\n  "../n": {}\n`,
  );
  expect(Object.values(files).join('\n')).not.toMatch(/^ExecStartPre/m);
  expect(Object.keys(files).sort()).toEqual(['a.build', 'a.container', 'n.network']);
  expect(stderr).toContain('refuses such a name');
});
