import { nearest } from '../../text/nearest.js';
import { COMPOSE_SYNONYMS } from './compose-keys.js';
import type { ComposeEntry } from './node.js';
import type { ComposeProblem } from './problem.js';

/** What is said of a key of a map that Compose does not know. */
export function unknownKey(
  key: string,
  place: string,
  known: Iterable<string>,
  entries: readonly Pick<ComposeEntry, 'key'>[],
): Omit<ComposeProblem, 'range' | 'other'> {
  const all = [...known];
  const synonym = COMPOSE_SYNONYMS.get(key);
  const better = synonym !== undefined && all.includes(synonym) ? synonym : nearest(key, all);
  const isThere = better !== undefined && entries.some((one) => one.key === better);
  const list =
    all.length > FEW
      ? 'https://docs.docker.com/reference/compose-file/ has the keys'
      : `it supports ${all.join(', ')}`;
  return {
    kind: 'unknown-key',
    key,
    message: `\`${key}\` is not a key that Compose knows${place === '' ? '' : ` in ${place}`}: it refuses the file`,
    help:
      better === undefined ? list : `did you mean \`${better}\`${isThere ? ', which already exists' : ''}?`,
    // A key that stands twice is refused too.
    ...(better !== undefined && !isThere && { better }),
  };
}

/** More than a line takes. */
const FEW = 12;
