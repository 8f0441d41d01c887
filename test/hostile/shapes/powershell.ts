import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Scripts of PowerShell. */
export const POWERSHELL: readonly Shape[] = shapesOf('x.ps1', {
  'what is added to a list': (n) =>
    `$a = @('-v', '/a:/b')\n${fill(n, "$a += '-v', '/a:/b'\ndocker run @a x\n")}`,
  'what is added to a list, then used': (n) =>
    `$a = @('-v')\n${fill(n / 2, "$a += '/a:/b'\n")}${fill(n / 2, 'docker run @a x\n')}`,
  'lists, each the last twice': (n) =>
    `$a0 = @('-v', '/a:/b')\n${fill(n, (i) => `$a${i + 1} = @($a${i}, $a${i})\n`)}docker run @a9 @a99 x\n`,
  'lists that only grow': (n) => `$a = @('-v')\n${fill(n, "$a += '/a:/b'\n")}docker run @a x\n`,
  'lists of other lists': (n) =>
    `$a0 = @('-v', '/a:/b')\n${fill(n, (i) => `$a${i + 1} = @('-v', $a${i})\ndocker run @a${i} x\n`)}`,
  'lists never closed': (n) => fill(n, (i) => `$a${i} = @('a',\n`),
  'lists in lists': (n) => `$a = ${nest(n, '@(', "'a'", ')')}\n${LINE}`,
  'lists of brackets': (n) => `$a = @(${fill(n, "'a'(")}\n${LINE}`,
  'elements of one list': (n) => `$a = @(${fill(n, "'-v', '/a:/b', ")}'x')\ndocker run @a x\n`,
  'uses of one list': (n) =>
    `$a = @(${fill(n / 2, "'-v', '/a:/b', ")}'x')\n${fill(n / 2, 'docker run @a x\n')}`,
  'strings of one list': (n) => `$a = ${fill(n, "'a', ")}'b'\ndocker run $a x\n`,
  'lists that fail at the end': (n) => `${fill(n, "$a = 'a', ")}\n${LINE}`,
  assignments: (n) => `${LINE}${fill(n, '$a=')}1\n`,
  'substitutions in substitutions': (n) => `docker run -v ${nest(n, '$(echo ', 'x', ')')} y\n`,
  'substitutions never closed': (n) => `docker run -v ${fill(n, '$(')} y\n`,
  'brackets never closed': (n) => `${LINE}${fill(n, '(')}\n`,
  'braces never closed': (n) => `${fill(n, '{ ')}${RUN}\n`,
  'braces in braces': (n) => `${nest(n, '{ ', RUN, ' }')}\n`,
  'braces and commands': (n) => fill(n, `{ ${RUN}; @a\n`),
  'functions never closed': (n) => fill(n, `function f { ${RUN}; docker run @a x\n`),
  continuations: (n) => `docker run ${fill(n, '`\n')} -v /a:/b x\n`,
  'continuations between flags': (n) => `docker run ${fill(n, '-v /a:/b `\n')} x\n`,
  'backslash continuations': (n) => fill(n, 'docker run \\\n -v /a:/b \\\n x\n'),
  'here strings': (n) => fill(n, `$a = @'\n${LINE}'@\n${LINE}`),
  'here strings never closed': (n) => fill(n, `@'\n${LINE}`),
  'here strings of both kinds': (n) => fill(n, `@"\n'@\n${LINE}@'\n"@\n`),
  'comments never closed': (n) => fill(n, `<# ${LINE}`),
  comments: (n) => fill(n, `<# a #> ${LINE}`),
  'quotes never closed': (n) => fill(n, `${RUN} "\n`),
  'quotes in quotes': (n) => `docker run -v "${fill(n, '""')}" x\n`,
  backticks: (n) => `docker run -v "${fill(n, '`n')}" x\n`,
  dollars: (n) => `docker run -v "${fill(n, '$')}" x\n`,
  'variables of one word': (n) => `docker run -v "${fill(n, '$a')}:/b" x\n`,
  'variables with braces never closed': (n) => `docker run -v "${fill(n, '${')}:/b" x\n`,
  splats: (n) => `docker run ${fill(n, '@a ')}x\n`,
  'at signs': (n) => `docker run ${fill(n, '@')}x\n`,
  'iex of iex': (n) => `${fill(n, 'iex ')}'${RUN}'\n`,
  'iex in iex': (n) => {
    let text = RUN;
    while (text.length * 1.5 < n) text = `iex '${text.replaceAll("'", "''")}'`;
    return `${text}\n`;
  },
  'powershell of powershell': (n) => `${fill(n, 'powershell -Command ')}'${RUN}'\n`,
  prompts: (n) => fill(n, `PS C:\\> ${LINE}`),
  'prompts and continuations': (n) => `PS> docker run \`\n${fill(n, '>> -v /a:/b `\n')}>> x\n`,
  'long variable': (n) => `${LINE}$${'a'.repeat(n)} = 1\n`,
  'one word': (n) => `docker run -v ${'x'.repeat(n)} y\n`,
  'wrong flags': (n) => `docker run ${fill(n, (i) => `--flag${i} `)}x\n`,
  pipes: (n) => `${fill(n, `${RUN} | `)}cat\n`,
  'ordinary lines': (n) => fill(n, 'docker run -v "${PWD}:/b" x\n'),
  'lists in functions': (n) =>
    fill(n, (i) => `function f${i} { $a = @('-v', '/a:/b'); $a += '-v'; docker run @a x }\n`),
  'hash signs behind a directive': (n) => `# mountc-disable-file\n${LINE}${fill(n, 'x#')}\n`,
});
