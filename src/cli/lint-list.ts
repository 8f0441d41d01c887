import type { ListedMount } from '../lint/inventory.js';
import type { CliIo } from './io.js';
import type { LintArgs } from './lint-flags.js';
import { UsageError } from './usage.js';

const COLUMNS = ['form', 'type', 'source', 'target'] as const;

/** Prints mounts as a table, as a JSON array, or as JSON a line. */
export async function printList(mounts: readonly ListedMount[], args: LintArgs, io: CliIo): Promise<void> {
  const format = args.outputs[0]?.format ?? 'pretty';
  if (format === 'json') {
    const lines = mounts.map((mount) => `  ${JSON.stringify(mount)}`);
    await io.stdout.write(lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`);
    return;
  }
  if (format === 'jsonl') {
    await io.stdout.write(mounts.map((mount) => `${JSON.stringify(mount)}\n`).join(''));
    return;
  }
  if (format !== 'pretty' && format !== 'compact')
    throw new UsageError(`--list is written as pretty, json or jsonl, not as ${format}`);
  const rows = mounts.map((mount) => [
    `${oneCell(mount.path ?? 'command')}:${mount.line}`,
    ...COLUMNS.map((name) => oneCell(mount[name])),
  ]);
  const widths = [0, ...COLUMNS.map((_, i) => i + 1)].map((i) =>
    Math.max(0, ...rows.map((row) => row[i]!.length)),
  );
  const text = rows.map(
    (row) =>
      `${row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd()}\n`,
  );
  await io.stdout.write(text.join(''));
}

function oneCell(text: string | null): string {
  return text === null ? '-' : text.replace(/\p{Cc}/gu, '?');
}
