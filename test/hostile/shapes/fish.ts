import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Scripts of fish. */
export const FISH: readonly Shape[] = shapesOf('x.fish', {
  'blocks in blocks': (n) => `${nest(n, 'begin; ', RUN, '; end')}\n`,
  'ifs in ifs': (n) => nest(n, 'if true\n', LINE, 'end\n'),
  'substitutions in each other': (n) => `docker run ${nest(n, '(echo ', 'x', ')')}\n`,
  'substitutions never closed': (n) => `docker run ${fill(n, '(')}\n`,
  'substitutions side by side': (n) => `docker run ${fill(n, '-v (pwd):/b ')}x\n`,
  ands: (n) => `${fill(n, 'and ')}${RUN}\n`,
  'ands of lines': (n) => fill(n, `and ${RUN}\nor ${RUN}; or ${RUN}\n`),
  'quotes never closed': (n) => fill(n, `${RUN} "(\n`),
  'comments in a command': (n) => `docker run \\\n${fill(n, '# docker\n')}-v /a:/b x\n`,
  'comments in commands': (n) => fill(n, 'docker run \\\n  # docker\n  -v /a:/b x\n'),
  functions: (n) => fill(n, (i) => `function f${i}; docker run -v /a:/b $argv; end\n`),
  'functions in functions': (n) => nest(n, 'function f\n', LINE, 'end\n'),
  sets: (n) => fill(n, (i) => `set v${i} $v${i + 1}\ndocker run -v $v${i}:/b x\n`),
  abbreviations: (n) => fill(n, (i) => `abbr -a a${i} docker run -v /a:/b\n`),
  aliases: (n) => fill(n, (i) => `alias a${i} 'docker run -v /a:/b'\n`),
  semicolons: (n) => `${fill(n, `${RUN}; `)}\n`,
  'semicolons alone': (n) => `${LINE}${fill(n, ';')}\n`,
  blanks: (n) => `${LINE}${fill(n, ' ')}x\n`,
  'spaces behind semicolons': (n) => `${LINE}${fill(n, '; ')}x\n`,
  begins: (n) => `${LINE}${fill(n, 'begin ')}x\n`,
  switch: (n) => `switch a\n${fill(n, 'case a; docker run -v /a:/b x\n')}end\n`,
  backslashes: (n) => `${LINE}${fill(n, '\\')}\n`,
  'dollars and brackets': (n) => `${LINE}echo ${fill(n, '$a[1]')}\n`,
  'one word': (n) => `${LINE}echo ${'x'.repeat(n)}\n`,
  not: (n) => `${fill(n, 'not ')}${RUN}\n`,
});
