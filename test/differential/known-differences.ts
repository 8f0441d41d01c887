import type { Client } from '../support/clients.js';
import type { Answer } from './answer.js';

interface Observation {
  readonly client: Client;
  readonly args: readonly string[];
  readonly real: Answer;
  readonly ours: Answer;
}

interface KnownDifference {
  readonly reason: string;
  readonly applies: (observation: Observation) => boolean;
}

const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];

/** Why this difference is no disagreement, or undefined when nothing excuses it. */
export function findKnownDifference(observation: Observation): string | undefined {
  return KNOWN_DIFFERENCES.find((known) => known.applies(observation))?.reason;
}
