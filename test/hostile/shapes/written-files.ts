import { fill, list, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';
const UNIT = '[Service]\n      ExecStart=/usr/bin/docker run -v a:b:c:d x\n';
const file = (path: string, content: string) => `  - path: ${path}\n    content: |\n      ${content}`;
const PLAY = '- hosts: all\n  tasks:\n';
const container = (inner: string, module = 'docker_container') =>
  `    - ${module}:\n        name: a\n        image: x\n${inner}`;

/** What cloud-init runs and writes, and what Ansible does. */
export const WRITTEN_FILES: readonly Shape[] = [
  ...shapesOf('user-data.yaml', {
    commands: (n) => `#cloud-config\nruncmd:\n${fill(n, `  - ${DOCKER}\n`)}`,
    'commands as lists': (n) => `#cloud-config\nruncmd:\n${fill(n, '  - [docker, run, -v, "a:b:c:d", x]\n')}`,
    'one command as a list': (n) =>
      `#cloud-config\nruncmd:\n  - [docker, run, ${fill(n, '-v, "a:b:c:d", ')}x]\n`,
    'one command, a word a line': (n) =>
      `#cloud-config\nruncmd:\n  - - docker\n    - run\n${fill(n, '    - -v\n    - a:b:c:d\n')}    - x\n`,
    'commands of a shell in lists': (n) =>
      `#cloud-config\nruncmd:\n${fill(n, `  - [sh, -c, "${DOCKER}"]\n`)}`,
    'files that are units': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, (i) => file(`/etc/systemd/system/a${i}.service`, UNIT))}`,
    'files that are scripts': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, (i) => file(`/a${i}.sh`, `${DOCKER}\n`))}`,
    'files that are Compose files': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, (i) => file(`/a${i}/compose.yaml`, 'services: {a: {image: x, volumes: [a/b:c]}}\n'))}`,
    'files that are Quadlet units': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, (i) => file(`/a${i}.container`, '[Container]\n      Image=x\n      Volume=a:b:c:d\n'))}`,
    'files that are programs': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, (i) => file(`/a${i}.py`, 'run(["docker", "run", "-v", "a:b:c:d", "x"])\n'))}`,
    'files that are TOML': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, (i) => file(`/a${i}.toml`, `tasks.a.run = "${DOCKER}"\n`))}`,
    'one file that is TOML': (n) =>
      `#cloud-config\nwrite_files:\n${file(
        '/a.toml',
        fill(n, (i) => `tasks.a${i}.run = "${DOCKER}"\n      `),
      )}\n`,
    'one file with many commands': (n) =>
      `#cloud-config\nwrite_files:\n${file('/a.sh', fill(n, `${DOCKER}\n      `))}\n`,
    'one file in quotes': (n) =>
      `#cloud-config\nwrite_files:\n  - path: /a.sh\n    content: "${fill(n, `${DOCKER}\\n`)}"\n`,
    'files in files': (n) => {
      const count = Math.min(40, Math.ceil(Math.sqrt(n / 10)));
      const step = (i: number) =>
        `${'    '.repeat(i)}write_files:\n${'    '.repeat(i)}- path: /a.yaml\n${'    '.repeat(i)}  content: |\n`;
      return `#cloud-config\n${list(count, 1, step)}${fill(n, `${'    '.repeat(count)}${DOCKER}\n`)}`;
    },
    'files without a name': (n) => `#cloud-config\nwrite_files:\n${fill(n, `  - content: ${DOCKER}\n`)}`,
    'names of one file': (n) =>
      `#cloud-config\nwrite_files:\n  - ${fill(n, 'path: /a.sh\n    ')}content: ${DOCKER}\n`,
    'packed files': (n) =>
      `#cloud-config\nwrite_files:\n${fill(n, '  - path: /a.sh\n    encoding: b64\n    content: ZG9ja2Vy\n')}`,
    'files of one text': (n) =>
      `#cloud-config\nx: &a "${fill(n / 2, `${DOCKER}\\n`)}"\nwrite_files:\n${fill(n / 2, '  - {path: /a.sh, content: *a}\n')}`,
    'commands that write files': (n) =>
      `#cloud-config\nruncmd:\n${fill(n, (i) => `  - |\n    cat > /a${i}.sh <<E\n    ${DOCKER}\n    E\n`)}`,
    units: (n) =>
      `systemd:\n  units:\n${fill(n, (i) => `    - name: a${i}.service\n      contents: |\n        [Service]\n        ExecStart=/usr/bin/docker run -v a:b:c:d x\n`)}`,
    'files of CoreOS': (n) =>
      `storage:\n  files:\n${fill(n, (i) => `    - path: /a${i}.sh\n      contents:\n        inline: ${DOCKER}\n`)}`,
  }),
  ...shapesOf('playbook.yml', {
    containers: (n) => PLAY + fill(n, () => container('        volumes: ["a:b:c:d"]\n')),
    'volumes of one container': (n) =>
      PLAY + container(`        volumes:\n${fill(n, (i) => `          - /a${i}:/b${i}:ro,ro\n`)}`),
    'volumes of one container on a line': (n) =>
      PLAY + container(`        volumes: [${fill(n, '"a:b:c:d", ')}]\n`),
    'volumes as one text': (n) => PLAY + container(`        volumes: "${fill(n, '/a:/b,')}"\n`),
    'mounts of one container': (n) =>
      PLAY +
      container(
        `        mounts:\n${fill(n, (i) => `          - {type: bind, source: /a${i}, target: b, read_only: true}\n`)}`,
      ),
    'keys of one mount': (n) =>
      PLAY +
      container(`        mounts:\n          - type: bind\n${fill(n, (i) => `            k${i}: v\n`)}`),
    'keys of one name of one mount': (n) =>
      PLAY + container(`        mounts:\n          - type: bind\n${fill(n, '            source: /a\n')}`),
    'tmpfs of one container': (n) =>
      PLAY + container(`        tmpfs: [${fill(n, (i) => `"/t${i}:sise=64m", `)}]\n`),
    'volumes of podman': (n) =>
      PLAY + container(`        volume:\n${fill(n, '          - /a:b\n')}`, 'podman_container'),
    'mounts of podman': (n) =>
      PLAY +
      container(`        mount:\n${fill(n, '          - type=bind,src=/a,dst=b\n')}`, 'podman_container'),
    'volumes with templates': (n) =>
      PLAY + container(`        volumes:\n${fill(n, (i) => `          - "{{ a${i} }}:/b:{{ c }}"\n`)}`),
    'volumes with one template of many': (n) =>
      PLAY + container(`        volumes: ["${fill(n, '{{ a }}')}:/b"]\n`),
    'volumes that many containers share': (n) =>
      `- x: &v [${fill(n / 2, (i) => `"/a${i}:/b${i}:ro,ro", `)}]\n  tasks:\n${fill(n / 2, () => container('        volumes: *v\n'))}`,
    'containers in containers': (n) => {
      const depth = Math.ceil(Math.sqrt(n / 8));
      return list(depth, 1, (i) => `${' '.repeat(i)}docker_container:\n`);
    },
    shells: (n) => PLAY + fill(n, `    - shell: ${DOCKER}\n`),
    'shells with arguments': (n) =>
      PLAY + fill(n, '    - command:\n        argv: [docker, run, -v, "a:b:c:d", x]\n'),
    'one command with arguments': (n) =>
      `${PLAY}    - command:\n        argv: [docker, run, ${fill(n, '-v, "a:b:c:d", ')}x]\n`,
    copies: (n) =>
      PLAY + fill(n, (i) => `    - copy:\n        dest: /a${i}.sh\n        content: ${DOCKER}\n`),
    'copies of units': (n) =>
      PLAY +
      fill(
        n,
        (i) =>
          `    - copy:\n        dest: /a${i}.service\n        content: |\n          [Service]\n          ExecStart=/usr/bin/docker run -v a:b:c:d x\n`,
      ),
    blocks: (n) => {
      const depth = Math.ceil(Math.sqrt(n / 8));
      return `- hosts: all\n  tasks:\n${list(depth, 1, (i) => `${'  '.repeat(i + 2)}- block:\n`)}`;
    },
    loops: (n) => PLAY + fill(n, `    - shell: docker run -v {{ item }}:/b x\n      loop: [a:c, b]\n`),
  }),
];
