// Compiles grammar/mount.peggy to src/spec/generated/mount.js with its types.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import peggy from 'peggy';

/** Writes the generated parser; leaves the file alone when nothing changed, so that watchers stay quiet. */
export async function generateParser(root = new URL('..', import.meta.url)) {
  const source = new URL('grammar/mount.peggy', root);
  const out = new URL('src/spec/generated/', root);
  const code = peggy.generate(readFileSync(source, 'utf8'), {
    grammarSource: 'grammar/mount.peggy',
    allowedStartRules: ['VolumeSpec', 'MountSpec', 'TmpfsSpec'],
    output: 'source',
    format: 'es',
  });
  mkdirSync(out, { recursive: true });
  writeIfChanged(new URL('mount.js', out), code);
  writeIfChanged(new URL('mount.d.ts', out), readFileSync(new URL('grammar/mount.d.ts', root), 'utf8'));
}

function writeIfChanged(file, text) {
  let old = '';
  try {
    old = readFileSync(file, 'utf8');
  } catch {}
  if (old !== text) writeFileSync(file, text);
}
