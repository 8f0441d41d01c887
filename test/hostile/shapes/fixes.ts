import { fill, list, type Shape } from './shape.js';

const RUNS = ['lint --fix=unsafe FILE', 'lint --fix FILE', 'lint --diff FILE'];
const GOOD = (i: number): string => `docker run -v /a${i}:/b:ro,ro x\n`;
/** Its fix would show that the image is missing. */
const ODD = (i: number): string => `docker run -v a/b${i}:/c\n`;

const shape = (path: string, name: string, make: Shape['make']): Shape => ({ name, path, make, runs: RUNS });
const script = (name: string, make: (n: number) => string): Shape =>
  shape('a.sh', name, (n) => `#!/bin/bash\n${make(n)}`);

/** Texts with many mistakes that have a fix, in one place or in many, with some whose fix does not come out right. */
export const FIXES: readonly Shape[] = [
  script('one mode over and over', (n) => `docker run -v /a:/b:ro${fill(n, ',ro')} x\n`),
  script(
    'modes that exclude each other, over and over',
    (n) => `docker run -v /a:/b:ro${fill(n, ',rw,ro,z,Z')} x\n`,
  ),
  script('modes that nobody knows', (n) => `docker run -v /a:/b:${fill(n, 'readonly,')}ro x\n`),
  script('a mode twice in many flags', (n) => `docker run ${fill(n, (i) => `-v /a${i}:/b${i}:ro,ro `)}x\n`),
  script('commands', (n) => fill(n, GOOD)),
  script('commands, and an odd one', (n) => fill(n / 2, GOOD) + ODD(0) + fill(n / 2, GOOD)),
  script('odd commands', (n) => fill(n, ODD)),
  script('odd commands among others', (n) => fill(n, (i) => GOOD(i) + ODD(i))),
  script(
    'flags, and one that makes all of them odd',
    (n) => `docker run ${fill(n, (i) => `-v a/b${i}:/c${i} `)}\n`,
  ),
  script(
    'keys that nobody knows',
    (n) => `docker run --mount type=bind,src=/a,dst=/b${fill(n, ',readnly')} x\n`,
  ),
  script(
    'spaces in one mount',
    (n) => `docker run --mount 'type=bind, src=/a, dst=/b${fill(n, ', ro')}' x\n`,
  ),
  script(
    'spaces in many mounts',
    (n) => `docker run ${fill(n, (i) => `--mount 'type=bind, src=/a, dst=/b${i}' `)}x\n`,
  ),
  script('empty fields', (n) => `docker run --mount type=bind,src=/a,dst=/b${fill(n, ',')} x\n`),
  script(
    'keys of another case',
    (n) => `docker run ${fill(n, (i) => `--mount TYPE=bind,SRC=/a,DST=/b${i} `)}x\n`,
  ),
  script('flags behind the image', (n) => `docker run x ${fill(n, (i) => `-v /a${i}:/b${i} `)}\n`),
  script('flags and values in one word', (n) => `docker run ${fill(n, (i) => `"-v /a${i}:/b${i}" `)}x\n`),
  script('mounts where the image should be', (n) => `docker run ${fill(n, (i) => `/a${i}:/b${i} `)}x\n`),
  script('flags with one dash', (n) => `docker run ${fill(n, (i) => `-volume /a${i}:/b${i} `)}x\n`),
  script('dashes of typographers', (n) => `docker run ${fill(n, (i) => `–v /a${i}:/b${i} `)}x\n`),
  script('characters that nobody sees', (n) => `docker run -v /a:/b${fill(n, '\u200bx')} x\n`),
  script('variables without quotes', (n) => `docker run ${fill(n, (i) => `-v $A${i}:/b${i} `)}x\n`),
  script('tildes that stay', (n) => `docker run ${fill(n, (i) => `-v "~/a${i}:/b${i}" `)}x\n`),
  script('lines that end too early', (n) => fill(n, (i) => `docker run \\ \n  -v /a${i}:/b x\n`)),
  script('flags without an end of line', (n) => fill(n, (i) => `docker run --rm\n  -v /a${i}:/b x\n`)),
  script(
    'an array that many commands use',
    (n) => `A=(${fill(n / 2, '-v a/b:/c:ro,ro ')})\n${fill(n / 2, 'docker run "${A[@]}" x\n')}`,
  ),
  script('one array', (n) => `A=(${fill(n, (i) => `-v a/b${i}:/c${i} `)})\ndocker run "\${A[@]}" x\n`),
  script('directives that are needed no more', (n) =>
    fill(n, (i) => `# mountc-disable-next-line redundant-rw\n${GOOD(i)}`),
  ),
  shape(
    'compose.yaml',
    'entries of one service',
    (n) => `services:\n  a:\n    image: x\n    volumes:\n${fill(n, (i) => `      - a/b${i}:/c${i}:RO\n`)}`,
  ),
  shape(
    'compose.yaml',
    'services',
    (n) => `services:\n${fill(n, (i) => `  s${i}:\n    image: x\n    volumes: [a/b:/c:RO]\n`)}`,
  ),
  shape(
    'compose.yaml',
    'the same entry over and over in one line',
    (n) => `services: {a: {image: x, volumes: [${fill(n, '"a/b:c", ')}]}}\n`,
  ),
  {
    ...script('a command in a comment', (n) => `# docker run ${fill(n, '-v a:b:c:d ')}x\n`),
    runs: ['lint --comments --fix=unsafe FILE'],
  },
  shape(
    'Dockerfile',
    'mounts of one RUN',
    (n) => `FROM x\nRUN ${fill(n, (i) => `--mount=type=cahce,tagret=/c${i} `)}a\n`,
  ),
  shape('Dockerfile', 'RUNs', (n) => `FROM x\n${fill(n, (i) => `RUN --mount=type=cahce,target=/c${i} a\n`)}`),
  shape('Makefile', 'recipes', (n) => list(n, 40, (i) => `a${i}:\n\tdocker run -v /a:/b:ro,ro x\n`)),
  shape('a.md', 'blocks', (n) => fill(n, (i) => `\`\`\`sh\n${GOOD(i)}\`\`\`\n\n`)),
  shape(
    'package.json',
    'scripts',
    (n) => `{"scripts": {"x": "a"${fill(n, (i) => `,\n"s${i}": "docker run -v a/b:/c:ro,ro x"`)}}}\n`,
  ),
  shape(
    '.github/workflows/a.yml',
    'steps',
    (n) => `on: push\njobs:\n  a:\n    steps:\n${fill(n, (i) => `      - run: ${GOOD(i)}`)}`,
  ),
  shape('a.ps1', 'commands of PowerShell', (n) => fill(n, (i) => `docker run -v C:/a${i}:/b:ro,ro x\n`)),
  shape('a.bat', 'commands of cmd', (n) => fill(n, (i) => `docker run -v C:/a${i}:/b:ro,ro x\r\n`)),
];
