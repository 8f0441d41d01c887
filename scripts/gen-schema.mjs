// Writes schema/mountc.schema.json from the tables that check configuration files; --check only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { generateParser } from './grammar.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await generateParser();
const { outputFiles } = await build({
  entryPoints: ['src/lint/config-schema.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString('base64');
const { configSchema } = await import(`data:text/javascript;base64,${source}`);
const file = 'schema/mountc.schema.json';
const text = `${JSON.stringify(configSchema(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error(`${file} is not current: node scripts/gen-schema.mjs`);
    process.exitCode = 1;
  }
} else {
  mkdirSync('schema', { recursive: true });
  writeFileSync(file, text);
}
