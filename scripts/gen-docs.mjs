// Writes docs/rules/ from what the rules say of themselves; --check only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { ENTRY_ALIAS } from './entries.mjs';
import { generateParser } from './grammar.mjs';

const FILE_NAMES = {
  makefile: 'Makefile',
  powershell: 'script.ps1',
  batch: 'script.bat',
  compose: 'compose.yaml',
  dockerfile: 'Dockerfile',
  yaml: 'ci.yaml',
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await generateParser();
const { outputFiles } = await build({
  stdin: {
    contents: `
      export { RULES } from './src/rules/index.js';
      export { exampleContext } from './src/explain/example-context.js';
      export { pretty } from './src/report/pretty.js';
      export { lintExample } from './test/support/lint-example.js';`,
    resolveDir: process.cwd(),
  },
  alias: ENTRY_ALIAS,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
});
const bundle = new Module('rules');
bundle._compile(outputFiles[0].text, 'rules');
const { RULES, exampleContext, pretty, lintExample } = bundle.exports;
const rules = [...RULES].sort((a, b) => (a.code < b.code ? -1 : 1));
const folder = 'docs/rules';
const pages = new Map([['README.md', index()]]);
for (const rule of rules) pages.set(`${rule.name}.md`, await page(rule));

if (process.argv.includes('--check')) {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const stale = [...new Set([...there, ...pages.keys()])].filter(
    (name) => !there.includes(name) || readFileSync(`${folder}/${name}`, 'utf8') !== pages.get(name),
  );
  if (stale.length > 0) {
    console.error(`${folder} is not current (${stale.join(', ')}): node scripts/gen-docs.mjs`);
    process.exitCode = 1;
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(`${folder}/${name}`, text);
}

function index() {
  const rows = rules.map(
    (rule) => `| ${rule.code} | [${rule.name}](${rule.name}.md) | ${level(rule)} | ${cell(rule.summary)} |`,
  );
  return `# Rules\n\n| code | rule | severity | finds |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

async function page(rule) {
  const found = await Promise.all(rule.invalid.map((one) => mistake(one, rule)));
  const sources = (rule.sources ?? []).map((url) => `- <${url}>`).join('\n');
  return [
    `# ${rule.name}`,
    `${rule.code} · ${level(rule)} · since ${rule.since}`,
    `Finds ${rule.summary}.`,
    rule.why,
    `## Found\n\n${found.join('\n\n')}`,
    `## Not found\n\n${rule.valid.map(silent).join('\n\n')}`,
    ...(sources === '' ? [] : [`## Sources\n\n${sources}`]),
    ...(rule.isOptional ? [turningOn(rule)] : []),
    `## Turning it off\n\n\`\`\`sh\n# mountc-disable-next-line ${rule.name} -- why\n\`\`\``,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function turningOn({ name, severity }) {
  return (
    `## Turning it on\n\nIt says nothing unless it is asked for, with \`mountc lint --rule ${name}=${severity}\` or in \`.mountc.yaml\`:\n\n` +
    `\`\`\`yaml\nrules:\n  ${name}: ${severity}\n\`\`\``
  );
}

// The report shows the lines that it is about: a file is shown as a whole too.
async function mistake(one, rule) {
  const { command, file, fixed } = whole(one);
  const report = { path: FILE_NAMES[file], text: command, diagnostics: await lintExample(one, rule) };
  const parts = [block(pretty({ color: false }).file(report).shown.replace(/\n+$/, ''))];
  if (command.trimEnd().includes('\n')) parts.unshift(block(command));
  if (fixed !== undefined) parts.push(`Fixed:\n\n${block(fixed)}`);
  return `${when(one)}${parts.join('\n\n')}`;
}

function silent(one) {
  return `${when(one)}${block(whole(one).command)}`;
}

function when(one) {
  const text = exampleContext(one);
  return text === '' ? '' : `${text[0].toUpperCase()}${text.slice(1)}:\n\n`;
}

function whole(one) {
  return typeof one === 'string' ? { command: one } : one;
}

// Examples of mistakes are no documentation to lint, so they are not marked as shell.
function block(text) {
  return `\`\`\`text\n${text.replace(/\n$/, '')}\n\`\`\``;
}

function level(rule) {
  return rule.isOptional ? `${rule.severity}, off` : rule.severity;
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}
