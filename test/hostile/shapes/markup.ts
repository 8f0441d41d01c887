import { fill, list, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';

/** Documentation in other languages than Markdown. */
export const MARKUP: readonly Shape[] = [
  ...shapesOf('a.rst', {
    'blocks of reStructuredText': (n) => fill(n, `.. code:: sh\n\n   ${DOCKER}\n\n`),
    'one block of reStructuredText': (n) => `.. code:: sh\n\n${fill(n, `   ${DOCKER}\n`)}`,
    'literal blocks': (n) => fill(n, `a::\n\n   ${DOCKER}\n\n`),
    'literal blocks without text': (n) => `${fill(n, 'a::\n')}\n   ${DOCKER}\n`,
    'directives without text': (n) => `${fill(n, '.. code:: sh\n\n')}   ${DOCKER}\n`,
    'options of a directive': (n) => `.. code:: sh\n${fill(n, '   :a: b\n')}\n   ${DOCKER}\n`,
    'empty lines behind a directive': (n) => `.. code:: sh\n${fill(n, '\n')}   ${DOCKER}\n`,
    'blocks that are indented more and more': (n) =>
      `${list(Math.sqrt(n) * 8, 8, (i) => `${' '.repeat(i)}a::\n`)}\n${' '.repeat(1000)}${DOCKER}\n`,
    'blocks that are indented less and less': (n) =>
      `a::\n\n${list(Math.sqrt(n) * 8, 8, (i, count) => `${' '.repeat(count - i + 1)}${DOCKER}\n`)}`,
    colons: (n) => `${fill(n, '::')}\n\n   ${DOCKER}\n`,
    dots: (n) => `${fill(n, '.. ')}\n\n::\n\n   ${DOCKER}\n`,
    'comments of reStructuredText': (n) =>
      `${fill(n, '.. mountc-disable-next-line\n')}\n::\n\n   ${DOCKER}\n`,
  }),
  ...shapesOf('a.adoc', {
    'blocks of AsciiDoc': (n) => fill(n, `[source,sh]\n----\n${DOCKER}\n----\n\n`),
    'one block of AsciiDoc': (n) => `[source,sh]\n----\n${fill(n, `${DOCKER}\n`)}----\n`,
    'paragraphs of source': (n) => fill(n, `[source,sh]\n${DOCKER}\n\n`),
    'fences of AsciiDoc that do not end': (n) => {
      const count = Math.ceil(Math.sqrt(2 * n));
      return `${Array.from({ length: count }, (_, i) => `\n${'-'.repeat(i + 4)}\n`).join('')}${DOCKER}\n`;
    },
    'fences of AsciiDoc': (n) => `${fill(n, '----\n\n....\n')}${DOCKER}\n`,
    'sources without a block': (n) => `${fill(n, '[source,sh]\n')}${DOCKER}\n`,
    brackets: (n) => `[source,${nest(n, '[', DOCKER, ']')}\n${DOCKER}\n`,
    'comments of AsciiDoc': (n) => `${fill(n, '// mountc-disable-next-line\n')}----\n${DOCKER}\n----\n`,
  }),
];
