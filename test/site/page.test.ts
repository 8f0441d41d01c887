import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FileKind, lintText } from '../../src/index.js';
import { DIRECTIVE_RULES } from '../../src/lint/directive-rules.js';
import { RULES } from '../../src/rules/index.js';
import { runMountc } from '../support/cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = join(root, 'build/site');
const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const NEW_IN_PODMAN = 'type=bind,src=/a,dst=/b,no-dereference';

/** What the README converts and lints, in a shell's words. */
const README_EXAMPLES: [what: 'convert' | 'lint', to: string, text: string][] = [];
for (const [, line] of readme.matchAll(/^\$ (.*)$/gm)) {
  const [, echoed] = /^echo '([^']*)' \| /.exec(line!) ?? [];
  const [, to, docker, quoted, bare] =
    /mountc convert --to (\S+)(?: --docker (\S+))? ?(?:'([^']*)'|-- (docker .*))?$/.exec(line!) ?? [];
  const text = echoed ?? quoted ?? bare;
  if (to !== undefined && text !== undefined && !line!.includes('-f -'))
    README_EXAMPLES.push(['convert', docker === undefined ? to : `${to} for docker ${docker}`, text]);
  const [, linted] = /mountc lint --command "([^"]*)"/.exec(line!) ?? [];
  if (linted !== undefined) README_EXAMPLES.push(['lint', '', linted]);
}

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
    expect(await choose('compose')).toContain('    volumes:\n      - type: volume\n        source: data\n');
    expect(await choose('compose-short')).toContain('    volumes:\n      - data:/d\n');
    expect(await page.textContent('#out')).not.toContain('image:');
    expect(await choose('service')).toContain('services:\n  alpine:\n    image: alpine\n    volumes:\n');
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

  test('so does the podman', async () => {
    const oldest = `podman run --mount ${NEW_IN_PODMAN} x`;
    await type(oldest);
    expect(await rules()).toEqual([]);
    await page.selectOption('#podman', '4.3');
    await page.waitForFunction(() => document.querySelectorAll('#findings a').length > 0);
    await page.selectOption('#podman', '');
    await page.waitForFunction(() => document.querySelectorAll('#findings a').length === 0);
  });

  test('a container that is there is explained and written as a command', async () => {
    await type(
      '[{"Name": "/web", "Config": {"Image": "nginx"}, "HostConfig": {"Binds": ["data:/data:ro"]}}]',
    );
    expect(await page.textContent('#does h3')).toBe('the volume data, read-only');
    expect(await choose('run')).toContain('--name web -v data:/data:ro nginx');
    expect(await choose('mount')).toContain('--mount type=volume,src=data,dst=/data,readonly');
  });

  test('what is beyond the first screen follows', async () => {
    await type(`docker run ${Array.from({ length: 40 }, (_, i) => `-v v${i}:/d${i}`).join(' ')} x`);
    await page.waitForFunction(() => document.querySelectorAll('#does > li').length === 40);
    await type('docker run -v a:/b x');
    await page.waitForFunction(() => document.querySelectorAll('#does > li').length === 1);
  });

  test('a link holds all of it, after the #', async () => {
    await type('docker run -v "$PWD/ä b":/c x # &=+');
    await choose('compose');
    await page.waitForFunction(() => location.hash.includes('to=compose'));
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

  test('everything that can be used or read has a name, as the browser tells it to a screen reader', async () => {
    await type("docker run --mount 'type=bind, src=/a, dst=/b' -v data:/d alpine");
    await page.getByRole('img', { name: 'data is at /d, read and write' }).waitFor();
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const seen = nodes.filter(({ ignored }) => !ignored);
    const named = (role: string) =>
      seen.filter((one) => one.role?.value === role).map(({ name }) => String(name?.value ?? ''));
    const roles = [
      'button',
      'link',
      'combobox',
      'textbox',
      'tab',
      'tabpanel',
      'tablist',
      'image',
      'heading',
      'list',
    ];
    const nameless = roles.flatMap((role) =>
      named(role).filter((name) => name.trim() === '' && role !== 'list'),
    );
    expect(nameless).toEqual([]);
    expect(named('textbox')).toEqual(['A command or a file']);
    expect(named('combobox')).toEqual(['It is', 'docker', 'engine', 'podman', 'Example']);
    expect(named('tablist')).toEqual(['In other forms']);
    expect(named('tabpanel')).toEqual(['--mount']);
    expect(named('tab')).toContain('Compose service');
    expect(named('image')).toEqual(['data is at /d, read and write']);
    expect(named('list')).toEqual(expect.arrayContaining(['What is wrong', 'What it does']));
    expect(named('heading')).toEqual(
      expect.arrayContaining(['mountc', 'What is wrong', 'What it does', 'In other forms']),
    );
    expect(seen.filter((one) => one.role?.value === 'status')).toHaveLength(1);
    const [tab, ...others] = seen.filter(
      ({ role, properties = [] }) =>
        role?.value === 'tab' && properties.some(({ name, value }) => name === 'selected' && value.value),
    );
    expect(tab?.name?.value).toBe('--mount');
    expect(others).toEqual([]);
  });

  test('a phone shows all of it without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test.each(README_EXAMPLES)(
    'an example of the README gives what the program gives: %s %s',
    async (what, to, text) => {
      await type(text);
      if (what === 'lint') {
        const { stdout } = await runMountc(['lint', '--format', 'json', '--command', text]);
        expect(await rules()).toEqual(JSON.parse(stdout).map(({ rule }: { rule: string }) => rule));
        return;
      }
      const docker = /^(\S+) for docker (\S+)$/.exec(to);
      const form = docker?.[1] ?? to;
      if (docker !== null) await page.selectOption('#docker', docker[2]!.replace(/^29\..*/, '29.0'));
      const { stdout } = await runMountc(
        [
          ...['convert', '--to', form, ...(docker === null ? [] : ['--docker', '29.0'])],
          ...(text.startsWith('[') ? ['-f', '-'] : [text]),
        ],
        text.startsWith('[') ? { stdin: text } : {},
      );
      expect((await choose(form === 'compose' ? 'service' : form)).trimEnd()).toBe(stdout.trimEnd());
      await page.selectOption('#docker', '');
    },
  );

  test('the README explains a mount as the page does', async () => {
    const [, spec] = /mountc explain '([^']*=[^']*)'/.exec(readme)!;
    await type(`docker run --mount ${spec} alpine`);
    const { stdout } = await runMountc(['explain', spec!]);
    const said = await page.locator('#does li ul li').allTextContents();
    expect(said.length).toBeGreaterThan(1);
    for (const sentence of said) expect(stdout.replace(/[`]/g, '').replace(/\s+/g, ' ')).toContain(sentence);
  });
});
