import { writeSync } from 'node:fs';

/** The word that the launcher's check answers when everything that it may need can be loaded. */
export const READY = 'mountc is ready';

/** Loads all that the launcher's check loads for some command, and says so. Rejects where a part of it is missing. */
export async function selfTest(): Promise<void> {
  await Promise.all([
    import('#entry/full-check'),
    import('#entry/speak'),
    import('#entry/rewrite'),
    import('#entry/probe'),
  ]);
  writeSync(1, READY);
}
