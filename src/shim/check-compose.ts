import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { NOTHING } from '../text/shown.js';
import type { CheckInput, CheckResult } from './check-command.js';
import { type ComposeRun, readComposeRun } from './compose-run.js';
import { speakOfRefusal, speakOfWarnings } from './speak.js';
import type { Verdict } from './verdict.js';

// Releases of which the first and the last were seen to refuse the same.
const KNOWN = /^v?2\.(?:2[6-9]|3\d|40)\./;
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/**
 * Checks `docker compose run`: refuses what its parser is certain to refuse, by a Compose that is known, for a project that is
 * there. Everything else runs, without a word.
 */
export async function checkCompose(input: CheckInput): Promise<CheckResult> {
  const run: CheckResult = { refuse: false, text: NOTHING };
  const { args, cwd, settings } = input;
  const compose = readComposeRun(args, cwd);
  if (compose?.refusal === undefined || !isProjectThere(compose, input)) return run;
  const version = await input.learnCompose?.();
  if (version === undefined || !KNOWN.test(version)) return run;
  const dialect = makeDialect();
  const options = {
    dialect,
    cwd,
    rules: settings.rules,
    color: input.stderr.color,
    env: input.env,
    width: await input.stderr.columns?.(),
  };
  const judge = (words: readonly string[]): Verdict => {
    const refusal = readComposeRun(words, cwd)?.refusal;
    return refusal === undefined ? { kind: 'runs', dialect } : { kind: 'refused', dialect, refusal };
  };
  if (settings.mode === 'warn') return { ...run, text: speakOfWarnings(args, options, judge(args)) };
  const { text, isMistake } = speakOfRefusal(args, compose.refusal, {
    ...options,
    keep: input.keep,
    known: { compose: version },
    judge,
  });
  return isMistake ? { refuse: true, text } : run;
}

/** Whether Compose gets to look at the flags: without its files it says something else. */
function isProjectThere({ files, isElsewhere }: ComposeRun, { cwd, env = {} }: CheckInput): boolean {
  if (isElsewhere) return false;
  if (files.length > 0) return files.every((file) => file !== '-' && existsSync(resolve(cwd, file)));
  if (env['COMPOSE_FILE']) return false;
  for (let dir = cwd; ; dir = dirname(dir)) {
    if (NAMES.some((name) => existsSync(join(dir, name)))) return true;
    if (dir === dirname(dir)) return false;
  }
}
