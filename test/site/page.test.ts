import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertText, type FileKind, lintText } from '../../src/index.js';
import { DIRECTIVE_RULES } from '../../src/lint/directive-rules.js';
import { RULES } from '../../src/rules/index.js';
import { runMountc } from '../support/cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = join(root, 'build/site');
const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build-site.mjs'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('every rule has a page, where the program says that it is', () => {
  for (const { name, code } of [...RULES, ...DIRECTIVE_RULES])
    expect(readFileSync(join(site, 'rules', `${name}.html`), 'utf8')).toContain(code);
});

test('every link of a page leads to one', () => {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.html'),
  );
  expect(pages.length).toBeGreaterThan(80);
  for (const page of pages) {
    const text = readFileSync(join(site, page), 'utf8');
    for (const [, href] of text.matchAll(/ href="([^"#][^"]*)"/g)) {
      if (/^(?:https?|data|mailto):/.test(href!)) continue;
      const path = join(site, page, '..', decodeURIComponent(href!.replace(/#.*$/, '')));
      expect(existsSync(path), `${page} -> ${href}`).toBe(true);
    }
  }
});

test('the rules that are left out of the page find nothing where nothing is known of a machine', async () => {
  const { NEVER_ON_PAGE } = await import(join(root, 'scripts/examples.mjs'));
  const names = RULES.map(({ name }) => name);
  for (const left of NEVER_ON_PAGE) {
    expect(names).toContain(left);
    for (const example of RULES[names.indexOf(left)]!.invalid) {
      const { command, file = 'shell' } =
        typeof example === 'string'
          ? { command: example }
          : (example as { command: string; file?: FileKind });
      const { diagnostics } = await lintText(command, { kind: file });
      expect(diagnostics.map(({ rule }) => rule)).not.toContain(left);
    }
  }
});

test('the first load is small', () => {
  const bytes = ['index.html', 'page.css', 'mountc.js'].map(
    (name) => gzipSync(readFileSync(join(site, name)), { level: 9 }).length,
  );
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(120_000);
});

describe.skipIf(executable === undefined)(`in a browser (${executable ?? 'chromium is not here'})`, () => {
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error.stack)));
    await page.goto(pathToFileURL(join(site, 'index.html')).href);
    await shown();
  });
  afterAll(async () => {
    await browser.close();
    expect(complaints).toEqual([]);
    // Nothing but what the site is made of, and no address with a text in it.
    for (const url of asked) {
      expect(url.startsWith(pathToFileURL(site).href) || url === 'data:,', url).toBe(true);
      expect(url).not.toContain('?');
    }
  });

  /** Waits until what is shown is of the text that is there. */
  const shown = () => page.waitForFunction(() => document.body.dataset['shown'] !== undefined);
  async function type(text: string): Promise<void> {
    await page.evaluate(() => {
      delete document.body.dataset['shown'];
    });
    await page.fill('#input', text);
    await shown();
  }
  async function choose(form: string): Promise<string> {
    await page.evaluate(() => {
      delete document.body.dataset['shown'];
    });
    await page.click(`#tab-${form}`);
    await shown();
    return (await page.textContent('#out')) ?? '';
  }
  const rules = () => page.locator('#findings a').allTextContents();

  test('what is typed is linted, explained and drawn', async () => {
    await type('docker run -v /srv/a:/b:ro -v data:/d:readonly alpine\n');
    expect(await rules()).toEqual(['volume-unknown-mode']);
    expect(await page.locator('#findings .caret').allTextContents()).toEqual(['^^^^^^^^']);
    expect(await page.locator('#does h3').first().textContent()).toBe('a bind mount, read-only');
    const picture = page.locator('.picture').first();
    expect(await picture.getAttribute('aria-label')).toBe('/srv/a is at /b, read-only');
    expect(await picture.textContent()).toContain('hides what the image has there');
    expect(await page.textContent('#status')).toContain('1 error');
  });

  test('a fix is applied, and undo takes it back', async () => {
    const text = "docker run --mount 'type=bind, src=/a, dst=/b' alpine";
    await type(text);
    await page.click('.apply');
    await page.waitForFunction(() => document.querySelectorAll('#findings .error').length === 0);
    expect(await page.inputValue('#input')).toBe(text.replaceAll(', ', ','));
    await page.locator('#input').press('Control+z');
    expect(await page.inputValue('#input')).toBe(text);
    await type(`${text}\n${text}`);
    await page.click('#fix-all');
    await page.waitForFunction(() => document.querySelectorAll('#findings .error').length === 0);
    expect(await page.inputValue('#input')).toBe(`${text}\n${text}`.replaceAll(', ', ','));
  });

  test('every form of a command, with what is lost', async () => {
    await type('docker run -v data:/d --mount type=bind,src=/a,dst=/b alpine');
    expect(await choose('mount')).toBe(
      'docker run --mount type=volume,src=data,dst=/d --mount type=bind,src=/a,dst=/b alpine',
    );
    expect(await choose('volume')).toBe('docker run -v data:/d -v /a:/b alpine');
    expect(await page.textContent('.losses')).toContain('missing');
    expect(await choose('compose')).toContain('services:\n  alpine:\n    image: alpine\n    volumes:\n');
    expect(await choose('compose-short')).toContain('- data:/d');
    expect(await choose('podman-run')).toContain('podman run');
    expect(await choose('quadlet')).toContain('Volume=data');
    expect(JSON.parse(await choose('api')).Mounts).toHaveLength(2);
    expect(JSON.parse(await choose('devcontainer')).mounts).toHaveLength(2);
  });

  test.each([
    [
      'compose',
      'services:\n  a:\n    image: b\n    volumes: ["./x:/y:r0"]\n',
      'volume-unknown-mode',
      'mount',
    ],
    ['dockerfile', 'FROM a\nRUN --mount=type=cahce,target=/c make\n', 'mount-unknown-type', 'mount'],
    [
      'devcontainer',
      '{"image": "a", "mounts": ["type=bnd,source=/a,target=/b"]}',
      'mount-unknown-type',
      'volume',
    ],
    ['markdown', '# A\n\n```sh\ndocker run -v /a:/b:r0 x\n```\n', 'volume-unknown-mode', 'mount'],
    ['quadlet', '[Container]\nImage=a\nVolume=/a:/b:r0\n', undefined, 'podman-run'],
    ['makefile', 'a:\n\tdocker run -v /a:/b:r0 x\n', 'volume-unknown-mode', 'mount'],
  ])('the kind of a text is guessed: %s', async (_kind, text, rule, form) => {
    await type(text);
    if (rule !== undefined) expect(await rules()).toContain(rule);
    await page.locator(`#tab-${form}`).waitFor();
  });

  test('the version that is chosen counts', async () => {
    await type('docker run -v ./a:/b x');
    expect(await rules()).toEqual([]);
    await page.selectOption('#docker', '20.10');
    await page.waitForFunction(() => document.querySelectorAll('#findings a').length > 0);
    await page.selectOption('#docker', '');
    await page.waitForFunction(() => document.querySelectorAll('#findings a').length === 0);
  });

  test('a link holds all of it, behind the #', async () => {
    await type('docker run -v "$PWD/ä b":/c x # &=+');
    await choose('compose');
    const other = await browser.newPage();
    await other.goto(page.url());
    await other.waitForFunction(() => document.body.dataset['shown'] !== undefined);
    expect(await other.inputValue('#input')).toBe('docker run -v "$PWD/ä b":/c x # &=+');
    expect(await other.getAttribute('#tab-compose', 'aria-selected')).toBe('true');
    await other.close();
  });

  test('all of it can be used by the keyboard', async () => {
    await type('docker run -v data:/d alpine');
    await choose('mount');
    await page.focus('#tab-mount');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.activeElement?.id === 'tab-volume');
    expect(await page.getAttribute('#tab-volume', 'aria-selected')).toBe('true');
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.id === 'tab-mount');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Copy');
  });

  test('everything that can be used has a name', async () => {
    await type("docker run --mount 'type=bind, src=/a, dst=/b' alpine");
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('a, button, select, textarea, [role=tabpanel], [role=img]')]
        .filter((one) => {
          const by = one.getAttribute('aria-labelledby');
          const label =
            one.getAttribute('aria-label') ??
            (by === null ? undefined : document.getElementById(by)?.textContent) ??
            (one as HTMLInputElement).labels?.[0]?.textContent ??
            one.textContent;
          return (label ?? '').trim() === '';
        })
        .map((one) => one.outerHTML),
    );
    expect(nameless).toEqual([]);
    expect(await page.locator('[role=tab][aria-selected=true]').count()).toBe(1);
    expect(await page.locator('[role=status]').count()).toBe(1);
  });

  test('a phone shows all of it without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test('examples of the README give what the program gives', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const lines = readme.split('\n').flatMap((line) => {
      const [, to, command] =
        /^\$ npx mountc convert --to (mount|volume) '(docker run [^']*)'$/.exec(line) ?? [];
      return command === undefined ? [] : [[to as 'mount' | 'volume', command] as const];
    });
    for (const [to, command] of lines) {
      await type(command);
      const { stdout } = await runMountc(['convert', '--to', to, command]);
      expect(`${await choose(to)}\n`).toBe(stdout);
      expect((await convertText(command, to, { kind: 'shell' }))?.text).toBe(stdout.trimEnd());
    }
    const [, linted] = /mountc lint --command "(docker run [^"]*)"/.exec(readme)!;
    await type(linted!);
    const { stdout } = await runMountc(['lint', '--format', 'json', '--command', linted!]);
    expect(await rules()).toEqual(JSON.parse(stdout).map(({ rule }: { rule: string }) => rule));
  });
});
