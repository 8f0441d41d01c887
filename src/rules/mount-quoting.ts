import type { MountSpec } from '../spec/ast.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** Quotes that the CSV of `--mount` does not allow. */
export const mountQuoting: Rule = {
  code: 'MC102',
  name: 'mount-quoting',
  severity: 'error',
  since: '0.1.0',
  summary: 'a quote where the CSV of --mount does not allow one',
  why:
    'docker reads the value of `--mount` as one CSV record. A double quote may only enclose a whole field, `"src=/a,b"`; ' +
    'inside of one it is doubled. Anywhere else docker reports `bare " in non-quoted-field` or ' +
    '`extraneous or missing " in quoted-field` and stops.',
  sources: ['https://github.com/docker/cli/blob/v29.2.1/opts/mount.go', 'https://pkg.go.dev/encoding/csv'],
  valid: [
    'docker run --mount type=bind,src="/a",dst=/b alpine',
    'docker run --mount \'type=bind,"src=/a,b",dst=/b\' alpine',
    'docker run --mount \'type=bind,"src=/a ""b""",dst=/b\' alpine',
    "docker run --mount type=bind,src=/it\\'s,dst=/b alpine",
  ],
  invalid: [
    {
      command: 'docker run --mount \'type=bind,src="/a",dst=/b\' alpine',
      fixed: "docker run --mount 'type=bind,src=/a,dst=/b' alpine",
    },
    {
      command: 'docker run --mount \'type="bind",src="/a",dst="/b"\' alpine',
      fixed: "docker run --mount 'type=bind,src=/a,dst=/b' alpine",
    },
    'docker run --mount \'type=bind,src="/a,b",dst=/b\' alpine',
    "docker run --mount '\"type=bind,src=/a,dst=/b' alpine",
    'docker run --mount \'"src=/a"b,type=bind,dst=/b\' alpine',
  ],
  checkMount({ form, node, host }, report) {
    if (
      form !== 'mount' ||
      node?.kind !== 'mount' ||
      node.problem === undefined ||
      node.problem.kind === 'empty-spec'
    )
      return;
    const isBare = node.problem.kind === 'bare-quote';
    const pairs = isBare ? needlessQuotes(node) : undefined;
    report({
      range: at(host, node.problem.range),
      message: isBare
        ? 'a quote inside a field of `--mount`: docker refuses it'
        : node.problem.kind === 'unterminated-quote'
          ? 'this quoted field of `--mount` is not closed'
          : 'text after the closing quote of a field of `--mount`',
      help: 'quotes go around a whole field, as in `"src=/a,b"`; a field without a comma does not need them',
      fix:
        pairs &&
        fixIn(
          host,
          pairs.map((start) => ({ range: { start, end: start + 1 }, text: '' })),
          'remove the quotes',
        ),
    });
  },
};

/** The quotes around values that would do without them; undefined where there are others. */
function needlessQuotes({ text }: MountSpec): number[] | undefined {
  const places = [...text.matchAll(/(?<==)"[^",]*"(?=,|$)/g)].flatMap(({ index, 0: value }) => [
    index,
    index + value.length - 1,
  ]);
  return places.length === text.split('"').length - 1 ? places : undefined;
}
