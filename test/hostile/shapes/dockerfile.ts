import { fill, list, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const MOUNT = '--mount=type=bnd,sorce=a';
const DOCKER = 'docker run -v a:b:c:d x';

/** Dockerfiles. */
export const DOCKERFILE: readonly Shape[] = shapesOf('Dockerfile', {
  'runs with a mount': (n) => `FROM a\n${fill(n, 'RUN --mount=type=cache,target=/b a\n')}`,
  'runs with a mount that is wrong': (n) => `FROM a\n${fill(n, `RUN ${MOUNT} a\n`)}`,
  'runs with a command': (n) => `FROM a\n${fill(n, `RUN ${DOCKER}\n`)}`,
  'mounts of one run': (n) => `FROM a\nRUN ${fill(n, (i) => `--mount=type=cache,target=/b${i} `)} a\n`,
  'mounts of one run that are wrong': (n) => `FROM a\nRUN ${fill(n, `${MOUNT} `)} a\n`,
  'mounts of one run at one target': (n) => `FROM a\nRUN ${fill(n, '--mount=type=cache,target=/b ')} a\n`,
  'one mount with many fields': (n) => `FROM a\nRUN --mount=type=cache,${fill(n, (i) => `k${i}=v,`)} a\n`,
  'one mount with one field many times': (n) => `FROM a\nRUN --mount=${fill(n, 'type=cache,')} a\n`,
  'one mount with variables': (n) => `FROM a\nRUN --mount=type=cache,target=/${fill(n, '${A}')} a\n`,
  'variables that do not end': (n) => `FROM a\nRUN --mount=type=cache,target=/${fill(n, '${A:-')} a\n`,
  'flags that nobody knows': (n) => `FROM a\nRUN ${fill(n, (i) => `--flag${i}=a `)} ${DOCKER}\n`,
  'a run that goes on': (n) => `FROM a\nRUN ${fill(n, 'a && \\\n')} ${DOCKER}\n`,
  'mounts that go on': (n) => `FROM a\nRUN ${fill(n, `${MOUNT} \\\n`)} a\n`,
  'a run that goes on after comments': (n) => `FROM a\nRUN a && \\\n${fill(n, '# a\n')} ${DOCKER}\n`,
  'a run that goes on after empty lines': (n) => `FROM a\nRUN a && \\\n${fill(n, '\n')} ${DOCKER}\n`,
  'lines of backslashes': (n) => `FROM a\n${fill(n, '\\\n')}RUN ${DOCKER}\n`,
  'backslashes in a line': (n) => `FROM a\nRUN ${fill(n, '\\')}\n${DOCKER}\n`,
  'words behind backslashes': (n) => `FROM a\nRUN ${fill(n, '\\ ')} ${DOCKER}\n`,
  heredocs: (n) => `FROM a\n${fill(n, `RUN <<EOF\n${DOCKER}\nEOF\n`)}`,
  'heredocs of one run': (n) =>
    `FROM a\nRUN ${list(n / 2, 6, (i) => `<<A${i} `)}\n${list(n / 2, 6, (i) => `a\nA${i}\n`)}`,
  'heredocs that do not end': (n) => `FROM a\n${fill(n, `RUN <<EOF\n${DOCKER}\n`)}`,
  'heredocs of one name that do not end': (n) => `FROM a\nRUN ${fill(n, '<<A ')}\n${DOCKER}\n`,
  'heredocs of many names that do not end': (n) => `FROM a\n${fill(n, (i) => `RUN <<A${i}\n`)}`,
  'one heredoc with many lines': (n) => `FROM a\nRUN <<EOF\n${fill(n, `${DOCKER}\n`)}EOF\n`,
  'heredocs with a shebang': (n) => `FROM a\n${fill(n, `RUN <<EOF\n#!/bin/bash\n${DOCKER}\nEOF\n`)}`,
  'heredocs of a copy': (n) => `FROM a\n${fill(n, `COPY <<EOF /a.sh\n${DOCKER}\nEOF\n`)}RUN ${MOUNT} a\n`,
  'less-than signs': (n) => `FROM a\nRUN ${fill(n, '<')} a\nRUN ${DOCKER}\n`,
  stages: (n) => `${fill(n, (i) => `FROM a AS s${i}\nRUN --mount=type=bind,from=s${i - 1},target=/b a\n`)}`,
  arguments: (n) =>
    `FROM a\n${fill(n / 2, (i) => `ARG A${i}=/a\n`)}${fill(n / 2, (i) => `RUN --mount=type=cache,target=$A${i} a\n`)}`,
  environments: (n) => `FROM a\nENV ${fill(n, (i) => `A${i}=b `)}\nRUN ${DOCKER}\n`,
  'a list of words': (n) => `FROM a\nRUN ["docker", "run", ${fill(n, '"-v", "a:b:c:d", ')}"x"]\n`,
  'a list that does not end': (n) => `FROM a\nRUN [${fill(n, '"a", ')}\nRUN ${DOCKER}\n`,
  'quotes that do not end': (n) => `FROM a\nRUN ${fill(n, '["')}\nRUN ${DOCKER}\n`,
  'lists in lists': (n) => `FROM a\nRUN ${nest(n, '[', '"docker"', ']')}\nRUN ${DOCKER}\n`,
  'instructions for later': (n) => `FROM a\n${fill(n, 'ONBUILD ')}RUN ${DOCKER}\n`,
  shells: (n) =>
    `FROM a\n${fill(n, `SHELL ["powershell"]\nRUN ${DOCKER}\nSHELL ["/bin/sh", "-c"]\nRUN ${DOCKER}\n`)}`,
  'entry points': (n) => `FROM a\n${fill(n, 'ENTRYPOINT ["docker", "run", "-v", "a:b:c:d", "x"]\n')}`,
  directives: (n) => `${fill(n, '# escape=`\n# syntax=a\n')}FROM a\nRUN ${DOCKER}\n`,
  comments: (n) => `FROM a\n${fill(n, '# mountc-disable-next-line\n')}RUN ${DOCKER}\n`,
  'empty lines': (n) => `FROM a\n${fill(n, ' \t\n')}RUN ${DOCKER}\n`,
  'instructions that nobody knows': (n) => `FROM a\n${fill(n, 'RNU a\n')}RUN ${DOCKER}\n`,
  'one long line': (n) => `FROM a\nRUN ${fill(n, 'a ')}\nRUN ${DOCKER}\n`,
  'a command with many flags': (n) => `FROM a\nRUN docker run ${fill(n, '-v a:b:c:d ')} x\n`,
});
