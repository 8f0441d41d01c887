import { fill, list, nest, type Shape } from './shape.js';

type Make = Shape['make'];

/** What is odd to any reader of YAML, behind a beginning that makes it the kind that it is. */
export function yamlShapes(path: string, head: string): Shape[] {
  const behind: Readonly<Record<string, (n: number) => string>> = {
    'lists in lists on one line': (n) => `x: ${nest(n, '[', 'a', ']')}\n`,
    'lists that are not closed': (n) => `x: ${fill(n, '[')}\n`,
    'lists that are not closed, a line each': (n) => `x:\n${fill(n, '  [\n')}`,
    'maps in maps on one line': (n) => `x: ${nest(n, '{a: ', 'b', '}')}\n`,
    'maps that are not closed': (n) => `x: ${fill(n, '{a: ')}\n`,
    'lists and maps in turn': (n) => `x: ${nest(n, '[{a: ', 'b', '}]')}\n`,
    'lists of lists by dashes': (n) => `x:\n  ${fill(n, '- ')}a\n`,
    'maps by indentation': (n) => {
      const depth = Math.ceil(Math.sqrt(n));
      return `x:\n${Array.from({ length: depth }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('')}`;
    },
    'maps in keys': (n) => `${fill(n, '? ')}a\n`,
    'lists in keys': (n) => `x: ${nest(n, '[? ', 'a', ' : b]')}\n`,
    'maps on one line without braces': (n) => `x: ${fill(n, 'a: ')}b\n`,
    'only colons': (n) => `x:\n  ${fill(n, ': ')}\n`,
    'closing brackets': (n) => `x: ${fill(n, ']}')}\n`,
    'anchors before one value': (n) => `x: ${fill(n, '&a ')}b\n`,
    'tags before one value': (n) => `x: ${fill(n, '!a ')}b\n`,
    'aliases behind one another': (n) => `x: &a b\ny: ${fill(n, '*a ')}\n`,
    'anchors of one name': (n) => fill(n, (i) => `x${i}: &a\n  b: *a\n`),
    'aliases of anchors that are not there': (n) => fill(n, (i) => `x${i}: *b${i}\n`),
    'aliases of one anchor': (n) => `x: &a {b: c}\ny:\n${fill(n, '  - *a\n')}`,
    'lists that hold the one before twice': (n) =>
      `x0: &x0 [a]\n${fill(n, (i) => `x${i + 1}: &x${i + 1} [*x${i}, *x${i}]\n`)}`,
    'maps that merge the one before': (n) =>
      `x0: &x0 {a: b}\n${fill(n, (i) => `x${i + 1}: &x${i + 1}\n  <<: *x${i}\n  k${i}: v\n`)}`,
    'maps that merge the one before twice': (n) =>
      `x0: &x0 {a: b}\n${fill(n, (i) => `x${i + 1}: &x${i + 1}\n  <<: [*x${i}, *x${i}]\n`)}`,
    'a list that merges itself': (n) =>
      `x: &a [*a]\n${fill(n, (i) => `y${i}: &b${i} {<<: *a, <<: [*b${i}, *a]}\n`)}`,
    'lists of maps that are merged by all': (n) =>
      `x: &a {b: c}\ny: &b [${fill(n / 2, '*a, ')} *a]\n${fill(n / 2, (i) => `z${i}: {<<: *b}\n`)}`,
    'an anchor that holds itself': (n) => `x: &a [*a]\n${fill(n, '# \n')}y: *a\n`,
    'keys of one name': (n) => fill(n, 'x: y\n'),
    'keys of one name in a map on one line': (n) => `x: {${fill(n, 'a: b, ')}}\n`,
    documents: (n) => fill(n, '---\na: b\n'),
    'documents that are empty': (n) => fill(n, '---\n'),
    'ends of documents': (n) => fill(n, '...\n'),
    directives: (n) => `${fill(n, '%A b\n')}---\n`,
    'a text over many lines': (n) => `x:\n${fill(n, '  a b\n')}`,
    'a text over many empty lines': (n) => `x: a\n${fill(n, '\n')}  b\n`,
    'a text in quotes over many lines': (n) => `x: "a\n${fill(n, '  b \\\n')}  c"\n`,
    'escapes in quotes': (n) => `x: "${fill(n, '\\u0041\\"')}"\n`,
    'quotes that do not end': (n) => fill(n, (i) => `x${i}: "\n`),
    'single quotes in a row': (n) => `x: ${fill(n, "'")}\n`,
    'double quotes in a row': (n) => `x: ${fill(n, '"')}\n`,
    'blocks of text': (n) => fill(n, (i) => `x${i}: |\n  a\n`),
    'a block of text with many lines': (n) => `x: |\n${fill(n, '  docker ps\n')}`,
    'a folded block with many lines': (n) => `x: >\n${fill(n, '  docker ps\n\n')}`,
    'a block of text that is indented more and more': (n) =>
      `x: |\n${list(Math.sqrt(n) * 2, 2, (i) => `${' '.repeat(i + 2)}a\n`)}`,
    'blocks without text': (n) => fill(n, (i) => `x${i}: |\n`),
    'marks that begin nothing': (n) => fill(n, (i) => `x${i}: @\`%\n`),
    tabs: (n) => fill(n, '\tx:\ta\n'),
    'carriage returns': (n) => fill(n, 'x: a\r'),
    'spaces at the end of a line': (n) => `x: a${fill(n, ' ')}\nb: c\n`,
    'empty lines with spaces': (n) => `${fill(n, '        \n')}x: a\n`,
    comments: (n) => `${fill(n, '# mountc-\n')}x: a\n`,
    'a comment after each of many values': (n) => fill(n, (i) => `x${i}: a # b\n`),
    'comments between a key and its value': (n) => `x:\n${fill(n, '  # a\n')}  b: c\n`,
    'commas in a list': (n) => `x: [${fill(n, ',')}]\n`,
    'templates that are not closed': (n) => `x: ${fill(n, '{{')}\n`,
    'templates in templates': (n) => `x: ${nest(n, '{{ ', 'a', ' }}')}\n`,
    'templates, a line each': (n) => fill(n, '{{ a }}\n'),
    'expressions that are not closed': (n) => `x: ${fill(n, '${{ ')}\n`,
    'marks of templates': (n) => `x: "${fill(n, '<%{%@A@[[')}"\n`,
    'one long key': (n) => `${fill(n, 'a')}: b\n`,
    'a long key that does not end': (n) => `${fill(n, 'a ')}\n`,
    'a list that goes in and out': (n) => `x:\n${fill(n, '  - a:\n      - b\n')}`,
    'lines that are indented less and less': (n) => {
      const depth = Math.ceil(Math.sqrt(n));
      return `x:\n${Array.from({ length: depth }, (_, i) => `${' '.repeat(depth - i)}a: b\n`).join('')}`;
    },
    'numbers with many digits': (n) => `x: ${fill(n, '9')}\ny: 0x${fill(n / 4, 'f')}\n`,
    'a time with many digits': (n) => `x: ${fill(n, '1:')}1\n`,
    'binary data': (n) => `x: !!binary ${fill(n, 'AAAA')}\n`,
    'sets and ordered maps': (n) =>
      `x: !!set {${fill(n, (i) => `a${i}, `)}}\ny: !!omap [${fill(n / 4, 'a: b, ')}]\n`,
    'long tags': (n) => `x: !${fill(n, 'a')} b\n`,
    'words outside of ASCII': (n) => `x: "${fill(n, '\u{1f600}\u00e9')}"\n`,
  };
  return Object.entries(behind).map(([name, make]): Shape => ({ name, path, make: (n) => head + make(n) }));
}

/** Shapes that share a path. */
export function shapesOf(path: string, all: Readonly<Record<string, Make>>): Shape[] {
  return Object.entries(all).map(([name, make]) => ({ name, path, make }));
}
