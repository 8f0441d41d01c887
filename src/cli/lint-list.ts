import type { ListedMount } from '../lint/inventory.js';
import { visible } from '../text/display-width.js';
import { json, lines } from '../text/shown.js';
import type { CliIo } from './io.js';
import type { LintArgs } from './lint-flags.js';
import { tableLines } from './table.js';
import { UsageError } from './usage.js';

const COLUMNS = ['form', 'type', 'source', 'target'] as const;

/** Prints mounts as a table, as a JSON array, or as JSON a line. */
export async function printList(mounts: readonly ListedMount[], args: LintArgs, io: CliIo): Promise<void> {
  const format = args.outputs[0]?.format ?? 'pretty';
  if (format === 'json') {
    const rows = mounts.map((mount) => `  ${JSON.stringify(mount)}`);
    await io.stdout.write(json(rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`));
    return;
  }
  if (format === 'jsonl') {
    await io.stdout.write(json(mounts.map((mount) => `${JSON.stringify(mount)}\n`).join('')));
    return;
  }
  if (format !== 'pretty' && format !== 'compact')
    throw new UsageError(`--list is written as pretty, json or jsonl, not as ${format}`);
  const rows = mounts.map((mount) => [
    `${visible(mount.path ?? 'command')}:${mount.line}`,
    ...COLUMNS.map((name) => visible(mount[name] ?? '-')),
    mount.readonly === null ? '-' : mount.readonly ? 'ro' : 'rw',
  ]);
  await io.stdout.write(lines(tableLines(rows)));
}
