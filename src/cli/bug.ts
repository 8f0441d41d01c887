import type { UsageError } from './usage.js';

/** Whether it is a {@link UsageError}; by name, since every entry's bundle has its own class. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}

/** What is said of an exception, which is always mountc's own mistake, in one line. */
export function bugSentence(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `this is a bug in mountc, please report it: ${text.split('\n', 1)[0]!}`;
}

/** Does one of many things; answers what is to be said where that fails, so that the others are done all the same. */
export async function orBug(work: () => unknown): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isUsageError(error)) throw error;
    return bugSentence(error);
  }
}
