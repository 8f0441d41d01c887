import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';

const of = (path: string, all: Readonly<Record<string, Shape['make']>>): Shape[] =>
  shapesOf(path, all).map((shape) => ({
    ...shape,
    runs: ['lint --comments FILE', 'lint --comments --fix=unsafe FILE', 'lint --comments --list FILE'],
  }));

/** Commands in comments, for `--comments`. */
export const COMMENTS: readonly Shape[] = [
  ...of('a.sh', {
    commands: (n) => fill(n, `# ${DOCKER}\n`),
    'commands behind a prompt': (n) => fill(n, `#   $ ${DOCKER}\n`),
    'commands of root': (n) => `# ${fill(n, 'sudo -E ')}${DOCKER}\n`,
    'one command': (n) => `# docker run ${fill(n, '-v a:b:c:d ')}x\n`,
    'a command that goes on': (n) => `# docker run \\\n${fill(n, '#   -v a:b:c:d \\\n')}#   x\n`,
    'a command that goes on for ever': (n) => `# docker run \\\n${fill(n, '#   \\\n')}`,
    'a command that goes on without saying so': (n) => `# docker run\n${fill(n, '#   -v a:b:c:d\n')}#   x\n`,
    'commands that go on': (n) => fill(n, '# docker run \\\n#   -v a:b:c:d \\\n#   x\n'),
    'flags without a command': (n) => fill(n, '#   -v a:b:c:d\n'),
    'signs of a comment': (n) => `${fill(n, '#')} ${DOCKER}\n`,
    'spaces before a comment': (n) => `${fill(n, ' \t')}# ${DOCKER}\n`,
    'spaces in a comment': (n) => `#${fill(n, ' ')}${DOCKER}\n`,
    'lines of spaces': (n) => `${fill(n, '          \n')}# ${DOCKER}\n`,
    'a flag of dashes': (n) => `# docker run\n# ${fill(n, '-')}v a:b\n`,
    'flags of equal signs': (n) => fill(n, '# docker run\n# --a=b=c:d/e=f -g=h\n'),
    'a line of flags that is no comment of flags': (n) => `# docker run\n# ${fill(n, '-a ')}b c\n`,
    'quotes that do not end': (n) => fill(n, `# ${DOCKER} "\n`),
    'substitutions that do not end': (n) => fill(n, '# docker run -v $( x\n'),
    'directives among commands': (n) => fill(n, `# mountc-disable-next-line\n# ${DOCKER}\n`),
    'comments and commands in turn': (n) => fill(n, `# ${DOCKER}\n${DOCKER}\n`),
    'placeholders of one word': (n) => `# docker run -v ${fill(n, '<a>')}:/b x\n`,
    'heredocs with comments': (n) => fill(n, `cat <<E\n# ${DOCKER}\nE\n`),
  }),
  ...of('a.js', {
    'comments of JavaScript': (n) => fill(n, `// ${DOCKER}\n`),
    'one comment with stars': (n) => `/*\n${fill(n, ` * ${DOCKER}\n`)} */\n`,
    'comments that do not end': (n) => fill(n, `/*\n * ${DOCKER}\n`),
    slashes: (n) => `${fill(n, '/')} ${DOCKER}\n`,
    stars: (n) => `/${fill(n, '*')}\n * ${DOCKER}\n`,
  }),
  ...of('a.bat', { 'remarks of cmd': (n) => fill(n, `rem ${DOCKER}\n:: ${DOCKER}\n`) }),
  ...of('compose.yaml', {
    'comments of a Compose file': (n) => `services:\n  a:\n    image: x\n${fill(n, `    # ${DOCKER}\n`)}`,
  }),
  ...of('a.py', {
    'comments of Python': (n) => fill(n, `# ${DOCKER}\nrun(["docker", "run", "-v", "a:b:c:d", "x"])\n`),
  }),
  ...of('Makefile', { 'comments of a makefile': (n) => fill(n, `# ${DOCKER}\na:\n\t# ${DOCKER}\n`) }),
  ...of('a.container', {
    'comments of a unit': (n) => `[Container]\nImage=x\n${fill(n, '# podman run -v a:b:c:d x\n')}`,
  }),
];
