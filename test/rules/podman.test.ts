import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areRefusedTogether, type FlaggedMount } from '../../src/dialects/podman/conflicts.js';
import { everyPodman, judgeFlag } from '../../src/dialects/podman/every.js';
import { refuseVolumesFrom } from '../../src/dialects/podman/volumes-from.js';
import { lintText } from '../../src/index.js';
import { quoteShell } from '../../src/text/shell-quote.js';
import { flags } from '../differential/podman-arbitrary.js';
import { withSeed } from '../support/seed.js';

/** Whether each podman refuses the flags; undefined where that depends on the machine. */
function verdicts(given: readonly (readonly [string, string])[]): readonly (boolean | undefined)[] {
  return everyPodman().map((podman) => {
    const mounts: FlaggedMount[] = [];
    for (const [flag, value] of given) {
      if (flag === 'volumes-from') {
        if (refuseVolumesFrom(value) !== undefined) return true;
        continue;
      }
      const form = flag as FlaggedMount['flag'];
      const verdict = judgeFlag(form, value, podman);
      if (verdict.kind === 'refused') return true;
      mounts.push({ flag: form, mount: verdict.mount });
    }
    const [a, b] = mounts;
    return a !== undefined && b !== undefined ? areRefusedTogether(a, b) : false;
  });
}

test('errors are what every podman refuses, all of it and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(flags, async (given) => {
      const args = given.flatMap(([flag, value]) => [`--${flag}`, value]);
      const text = `podman create ${args.map(quoteShell).join(' ')} img\n`;
      const { diagnostics } = await lintText(text, { kind: 'shell' });
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const all = verdicts(given);
      const said = `${text}${errors.map(({ rule, message }) => `${rule}: ${message}`).join('\n')}`;
      if (all.every((one) => one === true)) expect(errors.length, said).toBeGreaterThan(0);
      if (all.some((one) => one === false)) expect(said).toBe(text);
    }),
    withSeed(1500),
  );
});
