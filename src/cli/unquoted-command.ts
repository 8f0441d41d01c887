import { quoteShell } from '../text/shell-quote.js';

const TAKES_COMMANDS: ReadonlySet<string> = new Set(['lint', 'convert', 'explain']);
const COMMANDS: ReadonlySet<string> = new Set(['run', 'create', 'container', 'service']);

/**
 * The same command line with docker's words after `--`, where somebody typed them without quotes (`lint docker run -v …`) and
 * mountc takes them for its own; undefined where there is no such thing. `argv` starts with mountc's command.
 */
export function quotedCommandLine(argv: readonly string[]): string | undefined {
  const docker = argv.findIndex(
    (word, at) => /^(?:docker|podman|nerdctl)$/.test(word) && COMMANDS.has(argv[at + 1] ?? ''),
  );
  const start = argv[docker - 1] === 'sudo' ? docker - 1 : docker;
  const before = argv.slice(0, start);
  if (start < 1 || !TAKES_COMMANDS.has(argv[0]!)) return undefined;
  if (['--', '--command', '--file', '-f'].some((word) => before.includes(word))) return undefined;
  return ['mountc', ...before, '--', ...argv.slice(start)].map(quoteShell).join(' ');
}
