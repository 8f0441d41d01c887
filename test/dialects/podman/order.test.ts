import { expect, test } from 'vitest';
import { judgeFlag } from '../../../src/dialects/podman/every.js';
import { podmanFacts, readPodman } from '../../../src/dialects/podman/versions.js';

// Each was seen with the real podman of that release.
test.each([
  ['4.3.1', 'type=volume,src=/etc,src=,dst=/x', undefined],
  ['4.3.1', 'type=volume,src=,src=/etc,dst=/x', /names must match/],
  ['5.8.6', 'type=devpts,dest=/x', undefined],
  ['5.8.6', 'type=image,src=i,dest=/x', undefined],
  ['5.4.2', 'type=devpts,dest=/x', /^dest: invalid mount option/],
  ['5.4.2', 'type=bind,noswap,SRC=/etc,dst=/x', /^SRC: invalid mount option/],
  ['5.4.2', 'type=bind,noswap,dest=/x', /^dest: invalid mount option/],
  ['5.4.2', 'type=bind,noswap,src=/etc,dst=/x', /^invalid option type "noswap"/],
])('podman %s, %s', (version, spec, message) => {
  const verdict = judgeFlag('mount', spec, podmanFacts(readPodman(version)!));
  if (message === undefined) expect(verdict.kind).toBe('accepted');
  else expect(verdict).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
});
