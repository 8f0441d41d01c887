import { expect, test } from 'vitest';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node.js';
import { LspClient } from '../support/lsp-client.js';

const TEXT = 'docker run -v /a:/b:r0 x\n';
const codes = (all: readonly Diagnostic[]) => all.map(({ code }) => code);

test('a configuration file is followed, and wins over the settings of the editor', async () => {
  const client = await LspClient.start({
    settings: { rules: { 'volume-unknown-mode': 'off' } },
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  expect(await client.open('a.sh', TEXT)).toEqual([]);
  client.write('.mountc.yaml', 'rules:\n  volume-unknown-mode: info\n');
  const changed = client.next('a.sh');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('.mountc.yaml'), type: 1 }],
  });
  expect(await changed).toMatchObject([{ code: 'volume-unknown-mode', severity: 3 }]);
  client.write('.mountc.yaml', 'ignore: ["*.sh"]\n');
  const ignored = client.next('a.sh');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('.mountc.yaml'), type: 2 }],
  });
  expect(await ignored).toEqual([]);
  await client.stop();
});

test('settings that change count at once, and a mistake in them is said', async () => {
  const client = await LspClient.start();
  expect(codes(await client.open('a.sh', TEXT))).toEqual(['volume-unknown-mode']);
  const changed = client.next('a.sh');
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { mountc: { rules: { MC112: 'off' }, docker: 'newest' } },
  });
  expect(await changed).toEqual([]);
  expect(client.messages.join()).toContain('newest');
  await client.stop();
});

test('a mistake in a configuration file is shown in it', async () => {
  const client = await LspClient.start({ files: { '.mountc.yaml': 'ruels: {}\n' } });
  const found = await client.open('.mountc.yaml', 'ruels: {}\n');
  expect(found).toMatchObject([
    { severity: 1, source: 'mountc', range: { start: { line: 0, character: 0 } } },
  ]);
  await client.stop();
});

test('who asks for findings gets them when asked, and nothing before', async () => {
  const client = await LspClient.start({ capabilities: { textDocument: { diagnostic: {} } } });
  expect(client.initialized.capabilities.diagnosticProvider).toMatchObject({ identifier: 'mountc' });
  let pushed = 0;
  client.connection.onNotification('textDocument/publishDiagnostics', () => {
    pushed++;
  });
  void client.open('a.sh', TEXT).catch(() => {});
  const report = await client.request<DocumentDiagnosticReport>('textDocument/diagnostic', 'a.sh');
  expect(report).toMatchObject({ kind: 'full', items: [{ code: 'volume-unknown-mode' }] });
  expect(pushed).toBe(0);
  await client.stop();
});

test('a text that is no file, and one in a language that its name does not say', async () => {
  const client = await LspClient.start();
  const uri = 'untitled:Untitled-1';
  const found = new Promise<Diagnostic[]>((tell) =>
    client.connection.onNotification('textDocument/publishDiagnostics', ({ diagnostics }) =>
      tell(diagnostics),
    ),
  );
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'shellscript', version: 1, text: TEXT },
  });
  expect(codes(await found)).toEqual(['volume-unknown-mode']);
  await client.stop();
});

test('MOUNTC_DOCS takes the links away', async () => {
  const client = await LspClient.start({ env: { MOUNTC_DOCS: '' } });
  const [one] = await client.open('a.sh', TEXT);
  expect(one).not.toHaveProperty('codeDescription');
  await client.stop();
});
