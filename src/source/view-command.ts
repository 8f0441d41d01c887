import { parseFor, readSpec } from '../dialects/docker/client/client-spec.js';
import type { ClientContext, ClientResult } from '../dialects/docker/client/client-volume.js';
import { type CompiledCommand, compileInvocation, formOf } from '../dialects/docker/client/compile.js';
import { type DockerInvocation, scanDocker, scanOther } from '../dialects/docker/client/docker-argv.js';
import type { FlagUse } from '../dialects/docker/client/flag-word.js';
import { type Dialect, onWindows } from '../dialects/docker/tables/dialect.js';
import type { MountView } from '../mount/view.js';
import type { SpecForm } from '../spec/ast.js';
import { sliceEditable } from '../text/editable-text.js';
import { hasHole } from '../text/spec-text.js';
import type { CommandSource } from './command-source.js';
import { isOtherCompose } from './compose-argv.js';
import { namesNoEngine } from './engine.js';
import { viewFlag } from './flag-view.js';
import type { HostView } from './host.js';
import type { CommandView, Site } from './site.js';

/** By what a command is judged. */
export interface ViewOptions {
  readonly dialect: Dialect;
  /** Absolute; left out when it is not known where the command will run. */
  readonly cwd?: string;
  /** Given when rules may look at this machine. */
  readonly host?: HostView;
}

/** Reads a command for the rules. */
export function viewCommand(source: CommandSource, options: ViewOptions): CommandView {
  const { dialect, cwd, host } = options;
  const words = source.words.slice(1);
  const scan =
    source.engine === 'docker' ? scanDocker(words, dialect.client) : scanOther(words, source.engine);
  if (scan.kind === 'unknown') return { source, dialect, cwd, host, sites: [] };
  if (scan.problem !== undefined && mayBePodman(source)) {
    const other = scanOther(words, 'podman');
    if (other.kind !== 'unknown' && other.problem === undefined)
      return view({ ...source, engine: 'podman' }, other, options);
  }
  const isWindows = !dialect.isEngineOsGiven && scan.flags.some(isForWindows) && !scan.flags.some(isForUnix);
  return view(source, scan, isWindows ? { ...options, dialect: onWindows(dialect) } : options);
}

/** Whether the program is docker or podman, and only what it is given may tell. */
export function mayBePodman({ engine, words: [program] }: CommandSource): boolean {
  return engine === 'docker' && program !== undefined && (program.isUnsure || namesNoEngine(program));
}

/** A path such as `C:/data` or a pipe inside of the container: it is one of Windows, and so is its engine. */
function isForWindows({ flag, value }: FlagUse): boolean {
  // After a path of Unix a letter is a mistake of other kinds.
  if (flag.kind === 'volume')
    return /^(?!\/(?!\/)).*[^:](?::[A-Z]:[\\/]|:[a-z]:\\|:\\\\[.?]\\pipe\\)/s.test(value.value);
  return (
    flag.kind === 'mount' &&
    /(?:^|,)["']?(?:dst|destination|target)=["']?(?:[A-Za-z]:|\\\\[.?]\\pipe\\)/i.test(value.value)
  );
}

function view(
  source: CommandSource,
  invocation: DockerInvocation,
  { dialect, cwd, host }: ViewOptions,
): CommandView {
  const context = { dialect, cwd: cwd ?? UNKNOWN_CWD };
  let compiled: CompiledCommand | undefined;
  return {
    source,
    dialect,
    cwd,
    host,
    invocation,
    // Not everybody who looks at a command needs docker's verdict on it.
    get compiled() {
      if (source.engine === 'docker') compiled ??= compileInvocation(invocation, context);
      return compiled;
    },
    sites: invocation.flags.flatMap((use): Site[] => {
      const form = formOf(use);
      return form === undefined ? [] : [makeSite(source, use, form, context)];
    }),
  };
}

/** A path such as `/data` inside of the container. */
function isForUnix(use: FlagUse): boolean {
  const { flag, value } = use;
  if (isForWindows(use)) return false;
  if (flag.kind === 'volume') return /(?:^|:)\/(?!\/)[^:]*(?::[\w,]*)?$/.test(value.value);
  if (flag.kind === 'tmpfs') return true;
  return flag.kind === 'mount' && /(?:^|,)["']?(?:dst|destination|target)=["']?\/(?!\/)/i.test(value.value);
}

// Only has to be absolute: nothing that is said of a command whose directory is unknown depends on it.
const UNKNOWN_CWD = '/';

function makeSite(source: CommandSource, use: FlagUse, form: SpecForm, context: ClientContext): Site {
  const text = sliceEditable(source.words[use.valueWord + 1]!, use.valueRange);
  const node = parseFor(form, text.value, context.dialect);
  let result: ClientResult | undefined;
  let seen: MountView | undefined;
  return {
    form,
    text,
    node,
    use,
    // Most commands of a file hold no mount that a rule has to look at twice.
    get view() {
      seen ??= viewFlag(node, text, isOtherCompose(source) ? 'other-compose' : source.engine);
      return seen;
    },
    get result() {
      if (source.engine === 'docker' && !hasHole(text)) result ??= readSpec(node, context);
      return result;
    },
  };
}
