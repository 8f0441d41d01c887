import { expect, test } from 'vitest';
import { mountsOf } from '../support/mounts-of.js';

const RUN = 'docker run -v data:/x alpine\n';

test.each([
  ['redirections', 'sort <in >out\n'],
  ['a redirection after a pipe', 'sort <in | uniq 2>log\n'],
  ['a placeholder elsewhere', 'echo "DIR=<where it lies>"\n\n'],
])('a script that breaks off is broken next to %s', async (_, text) => {
  const { said } = await mountsOf('a.sh', `${text}${RUN}if true; then\n  echo\n`);
  expect(said).toEqual(['syntax-error']);
});

test.each([
  ['a value', `DIR=<where it lies>\n${RUN}`],
  ['a path', `cd /srv/<my folder>; ${RUN}`],
  ['a sentence', `export PARTITION=<partition, used for -p>\n${RUN}`],
  ['an argument', `sh setup.sh <name> <password>\n${RUN}`],
])('what somebody fills in is not a fault: %s', async (_, text) => {
  expect(await mountsOf('a.sh', text)).toEqual({ mounts: ['volume data /x'], said: [] });
});
