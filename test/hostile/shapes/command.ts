import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

/** One command, or several, in one text. */
export const COMMAND: readonly Shape[] = shapesOf('command.txt', {
  volumes: (n) => `docker run ${fill(n, (i) => `-v /a${i}:/b${i} `)}x`,
  mounts: (n) => `docker run ${fill(n, (i) => `--mount type=bind,src=/a${i},dst=/b${i} `)}x`,
  'the same mount': (n) => `docker run ${fill(n, '--mount type=bind,src=/a,dst=/b ')}x`,
  'wrong flags': (n) => `docker run ${fill(n, (i) => `--flag${i} `)}x`,
  'wrong mounts': (n) => `docker run ${fill(n, '--mount type=bind,source=/a,target=b,ro=x ')}x`,
  'wrong modes': (n) => `docker run ${fill(n, (i) => `-v /a:/b${i}:rx `)}x`,
  environment: (n) => `docker run ${fill(n, '-e A=b ')}-v /a:/b x`,
  commands: (n) => fill(n, 'docker run -v /a:/b x; '),
  pipe: (n) => `${fill(n, 'docker run -v /a:/b x | ')}cat`,
  'keys of one mount': (n) => `docker run --mount type=bind,${fill(n, (i) => `k${i}=v,`)}dst=/b x`,
  'spaces of one mount': (n) => `docker run --mount 'type=bind${fill(n, ', ro')},dst=/b' x`,
  'quotes of one mount': (n) => `docker run --mount 'type=bind,"${fill(n, '""')}",dst=/b' x`,
  'options of one tmpfs': (n) => `docker run --tmpfs /a:${fill(n, 'size=1k,')}exec x`,
  'modes of one volume': (n) => `docker run -v /a:/b:${fill(n, 'ro,')}ro x`,
  'colons of one volume': (n) => `docker run -v /a${fill(n, ':/b')} x`,
  'long path': (n) => `docker run -v ${fill(n, '/a')}:/b x`,
  'long number': (n) => `docker run --tmpfs /a:size=${'9'.repeat(n)} x`,
  'driver options': (n) =>
    `docker run --mount type=volume,dst=/b,${fill(n, (i) => `volume-opt=o${i}=v,`)}src=v x`,
  'volume labels': (n) => `docker run --mount type=volume,dst=/b,${fill(n, 'volume-label=a=b,')}src=v x`,
  substitutions: (n) => `docker run -v ${nest(n, '$(', 'x', ')')}:/b y`,
  holes: (n) => `docker run -v ${fill(n, '$A')}:/b x`,
  'volume made with options': (n) => `docker volume create ${fill(n, '-o a=b ')}v; docker run -v v:/b x`,
  'volumes made': (n) =>
    `${fill(n, (i) => `docker volume create -o type=tmpfs v${i}; `)}docker run -v v1:/b x`,
  words: (n) => `docker run x ${fill(n, 'a ')}`,
});

/** What is explained by itself: a spec, a word. */
export const SPEC: readonly Shape[] = shapesOf('spec.txt', {
  'a path': (n) => fill(n, '/a'),
  'a word': (n) => 'x'.repeat(n),
  words: (n) => fill(n, 'a '),
  colons: (n) => fill(n, '/a:'),
  keys: (n) => `type=bind,${fill(n, 'a=b,')}`,
  commas: (n) => `type=bind${fill(n, ',')}`,
  quotes: (n) => `type=bind,"${fill(n, '""')}`,
  options: (n) => `--tmpfs /a:${fill(n, 'size=1,')}`,
});

/** Arguments, one a line. */
export const WORDS: readonly Shape[] = shapesOf('words.txt', {
  'many words': (n) => `docker\nrun\nx\n${fill(n, 'a\n')}b`,
  'many volumes': (n) => `docker\nrun\n${fill(n, (i) => `-v\n/a${i}:/b${i}\n`)}x`,
  'many wrong flags': (n) => `docker\nrun\n${fill(n, (i) => `--flag${i}\n`)}x`,
  'many environments': (n) => `docker\nrun\n${fill(n, '-e\nA=b\n')}x`,
});
