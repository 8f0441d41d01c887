// Leaves out of a bundle what only tests and documentation read of the rules: their examples and sources.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';

const FIELDS = ['valid', 'invalid', 'sources'];
const FIELD = new RegExp(`^ {2}(?:${FIELDS.join('|')}): \\[(?:.*\\],\\n|[\\s\\S]*?\\n {2}\\],\\n)`, 'gm');

/** The plugin of esbuild that drops them; it goes by how the formatter lays a rule out, so ask `checkExamples` too. */
export const withoutExamples = {
  name: 'without-examples',
  setup(b) {
    b.onLoad({ filter: /[\\/]src[\\/]rules[\\/][a-z-]+\.ts$/ }, ({ path }) => ({
      // The type asks for them; esbuild does not look at types.
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(FIELD, ''),
    }));
  },
};

// What the page says of a rule stands on the rule's own page.
const WORDS = /^ {2}(?:why|summary|since):[\s\S]*?,\n(?= {2}[\w'])/gm;

/** Rules that ask a machine, or a range of dockers: on the page, which has neither, they find nothing. */
export const NEVER_ON_PAGE = [
  'bind-source-missing',
  'dind-path',
  'file-where-directory',
  'git-bash-converted',
  'not-every-docker',
  'quadlet-missing-unit',
  'remote-daemon-bind',
  'snap-path',
  'volume-beside-directory',
];

const WHAT_IT_IS = /^export const \w+: Rule = \{$|^ {2}(?:code|name|severity|engines): .*,$|^\};$/gm;

/** The same for the page, which shows neither examples nor reasons. */
export const forPage = {
  name: 'for-page',
  setup(b) {
    b.onLoad({ filter: /[\\/]src[\\/]rules[\\/][a-z-]+\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = NEVER_ON_PAGE.includes(basename(path, '.ts'))
        ? text.match(WHAT_IT_IS).join('\n')
        : text.replace(FIELD, '').replace(WORDS, '');
      return { loader: 'ts', contents };
    });
  },
};

/** Throws unless the plugin takes the examples out of every rule and changes nothing else of it. */
export async function checkExamples(options) {
  const [whole, bare] = await Promise.all([loadRules(options, []), loadRules(options, [withoutExamples])]);
  const wrong = whole.filter((rule, index) => !isSameWithout(rule, bare[index]));
  if (whole.length === bare.length && wrong.length === 0) return;
  const names = wrong.map(({ name }) => name).join(', ');
  throw new Error(`scripts/examples.mjs does not find the examples by the layout of these rules: ${names}`);
}

function isSameWithout(rule, bare) {
  const rest = Object.entries(rule).filter(([field]) => !FIELDS.includes(field));
  return show(Object.fromEntries(rest)) === show(bare);
}

const show = (rule) =>
  JSON.stringify(rule, (_key, value) => (typeof value === 'function' ? `${value}` : value));

async function loadRules(options, plugins) {
  const { outputFiles } = await build({
    ...options,
    minify: false,
    metafile: false,
    format: 'esm',
    entryPoints: ['src/rules/index.ts'],
    write: false,
    plugins,
  });
  const { RULES } = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  );
  return RULES;
}
