import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const HEAD = 'VERSION 0.8\nFROM x\n';
const DOCKER = 'docker run -v a:b:c:d x';

/** Earthfiles. */
export const EARTHFILE: readonly Shape[] = shapesOf('Earthfile', {
  targets: (n) => HEAD + fill(n, (i) => `t${i}:\n  RUN ${DOCKER}\n`),
  'headers of targets': (n) => `${HEAD}${fill(n, 'a:\n')}  RUN ${DOCKER}\n`,
  'runs of one target': (n) => `${HEAD}t:\n${fill(n, `  RUN ${DOCKER}\n`)}`,
  'a run that goes on': (n) => `${HEAD}t:\n  RUN docker run \\\n${fill(n, '    -v a:b:c:d \\\n')}    x\n`,
  'a run that goes on after comments': (n) =>
    `${HEAD}t:\n  RUN docker run \\\n${fill(n, '    # a\n')}    x\n`,
  'docker in docker': (n) => `${HEAD}t:\n${fill(n, `  WITH DOCKER\n    RUN ${DOCKER}\n  END\n`)}`,
  'docker in docker that does not end': (n) => `${HEAD}t:\n${fill(n, '  WITH DOCKER\n')}    RUN ${DOCKER}\n`,
  'deeper and deeper': (n) => {
    const depth = Math.ceil(Math.sqrt(n));
    return `${HEAD}t:\n${Array.from({ length: depth }, (_, i) => `${' '.repeat(i + 1)}IF true\n`).join('')}RUN ${DOCKER}\n`;
  },
  'ends without a beginning': (n) => `${HEAD}t:\n${fill(n, '  END\n')}  RUN ${DOCKER}\n`,
  'mounts of its own': (n) =>
    `${HEAD}t:\n  RUN ${fill(n, (i) => `--mount=type=cache,target=/c${i} `)}${DOCKER}\n`,
  'flags of a run': (n) => `${HEAD}t:\n  RUN ${fill(n, '--privileged --no-cache ')}${DOCKER}\n`,
  'flags with quotes': (n) => `${HEAD}t:\n  RUN ${fill(n, '--entrypoint="')}${DOCKER}\n`,
  'flags behind lines': (n) => `${HEAD}t:\n  RUN ${fill(n, '--push \\\n')}${DOCKER}\n`,
  arguments: (n) =>
    `${HEAD}${fill(n / 2, (i) => `ARG A${i}=/a\n`)}t:\n${fill(n / 2, (i) => `  RUN docker run -v $A${i}:/b x\n`)}`,
  'an argument of many words': (n) =>
    `${HEAD}ARG A="${fill(n / 2, '-v a:b:c:d ')}"\nt:\n${fill(n / 2, '  RUN docker run $A x\n')}`,
  'lists of words': (n) => `${HEAD}t:\n  RUN ["docker", "run", ${fill(n, '"-v", "a:b:c:d", ')}"x"]\n`,
  'lists that do not end': (n) => `${HEAD}t:\n  RUN [${fill(n, '"docker", ')}\n`,
  heredocs: (n) => `${HEAD}t:\n${fill(n, `  RUN <<E\n${DOCKER}\nE\n`)}`,
  'heredocs that do not end': (n) => `${HEAD}t:\n  RUN ${fill(n, '<<A ')}\n${DOCKER}\n`,
  'quotes that do not end': (n) => `${HEAD}t:\n${fill(n, `  RUN ${DOCKER} "\n`)}`,
  'commands in one run': (n) => `${HEAD}t:\n  RUN ${fill(n, `${DOCKER} && `)}true\n`,
  'loads of a docker': (n) =>
    `${HEAD}t:\n  WITH DOCKER ${fill(n, (i) => `--load a${i}=+b `)}\n    RUN ${DOCKER}\n  END\n`,
  comments: (n) => `${HEAD}${fill(n, '# mountc-disable-next-line\n')}t:\n  RUN ${DOCKER}\n`,
  'commands that comments tell': (n) => `${HEAD}${fill(n, `# ${DOCKER}\n`)}`,
  'a command that a comment tells, line by line': (n) =>
    `${HEAD}# docker run \\\n${fill(n, '#   -v a:b:c:d \\\n')}#   x\n`,
  substitutions: (n) => `${HEAD}t:\n  RUN docker run -v ${nest(n, '$(', 'a', ')')}:/b x\n`,
  'words of no instruction': (n) => `${HEAD}${fill(n, (i) => `RAN${i} ${DOCKER}\n`)}`,
});
