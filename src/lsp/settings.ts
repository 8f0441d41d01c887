import { dirname } from 'node:path';
import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { LintHost } from '../docker/lint-host.js';
import { aroundFile } from '../files/around-file.js';
import type { IncludingFiles } from '../files/compose-siblings.js';
import { ConfigFinder, type LoadedConfig } from '../files/find-config.js';
import { GivenProjects } from '../files/given-projects.js';
import { checkConfig } from '../lint/check-config.js';
import type { LintConfig } from '../lint/config.js';
import { parseJsonConfig } from '../lint/config-json.js';
import type { LintOptions } from '../lint/lint-text.js';
import { type FileSettings, type PlacedConfig, settingsFor } from '../lint/settings.js';
import { merged } from '../text/map-of.js';
import type { OpenDocument } from './documents.js';

/** What holds for a text that is open. */
export interface DocumentSettings extends FileSettings {
  readonly dialect: Dialect;
  readonly checkPaths: boolean;
  /** The configuration file that counts for it. */
  readonly loaded?: LoadedConfig;
}

/** How long what was found of configuration files counts where nobody tells of their changes, in milliseconds. */
const FRESH_FOR = 1000;
/** How long what scripts of the whole tree say counts in any case, in milliseconds. */
const LOOKS_AGAIN = 30_000;

/** The settings of the editor, and the configuration files of the texts that are open, which win over those. */
export class Settings {
  readonly #env: Readonly<Record<string, string | undefined>>;
  /** Somebody tells when configuration files change. */
  isWatched = false;
  /** The folder that the editor has open. */
  root: string;
  /** What is wrong in the settings of the editor, for a person. */
  problems: readonly string[] = [];
  #editor: LintConfig = {};
  #finder: ConfigFinder;
  #foundAt = 0;
  #including: IncludingFiles = new Map();
  #given = new GivenProjects();
  #givenAt = Date.now();
  #host: LintHost;

  constructor(env: Readonly<Record<string, string | undefined>>, root: string) {
    this.#env = env;
    this.root = root;
    this.#finder = new ConfigFinder(env);
    this.#host = new LintHost({ env, cwd: root });
  }

  /** Takes the settings of the editor: the keys of a configuration file. */
  async take(settings: unknown): Promise<void> {
    const { RULE_NAMES, ruleName } = await import('#entry/judge');
    const given = typeof settings === 'object' && settings !== null ? settings : {};
    // An editor has a value for every setting, and null or nothing for what nobody set.
    const set = Object.entries(given).filter(
      ([key, value]) => isKey(key) && value !== null && value !== '' && value !== undefined,
    );
    const { root, problems } = parseJsonConfig(JSON.stringify(Object.fromEntries(set)), undefined);
    const checked = root === undefined ? undefined : checkConfig(root, ruleName, RULE_NAMES);
    this.#editor = checked?.config ?? {};
    this.problems = [...problems, ...(checked?.problems ?? [])].map(
      ({ message, help }) => `${message}; ${help}`,
    );
    this.forget();
  }

  /** Reads all files anew from now on. */
  forget(): void {
    this.#finder = new ConfigFinder(this.#env);
    this.#including = new Map();
    this.#host = new LintHost({ env: this.#env, cwd: this.root });
    this.#foundAt = Date.now();
    if (this.#foundAt - this.#givenAt < LOOKS_AGAIN) return;
    this.#given = new GivenProjects();
    this.#givenAt = this.#foundAt;
  }

  /** What holds for a text. */
  async of({ path, isFile }: OpenDocument): Promise<DocumentSettings> {
    if (!this.isWatched && Date.now() - this.#foundAt > FRESH_FOR) this.forget();
    const loaded = isFile ? await this.#finder.forFolder(dirname(path)) : undefined;
    const file = loaded?.config ?? {};
    const config: LintConfig = {
      ...this.#editor,
      ...file,
      rules: merged([this.#editor.rules, file.rules]),
      commands: merged([this.#editor.commands, file.commands]),
    };
    const placed: PlacedConfig = { config, pathOf: (absolute) => loaded?.pathOf(absolute) ?? absolute };
    const settings = settingsFor(path, placed, { rules: {} });
    const dialect = makeDialect(settings.versions);
    return { ...settings, dialect, checkPaths: config.checkPaths ?? false, loaded };
  }

  /** By what a text is judged. */
  async lintOptions(document: OpenDocument, settings: DocumentSettings): Promise<LintOptions> {
    const { path, text, isFile, kind } = document;
    const { dialect, compose, rules, commands, checkPaths } = settings;
    const options = { dialect, compose, rules, commands };
    if (!isFile || kind === undefined) return options;
    const around = await aroundFile(kind, path, text, {
      cwd: this.root,
      including: this.#including,
      given: this.#given,
    });
    const host = checkPaths ? await this.#host.ofFile({ kind, text, absolute: path }) : undefined;
    return { ...options, ...around, host };
  }
}

/** What an editor may set; it says itself what it traces, and where the program is. */
const isKey = (key: string): boolean =>
  /^(?:docker|engine|engineOs|podman|builder|compose|rules|commands|checkPaths)$/.test(key);
