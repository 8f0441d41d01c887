import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Scripts of zsh. */
export const ZSH: readonly Shape[] = shapesOf('x.zsh', {
  'short loops': (n) => fill(n, 'for x (a b) docker run -v /$x:/b x\n'),
  'short loops never closed': (n) => fill(n, 'for x (a '),
  'short loops of brackets': (n) => `for x (${fill(n, '(a)')}\n${LINE}`,
  'short loops in one line': (n) => `${fill(n, 'for x (')}${RUN}\n`,
  'temporary files': (n) => `docker run ${fill(n, ' =(a)')}\n`,
  'temporary files in each other': (n) => `docker run ${nest(n, ' =(', 'a', ')')}\n`,
  'temporary files never closed': (n) => `docker run ${fill(n, ' =(')}\n`,
  modifiers: (n) => `docker run -v $f${fill(n, ':h')}:/b x\n`,
  'modifiers of one word': (n) => `docker run -v ${fill(n, '$f:h')} x\n`,
  subscripts: (n) => `docker run -v ${fill(n, '$f[')} x\n`,
  carets: (n) => `docker run -v $${fill(n, '^')}a x\n`,
  qualifiers: (n) => `docker run ${fill(n, '*(N) ')}x\n`,
  'qualifiers in each other': (n) => `docker run ${fill(n, '*(')}x\n`,
  numbers: (n) => `docker run ${fill(n, '/<1-9>')} x\n`,
  digits: (n) => `docker run /<${'1'.repeat(n)} x\n`,
  'flags of expansions': (n) => `docker run ${nest(n, '${(f)', 'a', '}')} x\n`,
  'nested expansions': (n) => `docker run ${nest(n, '${', 'a', '}')} x\n`,
  functions: (n) => fill(n, (i) => `f${i}() docker run -v /a:/b $@\n`),
  'anonymous functions': (n) => `${nest(n, '() { ', RUN, ' }\n')}`,
  repeats: (n) => `${fill(n, 'repeat 2 ')}${RUN}\n`,
  'global aliases': (n) => fill(n, (i) => `alias -g a${i}='docker run -v /a:/b'\n`),
  nocorrect: (n) => `${fill(n, 'noglob nocorrect ')}${RUN}\n`,
  'ordinary lines': (n) => fill(n, LINE),
});
