// npm run bench [-- --smoke] [NAME…]: what mountc costs, as ratios measured side by side in one run.
// Every file of scripts/bench that exports `run` is a part; --smoke only shows that each still runs.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const names = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const smoke = process.argv.includes('--smoke');
const folder = fileURLToPath(new URL('bench', import.meta.url));

for (const file of readdirSync(folder).sort()) {
  const name = file.replace(/\.mjs$/, '');
  if (!file.endsWith('.mjs') || (names.length > 0 && !names.includes(name))) continue;
  const part = await import(new URL(`bench/${file}`, import.meta.url));
  if (part.run === undefined) continue;
  console.log(`\n# ${name}`);
  await part.run({ smoke });
}
