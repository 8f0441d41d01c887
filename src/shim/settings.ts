import { join } from 'node:path';
import { baseFolder } from '../files/base-folder.js';
import { withFile } from '../files/open-file.js';
import { isTrusted } from '../files/trusted-owner.js';

/** `block`: mistakes stop the command; `quiet`: that without warnings; `warn`: they are only reported, even if stderr is not a terminal; `off`: nothing is looked at. */
export type ShimMode = 'off' | 'warn' | 'block' | 'quiet';

/** How docker is checked before it runs. */
export interface ShimSettings {
  readonly mode: ShimMode;
  /** The form that mount flags are brought to before docker sees them; `compat`: what this docker takes. */
  readonly rewrite?: 'mount' | 'volume' | 'compat';
  /** Rules that say nothing. */
  readonly rules: Readonly<Record<string, 'off'>>;
  /** Mistakes in the settings, for `doctor`; such a setting counts as not given. */
  readonly problems: readonly string[];
}

// In bytes.
const LARGEST = 1_048_576;

const KEYS = ['mode', 'rewrite', 'disable'];

type Env = Readonly<Record<string, string | undefined>>;

/** Where the settings of a user are, in JSON: `{"shim": {"mode": …, "rewrite": …, "disable": […]}}`. */
export function userConfigPath(env: Env): string | undefined {
  const base = baseFolder(env, 'XDG_CONFIG_HOME', '.config', 'APPDATA');
  return base ? join(base, 'mountc', 'config.json') : undefined;
}

/** Reads MOUNTC, MOUNTC_REWRITE and MOUNTC_DISABLE, and for what they leave open the user's config file. Never throws. */
export function readSettings(env: Env): ShimSettings {
  const problems: string[] = [];
  const file = readConfig(env, problems);
  const choose = <Value extends string>(
    name: string,
    key: string,
    values: readonly Value[],
  ): Value | undefined => {
    for (const [where, value] of [
      [name, env[name] || undefined],
      [`the config file's ${key}`, file[key]],
    ] as const) {
      if (value === undefined) continue;
      const known = values.find((each) => each === value);
      if (known !== undefined) return known;
      problems.push(`${where} is ${JSON.stringify(value)}, which is not one of ${values.join(', ')}`);
    }
    return undefined;
  };
  const mode = choose<ShimMode>('MOUNTC', 'mode', ['off', 'warn', 'block', 'quiet']);
  const rewrite = choose('MOUNTC_REWRITE', 'rewrite', ['mount', 'volume', 'compat'] as const);
  const { disable } = file;
  const listed = Array.isArray(disable) ? disable.map(String) : [];
  if (disable !== undefined && !Array.isArray(disable))
    problems.push(`the config file's disable is ${JSON.stringify(disable)}, which is not a list`);
  const disabled = [...(env['MOUNTC_DISABLE'] ?? '').split(/[\s,]+/), ...listed].filter(
    (name) => name !== '',
  );
  return {
    mode: mode ?? 'block',
    rewrite,
    rules: Object.fromEntries(disabled.map((name) => [name, 'off'])),
    problems,
  };
}

function readConfig(env: Env, problems: string[]): Readonly<Record<string, unknown>> {
  const path = userConfigPath(env);
  if (path === undefined) return {};
  let text: string | undefined;
  try {
    text = withFile(path, { limit: LARGEST }, (file) =>
      isTrusted(file.stat, env) ? file.bytes().toString('utf8') : undefined,
    );
  } catch {
    return {};
  }
  if (text === undefined) {
    problems.push(`${path} belongs to another user, and is not read`);
    return {};
  }
  try {
    const config: unknown = JSON.parse(text);
    const shim = isRecord(config) ? config['shim'] : undefined;
    if (!isRecord(shim)) {
      const isEmpty = isRecord(config) && Object.keys(config).length === 0;
      if (!isEmpty) problems.push(`${path} has no "shim" key, which holds its settings`);
      return {};
    }
    for (const key of Object.keys(shim))
      if (!KEYS.includes(key))
        problems.push(`${path} has \`${key}\`, which is not one of ${KEYS.join(', ')}`);
    return shim;
  } catch {
    problems.push(`${path} is not JSON`);
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
