import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedTempDir } from '../support/temp-dir.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const code = join(engines, 'code-server/node_modules/code-server/lib/vscode/out/server-main.js');
const node = join(engines, 'node/24/bin/node');
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const missing = [
  ...(existsSync(code) ? [] : ['no VS Code: scripts/engines.sh vscode']),
  ...(existsSync(node) ? [] : ['no Node 24: scripts/nodes.sh']),
  ...(browserPath === undefined ? ['no Chromium'] : []),
];

const TEXT = '#!/bin/bash\ndocker run -v /srv/data:/data:readonly alpine\n';

describe.skipIf(missing.length > 0)(`in VS Code (${missing.join(', ') || 'code-server'})`, () => {
  const home = sharedTempDir();
  const folder = join(home, 'project');
  const file = join(folder, 'run.sh');
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/build-vsix.mjs'], { cwd: root });
    mkdirSync(folder);
    writeFileSync(file, TEXT);
    const data = ['--server-data-dir', join(home, 'server'), '--extensions-dir', join(home, 'extensions')];
    const vsix = join(root, 'build/mountc.vsix');
    execFileSync(node, [code, ...data, '--install-extension', vsix], { stdio: 'ignore' });
    const args = [
      '--host',
      '127.0.0.1',
      '--port',
      '0',
      '--without-connection-token',
      '--accept-server-license-terms',
    ];
    server = spawn(node, [code, ...data, ...args, '--telemetry-level', 'off'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const port = await new Promise<string>((done, fail) => {
      let said = '';
      server.on('exit', () => fail(new Error(`the server ended: ${said}`)));
      server.stdout!.on('data', (chunk) => {
        said += chunk;
        const found = /(?:port|:)\s*(\d{4,5})\b/i.exec(said)?.[1];
        if (found !== undefined) done(found);
      });
    });
    browser = await chromium.launch({ executablePath: browserPath!, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const settings = encodeURIComponent(folder);
    await page.goto(`http://127.0.0.1:${port}/?folder=${settings}`);
    await page.waitForSelector('.monaco-workbench', { timeout: 90_000 });
    await page
      .getByText('Yes, I trust the authors')
      .click({ timeout: 20_000 })
      .catch(() => undefined);
    await page.getByRole('treeitem', { name: 'run.sh' }).first().dblclick({ timeout: 60_000 });
    await page.waitForSelector('.monaco-editor .view-line', { timeout: 60_000 });
  }, 240_000);

  afterAll(async () => {
    if (process.env['MOUNTC_SCREENS']) await page?.screenshot({ path: process.env['MOUNTC_SCREENS'] });
    await browser?.close();
    server?.kill();
  });

  /** What is shown of the place where the cursor is. */
  async function hoverHere(): Promise<string> {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)');
    await hover.first().waitFor({ timeout: 30_000 });
    const said = await hover.allTextContents();
    await page.keyboard.press('Escape');
    return said.join('\n');
  }

  test('a finding is underlined, explained where the mouse is, and mended by its quick fix', async () => {
    await page.waitForSelector('.squiggly-error', { timeout: 90_000 });
    await page
      .locator('.view-line')
      .nth(1)
      .click({ position: { x: 3, y: 8 } });
    await page.keyboard.press('F8');
    await page.getByText('is not a mode of').first().waitFor({ timeout: 30_000 });
    await page.keyboard.press('Escape');
    expect(await hoverHere()).toContain('volume-unknown-mode');
    await page.keyboard.press('Control+.');
    const actions = page.locator('.action-widget').first();
    await actions
      .getByText('write `ro`')
      .or(actions.getByText('write ro'))
      .first()
      .waitFor({ timeout: 30_000 });
    expect(await actions.textContent()).toContain('disable volume-unknown-mode for this line');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: /:ro\salpine/ }).waitFor({ timeout: 30_000 });
    await expect.poll(() => page.locator('.squiggly-error').count(), { timeout: 30_000 }).toBe(0);
    expect(await hoverHere()).toContain('a bind mount, read-only');
    await page.keyboard.press('Control+s');
    await expect
      .poll(() => readFileSync(file, 'utf8'), { timeout: 20_000 })
      .toBe(TEXT.replace('readonly', 'ro'));
  }, 240_000);
});
