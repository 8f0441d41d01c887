// What Compose asks of services besides types: rows that both real releases refuse, or both take, and mountc says the same.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { composeFilesOf } from '../../src/files/compose-files.js';
import { lintText } from '../../src/lint/lint-text.js';
import { findComposes } from '../support/compose.js';
import { sharedTempDir } from '../support/temp-dir.js';

/** Services in one line, and what lies over them. */
type Row = string | readonly [file: string, over: string];

const B = 'b: {image: y}';
const REFUSED: readonly Row[] = [
  `a: {image: x, depends_on: [a]}`,
  `a: {image: x, depends_on: [b]}, b: {image: y, depends_on: [a]}`,
  `a: {image: x, links: [b]}, b: {image: y, links: ["a:z"]}`,
  `a: {image: x, pid: "service:b"}, b: {image: y, depends_on: [a]}`,
  `a: {image: x, links: [zz]}`,
  `a: {image: x, links: [b]}, b: {image: y, profiles: [q]}`,
  `a: {image: x, network_mode: "service:zz"}`,
  `a: {image: x, ipc: "service:zz"}`,
  `a: {image: x, network_mode: host, networks: [default]}`,
  [`a: {image: x, networks: [default]}`, `a: {network_mode: host}`],
  `a: {build: {dockerfile: D, dockerfile_inline: FROM x}}`,
  [`a: {build: {dockerfile: D}}`, `a: {build: {dockerfile_inline: FROM x}}`],
  `a: {image: x, healthcheck: {test: [curl, x]}}`,
  `a: {image: x, healthcheck: {test: [cmd, x]}}`,
  `a: {image: x, scale: 2, container_name: foo}`,
  `a: {image: x, deploy: {replicas: 2}, container_name: foo}`,
  `a: {image: x, scale: 2, deploy: {replicas: 3}}`,
  `a: {build: {context: ., ssh: [foo]}}`,
  `a: {image: x, extra_hosts: [a]}`,
  `a: {build: {context: ., extra_hosts: [a]}}`,
  `a: {image: x, pull_policy: sometimes}`,
  `a: {image: x, ulimits: {nofile: {soft: 1}}}`,
  `a: {build: ., develop: {watch: [{action: copy, path: ./src}]}}`,
  `a: {build: ., develop: {watch: [{action: rebuild}]}}`,
  `a: {image: x, deploy: {resources: {limits: {cpus: many}}}}`,
  ...[
    'a:b',
    '80-90:80-91',
    '80:80/foo',
    '70000:80',
    '90-80',
    '',
    '80:',
    '-1:80',
    '80 :80',
    'localhost:80:80',
  ].map((port) => `a: {image: x, ports: ["${port}"]}`),
  ...['::1:80:80', '[::1:80:80', '1.2.3:80:80'].map((port) => `a: {image: x, ports: ["${port}"]}`),
  `a: {image: x, ports: [80.5]}`,
  `a: {image: x, ports: [70000]}`,
];
const TAKEN: readonly Row[] = [
  `a: {image: x, links: ["b:db"], pid: "service:b"}, ${B}`,
  `a: {image: x, external_links: [zz], network_mode: "container:foo"}`,
  `a: {image: x, network_mode: host, networks: []}`,
  [`a: {image: x, networks: [default]}`, `a: {network_mode: host, networks: !reset []}`],
  `a: {build: {dockerfile_inline: FROM x}}`,
  `a: {image: x, healthcheck: {test: []}}`,
  `a: {image: x, healthcheck: {test: [NONE]}}`,
  `a: {image: x, container_name: foo, scale: 1, deploy: {replicas: 1}}`,
  `a: {build: {context: ., ssh: [default, a=b, "c=", "=d"]}}`,
  `a: {build: {context: ., ssh: {foo: }}}`,
  `a: {image: x, extra_hosts: ["a=1.1.1.1,2.2.2.2", "b:", "c:host-gateway", "d:[::1]"]}`,
  `a: {build: ., develop: {watch: [{path: a, action: rebuild, x-initialSync: true, ignore: [b]}], x-y: 1}}`,
  `a: {image: x, gpus: [{foo: 1}]}`,
  `a: {image: x, deploy: {resources: {limits: {cpus: "0.5"}, reservations: {cpus: 1e1}}}}`,
  ...['80/', '80/UDP', '8000-8010:80', '[::1]:80:80', '1.2.3.4::80', ':80', '80/tcp/x', '10-20-30'].map(
    (port) => `a: {image: x, ports: ["${port}"]}`,
  ),
  `a: {image: x, ports: [0x50, 22:22]}`,
  `a: {image: x, labels: {a: "\${X:-{}}"}}`,
  // What lies over others is no whole.
  [
    `a: {image: x, depends_on: {b: {condition: service_healthy}}}, ${B}`,
    `a: {depends_on: {b: {restart: true}}}`,
  ],
  `a: {image: x, depends_on: {b: {condition: service_healthy}}}, ${B}, c: {extends: a, depends_on: {b: {restart: true}}}`,
  [
    `a: {image: x, deploy: {resources: {limits: {cpus: 1}}}}`,
    `a: {deploy: {resources: {limits: , reservations: {}}}}`,
  ],
];

const composes = findComposes();

describe.skipIf(composes.length === 0)('services', () => {
  const home = sharedTempDir();
  const rows = [...REFUSED.map((row) => [row, true] as const), ...TAKEN.map((row) => [row, false] as const)];
  test.each(rows.map(([row, isRefused], i) => [String(row), isRefused, row, i] as const))(
    '%s: refused %s',
    async (_, isRefused, row, i) => {
      const folder = join(home, String(i), 'proj');
      mkdirSync(folder, { recursive: true });
      const [own, over] = typeof row === 'string' ? [row] : row;
      const files = Object.entries({ 'compose.yaml': own, ...(over && { 'compose.override.yaml': over }) });
      for (const [name, text] of files) writeFileSync(join(folder, name), `services: {${text}}\n`);
      const found = await Promise.all(
        files.map(async ([name, text]) => {
          const whole = `services: {${text}}\n`;
          const composeFiles = await composeFilesOf(join(folder, name), whole, folder);
          const options = { dialect: makeDialect(), rules: {}, composeFiles };
          return (await lintText('compose', whole, name, options)).diagnostics;
        }),
      );
      const errors = found.flat().filter(({ severity }) => severity === 'error');
      expect(errors.length > 0, JSON.stringify(errors)).toBe(isRefused);
      for (const { path } of composes)
        await new Promise<void>((resolve, reject) => {
          execFile(
            path,
            ['config', '-q'],
            { cwd: folder, env: { HOME: home, PATH: '' } },
            (error, _out, stderr) =>
              (error !== null) === isRefused ? resolve() : reject(new Error(`Compose: ${stderr}`)),
          );
        });
    },
  );
});
