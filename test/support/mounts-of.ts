import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { listMounts } from '../../src/lint/inventory.js';
import { judgeText } from '../../src/lint/judge-text.js';
import { kindOf } from '../../src/source/kind.js';

const options = { dialect: makeDialect(), rules: {}, keepsViews: true };

/** The mounts of a file as `type source target`, and the names of what is said above info. */
export async function mountsOf(path: string, text: string) {
  const kind = kindOf(path, text);
  if (kind === undefined) return { mounts: [], said: [] };
  const judged = await judgeText(kind, text, path, options);
  return {
    mounts: listMounts(judged, path, text).map(({ type, source, target }) => `${type} ${source} ${target}`),
    said: judged.diagnostics.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
  };
}

/** The same of a README with one code block, and the line above it. */
export const readmeMounts = (info: string, text: string, above = 'Before.') =>
  mountsOf('README.md', `${above}\n\n\`\`\`${info}\n${text}\n\`\`\`\n`);
