import { offerConversions } from '../../src/convert/offer-fixes.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { readVersion } from '../../src/dialects/docker/tables/version.js';
import { lintText } from '../../src/lint/lint-text.js';
import { lintCommand } from '../../src/rules/lint-command.js';
import type { Example, Rule } from '../../src/rules/rule.js';
import type { ExampleHost, HostView } from '../../src/source/host.js';
import { fileText } from '../../src/source/hosted-text.js';
import { viewCommand } from '../../src/source/view-command.js';
import type { Diagnostic } from '../../src/text/diagnostic.js';
import { readCommands } from './read-commands.js';

/** An example with all that it may say. */
export type OpenExample = Exclude<Example, string>;

/** What the rule finds in one of its examples: a command, read as a shell would, or a file. */
export async function lintExample(example: Example, rule: Rule): Promise<Diagnostic[]> {
  const all = await lintAll(typeof example === 'string' ? { command: example } : example, rule);
  return all.filter((one) => one.rule === rule.name);
}

async function lintAll(example: OpenExample, rule: Rule): Promise<readonly Diagnostic[]> {
  const { command, file } = example;
  const { rules, ...options } = optionsFor(example, rule);
  if (file !== undefined)
    return (await lintText(file, command, undefined, { ...options, rules })).diagnostics;
  return readCommands(fileText(command)).flatMap((source) => {
    const view = viewCommand(source, options);
    return offerConversions(view, lintCommand(view, rules));
  });
}

/** By what an example is judged. */
export function optionsFor(
  { docker, since, engine, engineOs, host, units, builder }: OpenExample,
  rule: Rule,
) {
  return {
    dialect: makeDialect({
      client: version(docker),
      since: version(since),
      engine: version(engine),
      engineOs,
      builder,
    }),
    cwd: '/project',
    unitNames: units,
    host: host && exampleHost(host),
    rules: rule.isOptional ? { [rule.name]: rule.severity } : {},
  };
}

function exampleHost({
  paths = {},
  shared = [],
  nowhere,
  empty,
  beside,
  near,
  ...host
}: ExampleHost): HostView {
  return {
    ...host,
    pathState: (path) => paths[path] ?? 'missing',
    isShared: (path) => shared.includes(path),
    ...(nowhere && { isNowhere: (path) => nowhere.includes(path) }),
    ...(empty && { isEmptyFolder: (path) => empty.includes(path) }),
    ...(near && { nearPath: (path: string) => near[path] }),
    ...(beside && { isFolderBeside: (name) => beside.includes(name) }),
  };
}

const version = (text: string | undefined) => (text === undefined ? undefined : readVersion(text));
