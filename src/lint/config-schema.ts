import { RULES } from '../rules/index.js';
import { BUILDER_WORDS, ENGINE_WORDS, FAIL_ON_WORDS, OS_WORDS, SEVERITY_WORDS } from './check-config.js';
import { DIRECTIVE_RULES } from './directive-rules.js';

const version = (description: string, examples = ['28.2', '20.10.24']) => ({
  description,
  type: ['string', 'number'],
  examples,
});
const globs = (description: string) => ({
  description,
  oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
});

/** What holds for all files, or for some. */
const partSchema = () => ({
  docker: version('Version of the docker client that mounts are checked against.'),
  engine: version("Version of the engine; the client's by default."),
  podman: version("Version of podman that podman's own mounts are checked against; all of them by default."),
  builder: { description: 'The builder that reads `RUN --mount`.', enum: [...BUILDER_WORDS] },
  engineOs: { description: "The operating system of the engine's containers.", enum: [...OS_WORDS] },
  compose: version(
    'Version of docker compose that Compose files are checked against; every one by default.',
    ['2.40', '5.1.4'],
  ),
  rules: { $ref: '#/$defs/rules' },
  commands: {
    description: 'More words that run a container engine, such as `./run-docker` or `$RUNNER`.',
    oneOf: [
      { type: 'array', items: { type: 'string' } },
      { type: 'object', additionalProperties: { enum: [...ENGINE_WORDS] } },
    ],
  },
});

/** The JSON schema of configuration files, for editors; made of the same tables that check them. */
export function configSchema(): object {
  const part = partSchema();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Configuration of mountc lint',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      ...part,
      ignore: globs('Globs of files that are not linted, relative to this file.'),
      failOn: {
        description: 'The least severe finding that makes the exit code 1.',
        enum: [...FAIL_ON_WORDS],
      },
      checkPaths: { description: 'Check whether host paths exist.', type: 'boolean' },
      baseline: {
        description: 'The baseline: a file of known findings, relative to this file, in the same repository.',
        type: 'string',
      },
      overrides: {
        description: 'Settings for some files; later ones win.',
        type: 'array',
        items: {
          type: 'object',
          required: ['files'],
          additionalProperties: false,
          properties: {
            files: globs('Globs of the files, relative to this file; `!` excludes some.'),
            ...part,
          },
        },
      },
    },
    $defs: {
      severity: { enum: [...SEVERITY_WORDS] },
      rules: {
        description: 'Severities by the name or the code of a rule.',
        type: 'object',
        patternProperties: { '^MC[0-9]{3}$': { $ref: '#/$defs/severity' } },
        additionalProperties: false,
        properties: Object.fromEntries(
          [...RULES, ...DIRECTIVE_RULES].map(({ name, code, summary }) => [
            name,
            { description: `${code}: ${summary}`, $ref: '#/$defs/severity' },
          ]),
        ),
      },
    },
  };
}
