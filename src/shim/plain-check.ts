import { makeVersion } from '../dialect/version.js';
import type { KnownDocker } from '../docker/probe-cache.js';
import { plainMounts } from './plain-command.js';
import { isQuiet, type PlainHost } from './plain-host.js';
import type { ShimSettings } from './settings.js';

/** What decides besides the command itself. */
export interface PlainSituation extends PlainHost {
  readonly settings: ShimSettings;
  readonly isTerminal: boolean;
  readonly known: () => KnownDocker | undefined;
}

/**
 * Whether the full check would surely say nothing and change nothing: a quick look for commands that are written as most are.
 * A "no" only means that the full check has to be asked. May throw where the machine is odd, which is a "no".
 */
export function isSurelySilent(args: readonly string[], situation: PlainSituation): boolean {
  const { settings } = situation;
  if (args[0] === 'compose') return args.every((word) => !ODD_FOR_COMPOSE.test(word));
  if (settings.rewrite !== undefined) return false;
  const mounts = plainMounts(args);
  if (mounts === undefined) return false;
  if (settings.mode === 'off') return true;
  const { client, engineOs } = situation.known() ?? {};
  if (engineOs === 'windows') return false;
  if (client !== undefined && client < EXPANDS && mounts.some(({ path }) => path?.startsWith('.')))
    return false;
  return (!situation.isTerminal && settings.mode !== 'warn') || isQuiet(mounts, situation);
}

// All that Compose refuses in the value of a -v: nothing, an empty section, more than three of them.
const ODD_FOR_COMPOSE = /^$|=$|(?:^|[:=]|^-[^-]*v):|:$|:.*:.*:/s;
// Before it, docker did not make a path with a dot absolute (§2.1).
const EXPANDS = makeVersion(23, 0, 0);
