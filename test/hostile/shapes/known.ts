import { fill, list, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const WRONG = 'docker run -v a:b:c:d x\n';
const BASELINE = [
  'lint --baseline b.json --write-baseline FILE',
  'lint --baseline b.json --write-baseline FILE && lint --baseline b.json FILE',
];
const DISABLES = ['lint --add-disables FILE', 'lint --add-disables --diff FILE'];
const SINCE = [
  'lint --new-from HEAD FILE',
  'lint --new-from HEAD --diff FILE',
  'lint --new-from HEAD --fix=unsafe FILE',
];

const each = (runs: readonly string[], shapes: readonly Shape[]): Shape[] =>
  shapes.map((shape) => ({ ...shape, runs }));

/** What a repository with many findings makes known, turns off, or has had before. */
export const KNOWN: readonly Shape[] = [
  ...each(
    [...BASELINE, ...DISABLES],
    [
      ...shapesOf('a.sh', {
        'the same finding': (n) => fill(n, WRONG),
        'findings in one line': (n) => `docker run ${fill(n, '-v a:b:c:d ')}x\n`,
        'findings that differ': (n) => fill(n, (i) => `docker run -v a:b${i}:c:d x\n`),
        'findings in a command of many lines': (n) => `docker run \\\n${fill(n, '  -v a:b:c:d \\\n')}  x\n`,
        'findings in a heredoc': (n) => `bash <<E\n${fill(n, WRONG)}E\n`,
        'findings in heredocs': (n) => fill(n, `bash <<E\n${WRONG}E\n`),
        'findings in a text': (n) => `A="\n${fill(n, WRONG)}"\nsh -c "$A"\n`,
        'findings behind directives': (n) => fill(n, `# mountc-disable-next-line a\n${WRONG}`),
        'a very long line': (n) => `docker run -v a:b:c:d x ${fill(n, 'a ')}\n`,
      }),
      ...shapesOf('a.md', {
        'findings of a page': (n) => fill(n, `\`\`\`sh\n${WRONG}\`\`\`\n\n`),
        'findings of one block': (n) => `\`\`\`sh\n${fill(n, WRONG)}\`\`\`\n`,
        'findings in lists': (n) => fill(n, `- a\n\n  \`\`\`sh\n  ${WRONG}  \`\`\`\n`),
        'findings in backticks': (n) => fill(n, '`docker run -v a:b:c:d x` '),
      }),
      ...shapesOf('compose.yaml', {
        'findings of one service': (n) =>
          `services:\n  a:\n    image: x\n    volumes:\n${fill(n, (i) => `      - a/b${i}:c\n`)}`,
        'findings of services': (n) =>
          `services:\n${fill(n, (i) => `  s${i}:\n    image: x\n    volumes: [a/b:c]\n`)}`,
        'findings of one line': (n) => `services: {a: {image: x, volumes: [${fill(n, '"a/b:c", ')}]}}\n`,
      }),
      ...shapesOf('Dockerfile', {
        'findings of a Dockerfile': (n) => `FROM x\n${fill(n, 'RUN --mount=type=cahce,target=/c a\n')}`,
        'findings of one RUN': (n) => `FROM x\nRUN ${fill(n, '--mount=type=cahce,target=/c \\\n  ')}a\n`,
      }),
      ...shapesOf('a.container', {
        'findings of a unit': (n) => `[Container]\nImage=x\n${fill(n, 'Volume=/a:b:c:d\n')}`,
      }),
      ...shapesOf('package.json', {
        'findings of scripts': (n) =>
          `{"scripts": {"x": "a"${fill(n, (i) => `,\n"s${i}": "docker run -v a:b:c:d x"`)}}}\n`,
      }),
      ...shapesOf('Makefile', {
        'findings of recipes': (n) => fill(n, (i) => `a${i}:\n\tdocker run -v a:b:c:d x\n`),
        'findings of one recipe': (n) => `a:\n\tdocker run \\\n${fill(n, '\t  -v a:b:c:d \\\n')}\t  x\n`,
      }),
      ...shapesOf('a.py', {
        'findings of a program': (n) => fill(n, 'run(["docker", "run", "-v", "a:b:c:d", "x"])\n'),
        'findings in one text': (n) => `system("""\n${fill(n, WRONG)}""")\n`,
      }),
    ],
  ),
  ...each(
    ['lint --baseline b.json a.sh'],
    [
      {
        name: 'a baseline of many files',
        path: 'b.json',
        make: (n) => baseline(list(n, 60, (i, count) => `"f${i}.sh": [${ENTRY('x')}]${comma(i, count)}`)),
      },
      {
        name: 'a baseline of one file',
        path: 'b.json',
        make: (n) =>
          baseline(`"a.sh": [${list(n, 60, (i, count) => `${ENTRY(`x${i}`)}${comma(i, count)}`)}]`),
      },
      {
        name: 'a baseline that says one thing again and again',
        path: 'b.json',
        make: (n) => baseline(`"a.sh": [${list(n, 60, (i, count) => `${ENTRY('x')}${comma(i, count)}`)}]`),
      },
      {
        name: 'a baseline in a baseline',
        path: 'b.json',
        make: (n) => ({ 'b.json': `{"version": 1, "files": ${fill(n, '{"a":')}`, 'a.sh': WRONG }),
      },
    ],
  ),
  ...each(SINCE, [
    since(
      'lines that are all new',
      (n) => fill(n, WRONG),
      () => '',
    ),
    since(
      'lines that are all changed',
      (n) => fill(n, WRONG),
      (n) => fill(n, (i) => `docker run -v a:b${i} x\n`),
    ),
    since(
      'lines in another order',
      (n) => fill(n, (i) => `docker run -v a:b${i}:c:d x\n`),
      (n) => lines(n).reverse().join(''),
    ),
    since(
      'each second line',
      (n) => fill(n, WRONG),
      (n) => fill(n, (i) => (i % 2 === 0 ? WRONG : 'docker ps\n')),
    ),
    since(
      'lines that are the same',
      (n) => fill(n, `${WRONG}x\n`),
      (n) => fill(n, `x\n${WRONG}`),
    ),
    since(
      'lines that move',
      (n) => lines(n).join(''),
      (n) => rotate(lines(n)).join(''),
    ),
    since(
      'one long line',
      (n) => `docker run ${fill(n, '-v a:b:c:d ')}x\n`,
      (n) => `docker run ${fill(n, '-v a:b ')}x\n`,
    ),
    since(
      'empty lines',
      (n) => `${fill(n, '\n')}${WRONG}`,
      (n) => `${WRONG}${fill(n, '\n')}`,
    ),
    since(
      'lines of few kinds by chance',
      (n) => noise(n, 7),
      (n) => noise(n, 13),
    ),
    since(
      'lines with other ends',
      (n) => fill(n, WRONG),
      (n) => fill(n, WRONG.replace('\n', '\r\n')),
    ),
  ]),
];

const ENTRY = (text: string) => `{ "rule": "target-not-absolute", "count": 1, "text": "${text}" }`;
const comma = (i: number, count: number) => (i < count - 1 ? ',\n' : '');

function baseline(files: string): Readonly<Record<string, string>> {
  return { 'b.json': `{"version": 1, "files": {${files}}}`, 'a.sh': WRONG };
}

/** A script, of which git has another text. */
function since(name: string, make: (n: number) => string, before: (n: number) => string): Shape {
  return { name, path: 'a.sh', make, committed: before };
}

function lines(n: number): string[] {
  return Array.from({ length: Math.ceil(n / 28) }, (_, i) => `docker run -v a:b${i}:c:d x\n`);
}

function rotate<T>(all: readonly T[]): T[] {
  const middle = Math.floor(all.length / 2);
  return [...all.slice(middle), ...all.slice(0, middle)];
}

function noise(n: number, seed: number): string {
  let state = seed;
  return fill(n, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return ['docker run -v a:b:c:d x\n', 'a\n', 'b\n', '\n', 'docker run -v /a:/b:ro,ro x\n'][
      (state >> 8) % 5
    ]!;
  });
}
