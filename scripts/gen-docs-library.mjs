// Writes docs/library-reference.md from the types of the library and their TSDoc; --check only compares.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateParser } from './grammar.mjs';

const PAGE = 'docs/library-reference.md';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await generateParser();
const dir = mkdtempSync(join(tmpdir(), 'mountc-types-'));
try {
  const tsc = 'node_modules/typescript/bin/tsc';
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', dir], { stdio: 'inherit' });
  const text = page(exportsOf(join(dir, 'index.d.ts')));
  if (!process.argv.includes('--check')) writeFileSync(PAGE, text);
  else if (readFileSync(PAGE, 'utf8') !== text) {
    console.error(`${PAGE} is not current: node scripts/gen-docs-library.mjs`);
    process.exitCode = 1;
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** What the library exports: name, kind, TSDoc and declarations, in the order of src/index.ts. */
function exportsOf(index) {
  const lists = readFileSync(index, 'utf8').matchAll(/export (?:type )?\{([^}]*)\} from '\.\/(.*)\.js'/g);
  return [...lists].flatMap(([, names, module]) => {
    const lines = readFileSync(join(dirname(index), `${module}.d.ts`), 'utf8').split('\n');
    return names
      .split(',')
      .map((one) => one.replace(/\btype\b/, '').trim())
      .filter((name) => name !== '')
      .map((name) => declared(name, lines, module));
  });
}

function declared(name, lines, module) {
  const head = new RegExp(`^export (?:declare )?(function|const|interface|type) ${name}\\b`);
  const starts = lines.flatMap((line, index) => (head.test(line) ? [index] : []));
  if (starts.length === 0) throw new Error(`${module}: no declaration of ${name}`);
  const code = starts.map((start) => lines.slice(start, endOf(lines, start)).join('\n'));
  const doc = tsdocAbove(lines, starts[0]);
  if (doc === '') throw new Error(`${module}: ${name} has no TSDoc`);
  return { name, kind: head.exec(lines[starts[0]])[1], doc, code: code.join('\n') };
}

/** The line behind a declaration: where its braces are closed. */
function endOf(lines, start) {
  let depth = 0;
  for (let i = start; i < lines.length; i++) {
    depth += lines[i].split('{').length - lines[i].split('}').length;
    if (depth === 0 && /[;}]$/.test(lines[i])) return i + 1;
  }
  return lines.length;
}

function tsdocAbove(lines, start) {
  if (!lines[start - 1]?.endsWith('*/')) return '';
  let first = start - 1;
  while (!lines[first].startsWith('/**')) first--;
  return lines
    .slice(first, start)
    .map((line) => line.replace(/^\/\*\* ?|\s*\*\/$|^ \* ?/g, ''))
    .join('\n')
    .trim()
    .replace(/\{@link (\w+)\}/g, '`$1`');
}

function page(all) {
  const section = (title, kinds) => [
    `## ${title}`,
    ...all.filter(({ kind }) => kinds.includes(kind)).flatMap(entry),
  ];
  return `${[
    `<!-- made by scripts/gen-docs-library.mjs from src/index.ts -->\n# Reference of the library`,
    "[library.md](library.md) begins with what one wants to do. Here is everything that `import { … } from 'mountc'` gives. Nothing in it does I/O, and nothing throws but where it says so: bad input\nis part of the answer. Versions are numbers that `readVersion` makes of a text; offsets are UTF-16 units from 0, ends exclusive.",
    ...section('Functions', ['function']),
    ...section('Values', ['const']),
    ...section('Types', ['interface', 'type']),
  ].join('\n\n')}\n`;
}

function entry({ name, doc, code }) {
  const shown = code.replace(/^export (?:declare )?/gm, '');
  return [`### ${name}`, doc, `\`\`\`ts\n${shown}\n\`\`\``];
}
