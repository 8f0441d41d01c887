import { quoteGo } from '../../go/text.js';
import type { Range } from '../../text/range.js';
import { splitParts } from './volume.js';

/** What podman refuses, in its words, and of which part. */
interface ValueRefusal {
  readonly message: string;
  readonly range: Range;
}

/** What `--volumes-from VALUE` is refused for; whether the container is there is for the machine to say. */
export function refuseVolumesFrom(value: string): ValueRefusal | undefined {
  const at = value.indexOf(':');
  if (at === -1) return undefined;
  const seen = new Set<string>();
  for (const word of splitParts(value.slice(at + 1), ',', at + 1)) {
    const group = word.value === 'z' ? 'z' : word.value === 'ro' || word.value === 'rw' ? 'ro' : undefined;
    if (group === undefined)
      return {
        message: `invalid option ${quoteGo(word.value)} specified - volumes from another container can only use z,ro,rw options`,
        range: word.range,
      };
    if (seen.has(group)) {
      const message =
        group === 'z'
          ? 'cannot set :z more than once in mount options'
          : 'cannot set ro or rw options more than once';
      return { message, range: word.range };
    }
    seen.add(group);
  }
  return undefined;
}
