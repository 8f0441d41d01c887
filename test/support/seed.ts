import type { Parameters } from 'fast-check';

/** The seed of property tests: `FC_SEED`, or always the same one, so that a failure can be repeated. */
export const SEED = Number(process.env['FC_SEED'] ?? 20240607);

/** Options of a property test; a failure prints the seed. */
export function withSeed<T>(runs: number): Parameters<T> {
  return { seed: SEED, numRuns: Number(process.env['FC_RUNS'] ?? runs), endOnFailure: false };
}
