// Writes docs/rules/ from what the rules say of themselves; --check only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateParser } from './grammar.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await generateParser();
const { outputFiles } = await build({
  entryPoints: ['src/rules/index.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString('base64');
const { RULES } = await import(`data:text/javascript;base64,${source}`);
const rules = [...RULES].sort((a, b) => (a.code < b.code ? -1 : 1));
const folder = 'docs/rules';
const pages = new Map([['README.md', index()], ...rules.map((rule) => [`${rule.name}.md`, page(rule)])]);

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

function page(rule) {
  const sources = (rule.sources ?? []).map((url) => `- <${url}>`).join('\n');
  return [
    `# ${rule.name}`,
    `${rule.code} · ${level(rule)} · since ${rule.since}`,
    `Finds ${rule.summary}.`,
    rule.why,
    `## Found\n\n${rule.invalid.map(example).join('\n\n')}`,
    `## Not found\n\n${rule.valid.map(example).join('\n\n')}`,
    ...(sources === '' ? [] : [`## Sources\n\n${sources}`]),
    `## Turning it off\n\n\`\`\`sh\n# mountc-disable-next-line ${rule.name} -- why\n\`\`\``,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}

function example(one) {
  const whole = typeof one === 'string' ? { command: one } : one;
  const { command, docker, engine, engineOs, file, fixed } = whole;
  const when = [
    docker && `docker ${docker}`,
    engine && `engine ${engine}`,
    engineOs && `a ${engineOs} engine`,
    file && `in a ${file} file`,
  ].filter(Boolean);
  const parts = [when.length > 0 ? `${when.join(', ')}:\n\n${block(command)}` : block(command)];
  if (fixed !== undefined) parts.push(`fixed:\n\n${block(fixed)}`);
  return parts.join('\n\n');
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
