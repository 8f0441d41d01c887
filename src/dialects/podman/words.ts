import { quoteGo } from '../../go/text.js';
import type { Part } from '../../spec/ast.js';
import { type PodmanVerdict, refuse } from './verdict.js';
import type { PodmanFacts } from './versions.js';

/** Words of which a mount has one at the most; the message names them so. */
const GROUPS: readonly (readonly [words: string, name: string, has?: keyof PodmanFacts])[] = [
  ['noexec exec', "'noexec' or 'exec' option"],
  ['nodev dev', "'nodev' or 'dev' option"],
  ['nosuid suid', "'nosuid' or 'suid' option"],
  ['rw ro', "'rw' or 'ro' option"],
  ['z Z O', "'z', 'Z', or 'O' option"],
  [
    'private rprivate slave rslave shared rshared unbindable runbindable',
    "'[r]shared', '[r]private', '[r]slave' or '[r]unbindable' option",
  ],
  ['bind rbind', "'[r]bind' option"],
  ['U', "'U' option"],
  ['copy nocopy', "'copy' or 'nocopy' option"],
  ['no-dereference', "'no-dereference' option", 'noDereference'],
];

const GROUP_OF = new Map(
  GROUPS.flatMap(([words, name, has]) => words.split(' ').map((word) => [word, { name, has }] as const)),
);
/** Docker's words that podman takes and forgets. */
const DROPPED = new Set(['cached', 'delegated']);

/** The propagations of a mount. */
export const PROPAGATIONS: ReadonlySet<string> = new Set(GROUPS[5]![0].split(' '));

/** Every word of `-v` that some podman takes. */
export const VOLUME_WORDS: ReadonlySet<string> = new Set([
  ...GROUP_OF.keys(),
  ...DROPPED,
  'idmap',
  'nocreate',
]);

/** The words that stay, or the refusal of the first that may not be there; in podman's order. */
export function checkWords(words: readonly Part[], podman: PodmanFacts): readonly string[] | PodmanVerdict {
  const kept: string[] = [];
  const seen = new Set<string>();
  const all = quoteGo(words.map(({ value }) => value).join(', '));
  for (const { value, range } of words) {
    if (DROPPED.has(value) || (value === 'nocreate' && podman.nocreate)) {
      if (value === 'nocreate') kept.push(value);
      continue;
    }
    const part = value.includes('upperdir') ? 'upperdir' : value.includes('workdir') ? 'workdir' : undefined;
    const isIdmap = value.startsWith('idmap');
    const group = GROUP_OF.get(value);
    const isKnown = group !== undefined && (group.has === undefined || podman[group.has]);
    if (part === undefined && !isIdmap && !isKnown)
      return refuse(`invalid option type ${quoteGo(value)}`, range);
    const key = part ?? (isIdmap ? 'idmap' : group!.name);
    if (seen.has(key)) {
      if (isIdmap)
        return refuse("the 'idmap' option can only be set once: duplicate mount option passed", range);
      const what = part === undefined ? group!.name : `${part} per overlay`;
      return refuse(`invalid options ${all}, can only specify 1 ${what}`, range);
    }
    seen.add(key);
    kept.push(value);
  }
  return kept;
}

/** Whether the words are a refusal. */
export const isRefusal = (words: readonly string[] | PodmanVerdict): words is PodmanVerdict =>
  'kind' in words;
