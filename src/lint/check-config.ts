import { COMPOSE_RANGE, OLDEST_COMPOSE, readComposeVersion } from '../dialects/compose/versions.js';
import { OLDEST, readVersion, readVersionRange, VERSION_RANGE } from '../dialects/docker/tables/version.js';
import { OLDEST_PODMAN, PODMAN_RANGE, readPodman } from '../dialects/podman/versions.js';
import { suggest } from '../text/nearest.js';
import type { ConfigOverride, ConfigPart, LintConfig } from './config.js';
import type { ConfigNode, ConfigProblem } from './config-node.js';
import { type Complain, type ConfigReader, makeConfigReader } from './config-reader.js';

/** A configuration, with what is wrong in it; what is wrong is left out. */
export interface CheckedConfig {
  readonly config: LintConfig;
  readonly problems: readonly ConfigProblem[];
  /** What is left out although it is not wrong. */
  readonly leftOut: readonly ConfigProblem[];
}

/** What a rule may be set to. */
export const SEVERITY_WORDS = ['error', 'warning', 'info', 'off'] as const;
/** The values of `failOn`. */
export const FAIL_ON_WORDS = ['error', 'warning', 'info', 'never'] as const;
/** The engines that a word of `commands` may run. */
export const ENGINE_WORDS = ['docker', 'podman', 'nerdctl'] as const;
/** The values of `builder`. */
export const BUILDER_WORDS = ['buildkit', 'buildah'] as const;
/** The values of `engineOs`. */
export const OS_WORDS = ['linux', 'windows'] as const;
const PART_KEYS = [
  'docker',
  'engine',
  'engineOs',
  'podman',
  'builder',
  'compose',
  'rules',
  'commands',
] as const;
const ROOT_KEYS = [
  '$schema',
  ...PART_KEYS,
  'ignore',
  'failOn',
  'checkPaths',
  'baseline',
  'overrides',
] as const;
const OVERRIDE_KEYS = ['files', ...PART_KEYS] as const;

/** Answers the name of a rule for its name or code. */
export type FindRuleName = (nameOrCode: string) => string | undefined;

/** Checks a configuration; total. */
export function checkConfig(
  root: ConfigNode,
  findRule: FindRuleName,
  ruleNames: readonly string[],
): CheckedConfig {
  const problems: ConfigProblem[] = [];
  const leftOut: ConfigProblem[] = [];
  const complain: Complain = ({ range }, message, help) => problems.push({ message, help, range });
  const leaveOut: Complain = ({ range }, message, help) => leftOut.push({ message, help, range });
  const reader = makeConfigReader(complain);
  const { keyed, word, globs } = reader;
  const check: Check = { ...reader, complain, leaveOut, findRule, ruleNames };
  const get = keyed(root, 'the configuration', ROOT_KEYS);
  const overrides = get('overrides');
  if (overrides !== undefined && overrides.kind !== 'list' && overrides.kind !== 'null')
    complain(overrides, '`overrides` is a list', 'write `- files: […]` items');
  const checkPaths = word(get('checkPaths'), '`checkPaths`', ['true', 'false'] as const);
  const config: LintConfig = definedOnly({
    ...checkPart(get, check),
    ignore: globs(get('ignore'), '`ignore`'),
    failOn: word(get('failOn'), '`failOn`', FAIL_ON_WORDS),
    checkPaths: checkPaths === undefined ? undefined : checkPaths === 'true',
    baseline: checkBaseline(get('baseline'), check),
    overrides:
      overrides?.kind === 'list' ? overrides.items.map((item) => checkOverride(item, check)) : undefined,
  });
  return { config, problems, leftOut };
}

/** What the parts of a configuration are checked with. */
interface Check extends ConfigReader {
  readonly complain: Complain;
  readonly leaveOut: Complain;
  readonly findRule: FindRuleName;
  readonly ruleNames: readonly string[];
}

function checkPart(get: (name: string) => ConfigNode | undefined, check: Check): ConfigPart {
  return definedOnly({
    docker: checkVersion(get('docker'), 'docker', check),
    engine: checkVersion(get('engine'), 'engine', check),
    compose: checkVersion(get('compose'), 'compose', check),
    engineOs: check.word(get('engineOs'), '`engineOs`', OS_WORDS),
    podman: checkVersion(get('podman'), 'podman', check),
    builder: check.word(get('builder'), '`builder`', BUILDER_WORDS),
    rules: checkRules(get('rules'), check),
    commands: checkCommands(get('commands'), check),
  });
}

function checkOverride(node: ConfigNode, check: Check): ConfigOverride {
  const get = check.keyed(node, 'an override', OVERRIDE_KEYS);
  const files = check.globs(get('files'), '`files`');
  if (files === undefined && node.kind === 'map')
    check.complain(node, 'an override without `files`', 'list the files that it applies to');
  return { files: files ?? [], ...checkPart(get, check) };
}

const DOCKER = {
  name: 'docker',
  // Of a fleet the oldest.
  read: (text: string) => readVersionRange(text)?.since ?? readVersion(text),
  oldest: OLDEST,
  example: '28.2',
  range: VERSION_RANGE,
};
/** Which program's version each key is. */
const VERSIONS = {
  docker: DOCKER,
  engine: DOCKER,
  podman: { name: 'podman', read: readPodman, oldest: OLDEST_PODMAN, example: '5.4', range: PODMAN_RANGE },
  compose: {
    name: 'docker compose',
    read: (text: string) => readComposeVersion(text)?.version,
    oldest: OLDEST_COMPOSE,
    example: '2.40',
    range: COMPOSE_RANGE,
  },
} as const;

function checkVersion(
  node: ConfigNode | undefined,
  key: keyof typeof VERSIONS,
  { complain, leaveOut }: Check,
): string | undefined {
  if (node === undefined) return undefined;
  const of = VERSIONS[key];
  if (node.kind !== 'string' && node.kind !== 'number') {
    complain(node, `\`${key}\` is a ${of.name} version`, `write one such as "${of.example}"`);
    return undefined;
  }
  const read = of.read(node.text);
  if (read !== undefined && read >= of.oldest) return node.text;
  // A repository is not to decide that a program is started, which may go over the network too.
  if (key !== 'engine' && node.text === 'auto')
    leaveOut(
      node,
      `\`${key}: auto\` would run ${key}, and is not allowed here`,
      `give --${key} auto instead`,
    );
  else {
    const why = read === undefined ? `is not a ${of.name} version` : 'is older than what mountc knows';
    complain(node, `\`${node.text}\` ${why}`, `write one such as "${of.example}" (${of.range})`);
  }
  return undefined;
}

function checkBaseline(node: ConfigNode | undefined, { complain }: Check): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'string' && node.text !== '') return node.text;
  complain(node, '`baseline` is the name of a file', 'write one such as .mountc-baseline.json');
  return undefined;
}

function checkRules(
  node: ConfigNode | undefined,
  { map, word, complain, findRule, ruleNames }: Check,
): ConfigPart['rules'] {
  if (node === undefined) return undefined;
  const out: Record<string, (typeof SEVERITY_WORDS)[number]> = Object.create(null);
  for (const [name, { key, value }] of map(node, '`rules`')) {
    const rule = findRule(name);
    if (rule === undefined)
      complain(
        key,
        `\`${name}\` is not a rule`,
        suggest(name, ruleNames, '`mountc explain --rules` has them'),
      );
    const severity = word(value, 'a severity', SEVERITY_WORDS);
    if (rule !== undefined && severity !== undefined) out[rule] = severity;
  }
  return out;
}

/** Every file is searched for each of them. */
const MOST_COMMANDS = 256;

function checkCommands(
  node: ConfigNode | undefined,
  { map, word, list, complain }: Check,
): ConfigPart['commands'] {
  if (node === undefined) return undefined;
  const count = node.kind === 'list' ? node.items.length : node.kind === 'map' ? node.entries.length : 0;
  if (count > MOST_COMMANDS) {
    complain(node, `\`commands\` has more than ${MOST_COMMANDS} words`, 'name those that run an engine');
    return undefined;
  }
  if (node.kind === 'list')
    return Object.fromEntries((list(node, '`commands`') ?? []).map((one) => [one, 'docker']));
  const out: Record<string, (typeof ENGINE_WORDS)[number]> = Object.create(null);
  for (const [name, { value }] of map(node, '`commands`')) {
    const engine = word(value, 'an engine', ENGINE_WORDS);
    if (engine !== undefined) out[name] = engine;
  }
  return out;
}

function definedOnly<T extends object>(all: T): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
}
