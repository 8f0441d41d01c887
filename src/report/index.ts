import type { MakeReporter } from './reporter.js';

/** Every format by its name, in the order of the help. Loaded when it is asked for: most runs need one. */
export const FORMATS = {
  pretty: async () => (await import('./pretty.js')).pretty,
  compact: async () => (await import('./compact.js')).compact,
  json: async () => (await import('./json.js')).json,
  jsonl: async () => (await import('./json.js')).jsonl,
  sarif: async () => (await import('./sarif.js')).sarif,
  github: async () => (await import('./github.js')).github,
  gitlab: async () => (await import('./gitlab.js')).gitlab,
  checkstyle: async () => (await import('./checkstyle.js')).checkstyle,
  junit: async () => (await import('./junit.js')).junit,
  rdjson: async () => (await import('./rdjson.js')).rdjson,
  stats: async () => (await import('./stats.js')).stats,
  diff: async () => (await import('./diff.js')).diff,
} as const satisfies Record<string, () => Promise<MakeReporter>>;

/** The name of a format. */
export type FormatName = keyof typeof FORMATS;

/** Every format's name, in the order of the help. */
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];
