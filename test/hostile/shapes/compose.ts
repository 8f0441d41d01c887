import { fill, list, nest, type Shape } from './shape.js';
import { shapesOf, yamlShapes } from './yaml.js';

const HEAD = 'services:\n  a:\n    image: b\n    volumes: [./a:/b]\n';
const service = (volumes: string) => `services:\n  a:\n    image: b\n    volumes:\n${volumes}`;
const ofList = (item: string | ((index: number) => string)) => (n: number) =>
  service(fill(n, (i) => `      - ${typeof item === 'string' ? item : item(i)}\n`));

/** A chain of files of which each takes the next `times` times, by `line`. */
const files = (
  n: number,
  make: (index: number, isLast: boolean) => string,
  name: (index: number) => string,
) => {
  const count = Math.min(2000, Math.max(4, Math.ceil(n / 200)));
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [i === 0 ? 'compose.yaml' : name(i), make(i, i === count - 1)]),
  );
};
const FROM_FILES = ['convert --to mount -f FILE', 'convert --to compose -f FILE', 'lint .'];

/** Compose files. */
export const COMPOSE: readonly Shape[] = [
  ...yamlShapes('compose.yaml', HEAD),
  ...shapesOf('compose.yaml', {
    services: (n) => `services:\n${fill(n, (i) => `  s${i}:\n    image: b\n    volumes: [./a:/b]\n`)}`,
    'services that are wrong': (n) =>
      `services:\n${fill(n, (i) => `  s${i}:\n    image: b\n    volumes: [./a:/b:rx:z, docker.sock:b]\n`)}`,
    'volumes of one service': ofList((i) => `./a${i}:/b${i}`),
    'volumes at one target': ofList((i) => `./a${i}:/b`),
    'the same volume': ofList('./a:/b'),
    'volumes inside of one another': ofList((i) => `./a${i}:/b${i % 2 === 0 ? ':ro' : `${i - 1}/c`}`),
    'volumes deeper and deeper': (n) =>
      service(list(Math.sqrt(n) * 30, 30, (i) => `      - ./a:/b${'/c'.repeat(i)}${i % 2 ? ':ro' : ''}\n`)),
    'volumes with a wrong mode': ofList((i) => `./a${i}:/b${i}:rx`),
    'volumes with too many colons': ofList('a:b:c:d:e'),
    'volumes that are not declared': ofList((i) => `v${i}:/b${i}`),
    'volumes with a space, a tilde and a socket': ofList((i) => `"~/a${i} : /var/run/docker.sock "`),
    'one volume with many modes': (n) => service(`      - ./a:/b:${fill(n, 'ro,')}z\n`),
    'one volume with many colons': (n) => service(`      - a${fill(n, ':b')}\n`),
    'one volume with a long path': (n) => service(`      - /a${fill(n, '/..')}:/b${fill(n, '/.')}\n`),
    'variables in one volume': (n) => service(`      - "${fill(n, '${A}')}:/b"\n`),
    'variables with variables in them': (n) => service(`      - "${nest(n, '${A:-', 'b', '}')}:/b"\n`),
    'variables that do not end': (n) => service(`      - "${fill(n, '${A:-')}:/b"\n`),
    dollars: (n) => service(`      - "${fill(n, '$')}:/b"\n`),
    'mounts as maps': ofList((i) => `{type: bind, source: ./a${i}, target: /b${i}}`),
    'mounts as maps that are wrong': ofList(
      (i) => `{type: bnd, src: ./a${i}, target: b${i}, readonly: 1, bind: {propagaton: x}}`,
    ),
    'a mount with keys that nobody knows': (n) =>
      service(
        `      - type: bind\n        source: ./a\n        target: /b\n${fill(n, (i) => `        k${i}: v\n`)}`,
      ),
    'a mount with one key many times': (n) =>
      service(`      - type: bind\n        source: ./a\n${fill(n, '        target: /b\n')}`),
    'a mount with maps in maps': (n) => service(`      - ${nest(n, '{bind: ', 'a', '}')}\n`),
    'tmpfs of one service': (n) =>
      `services:\n  a:\n    image: b\n    tmpfs:\n${fill(n, (i) => `      - /b${i}:size=1x\n`)}`,
    'a tmpfs with many options': (n) =>
      `services:\n  a:\n    image: b\n    tmpfs: "/b:${fill(n, 'size=1m,')}"\n`,
    'volumes that are declared and not used': (n) => `${HEAD}volumes:\n${fill(n, (i) => `  v${i}:\n`)}`,
    'volumes that are declared and used': (n) =>
      `services:\n${fill(n / 2, (i) => `  s${i}:\n    volumes: [v${i}:/b]\n`)}volumes:\n${fill(n / 2, (i) => `  v${i}: {}\n`)}`,
    'services that extend the one before': (n) =>
      `services:\n  s0: {image: b, volumes: [./a:/b]}\n${fill(n, (i) => `  s${i + 1}:\n    extends: {service: s${i}}\n    volumes: [./a${i}:/b${i}]\n`)}`,
    'services that wait for the next': (n) =>
      `services:\n${fill(n, (i) => `  s${i}:\n    image: b\n    volumes_from: [s${i + 1}]\n`)}`,
    'services of which each waits for all': (n) => {
      const all = Array.from({ length: Math.ceil(Math.sqrt(n / 6)) }, (_, i) => `s${i}`);
      return `services:\n${all.map((name) => `  ${name}:\n    image: b\n    volumes_from: [${all.join(', ')}]\n`).join('')}`;
    },
    'services that extend one another in a circle': (n) =>
      `services:\n${list(n, 30, (i, count) => `  s${i}: {extends: s${(i + 1) % count}}\n`)}`,
    'services that extend the same': (n) =>
      `services:\n  s0: {image: b, volumes: [${fill(n / 2, './a:/b, ')}]}\n${fill(n / 2, (i) => `  t${i}: {extends: s0}\n`)}`,
    'services that take volumes of the one before': (n) =>
      `services:\n${fill(n, (i) => `  s${i}: {image: b, volumes_from: [s${i - 1}], configs: [c${i}]}\n`)}`,
    'services that share a block': (n) =>
      `x-a: &a\n  volumes:\n${fill(n / 2, (i) => `    - ./a${i}:/b${i}\n`)}services:\n${fill(n / 2, (i) => `  s${i}: {<<: *a}\n`)}`,
    'services that share values that are wrong': (n) =>
      `x-a: &a\n${fill(n / 2, (i) => `  K${i}: [b]\n`)}services:\n${fill(n / 2, (i) => `  s${i}: {image: b, environment: *a}\n`)}`,
    'services that share a list': (n) =>
      `x-a: &a\n${fill(n / 2, (i) => `  - ./a${i}:/b${i}\n`)}services:\n${fill(n / 2, (i) => `  s${i}: {volumes: *a}\n`)}`,
    'services that merge many blocks': (n) =>
      `${fill(n / 2, (i) => `x-${i}: &x${i} {volumes: [./a:/b]}\n`)}services:\n  s:\n    <<: [${fill(n / 2, (i) => `*x${i}, `).replace(/\*x\d+, $/, '')}]\n`,
    'blocks next to services': (n) => `${HEAD}${fill(n, (i) => `x-${i}:\n  volumes: [./a:/b]\n`)}`,
    'a command of many words': (n) =>
      `services:\n  a:\n    command: [docker, run, ${fill(n, '-v, /a:/b, ')} x]\n`,
    'a command as one text': (n) => `services:\n  a:\n    command: docker run ${fill(n, '-v /a:/b ')} x\n`,
    entrypoints: (n) =>
      `services:\n${fill(n, (i) => `  s${i}:\n    entrypoint: [sh, -c, "docker run -v a:b:c:d x"]\n`)}`,
    'volumes by aliases': (n) => service(`      - &a ./a:/b\n${fill(n, '      - *a\n')}`),
    'resets and overrides': ofList((i) => `!override ./a${i}:/b${i}`),
    'directives for each line': ofList((i) => `./a${i}:/b:rx # mountc-disable-line docker-refuses -- b`),
  }),
  {
    name: 'files that include the next twice',
    path: 'compose.yaml',
    make: (n) =>
      files(
        n,
        (i, isLast) =>
          `${isLast ? '' : `include: [./c${i + 1}.yaml, ./c${i + 1}.yaml]\n`}services:\n  s${i}: {image: b, volumes: [./a:/b]}\n`,
        (i) => `c${i}.yaml`,
      ),
    runs: FROM_FILES,
  },
  {
    name: 'files that include one another',
    path: 'compose.yaml',
    make: (n) =>
      files(
        Math.min(n, 4000),
        (i) =>
          `include: [${fill(200, (k) => `${k % 20 === 0 ? 'compose' : `c${k % 20}`}.yaml, `)}]\nservices: {s${i}: {image: b, volumes: [./a:/b]}}\n`,
        (i) => `c${i}.yaml`,
      ),
    runs: FROM_FILES,
  },
  {
    name: 'a file that includes itself',
    path: 'compose.yaml',
    make: (n) => `include:\n${fill(n, '  - compose.yaml\n')}${HEAD}`,
    runs: FROM_FILES,
  },
  {
    name: 'a file that includes another many times',
    path: 'compose.yaml',
    make: (n) => ({
      'compose.yaml': `include:\n${fill(n / 2, '  - b.yaml\n')}${HEAD}`,
      'b.yaml': `services:\n${fill(n / 2, (i) => `  b${i}: {image: b, volumes: [./a:/b]}\n`)}`,
    }),
    runs: FROM_FILES,
  },
  {
    name: 'files whose services extend the next',
    path: 'compose.yaml',
    make: (n) =>
      files(
        n,
        (i, isLast) =>
          `services:\n  s:\n    image: b\n    volumes: [./a${i}:/b${i}]\n${isLast ? '' : `    extends: {file: c${i + 1}.yaml, service: s}\n`}`,
        (i) => `c${i}.yaml`,
      ),
    runs: FROM_FILES,
  },
  {
    name: 'services that extend two of the next file',
    path: 'compose.yaml',
    make: (n) =>
      files(
        n,
        (i, isLast) => {
          const extend = isLast ? '' : `, extends: {file: c${i + 1}.yaml, service: s}`;
          return `services:\n  s: {image: b, volumes: [./a${i}:/b${i}]${extend}}\n  t: {image: b${extend}}\n`;
        },
        (i) => `c${i}.yaml`,
      ),
    runs: FROM_FILES,
  },
  {
    name: 'services that extend those of another file',
    path: 'compose.yaml',
    make: (n) => ({
      'compose.yaml': `services:\n${fill(n / 2, (i) => `  s${i}: {extends: {file: b.yaml, service: b${i}}}\n`)}`,
      'b.yaml': `services:\n${fill(n / 2, (i) => `  b${i}: {image: b, volumes: [./a:/b]}\n`)}`,
    }),
    runs: FROM_FILES,
  },
  {
    name: 'services that extend one of another file',
    path: 'compose.yaml',
    make: (n) => ({
      'compose.yaml': `services:\n${fill(n / 2, (i) => `  s${i}: {extends: {file: b.yaml, service: b}}\n`)}`,
      'b.yaml': `services:\n  b:\n    image: b\n    volumes:\n${fill(n / 2, (i) => `      - ./a${i}:/b${i}\n`)}`,
    }),
    runs: FROM_FILES,
  },
  {
    name: 'services that repeat the environment of one',
    path: 'compose.yaml',
    make: (n) =>
      `services:\n  b:\n    image: b\n    environment:\n${fill(n / 2, (i) => `      K${i}: v\n`)}${fill(n / 2, (i) => `  s${i}:\n    extends: {service: b}\n    volumes: [/a:/b]\n`)}`,
    runs: ['convert --to run -f FILE', 'convert --to quadlet -f FILE'],
  },
  {
    name: 'env files',
    path: 'compose.yaml',
    make: (n) => ({
      'compose.yaml': service(fill(n / 2, (i) => `      - "\${A${i}}:/b${i}"\n`)),
      '.env': `${fill(n / 2, (i) => `A${i}=\${A${i - 1}}\${A${i - 1}}\n`)}`,
    }),
    runs: FROM_FILES,
  },
];
