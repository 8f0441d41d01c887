import type { GoUnits } from '../../../go/units.js';

/** What differs between docker versions. */
export interface ValueRules {
  readonly goUnits: GoUnits;
  /** `--add-host name=IP` and `name:[::1]`. */
  readonly addHostEquals: boolean;
  /** How `--dns` refuses. */
  readonly dnsWords: 'not an address' | 'not correctly formatted';
  /** How `--sysctl` refuses. */
  readonly sysctlWord: 'whitelisted' | 'allowed';
}

/** undefined: accepted; a string: refused, in docker's words; null: cannot be known here. */
export type Refusal = string | undefined | null;

/** Judges one value of a flag. */
export type Check = (value: string, rules: ValueRules) => Refusal;
