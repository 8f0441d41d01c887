import { compatCommand, compatCommandForPodman } from '../convert/compat-command.js';
import { type CommandConversion, convertCommand, type FlagConversion } from '../convert/convert-command.js';
import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { portableDialects } from '../dialects/docker/tables/fleet.js';
import { knownPodman, podmanFacts } from '../dialects/podman/versions.js';
import { type HostOptions, hostView } from '../docker/host-view.js';
import { argvSource } from '../source/argv-source.js';
import type { CommandView } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import { append } from '../text/append.js';
import type { Replacement } from '../text/editable-text.js';
import { quoteShell } from '../text/shell-quote.js';

/** Rewritten arguments: the number of an old one (from 1), or a new word. */
export type Rewritten = readonly (number | string)[];

/** By which docker the rewriting must be exact; every supported one when the client is not known. */
export interface RewriteOptions {
  readonly engine?: 'docker' | 'podman';
  readonly dialect: Dialect;
  readonly isKnown: boolean;
  readonly cwd: string;
}

/** Brings the mount flags of docker's or podman's arguments to one form where that is exact; undefined when nothing changes. */
export function rewriteArgs(
  args: readonly string[],
  form: 'mount' | 'volume',
  options: RewriteOptions,
): Rewritten | undefined {
  const { dialect, isKnown } = options;
  const convert = { dialects: isKnown ? [dialect] : portableDialects(), strict: true };
  return rewriteBy(args, options, (view) => convertCommand(view, form, convert)).rewritten;
}

/** Arguments that a docker takes, and why some of their flags stay as they are. */
interface CompatArgs {
  readonly rewritten?: Rewritten;
  readonly conversions: readonly FlagConversion[];
}

/** Writes the mount flags of docker's arguments as that docker takes them, where that is exactly the same. */
export function compatArgs(
  args: readonly string[],
  { dialect, cwd, host }: Pick<RewriteOptions, 'dialect' | 'cwd'> & Host,
): CompatArgs {
  const options = {
    dialects: [dialect],
    directory: { path: cwd },
    isWhole: true,
    isThere: lookerFor(host),
  } as const;
  return rewriteBy(args, { dialect, cwd }, (view) => compatCommand(view, options));
}

/** What is known of the machine. */
interface Host {
  readonly host?: HostOptions;
}

/** Whether the engine surely finds something at a path; undefined where its files are not known to be those of this machine. */
function lookerFor(host: HostOptions | undefined): ((path: string) => boolean) | undefined {
  const { engineIsHere, pathState } = host === undefined ? {} : hostView(host);
  if (engineIsHere !== true) return undefined;
  return (path) => ['directory', 'file'].some((state) => state === pathState?.(path));
}

/** The same for a podman behind docker's name; undefined for one that the tables do not know for certain. */
export function compatArgsForPodman(
  args: readonly string[],
  podmanText: string,
  { cwd, host }: Pick<RewriteOptions, 'cwd'> & Host,
): CompatArgs | undefined {
  const version = knownPodman(podmanText);
  if (version === undefined) return undefined;
  const behind = {
    podman: podmanFacts(version),
    name: `podman ${podmanText}`,
    cwd,
    isThere: lookerFor(host),
  };
  return rewriteBy(args, { dialect: makeDialect(), cwd }, (view) => compatCommandForPodman(view, behind));
}

function rewriteBy(
  args: readonly string[],
  { engine = 'docker', dialect, cwd }: Pick<RewriteOptions, 'engine' | 'dialect' | 'cwd'>,
  convert: (view: CommandView) => CommandConversion,
): CompatArgs {
  const { source } = argvSource([engine, ...args]);
  const changes: { from: number; to: number; words: readonly string[] }[] = [];
  const view = viewCommand(
    {
      ...source,
      engine,
      replaceWords: (from, to, words: readonly Replacement[]) => {
        // Node has not seen the bytes of a word that is not valid UTF-8.
        if (args.slice(from - 1, to - 1).some((word) => word.includes('\ufffd'))) return undefined;
        // Nor of the folder that a relative path is in.
        if (words.some(({ value }) => value.includes('\ufffd'))) return undefined;
        changes.push({ from, to, words: words.map(({ value }) => value) });
        return { range: { start: from, end: to }, text: '' };
      },
    },
    { dialect, cwd },
  );
  if (view.invocation === undefined) return { conversions: [] };
  const { conversions } = convert(view);
  if (changes.length === 0) return { conversions };
  const out: (number | string)[] = [];
  let at = 1;
  for (const { from, to, words } of changes.sort((a, b) => a.from - b.from)) {
    for (; at < from; at++) out.push(at);
    append(out, words);
    at = to;
  }
  for (; at <= args.length; at++) out.push(at);
  return { rewritten: out, conversions };
}

/** The command with which a POSIX shell makes the rewritten arguments its own; old words are never written out. */
export function rewriteScript(
  rewritten: Rewritten,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const words = rewritten.map((word) => (typeof word === 'number' ? `"\${${word}}"` : quoteShell(word)));
  return `set -- ${words.join(' ')}${env['MSYSTEM'] ? keepsFromMsys(rewritten, env) : ''}`;
}

/** A shell of MSYS rewrites what looks like a path; what was written anew is what docker is to get. */
function keepsFromMsys(rewritten: Rewritten, env: Readonly<Record<string, string | undefined>>): string {
  const name = 'MSYS2_ARG_CONV_EXCL';
  const fresh = rewritten.filter(
    (word) => typeof word === 'string' && /[:=]/.test(word) && !word.includes(';'),
  );
  const all = [...(env[name] ? [env[name]] : []), ...fresh].join(';');
  return fresh.length === 0 ? '' : `; ${name}=${quoteShell(all)}; export ${name}`;
}

/** The rewritten arguments themselves. */
export function rewrittenArgs(args: readonly string[], rewritten: Rewritten): string[] {
  return rewritten.map((word) => (typeof word === 'number' ? args[word - 1]! : word));
}
