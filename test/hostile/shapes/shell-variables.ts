import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Scripts of POSIX shells with odd variables, functions and aliases. */
export const SHELL_VARIABLES: readonly Shape[] = shapesOf('x.sh', {
  'assignments in assignments': (n) => `${LINE}${nest(n, 'a=$(', RUN, ')')}\n`,
  'assignment of arrays in arrays': (n) =>
    `${LINE}${nest(n, 'a=(', '-v /a:/b', ')')}\ndocker run "\${a[@]}" x\n`,
  'subscripts in subscripts': (n) => `${LINE}${nest(n, 'a[', '1', ']=x ')}\ndocker run $a x\n`,
  'subscripts of expansions': (n) => `${LINE}docker run ${nest(n, '${a[', '1', ']}')}\n`,
  'assignment chain in a line': (n) => `${fill(n, 'a=')}x\n${LINE}`,
  'declare in declare': (n) => `${nest(n, 'export a=$(export b=', 'x', ')')}\n${LINE}`,
  functions: (n) => fill(n, (i) => `f${i}() { docker run -v /a:/b "$@"; }\n`),
  'functions that call each other': (n) =>
    `${fill(n, (i) => `f${i}() { f${i + 1} "$@"; }\nf${i} run -v /a:/b x\n`)}last() { docker "$@"; }\n`,
  'functions that forward and their calls': (n) =>
    fill(n, (i) => `f${i}() { docker run "$@"; }\nf${i} -v /a:/b x\n`),
  'function in function': (n) => `${nest(n, 'f() { ', RUN, '; }')}\n`,
  'functions that evaluate': (n) => fill(n, (i) => `f${i}() { eval "$@"; }\nf${i} "docker run -v /a:/b x"\n`),
  aliases: (n) => fill(n, (i) => `alias a${i}='docker run -v /a:/b'\na${i} x\n`),
  'alias of alias': (n) => fill(n, (i) => `alias a${i}='a${i + 1} docker run'\n`),
  'aliases of one command': (n) => `alias ${fill(n, (i) => `a${i}='docker run -v /a:/b' `)}\n`,
  'variables, each the last': (n) => `a0=/a\n${fill(n, (i) => `a${i + 1}=$a${i}\n`)}docker run -v $a9:/b x\n`,
  'variables, each the last twice': (n) =>
    `a0='-v /a:/b'\n${fill(n, (i) => `a${i + 1}="$a${i} $a${i}"\n`)}docker run $a9 $a99 $a999 x\n`,
  'variables, each the next': (n) => `${fill(n, (i) => `a${i}=$a${i + 1}\n`)}docker run -v $a0:/b x\n`,
  'engine in variables, each the last': (n) =>
    `a0=docker\n${fill(n, (i) => `a${i + 1}=$a${i}\n$a${i} run -v /a:/b x\n`)}`,
  'evaluated variables, each the last': (n) =>
    `a0='docker run -v /a:/b'\n${fill(n, (i) => `a${i + 1}="$a${i} -v /c:/d"\neval "$a${i} x"\n`)}`,
  'one variable again and again': (n) => fill(n, 'A=/a\ndocker run -v $A:/b x\n'),
  'one variable in ifs': (n) => fill(n, 'if a; then A=-v; fi\ndocker run $A /a:/b x\n'),
  'what is added to a variable': (n) => fill(n, 'A="$A -v /a:/b"\ndocker run $A x\n'),
  'what is added to an array': (n) => fill(n, 'A+=(-v /a:/b)\ndocker run "${A[@]}" x\n'),
  'what is added, then used': (n) =>
    `${fill(n / 2, 'A+=(-v /a:/b)\n')}${fill(n / 2, 'docker run "${A[@]}" x\n')}`,
  'array of arrays': (n) =>
    `a0=(-v /a:/b)\n${fill(n, (i) => `a${i + 1}=("\${a${i}[@]}" "\${a${i}[@]}")\n`)}docker run "\${a4[@]}" "\${a5[@]}" x\n`,
  'elements of one array': (n) => `A=(\n${fill(n, '-v /a:/b\n')})\ndocker run "\${A[@]}" x\n`,
  'uses of one array': (n) => `A=(${fill(n / 2, '-v /a:/b ')})\n${fill(n / 2, 'docker run "${A[@]}" x\n')}`,
  'variables of functions': (n) => fill(n, 'f() { local A=/a; docker run -v $A:/b x; }\n'),
  'arguments that are set': (n) => fill(n, 'set -- "$@" -v /a:/b\ndocker run "$@" x\n'),
  'uses of many variables': (n) => fill(n, (i) => `V${i}=/a\ndocker run -v "$V${i}:/b" x\n`),
  unsets: (n) => fill(n, 'unset A\nA=/a\ndocker run -v $A:/b x\n'),
  reads: (n) => `read ${fill(n, (i) => `a${i} `)}\n${LINE}`,
  'small scripts that grow': (n) =>
    fill(
      n,
      `bash -c 'a="-v /a:/b"; b="$a $a $a $a"; c="$b $b $b $b"; d="$c $c $c $c"; docker run $d $d $d x'\n`,
    ),
  'a default of a default of itself': (n) => `A="${nest(n, '${A-', 'x', '}')}"\ndocker run $A x\n`,
  'names that are none': (n) => `${fill(n, "unset 'docker(' '*+'\n")}${LINE}`,
  'variables that quote one another': (n) =>
    `${fill(n, (i) => `a${i}='--mount type=bind,src=/a, dst=/b'\neval "docker run $a${i} x"\n`)}`,
  'a long value that is evaluated again': (n) =>
    `A='docker run ${fill(n / 2, '-v /a:/b ')}'\n${fill(n / 2, 'eval "$A x"\n')}`,
  'one long word again': (n) => `A=${'x'.repeat(n / 2)}\n${fill(n / 2, 'docker run -v $A:/b x\n')}`,
  'elements of one long word': (n) =>
    `A=(-v ${'x'.repeat(n / 2)})\n${fill(n / 2, 'docker run "${A[@]}" x\n')}`,
});
