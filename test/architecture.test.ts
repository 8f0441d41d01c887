import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));

// Imports go from right to left only.
const LAYERS = [
  'version',
  'site',
  'text',
  'go',
  'spec',
  'mount',
  'dialects',
  'forms',
  'container',
  'source',
  'readers',
  'rules',
  'lint',
  'convert',
  'explain',
  'inspect',
  'why',
  'editor',
  'report',
  'library-options',
  'library',
  'library-text',
  'files',
  'load-entry',
  'docker',
  'shim',
  'lsp',
  'cli',
];
/** Run in a browser as they are. */
const PURE = LAYERS.slice(LAYERS.indexOf('text'), LAYERS.indexOf('editor') + 1);

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.includes('generated'),
);
const layerOf = (file: string) => file.split('/')[0]!.replace(/\.ts$/, '');

const imports = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => ({ file, target: match[1]! }));
});

test('every layer is known', () => {
  expect(new Set(files.map(layerOf).filter((layer) => layer !== 'index' && !LAYERS.includes(layer)))).toEqual(
    new Set(),
  );
});

test('imports go one way only', () => {
  const upward = imports.flatMap(({ file, target }) => {
    if (!target.startsWith('.') || layerOf(file) === 'index') return [];
    const to = relative(src, resolve(src, dirname(file), target)).replace(/\.js$/, '.ts');
    return LAYERS.indexOf(layerOf(to)) > LAYERS.indexOf(layerOf(file)) ? [`${file} -> ${to}`] : [];
  });
  expect(upward).toEqual([]);
});

test('no file imports itself, through whatever others', () => {
  const graph = new Map<string, string[]>();
  for (const { file, target } of imports) {
    if (!target.startsWith('.')) continue;
    const to = relative(src, resolve(src, dirname(file), target)).replace(/\.js$/, '.ts');
    graph.set(file, [...(graph.get(file) ?? []), to]);
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (done.has(file)) return;
    done.add(file);
    for (const to of graph.get(file) ?? []) walk(to, [...path, file]);
  };
  for (const file of files) walk(file, []);
  expect(circles).toEqual([]);
});

test('no list is spread into the arguments of a call, which takes only so many', () => {
  const spread = files.filter((file) =>
    /\b(?:push|unshift|concat|assign|min|max|fromCharCode|fromCodePoint)\((?:[\w.{}]+,\s*)*\.\.\./.test(
      readFileSync(join(src, file), 'utf8'),
    ),
  );
  expect(spread).toEqual([]);
});

test('a table that is asked for words of others is a Map, which has no `constructor`', () => {
  const objects = files.filter((file) =>
    /\bconst \w+: Readonly<Record<string, .+>> =\s+\{|\bconst \w+: Record<string, .+> = \{\}/.test(
      readFileSync(join(src, file), 'utf8'),
    ),
  );
  expect(objects).toEqual([]);
});

test('the compiler is free of node', () => {
  const impure = imports.filter(
    ({ file, target }) => PURE.includes(layerOf(file)) && target.startsWith('node:'),
  );
  expect(impure.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
});

test('only parse.ts knows the generated parser', () => {
  const knowing = imports.filter(({ target }) => target.includes('generated/')).map(({ file }) => file);
  expect(knowing).toEqual(['spec/parse.ts']);
});

test('versions are compared in the tables only', () => {
  const comparing = files.filter((file) => {
    if (layerOf(file) === 'dialects') return false;
    return /\b(?:client|engine)\s*(?:<|>=?)\s*(?:v\(|makeVersion|\d{5,})/.test(
      readFileSync(join(src, file), 'utf8'),
    );
  });
  expect(comparing).toEqual([]);
});

const sources = new Map(files.map((file) => [file, readFileSync(join(src, file), 'utf8')]));
const exported = [...sources].flatMap(([file, text]) =>
  [...text.matchAll(/^(.*)\nexport (?:async )?(function\*?|const|class|interface|type) (\w+)/gm)].map(
    ([, above = '', kind = '', name = '']) => ({
      file,
      name,
      above,
      isValue: !/^(?:interface|type)$/.test(kind),
    }),
  ),
);

test('everything that is exported is described', () => {
  // The first of several signatures speaks for all.
  const seen = new Set<string>();
  const bare = exported.filter(({ file, name, above }) => {
    const isFirst = !seen.has(`${file} ${name}`);
    seen.add(`${file} ${name}`);
    return isFirst && !above.trimEnd().endsWith('*/');
  });
  expect(bare.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

test('what is exported is used elsewhere', () => {
  const others = ['test', 'scripts'].flatMap((folder) => {
    const root = join(src, '..', folder);
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|mjs)$/.test(file))
      .map((file) => readFileSync(join(root, file), 'utf8'));
  });
  const unused = exported.filter(({ file, name, isValue }) => {
    const word = new RegExp(`\\b${name}\\b`);
    const isUsed = [...sources].some(([other, text]) => other !== file && word.test(text));
    return isValue && !isUsed && !others.some((text) => word.test(text));
  });
  expect(unused.map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});

/** Who opens files by itself: what the system makes, and what mountc is made of. Everything else may be a stranger's. */
const OPENING = [
  'cli/convert.ts', // /proc/self/cmdline
  'cli/shim.ts', // bin/docker
  'docker/own-mounts.ts', // /proc/self/mountinfo
  'docker/terminal.ts', // /proc/self/stat
  'files/draft.ts',
  'files/leftovers.ts', // /proc/self/stat
  'files/open-file.ts',
  'files/write-file.ts',
  'files/write-report.ts',
  'load-entry.ts', // dist
];

test('files are read through the one opener', () => {
  const opening = [...sources].filter(([, text]) =>
    /\b(?:readFileSync|openSync|openAsBlob|createReadStream)\b|node:fs\/promises|\bpromises\b.*node:fs/.test(
      text,
    ),
  );
  expect(opening.map(([file]) => file).sort()).toEqual(OPENING);
});

test('programs are started in few places, none of them by a name that a repository could have', () => {
  const starting = imports.filter(
    ({ target }) => target === 'node:child_process' || target === 'cross-spawn',
  );
  expect([...new Set(starting.map(({ file }) => file))].sort()).toEqual([
    // docker, by the path where it was found
    'docker/ask-docker.ts',
    'docker/ask-volume.ts',
    'docker/inspect.ts',
    'docker/run.ts',
    // git, by its path, which is in no repository
    'files/git-objects.ts',
    // programs of the system, by their path
    'files/system-program.ts',
    // node, by the path that a launcher names, or an absolute one of PATH
    'shim/examine-launcher.ts',
  ]);
});
