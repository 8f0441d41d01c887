// The licences of everything that is bundled, from esbuild's own account of what went in.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages of node_modules that the bundles hold, sorted. */
export function bundledPackages(metafiles) {
  const names = new Set();
  for (const { inputs } of metafiles) {
    for (const path of Object.keys(inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined) names.add(folder);
    }
  }
  return [...names].sort();
}

/** One text with the name, version, licence and licence text of each package; a package without a text is an error. */
export function licenseText(folders) {
  const parts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)(?:\.\w+)?$/i.test(one));
    if (file === undefined || !existsSync(join(folder, file)) || typeof license !== 'string')
      throw new Error(`${name} ${version} has no licence text`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `mountc's bundles contain these packages:\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
