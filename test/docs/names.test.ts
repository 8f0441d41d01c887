// What the documentation names is there: flags, pages, how a rule is turned on. What the README shows is run by test/package.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/main.js';
import { RULES } from '../../src/rules/index.js';
import { runMountc } from '../support/cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
  readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
);

describe('flags that are named', () => {
  const helps = new Map<string, string>();
  const helpOf = async (command: string) => {
    const known = helps.get(command) ?? (await runMountc([command, '--help'])).stdout;
    helps.set(command, known);
    return known;
  };
  const texts: readonly (readonly [name: string, text: () => Promise<string>])[] = [
    ...PAGES.map((page) => [page, async () => read(page)] as const),
    ...[...COMMANDS.keys()].map((command) => [`mountc ${command} --help`, () => helpOf(command)] as const),
  ];
  test.each(texts)('%s', async (_name, textOf) => {
    const missing: string[] = [];
    const text = await textOf();
    for (const [line, command = '', rest = ''] of text.matchAll(/\bmountc ([a-z]+)((?: [^\n`|;]*)?)/g)) {
      if (!COMMANDS.has(command) || command === 'docker' || command === 'podman') continue;
      // Behind `--`, and behind docker's name, they are docker's.
      const [own = ''] = rest.split(/ -- | (?=["']?(?:docker|podman) )| --files /);
      const help = await helpOf(command);
      for (const [flag] of own.matchAll(/(?<=\s)--[a-z][a-z-]*/g))
        if (!new RegExp(`(?<![\\w-])${flag}(?![\\w-])`).test(help)) missing.push(`${flag}: ${line}`);
    }
    expect(missing).toEqual([]);
  });
});

test('what an optional rule is turned on by turns it on', async () => {
  for (const { name, severity } of RULES.filter(({ isOptional }) => isOptional)) {
    expect(read(`docs/rules/${name}.md`)).toContain(`\`mountc lint --rule ${name}=${severity}\``);
    const { stdout } = await runMountc(['explain', name]);
    expect(stdout).toContain(`Turn it on: mountc lint --rule ${name}=${severity}`);
    const flag = await runMountc(['lint', '--rule', `${name}=${severity}`, '--command', 'docker run img']);
    expect(flag.stderr).toBe('');
  }
});

test('links lead somewhere', () => {
  const broken = PAGES.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)]
      .map(([, target]) => join(page, '..', target!))
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(broken).toEqual([]);
});
