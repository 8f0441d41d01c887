import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Scripts of POSIX shells that are odd to their parser. */
export const SHELL_SYNTAX: readonly Shape[] = shapesOf('x.sh', {
  'fallbacks in fallbacks': (n) => `${LINE}docker run ${nest(n, '${a:-', 'x', '}')} y\n`,
  'quoted fallbacks in fallbacks': (n) => `${LINE}docker run ${nest(n, '"${a:-', 'x', '}"')} y\n`,
  'fallbacks never closed': (n) => `docker run ${fill(n, '${a:-')}\n`,
  'plus operands in operands': (n) => `docker run ${nest(n, '${a:+-v ', '/a:/b', '}')} y\n`,
  'substitutions in substitutions': (n) => `${LINE}echo ${nest(n, '$(echo ', RUN, ')')}\n`,
  'quoted substitutions in substitutions': (n) => `${LINE}echo ${nest(n, '"$(echo ', RUN, ')"')}\n`,
  'substitutions never closed': (n) => `${LINE}${fill(n, '$(docker run ')}\n`,
  'engine in every substitution': (n) => `${nest(n, '$(docker run -v /a:/b ', 'x', ')')}\n`,
  'heredocs on one line': (n) => `cat ${fill(n, '<<A ')}\n${LINE}A\n`,
  'heredocs on one line, all there': (n) => `cat ${fill(n / 2, '<<A ')}\n${fill(n / 2, 'A\n')}${LINE}`,
  'heredocs never closed': (n) => fill(n, (i) => `bash <<E${i}\n${LINE}`),
  'heredocs in heredocs': (n) => {
    const depth = Math.max(1, Math.floor(n / 24));
    let open = '';
    let close = '';
    for (let i = 0; i < depth; i++) {
      open += `bash <<E${i}\n`;
      close = `${close}E${depth - 1 - i}\n`;
    }
    return open + LINE + close;
  },
  'heredocs for other files': (n) =>
    fill(n, 'cat > compose.yml <<E\nservices:\n  a:\n    volumes: [/a:/b]\nE\n'),
  'heredoc of expansions': (n) => `bash <<E\n${fill(n, 'docker run -v $A:/b x $(pwd)\n')}E\n`,
  'dashed heredocs': (n) => fill(n, `\tbash <<-E\n\t${LINE}\tE\n`),
  'quotes that hold nothing': (n) => `docker run -v ${fill(n, '""')}/a:/b x\n`,
  'quotes of both kinds': (n) => `docker run -v ${fill(n, `"a"'b'`)}:/b x\n`,
  'double quotes never closed': (n) => fill(n, `${RUN} "\n`),
  'single quotes never closed': (n) => fill(n, `${RUN} '\n`),
  'ansi quotes never closed': (n) => fill(n, `${RUN} $'\n`),
  'backticks never closed': (n) => fill(n, `${RUN} \`\n`),
  'quote never closed in front of everything': (n) => `"${fill(n, LINE)}`,
  'backticks side by side': (n) => `${fill(n, '`docker run -v /a:/b x` ')}\n`,
  'backticks in backticks': (n) => {
    // Each level needs twice as many backslashes: depth is the logarithm.
    let text = RUN;
    while (text.length * 2 < n) text = `echo \`${text.replace(/[\\`]/g, '\\$&')}\``;
    return `${text}\n`;
  },
  'escaped backticks': (n) => `${LINE}echo \`${fill(n, '\\`docker run -v /a:/b x\\` ')}\`\n`,
  escapes: (n) => `docker run -v /a:/b ${fill(n, '\\x')}\n`,
  dollars: (n) => `docker run -v /a:/b ${fill(n, '$')}\n`,
  backslashes: (n) => `docker run -v /a:/b ${fill(n, '\\')}\n`,
  'if in if': (n) => `${nest(n, 'if a; then ', RUN, '; fi')}\n`,
  elifs: (n) => `if a; then ${RUN}\n${fill(n, 'elif docker run -v /a:/b x; then :\n')}fi\n`,
  'for in for': (n) => `${nest(n, 'for a in b; do ', RUN, '; done')}\n`,
  'while in while': (n) => `${nest(n, 'while a; do ', RUN, '; done')}\n`,
  'case in case': (n) => `${nest(n, 'case a in a) ', RUN, ';; esac')}\n`,
  'items of one case': (n) => `case a in\n${fill(n, 'a) docker run -v /a:/b x;;\n')}esac\n`,
  'patterns of one item': (n) => `case a in ${fill(n, 'a|')}a) ${RUN};; esac\n`,
  'subshell in subshell': (n) => `${nest(n, '( ', RUN, ' )')}\n`,
  'group in group': (n) => `${nest(n, '{ ', RUN, '; }')}\n`,
  'subshells never closed': (n) => `${fill(n, '( ')}${RUN}\n`,
  'blocks never closed': (n) => fill(n, `if a; then ${RUN}\n`),
  'ends without a beginning': (n) => fill(n, `${RUN}\ndone\n`),
  'process substitutions in each other': (n) => `cat ${nest(n, '<(cat ', RUN, ')')}\n`,
  'braces in braces': (n) => `${RUN} ${nest(n, '{a,', 'b', '}')}\n`,
  'braces side by side': (n) => `${RUN} ${fill(n, '{a,b}')}\n`,
  'braces of a range': (n) => `${RUN} ${fill(n, '{1..9999999} ')}\n`,
  'braces never closed': (n) => `${RUN} ${fill(n, '{a,')}\n`,
  'arithmetic in arithmetic': (n) => `${RUN} $((${nest(n, '(', '1', ')')}))\n`,
  'arithmetic of substitutions': (n) => `${RUN} ${nest(n, '$((1+', '1', '))')}\n`,
  'arithmetic that is long': (n) => `${RUN} $((${fill(n, '1+')}1))\n`,
  'arithmetic assignments': (n) => `${RUN} $((${fill(n, 'a=')}1))\n`,
  'arithmetic choices': (n) => `${RUN} $((${fill(n, 'a?b:')}1))\n`,
  'arithmetic signs': (n) => `${RUN} $((${fill(n, '- ')}1))\n`,
  'arithmetic powers': (n) => `${RUN} $((${fill(n, '2**')}1))\n`,
  'arithmetic brackets never closed': (n) => `${RUN} ${fill(n, '$((')}\n`,
  'arithmetic commands': (n) => `((${nest(n, '(', '1', ')')})); ${RUN}\n`,
  'arithmetic loops in each other': (n) => `${nest(n, 'for ((;;)); do ', RUN, '; done')}\n`,
  'old arithmetic': (n) => `${RUN} ${nest(n, '$[', '1', ']')}\n`,
  'test groups': (n) => `[[ ${nest(n, '( ', 'a', ' )')} ]]; ${RUN}\n`,
  'test negations': (n) => `[[ ${fill(n, '! ')}a ]]; ${RUN}\n`,
  'test chains': (n) => `[[ ${fill(n, 'a && ')}a ]]; ${RUN}\n`,
  'test patterns': (n) => `[[ a =~ ${nest(n, '(', 'a', ')')} ]]; ${RUN}\n`,
  'tests never closed': (n) => fill(n, `[[ ( a ; ${RUN}\n`),
  'extended globs': (n) => `${RUN} ${nest(n, '@(a|', 'b', ')')}\n`,
  'extended globs never closed': (n) => `${RUN} ${fill(n, '@(a|')}\n`,
  'character classes never closed': (n) => `${RUN} ${fill(n, '[a')}\n`,
  'replacements in replacements': (n) => `${RUN} ${nest(n, '${a//', 'b', '}')}\n`,
  'slices in slices': (n) => `${RUN} ${nest(n, '${a:', '1', '}')}\n`,
  'removals in removals': (n) => `${RUN} ${nest(n, '${a#', '1', '}')}\n`,
  'templates never closed': (n) => `${LINE}${fill(n, '{{ ')}\n`,
  'CI templates never closed': (n) => `${LINE}${fill(n, "${{ '")}\n`,
  templates: (n) => `docker run ${fill(n, '-v {{ a }}:/b ')}x\n`,
  'template marks': (n) => `${LINE}${fill(n, '@A')}\n${fill(n, '%%A')}\n`,
  'empty lines': (n) => `${LINE}${fill(n, '\n')}${LINE}`,
  'lines of spaces': (n) => `${LINE}${fill(n, ' ')}\n${LINE}`,
  'tabs before a command': (n) => `${fill(n, '\t')}${LINE}`,
  'carriage returns': (n) => fill(n, `${RUN}\r\n`),
  'carriage returns alone': (n) => fill(n, `${RUN}\r`),
  coprocs: (n) => `${fill(n, 'coproc ')}${RUN}\n`,
  'select in select': (n) => `${nest(n, 'select a in b; do ', RUN, '; done')}\n`,
  'dollars of a here document': (n) => `bash <<E\n${fill(n, '$(')}\nE\n${LINE}`,
  'unclosed braces of a variable': (n) => `${LINE}${fill(n, '${')}\n`,
  'heredoc words': (n) => `${LINE}${fill(n, '<<')}\n`,
  'semicolons alone': (n) => `${LINE}${fill(n, ';')}\n`,
  'pipes alone': (n) => `${LINE}${fill(n, '|')}\n`,
  'closing brackets': (n) => `${LINE}${fill(n, ')')}\n`,
  'opening brackets': (n) => `${LINE}${fill(n, '(')}\n`,
  'hash signs behind a directive': (n) => `# mountc-disable-file broad-host-mount\n${LINE}${fill(n, '#')}\n`,
  'hash signs and spaces behind a directive': (n) =>
    `# mountc-disable-file broad-host-mount\n${LINE}echo ${fill(n, '# ')}\n`,
  'a substitution of dashes': (n) => `$(${fill(n, '-')}) run -v /a:/b x\n`,
  'a name that goes on': (n) => `$${fill(n, 'docker_')} run -v /a:/b x\n${LINE}`,
});
