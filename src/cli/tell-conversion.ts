import type { ConvertedMount } from '../convert/convert-mounts.js';
import { show } from '../text/shown.js';
import type { CliIo } from './io.js';

/** Says what is left out, what changes and what makes no difference, a line for each. */
export async function tellConversion({ from, written, losses }: ConvertedMount, io: CliIo): Promise<void> {
  // Of what is left out nothing else needs to be told.
  const told = losses.filter(({ kind }) => written || kind !== 'none-here');
  for (const { kind, why } of told) {
    if (!written) await io.stderr.write(show`mountc: warning: \`${from}\`: left out: ${why}\n`);
    else if (kind === 'changed')
      await io.stderr.write(show`mountc: warning: \`${from}\`: changes its effect: ${why}\n`);
    else await io.stderr.write(show`mountc: note: \`${from}\`: ${why}\n`);
  }
}
