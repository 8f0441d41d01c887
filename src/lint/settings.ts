import { type ComposeChoice, chooseCompose, readComposeVersion } from '../dialects/compose/versions.js';
import type { DialectInput, EngineOs } from '../dialects/docker/tables/dialect.js';
import { readVersion, readVersionRange } from '../dialects/docker/tables/version.js';
import { readPodman } from '../dialects/podman/versions.js';
import type { RuleSettings } from '../rules/lint-command.js';
import type { Engine } from '../source/frontend.js';
import { merged } from '../text/map-of.js';
import type { ConfigPart, LintConfig } from './config.js';
import { matchGlobs } from './glob.js';

/** What the command line sets; it wins over every file. */
export interface GivenSettings {
  readonly docker?: string;
  readonly engine?: string;
  readonly engineOs?: EngineOs;
  readonly podman?: string;
  readonly builder?: DialectInput['builder'];
  readonly compose?: string;
  readonly rules: RuleSettings;
}

/** What holds for one file. */
export interface FileSettings {
  readonly isIgnored: boolean;
  /** Which docker is meant: what is left out or cannot be read is the newest. */
  readonly versions: DialectInput;
  /** Which docker compose is meant; every one that is known when left out. */
  readonly compose?: ComposeChoice;
  /** Somebody said which docker is meant; otherwise it is the newest. */
  readonly isDialectGiven: boolean;
  readonly rules: RuleSettings;
  readonly commands: Readonly<Record<string, Engine>>;
}

/** A configuration, and what its globs take a file (absolute path) for: the path from its own folder, with `/`. */
export interface PlacedConfig {
  readonly config: LintConfig;
  pathOf(file: string): string;
}

/** The settings of a file (absolute path): the configuration, its overrides in order, then the command line. */
export function settingsFor(
  absolute: string,
  placed: PlacedConfig | undefined,
  given: GivenSettings,
): FileSettings {
  const path = placed?.pathOf(absolute) ?? '';
  const config = placed?.config ?? {};
  const parts: ConfigPart[] = [
    config,
    ...(config.overrides ?? []).filter(({ files }) => matchGlobs(files)(path)),
    given,
  ];
  const last = <Key extends keyof ConfigPart>(key: Key): ConfigPart[Key] =>
    parts.findLast((part) => part[key] !== undefined)?.[key];
  const compose = readComposeVersion(last('compose') ?? '');
  const versions = { docker: last('docker'), engine: last('engine'), engineOs: last('engineOs') };
  return {
    isIgnored: config.ignore !== undefined && matchGlobs(config.ignore)(path),
    versions: { ...readVersions(versions), podman: podmanOf(last('podman')), builder: last('builder') },
    ...(compose && { compose: chooseCompose(compose) }),
    isDialectGiven: Object.values(versions).some((one) => one !== undefined),
    rules: merged(parts.map(({ rules }) => rules)),
    commands: merged(parts.map(({ commands }) => commands)),
  };
}

const podmanOf = (text: string | undefined) => (text === undefined ? undefined : readPodman(text));

function readVersions({ docker, engine, engineOs }: ConfigPart): DialectInput {
  const range = docker === undefined ? undefined : readVersionRange(docker);
  return {
    client: range?.client ?? (docker === undefined ? undefined : readVersion(docker)),
    since: range?.since,
    engine: engine === undefined ? undefined : readVersion(engine),
    engineOs,
  };
}
