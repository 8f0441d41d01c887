import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = '/usr/bin/docker run -v a:b:c:d x';

/** Units of systemd. */
export const SYSTEMD: readonly Shape[] = shapesOf('a.service', {
  starts: (n) => `[Service]\n${fill(n, `ExecStart=${DOCKER}\n`)}`,
  'a start with many flags': (n) => `[Service]\nExecStart=/usr/bin/docker run ${fill(n, '-v a:b:c:d ')}x\n`,
  'a start that goes on': (n) =>
    `[Service]\nExecStart=/usr/bin/docker run \\\n${fill(n, '  -v a:b:c:d \\\n')}  x\n`,
  'a start that goes on after comments': (n) =>
    `[Service]\nExecStart=/usr/bin/docker run \\\n${fill(n, '# a\n')}  -v a:b:c:d x\n`,
  'commands behind semicolons': (n) => `[Service]\nExecStart=${fill(n, `${DOCKER} ; `)}/bin/true\n`,
  semicolons: (n) => `[Service]\nExecStart=${DOCKER} ${fill(n, '; ')}\n`,
  prefixes: (n) => `[Service]\nExecStart=${fill(n, '-@!+:')}${DOCKER}\n`,
  sections: (n) => `${fill(n, '[Service]\n')}ExecStart=${DOCKER}\n`,
  'sections with a start': (n) => fill(n, `[Service]\nExecStart=${DOCKER}\n`),
  'opening brackets': (n) => `${fill(n, '[')}\n[Service]\nExecStart=${DOCKER}\n`,
  environments: (n) =>
    `[Service]\n${fill(n / 2, (i) => `Environment=A${i}=/a\n`)}${fill(n / 2, (i) => `ExecStart=/usr/bin/docker run -v $A${i}:/b x\n`)}`,
  'one environment': (n) =>
    `[Service]\nEnvironment=${fill(n / 2, (i) => `A${i}=/a `)}\nExecStart=/usr/bin/docker run -v $A1:/b x\n`,
  'a variable that is set and used': (n) =>
    `[Service]\n${fill(n, 'Environment=A=/a\nExecStart=/usr/bin/docker run -v ${A}:/b $A x\n')}`,
  'a variable of many words that many use': (n) =>
    `[Service]\nEnvironment="A=${fill(n / 2, '-v a:b:c:d ')}"\n${fill(n / 2, 'ExecStart=/usr/bin/docker run $A x\n')}`,
  'variables that do not end': (n) => `[Service]\nExecStart=/usr/bin/docker run -v ${fill(n, '${A')}:/b x\n`,
  quotes: (n) => `[Service]\nExecStart=/usr/bin/docker run -v ${fill(n, '"')}a:b:c:d x\n`,
  'quotes that do not end': (n) => `[Service]\n${fill(n, 'ExecStart=/usr/bin/docker run -v "a:b:c:d x\n')}`,
  'quotes in turn': (n) => `[Service]\nExecStart=/usr/bin/docker run -v ${fill(n, `"'`)}a:b:c:d x\n`,
  escapes: (n) => `[Service]\nExecStart=/usr/bin/docker run -v ${fill(n, '\\x61\\t')}:b:c:d x\n`,
  backslashes: (n) => `[Service]\nExecStart=/usr/bin/docker run -v ${fill(n, '\\')}\n:b:c:d x\n`,
  specifiers: (n) => `[Service]\nExecStart=/usr/bin/docker run -v ${fill(n, '%h%%')}:/b x\n`,
  shells: (n) => `[Service]\n${fill(n, `ExecStart=/bin/sh -c '${DOCKER}'\n`)}`,
  'shells in shells': (n) => `[Service]\nExecStart=${fill(n, '/bin/sh -c ')}'${DOCKER}'\n`,
  comments: (n) => `[Service]\n${fill(n, '# mountc-disable-next-line\n; a\n')}ExecStart=${DOCKER}\n`,
  'lines without a key': (n) => `[Service]\n${fill(n, '=\n')}ExecStart=${DOCKER}\n`,
  'equal signs': (n) => `[Service]\nExecStart${fill(n, '=')}${DOCKER}\n`,
  'carriage returns': (n) => `[Service]\r\n${fill(n, `ExecStart=${DOCKER}\r\n`)}`,
});
