import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';

/** How PowerShell and cmd hand commands on: in variables, lists, what they return, start and go through. */
export const WINDOWS: readonly Shape[] = [
  ...shapesOf('a.ps1', {
    'words of Start-Process': (n) =>
      `Start-Process docker -ArgumentList run,${fill(n, "'-v','a:b:c:d',")}'x'\n`,
    'one text of Start-Process': (n) =>
      `Start-Process docker -ArgumentList 'run ${fill(n, '-v a:b:c:d ')}x'\n`,
    'starts of processes': (n) => fill(n, "Start-Process docker -ArgumentList 'run','-v','a:b:c:d','x'\n"),
    'starts with a list in a variable': (n) =>
      `$w = @('run', '-v', 'a:b:c:d', 'x')\n${fill(n, 'Start-Process docker -ArgumentList $w\n')}`,
    'a long list that many start': (n) =>
      `$w = @(${fill(n / 2, "'-v', 'a:b:c:d', ")}'x')\n${fill(n / 2, 'Start-Process docker -ArgumentList $w\n')}`,
    'a long list that many splat': (n) =>
      `$w = @(${fill(n / 2, "'-v', 'a:b:c:d', ")}'x')\n${fill(n / 2, 'docker run @w\n')}`,
    'lists added to lists': (n) =>
      `$a0 = @('-v')\n${fill(n, (i) => `$a${i + 1} = $a${i} + @('a:b')\n`)}docker run @a9 x\n`,
    'lists that hold the one before twice': (n) =>
      `$a0 = @('-v', 'a:b:c:d')\n${fill(n, (i) => `$a${i + 1} = @($a${i}; $a${i})\n`)}docker run @a30 x\n`,
    'lists in lists': (n) => `$w = ${nest(n, '@(', "'-v'", ')')}\ndocker run @w x\n`,
    'lists that do not end': (n) => `$w = ${fill(n, "@('-v', ")}\ndocker run @w x\n`,
    returns: (n) => fill(n, (i) => `function f${i} { return ${DOCKER} }\n`),
    'returns of returns': (n) => `function f { ${fill(n, 'return ')}${DOCKER} }\n`,
    'what is assigned': (n) => fill(n, (i) => `$a${i} = ${DOCKER}\n`),
    'what is assigned to many': (n) => `${fill(n, (i) => `$a${i}, `)}$b = ${DOCKER}\n`,
    'what is assigned again and again': (n) => `${fill(n, '$a = ')}${DOCKER}\n`,
    types: (n) => `${fill(n, '[string] ')}$a = ${DOCKER}\n`,
    'types that do not end': (n) => `${fill(n, '[a')} $a = ${DOCKER}\n`,
    'calls by an ampersand': (n) => `${fill(n, '& ')}${DOCKER}\n`,
    'expressions in brackets': (n) => `$a = ${nest(n, '(', DOCKER, ')')}\n`,
    'expressions in a text': (n) => `docker run -v "${nest(n, '$(', 'a', ')')}:/b" x\n`,
    'blocks in blocks': (n) => `${nest(n, 'if ($a) { ', DOCKER, ' }')}\n`,
    heredocs: (n) => fill(n, `@"\n${DOCKER}\n"@ | sh\n`),
    'heredocs that do not end': (n) => fill(n, `$a = @"\n${DOCKER}\n`),
    'commas with no values': (n) => `docker run ${fill(n, ',')} -v a:b:c:d x\n`,
    'options behind a comma': (n) => fill(n, 'docker run -v C:\\work:C:\\data,ro x\n'),
    'lines that lack a backtick': (n) => `docker run\n${fill(n, '  -v a:b:c:d\n')}  x\n`,
  }),
  ...shapesOf('a.bat', {
    'variables of commands': (n) => fill(n, (i) => `set "R${i}=${DOCKER}"\n%R${i}%\n`),
    'variables of one name': (n) => fill(n, `set RUN=${DOCKER}\n%RUN%\n`),
    'a variable that grows': (n) => `set A=docker run\n${fill(n, 'set A=%A% -v a:b:c:d\n')}%A% x\n`,
    'a variable that doubles': (n) => `set A=-v a:b:c:d\n${fill(n, 'set A=%A% %A%\n')}docker run %A% x\n`,
    'a long variable that many use': (n) =>
      `set A=${fill(n / 2, '-v a:b:c:d ')}\n${fill(n / 2, 'docker run %A% x\n')}`,
    'a variable that goes on': (n) => `set RUN=docker run ^\n${fill(n, '  -v a:b:c:d ^\n')}  x\n`,
    'sets in one line': (n) => `${fill(n, `set A=${DOCKER}& `)}\n`,
    'lines gone through': (n) => fill(n, `for /f "tokens=*" %%i in ('${DOCKER}') do set V=%%i\n`),
    'loops in loops': (n) => `${fill(n, "for /f %%i in ('")}${DOCKER}${fill(n / 8, "') do a ")}\n`,
    'loops that do not end': (n) => fill(n, `for /f %%i in ('${DOCKER}\n`),
    'backquotes gone through': (n) =>
      fill(n, `for /f "usebackq" %%i in (\`${DOCKER} ^| more\`) do echo %%i\n`),
    'single quotes': (n) => fill(n, "docker run -v 'a:b' x\n"),
    'lines that lack a caret': (n) => `docker run\n${fill(n, '  -v a:b:c:d\n')}  x\n`,
    labels: (n) => `${fill(n, (i) => `:l${i}\n`)}${DOCKER}\ngoto l1\n`,
    'delayed variables': (n) =>
      `setlocal enabledelayedexpansion\n${fill(n, `set A=/a\ndocker run -v !A!:b:c:d x\n`)}`,
    'replacements of a variable': (n) => `docker run -v ${fill(n, '%A:a=b%')}:/b x\n`,
  }),
];
