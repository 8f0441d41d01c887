import type { HostedText } from '../../source/hosted-text.js';
import { type Mask, maskText } from '../../source/mask.js';
import type { Range } from '../../text/range.js';
import type { HoleKind } from '../../text/spec-text.js';

/** `for x (a b) …`: so written that bash reads the rest; `x` stays unknown. */
const FOR_LIST =
  /\bfor[ \t]+([A-Za-z_]\w*)[ \t]*\((?:[^()\n]|\([^()\n]*\))*\)(?:[ \t]*;?[ \t]*do(?=[ \t\n]))?/g;

/** What bash would not take for an expansion: `=(…)`, `$f:h`, `$^list`, and in file names `*(N)` and `<1-9>`. */
const EXPANSIONS: readonly (readonly [RegExp, HoleKind])[] = [
  [/(?<=\s)=\([^()\n]*\)/g, 'command'],
  [/\$(?:[A-Za-z_]\w*|\d)(?:\[[^\]\n]{0,80}\])?(?::[aAcehlPqQrtuw](?![A-Za-z]))+/g, 'variable'],
  [/\$[\^~=]+[A-Za-z_]\w*/g, 'glob'],
  [/(?<=[\w*?\]])\([\w#^.@=*%/:+,-]{1,20}\)/g, 'glob'],
  [/(?<=[\s/\w])<\d*-\d*>/g, 'glob'],
];

/** A zsh script as bash can read it; all characters keep their places. */
export function zshText(raw: HostedText): HostedText {
  const value = raw.value.replace(FOR_LIST, (all, name: string) => `read ${name};`.padEnd(all.length));
  const masks = EXPANSIONS.flatMap(([pattern, kind]) =>
    [...value.matchAll(pattern)].map(({ index: start, 0: text }): Mask => {
      const range: Range = { start, end: start + text.length };
      return { range, kind };
    }),
  );
  return maskText(
    { ...raw, value },
    masks.sort((a, b) => a.range.start - b.range.start),
  );
}
