import type { Evidence } from './evidence.js';
import type { TroubleFinding } from './finding.js';

/** What the engine says of a start that failed. */
export function judgeStart({ info: { state } }: Evidence): TroubleFinding[] {
  if (state.isRunning || state.error === '') return [];
  return [
    {
      cause: 'not-started',
      severity: 'error',
      message: `the container could not be started: ${firstLine(state.error)}`,
    },
  ];
}

const firstLine = (text: string): string => text.trim().split('\n', 1)[0]!.slice(0, 1000);
