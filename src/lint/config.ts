import type { EngineOs } from '../dialects/docker/tables/dialect.js';
import type { Engine } from '../source/frontend.js';
import type { Severity } from '../text/diagnostic.js';

/** From which severity on a finding makes the run fail. */
export type FailOn = Severity | 'never';

/** What may be set for all files and, in an override, for some. */
export interface ConfigPart {
  /** The docker client's version, as `readVersion` reads it. */
  readonly docker?: string;
  readonly engine?: string;
  readonly engineOs?: EngineOs;
  /** The podman of podman's own mounts, as `readPodman` reads it. */
  readonly podman?: string;
  /** Who reads `RUN --mount`. */
  readonly builder?: 'buildkit' | 'buildah';
  /** The version of docker compose, as `readComposeVersion` reads it. */
  readonly compose?: string;
  /** By the rule's name. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Words that run a container engine in these files, such as `./run-docker`. */
  readonly commands?: Readonly<Record<string, Engine>>;
}

/** Settings for files that match. */
export interface ConfigOverride extends ConfigPart {
  /** Globs, relative to the configuration file. */
  readonly files: readonly string[];
}

/** A configuration file, checked. */
export interface LintConfig extends ConfigPart {
  /** Globs of files that are not linted, relative to the configuration file. */
  readonly ignore?: readonly string[];
  readonly failOn?: FailOn;
  readonly checkPaths?: boolean;
  /** The file of known findings, relative to the configuration file. */
  readonly baseline?: string;
  /** Later ones win. */
  readonly overrides?: readonly ConfigOverride[];
}
