import { ANY_DOT_SINCE, DOT_SLASH_SINCE } from '../dialects/docker/tables/dot-sources.js';
import type { KnownDocker } from '../docker/probe-cache.js';
import { plainCommand } from './plain-command.js';
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
  const command = plainCommand(args);
  if (command === undefined) return false;
  if (settings.mode === 'off') return true;
  const { client, engineOs } = situation.known() ?? {};
  if (engineOs === 'windows') return false;
  const { mounts, mayTell } = command;
  if (client !== undefined && mounts.some(({ path = '' }) => client < expandsFrom(path))) return false;
  return (!situation.isTerminal && settings.mode !== 'warn') || (!mayTell && isQuiet(mounts, situation));
}

// All that Compose refuses in the value of a -v: nothing, an empty section, more than three of them.
const ODD_FOR_COMPOSE = /^$|=$|(?:^|[:=]|^-[^-]*v):|:$|:.*:.*:/s;
/** The first client that makes the path absolute (§2.1). */
function expandsFrom(path: string): number {
  return path.startsWith('..') ? ANY_DOT_SINCE : path.startsWith('.') ? DOT_SLASH_SINCE : 0;
}
