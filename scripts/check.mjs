// Static checks: types, then Biome (lint and format). Import direction is a test (test/architecture.test.ts).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { generateParser } from './grammar.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await generateParser();
const steps = [
  // What is made from the tables is brought up to date; CI only looks whether it is.
  ['scripts/gen-schema.mjs', ...(process.env['CI'] ? ['--check'] : [])],
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
  ['node_modules/typescript/bin/tsc', '-p', 'site/tsconfig.json'],
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
];
let failed = false;
for (const step of steps) {
  failed = spawnSync(process.execPath, step, { stdio: 'inherit' }).status !== 0 || failed;
}
process.exit(failed ? 1 : 0);
