import type { ConvertedMount } from '../convert/convert-mounts.js';
import { type Shown, show } from '../text/shown.js';
import type { CliIo } from './io.js';

/** Says what is left out, what changes and what makes no difference, a line for each; what makes none once for all that it is true of. */
export async function tellConversions(conversions: readonly ConvertedMount[], io: CliIo): Promise<void> {
  const noted = new Set<string>();
  for (const { from, written, losses } of conversions)
    for (const { kind, why } of losses) {
      if (kind === 'none-here') {
        // Nothing else needs to be reported about what is left out.
        const note = show`mountc: note: \`${from}\`: ${why}\n`;
        if (!written || noted.has(note.shown)) continue;
        noted.add(note.shown);
        await io.stderr.write(note);
      } else await io.stderr.write(lossLine(from, written, why));
    }
}

const lossLine = (from: string, written: boolean, why: string): Shown =>
  written
    ? show`mountc: warning: \`${from}\`: changes its effect: ${why}\n`
    : show`mountc: warning: \`${from}\`: left out: ${why}\n`;
