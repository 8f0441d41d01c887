import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  Hover,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node.js';
import { atCursor, LspClient, withEdits } from '../support/lsp-client.js';

const SHELL = 'docker run -v "$PWD/data":/src -v /a:/b:readonly alpine\n';
const COMPOSE = `services:
  web:
    image: nginx
    volumes:
      - ./data:/data:readonly
      - type: volume
        source: cache
        target: /cache
volumes:
  cache:
`;
const MARKDOWN = '# How\n\n```sh\ndocker run -v /a:/b:readonly alpine\n```\n';
const DOCKERFILE = 'FROM alpine AS base\nRUN --mount=type=cahce,target=/c make\n';
const DEVCONTAINER =
  '{\n  "image": "a",\n  "mounts": ["type=bind,source=${localWorkspaceFolder}/data,target=/d,readnly"]\n}\n';

/** One text of each kind, with the rule that finds something in it. */
const TEXTS = {
  'run.sh': [SHELL, 'volume-unknown-mode'],
  'compose.yaml': [COMPOSE, 'volume-unknown-mode'],
  'README.md': [MARKDOWN, 'volume-unknown-mode'],
  Dockerfile: [DOCKERFILE, 'mount-unknown-type'],
  '.devcontainer/devcontainer.json': [DEVCONTAINER, 'mount-unknown-option'],
} as const;

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start({
    capabilities: {
      textDocument: {
        publishDiagnostics: { relatedInformation: true },
        codeAction: { disabledSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
      },
    },
    files: { 'data/x': '', 'data/sub/y': '' },
  });
});
afterAll(async () => {
  expect(await client.stop()).toBe(0);
  expect(client.stderr.join('')).toBe('');
  expect(client.messages).toEqual([]);
});

const editsOf = (path: string, { edit }: { edit?: WorkspaceEdit }): TextEdit[] =>
  edit?.changes?.[client.uri(path)] ?? [];

async function actionsAt(path: string, marked: string, only?: string[]): Promise<CodeAction[]> {
  const { text, position } = atCursor(marked);
  await client.open(path, text);
  return client.request('textDocument/codeAction', path, {
    range: { start: position, end: position },
    context: { diagnostics: [], only },
  });
}

async function hover(path: string, marked: string): Promise<string> {
  const { text, position } = atCursor(marked);
  await client.open(path, text);
  const found = await client.request<Hover | null>('textDocument/hover', path, { position });
  return (found?.contents as { value: string } | undefined)?.value ?? '';
}

async function complete(
  path: string,
  marked: string,
): Promise<{ labels: string[]; apply(label: string): string }> {
  const { text, position } = atCursor(marked);
  await client.open(path, text);
  const items = await client.request<CompletionItem[]>('textDocument/completion', path, { position });
  return {
    labels: items.map(({ label }) => label),
    apply: (label) => withEdits(text, [items.find((one) => one.label === label)!.textEdit as TextEdit]),
  };
}

describe.each(Object.entries(TEXTS))('%s', (path, [text, rule]) => {
  test('is linted as it is typed, and never read from the disk', async () => {
    const found = await client.open(path, text);
    expect(found.map(({ code }) => code)).toContain(rule);
    const one = found.find(({ code }) => code === rule)!;
    expect(one).toMatchObject({ source: 'mountc' });
    expect(one.codeDescription?.href).toMatch(new RegExp(`^https://.+/rules/${rule}\\.html$`));
    const cleared = await client.change(path, { text: '\n' });
    expect(cleared).toEqual([]);
    expect((await client.change(path, { text })).map(({ code }) => code)).toContain(rule);
  });

  test('has a quick fix that fixes it, or says what would', async () => {
    const found = await client.open(path, text);
    const { range } = found.find(({ code }) => code === rule)!;
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', path, {
      range,
      context: { diagnostics: [] },
    });
    const fix = actions.find(
      ({ kind, edit, title }) => kind === 'quickfix' && edit && !title.includes('disable'),
    )!;
    expect(fix.diagnostics?.[0]?.code).toBe(rule);
    const left = await client.change(path, { text: withEdits(text, editsOf(path, fix)) });
    expect(left.map(({ code }) => code)).not.toContain(rule);
  });

  test('can be told not to mind', async () => {
    const found = await client.open(path, text);
    const { range } = found.find(({ code }) => code === rule)!;
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', path, {
      range,
      context: { diagnostics: [] },
    });
    const disable = actions.find(({ title }) => title.includes(`disable ${rule}`))!;
    const quiet = withEdits(text, editsOf(path, disable));
    expect(quiet).toContain(`${rule} -- reason`);
    const left = await client.change(path, { text: quiet });
    expect(left.map(({ code }) => code)).not.toContain(rule);
  });
});

describe('hover says what a mount does, what a word of it means, and what the rule says', () => {
  test.each([
    [
      'run.sh',
      'docker run -v "$PWD/da|ta":/src alpine\n',
      ['a bind mount', '`$PWD/data`', 'the image has at the target'],
    ],
    [
      'run.sh',
      'docker run --mount type=bind,src=/a,dst=/b,bind-prop|agation=rslave x\n',
      ['`bind-propagation`: ', 'a bind mount'],
    ],
    ['run.sh', 'docker run -v /a:/b:r|o x\n', ['`ro`: ', 'a bind mount, read-only']],
    ['run.sh', 'podman run -v /a:/b:U|,z x\n', ['podman changes the owner']],
    ['compose.yaml', COMPOSE.replace('source: ca', 'source: ca|'), ['the volume `cache`']],
    ['compose.yaml', COMPOSE.replace('source: cache', 'sour|ce: cache'), ['`source`: ']],
    ['README.md', MARKDOWN.replace('/a:', '/a|:'), ['/a:/b:readonly', '- docker']],
    ['README.md', MARKDOWN.replace('readonly', 'read|only'), ['[volume-unknown-mode](https://']],
    [
      'Dockerfile',
      DOCKERFILE.replace('cahce', 'cache').replace('target', 'tar|get'),
      ['a cache of the build', '`target`: '],
    ],
    [
      '.devcontainer/devcontainer.json',
      DEVCONTAINER.replace(',readnly', '').replace('bind', 'bi|nd'),
      ['`bind`: a file or directory', '`${localWorkspaceFolder}/data`'],
    ],
    [
      '.devcontainer/devcontainer.json',
      '{"mounts": [{"type": "bind", "source": "/a|", "target": "/b"}]}',
      ['a bind mount'],
    ],
    ['app.container', '[Container]\nImage=a\nVolume=/a|:/b:ro\n', ['read-only']],
  ])('%s: %s', async (path, marked, told) => {
    const text = await hover(path, marked);
    for (const one of told) expect(text).toContain(one);
  });
});

describe('completion', () => {
  test('offers the keys of --mount that the type has, and leaves out those that are there', async () => {
    const { labels, apply } = await complete('run.sh', 'docker run --mount type=bind,src=/a,|\n');
    expect(labels).toEqual(expect.arrayContaining(['target', 'readonly', 'bind-propagation']));
    expect(labels).not.toEqual(expect.arrayContaining(['type']));
    expect(labels).not.toEqual(expect.arrayContaining(['volume-nocopy']));
    expect(apply('target')).toBe('docker run --mount type=bind,src=/a,target=\n');
    expect(apply('readonly')).toBe('docker run --mount type=bind,src=/a,readonly\n');
  });
  test('goes on where a word is begun, and keeps what stands behind it', async () => {
    const { apply } = await complete('run.sh', 'docker run --mount type=bi|,src=/a,dst=/b x\n');
    expect(apply('bind')).toBe('docker run --mount type=bind,src=/a,dst=/b x\n');
    const keys = await complete('run.sh', 'docker run --mount type=bind,tar|=/b x\n');
    expect(keys.apply('target')).toBe('docker run --mount type=bind,target=/b x\n');
  });
  test.each([
    ['run.sh', 'docker run --mount type=| x\n', ['bind', 'volume', 'tmpfs']],
    ['run.sh', 'docker run -v /a:/b:| x\n', ['ro', 'z', 'rslave']],
    ['run.sh', 'docker run -v ./da| x\n', ['./data/']],
    ['run.sh', 'docker run -v ./data/| x\n', ['./data/sub/', './data/x']],
    ['run.sh', 'docker run --mount type=bind,src=./| x\n', ['./data/']],
    ['run.sh', 'docker run --mount type=bind,src=/a,dst=/b,readonly=| x\n', ['true', 'false']],
    ['run.sh', 'docker run --tmpfs /run:si| x\n', ['size', 'noexec']],
    ['README.md', '```sh\ndocker run --mount type=volume,| x\n```\n', ['volume-nocopy', 'source']],
    ['Dockerfile', 'FROM a AS base\nRUN --mount=type=cache,| make\n', ['target', 'sharing', 'id']],
    ['Dockerfile', 'FROM a AS base\nRUN --mount=type=| make\n', ['cache', 'secret', 'ssh']],
    ['Dockerfile', 'FROM a AS base\nRUN --mount=type=bind,from=| make\n', ['base']],
    ['.devcontainer/devcontainer.json', '{"mounts": ["type=bind,|"]}', ['source', 'target', 'readonly']],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - ca|\nvolumes:\n  cache:\n',
      ['cache'],
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - cache:/c:|\nvolumes:\n  cache:\n',
      ['ro', 'nocopy'],
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - type: bind\n        |\n',
      ['source', 'target', 'read_only', 'bind'],
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - type: bind\n        source: ./|\n',
      ['./data/'],
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - type: |\n',
      ['bind', 'volume', 'tmpfs'],
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - type: bind\n        source: /a\n        target: /b\n        bind:\n          |\n',
      ['propagation', 'create_host_path', 'selinux'],
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - type: volume\n        source: |\nvolumes:\n  cache:\n',
      ['cache'],
    ],
    ['compose.yaml', 'services:\n  a:\n    image: b\n    vol|\n', ['volumes', 'volumes_from', 'tmpfs']],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\nvolumes:\n  cache:\n    dr|\n',
      ['driver', 'driver_opts', 'external'],
    ],
  ])('%s: %s', async (path, marked, wanted) => {
    const { labels } = await complete(path, marked);
    expect(labels).toEqual(expect.arrayContaining(wanted as string[]));
  });
  test('says nothing where no mount is', async () => {
    expect((await complete('run.sh', 'echo |\n')).labels).toEqual([]);
    expect((await complete('run.sh', 'docker run -v ../../| x\n')).labels).toEqual([]);
  });
});

describe('conversions', () => {
  test('a flag becomes another form, and what would be lost is said', async () => {
    const marked = 'docker run -v data|:/d:ro --mount type=bind,src=/a,dst=/b x\n';
    const actions = await actionsAt('run.sh', marked, ['refactor']);
    const mount = actions.find(({ title }) => title.startsWith('mountc: convert to --mount'))!;
    expect(withEdits(marked.replace('|', ''), editsOf('run.sh', mount))).toBe(
      'docker run --mount type=volume,src=data,dst=/d,readonly --mount type=bind,src=/a,dst=/b x\n',
    );
    const lossy = await actionsAt('run.sh', 'docker run --mount type=bind,src=/a|,dst=/b x\n', [
      'refactor.rewrite',
    ]);
    expect(lossy.find(({ title }) => title.includes('to -v'))?.title).toMatch(/not the same: .*missing/);
    const refused = await actionsAt('run.sh', 'docker run --mount type=bind,src=/a:b|,dst=/b x\n', [
      'refactor',
    ]);
    expect(refused.find(({ title }) => title.includes('to -v'))?.disabled?.reason).toMatch(/colon|:/);
  });
  test.each([
    [
      'README.md',
      '```sh\ndocker run -v data|:/d x\n```\n',
      '--mount',
      '--mount type=volume,src=data,dst=/d x',
    ],
    [
      'compose.yaml',
      'services:\n  a:\n    image: b\n    volumes:\n      - da|ta:/d:ro\nvolumes:\n  data:\n',
      'long',
      'type: volume',
    ],
    ['compose.yaml', COMPOSE.replace('source: ca', 'source: ca|'), 'short', '- cache:/cache'],
    ['Dockerfile', 'FROM a\nRUN docker run -v data|:/d x\n', '--mount', '--mount type=volume'],
    [
      '.devcontainer/devcontainer.json',
      '{"runArgs": ["-v", "data|:/d"]}',
      '--mount',
      '"--mount", "type=volume,src=data,dst=/d"',
    ],
  ])('%s: %s', async (path, marked, title, wanted) => {
    const actions = await actionsAt(path, marked, ['refactor']);
    const action = actions.find((one) => one.title.includes(title))!;
    expect(withEdits(marked.replace('|', ''), editsOf(path, action))).toContain(wanted);
  });
});

test('fix all fixes what can be fixed safely, and says so where it is asked', async () => {
  const text =
    "docker run --mount 'type=bind, src=/a, dst=/b' x\ndocker run --mount 'type=bind, src=/c,dst=/d' x\n";
  const actions = await actionsAt('run.sh', `${text}|`, ['source.fixAll']);
  expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.mountc']);
  expect(withEdits(text, editsOf('run.sh', actions[0]!))).toBe(text.replaceAll(', ', ','));
});

test('an unsafe fix says that it is one', async () => {
  const actions = await actionsAt('run.sh', 'docker run -v /a:/b:reado|nly x\n', ['quickfix']);
  const fix = actions.find(({ edit, title }) => edit && !title.includes('disable'))!;
  expect(fix.isPreferred === true).toBe(!fix.title.includes('unsafe'));
});

test('sources lead to what is there', async () => {
  await client.open('compose.yaml', COMPOSE);
  const links = await client.request<{ target: string }[]>('textDocument/documentLink', 'compose.yaml');
  expect(links.map(({ target }) => target)).toEqual([client.uri('data')]);
  await client.open('run.sh', SHELL);
  const ofShell = await client.request<{ target: string }[]>('textDocument/documentLink', 'run.sh');
  expect(ofShell.map(({ target }) => target)).toEqual([client.uri('data')]);
  const path = '.devcontainer/devcontainer.json';
  await client.open(path, DEVCONTAINER);
  const ofContainer = await client.request<{ target: string }[]>('textDocument/documentLink', path);
  expect(ofContainer.map(({ target }) => target)).toEqual([client.uri('data')]);
});

describe('a named volume', () => {
  const text = `services:
  a:
    image: x
    volumes: ["cache:/a", 'cache:/b:ro']
  b:
    image: y
    volumes:
      - type: volume
        source: cache
        target: /c
      - ./cache:/d
volumes:
  cache:
  other:
`;
  const rename = async (newName: string) => {
    await client.open('compose.yaml', text);
    const position = { line: 12, character: 4 };
    return client.request<WorkspaceEdit>('textDocument/rename', 'compose.yaml', { position, newName });
  };
  test('is renamed wherever it is meant, and nowhere else', async () => {
    const edit = await rename('store');
    const renamed = withEdits(text, editsOf('compose.yaml', { edit }));
    expect(renamed).toBe(
      text
        .replace('"cache:/a"', '"store:/a"')
        .replace("'cache:/b", "'store:/b")
        .replace('source: cache', 'source: store')
        .replace('\n  cache:', '\n  store:'),
    );
    const prepared = await client.request('textDocument/prepareRename', 'compose.yaml', {
      position: { line: 8, character: 18 },
    });
    expect(prepared).toMatchObject({ placeholder: 'cache' });
  });
  test.each(['other', 'a/b', ''])('is not renamed to `%s`', async (name) => {
    await expect(rename(name)).rejects.toThrow(/volume/);
  });
});
