import { expect, test } from 'vitest';
import { CONVERT_HELP } from '../../src/cli/convert-help.js';
import { FORM_NAMES } from '../../src/cli/forms.js';
import { COMMANDS } from '../../src/cli/main.js';
import { argSpec } from '../../src/cli/options.js';
import { runMountc } from '../support/cli.js';

test.each(FORM_NAMES)('the help of convert names the form %s', (form) => {
  const [, forms] = CONVERT_HELP.split(/^ {2}--to FORM|^ {2}--short/m);
  expect(forms).toMatch(new RegExp(`(?<=[ \\n])${form}\\b`));
});

test.each([...COMMANDS.keys()].filter((name) => name !== 'docker' && name !== 'podman'))(
  'the help of %s says every option that it reads, and no other',
  async (name) => {
    const { options = {} } = await COMMANDS.get(name)!();
    const { stdout } = await runMountc([name, '--help']);
    const [, block = ''] = /^Options:\n((?: {2}.*\n)+)/m.exec(stdout)!;
    const said = [...block.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)/gm)].map(([, short, long]) => [
      long,
      short,
    ]);
    expect(said).toEqual(Object.entries(options).map(([long, { short }]) => [long, short]));
    expect(said.length).toBeGreaterThan(0);
    const own = Object.entries(options).filter(([, { isOwn }]) => isOwn);
    expect(Object.keys(argSpec(options)).filter((one) => one.startsWith('--'))).toHaveLength(
      said.length - own.length,
    );
    for (const line of block.split('\n')) expect(line.length, line).toBeLessThanOrEqual(130);
  },
);
