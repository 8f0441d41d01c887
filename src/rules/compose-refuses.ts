import { makeRangeSet } from '../text/range-set.js';
import { composeProject } from './compose-file.js';
import type { Rule } from './rule.js';

const FILE = (service: string, rest = '') => `services:\n  a:\n    image: b\n${service}${rest}`;
const VOLUMES = (data: string) => `${FILE("    volumes: ['data:/d']\n")}volumes:\n  data: ${data}\n`;

/** What every Compose that may read the file refuses of it, and no other rule says better. */
export const composeRefuses: Rule = {
  code: 'MC137',
  name: 'compose-refuses',
  severity: 'error',
  since: '0.1.0',
  summary: 'a Compose file that every Compose refuses, or the chosen one',
  why:
    'Compose validates the whole file before it starts anything: types of values, duplicate keys, what `external` ' +
    'contradicts, configs and secrets that are not declared, two mounts on one target. Of a project that is in its folder without ' +
    'other Compose files, a service without an image and a network that is not declared are, too. What one of the releases from 2.26 to 5.5 ' +
    'takes is not an error unless `--compose` names another one. Of a file that may be meant for `docker stack deploy`, which has a ' +
    'reader of its own, only what both refuse is. `compose.yaml`, the override next to it, and what they extend and include are checked ' +
    'together, each finding in the file where it can be fixed. One target in `volumes` and in `tmpfs` is a warning without `--compose`: ' +
    'since 2.36 Compose refuses it; before, the engine refuses what comes as `Binds`, and shows one of the two otherwise.',
  sources: [
    'https://github.com/compose-spec/compose-go',
    'https://github.com/compose-spec/compose-spec/blob/main/spec.md',
  ],
  valid: [
    { file: 'compose', command: VOLUMES('{driver: local, driver_opts: {a: 1, b: yes}, labels: {n: null}}') },
    { file: 'compose', command: VOLUMES('{external: true, name: x, x-note: y}') },
    { file: 'compose', command: VOLUMES('{external: "$' + '{E:-true}", name: x}') },
    { file: 'compose', command: FILE("    tmpfs: [/run, '/run:size=1m']\n    volumes: []\n") },
    { file: 'compose', command: FILE('    configs: [c]\n', 'configs:\n  c: {file: ./c}\n') },
    {
      file: 'compose',
      command: FILE('    user: "0"\n    privileged: "yes"\n    environment: {A: 1, B: null}\n'),
    },
    { file: 'compose', command: FILE('    volumes_from: [b:ro, container:x]\n', '  b: {image: c}\n') },
    { file: 'compose', command: FILE("    volumes: ['/a:/b', '/c:/b']\n") },
    { file: 'compose', command: FILE('    profiles: [dev, dev]\n') },
  ],
  invalid: [
    { file: 'compose', command: VOLUMES('{external: true, driver: local}') },
    { file: 'compose', command: VOLUMES('{driver_opts: {a: true}}') },
    { file: 'compose', command: VOLUMES('[x]') },
    { file: 'compose', command: FILE('    tmpfs:\n') },
    { file: 'compose', command: FILE("    volumes: ['/a:/b']\n    volumes: ['/c:/d']\n") },
    { file: 'compose', command: FILE('    user: 0\n') },
    { file: 'compose', command: FILE('    environment: {A: [1]}\n') },
    { file: 'compose', command: FILE('    healthcheck: {interval: 30}\n') },
    { file: 'compose', command: FILE('    configs: [c]\n', 'configs:\n  d: {file: ./c}\n') },
    { file: 'compose', command: FILE('    secrets: [s]\n', 'secrets:\n  s: {file: ./s, environment: S}\n') },
    { file: 'compose', command: FILE('    secrets: [s]\n', 'secrets:\n  s: {environment: ""}\n') },
    {
      file: 'compose',
      command: FILE("    volumes: [{type: volume, target: /b, read_only: '1'}, '/a:/b']\n"),
    },
    { file: 'compose', command: FILE('    volumes_from: [c]\n') },
    { file: 'compose', command: FILE("    tmpfs: [/b]\n    volumes: ['/a:/b']\n") },
    { file: 'compose', command: FILE("    volumes: ['$" + "{DATA.DIR}:/d']\n") },
  ],
  checkRestOfFile(file, found, report) {
    const errors = found.filter(({ severity }) => severity === 'error');
    const said = makeRangeSet(errors.map(({ range }) => range));
    for (const { kind, range, message, help, other, severity } of composeProject(file).refused) {
      // Rules of their own say these.
      if (kind === 'unknown-key' || kind === 'undeclared-volume' || said.touches(range)) continue;
      report({
        range,
        message,
        help,
        ...(other && { related: [other] }),
        ...(severity && { severity }),
        ...(file.compose?.isNewer && { severity: 'warning' }),
      });
    }
  },
};
