// What the documentation names is there: flags, pages, how a rule is turned on. What the README shows is run by test/package.
import { execFileSync } from 'node:child_process';
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

test('the help names no page that the package does not have', async () => {
  const { files } = JSON.parse(read('package.json')) as { files: string[] };
  expect(files).not.toContain('docs');
  for (const command of COMMANDS.keys())
    expect((await runMountc(['help', command])).stdout).not.toMatch(/(?<!\/)docs\/[\w-]+\.md/);
});

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

/** How GitHub names the place of a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

test('links lead somewhere, to a place that is there', () => {
  const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /^(?:docs|editors)\/|^[^/]+$/.test(path) && existsSync(join(root, path)));
  const places = (path: string) =>
    new Set(
      [...read(path).matchAll(/^#+ (.*)$|<a (?:id|name)="([^"]+)"/gm)].map(
        ([, text, id]) => id ?? anchor(text!),
      ),
    );
  const broken = pages.flatMap((page) => {
    const text = read(page)
      .replace(/^```.*?^```$/gms, '')
      .replace(/(`+).*?\1/g, '');
    return [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)/g)]
      .filter(([, target = '', place]) => {
        const path = target === '' ? page : join(page, '..', target);
        if (!existsSync(join(root, path))) return true;
        return place !== undefined && path.endsWith('.md') && !places(path).has(place);
      })
      .map(([link]) => `${page}: ${link}`);
  });
  expect(pages.length).toBeGreaterThan(50);
  expect(broken).toEqual([]);
});

// The other pages name files of those who use mountc.
test.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md', 'docs/release.md'])(
  'what %s names of the project is there',
  (page) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const text = read(page);
    const missing = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)]
      .filter(([, name]) => !Object.hasOwn(scripts, name!))
      .map(([line]) => line);
    for (const [named, path, command = ''] of text.matchAll(
      /(?<![\w/-])((?:scripts|src|test|fixtures|docs|bin|schema|site|editors|\.github)\/[\w./-]*\w)(?![\w*-])(?: ([a-z]+))?/g,
    )) {
      const file = join(root, path!);
      if (!existsSync(file) && !existsSync(join(root, 'src', path!))) missing.push(named);
      if (
        path === 'scripts/engines.sh' &&
        command !== '' &&
        !new RegExp(`\\b${command}\\b.*\\)`).test(read(path))
      )
        missing.push(named);
    }
    expect(missing).toEqual([]);
  },
);
