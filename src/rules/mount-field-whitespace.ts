import { isGoSpace, trimmedGo } from '../go/text.js';
import type { MountSpec } from '../spec/ast.js';
import { fieldText } from '../spec/print.js';
import type { Range } from '../text/range.js';
import { displayText } from '../text/spec-text.js';
import { isTaken } from './engine-verdict.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';
import { findSplit } from './split-value.js';

/** White space around a comma or an equals sign of `--mount`. */
export const mountFieldWhitespace: Rule = {
  code: 'MC101',
  name: 'mount-field-whitespace',
  severity: 'error',
  engines: ['docker', 'podman'],
  since: '0.1.0',
  summary: 'whitespace around a comma or an equals sign of --mount',
  why:
    'docker splits the value at each comma and takes what is between them as it is, spaces included: ` src` is not a key. ' +
    "Clients before 29.2.1 report `unexpected key ' src'`, newer ones `option should not have whitespace`. " +
    'A space after `=` becomes part of the path in the older ones and is refused by the newer ones.',
  sources: [
    'https://github.com/docker/cli/blob/v29.2.1/opts/mount.go',
    'https://github.com/docker/docs/pull/19789',
  ],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    "docker run --mount 'type=bind,src=/my files/a,dst=/b' alpine",
    'docker run --mount \'"src=/a, b",dst=/b,type=bind\' alpine',
  ],
  invalid: [
    {
      command: "docker run --mount 'type=bind, src=/a, target=/b' alpine",
      fixed: "docker run --mount 'type=bind,src=/a,target=/b' alpine",
    },
    {
      command: "docker run --mount 'type=bind,src= /a,target=/b' alpine",
      fixed: "docker run --mount 'type=bind,src=/a,target=/b' alpine",
    },
    {
      command: 'docker run --mount type=bind, src=/a, target=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,target=/b alpine',
    },
    {
      command: 'docker run --mount type=bind src=/a,target=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,target=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    const { form, node, host } = view;
    if (form !== 'mount' || node?.kind !== 'mount') return;
    const split = findSplit(context);
    if (split !== undefined) {
      report({
        range: split.range,
        message: `a space ${split.lacksComma ? 'instead of' : 'after'} a comma ends the word: docker sees only \`${displayText(host)}\``,
        help: split.lacksComma
          ? 'separate the fields with commas only'
          : 'write the fields without whitespace, or quote the whole value',
        fix: split.fix,
      });
      return;
    }
    const rest = node.text.slice(node.ignored.start, node.ignored.end);
    if (node.problem === undefined && trimmedGo(rest) !== '') {
      report({
        range: at(host, node.ignored),
        message: 'docker reads only the first line of the value: the rest is lost',
        help: 'write the value on one line',
      });
    }
    const gaps = findGaps(node);
    const first = gaps[0];
    if (first === undefined) return;
    const field = node.fields.find((one) => one.range.start <= first.start && first.end <= one.range.end);
    const shown = field === undefined ? '' : displayText(host, field.range);
    report({
      range: at(host, first),
      message: `whitespace in \`${shown || (field && fieldText(field)) || ''}\`: docker reads it as part of the key or value`,
      // A blank around a value was part of it until 29.2.1: where docker takes that, it is hardly meant.
      severity: isTaken(context) ? 'warning' : 'error',
      help: 'write the fields without whitespace around `,` and `=`',
      fix: fixIn(
        host,
        gaps.map((range) => ({ range, text: '' })),
        'remove the whitespace',
      ),
    });
  },
};

/** The blanks at the ends of keys and values; in a quoted field somebody meant them. What a hole holds is not looked at. */
function findGaps(node: MountSpec): Range[] {
  const gaps: Range[] = [];
  for (const field of node.fields) {
    for (const part of [field.key, field.value]) {
      if (part === undefined || field.quoted) continue;
      const { start, end } = part.range;
      const raw = node.text.slice(start, end);
      if ([...raw].every(isGoSpace)) continue;
      let left = 0;
      let right = raw.length;
      while (left < raw.length && isGoSpace(raw[left]!)) left++;
      while (right > left && isGoSpace(raw[right - 1]!)) right--;
      if (left > 0) gaps.push({ start, end: start + left });
      if (right < raw.length) gaps.push({ start: start + right, end });
    }
  }
  return gaps;
}
