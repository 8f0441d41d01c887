import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

/** Arguments of `mountc docker run` and `mountc podman run`, one a line; what runs then is a program that does nothing. */
export const SHIM: readonly Shape[] = shapesOf('words.txt', {
  volumes: (n) => `${fill(n, (i) => `-v\n/a${i}:/b${i}\n`)}x`,
  'volumes at one target': (n) => `${fill(n, (i) => `-v\n/a${i}:/b\n`)}x`,
  'the same volume': (n) => `${fill(n, '-v\n/a:/b\n')}x`,
  'the same tmpfs': (n) => `${fill(n, '--tmpfs\n/b\n')}x`,
  'volumes that are wrong': (n) => `${fill(n, '-v\na:b:c:d\n')}x`,
  mounts: (n) => `${fill(n, (i) => `--mount\ntype=bind,src=/a,dst=/b${i}\n`)}x`,
  'mounts that are wrong': (n) => `${fill(n, '--mount\ntype=bind,sorce=/a,dst=b,ro=x\n')}x`,
  tmpfs: (n) => `${fill(n, (i) => `--tmpfs\n/b${i}:size=1m\n`)}x`,
  'volumes of others': (n) => `${fill(n, (i) => `--volumes-from\nc${i}:ro\n`)}x`,
  'flags that nobody knows': (n) => `${fill(n, (i) => `--flag${i}\n`)}x`,
  environment: (n) => `${fill(n, (i) => `-e\nA${i}=b\n`)}-v\n/a:/b\nx`,
  'modes of one volume': (n) => `-v\n/a:/b:${fill(Math.min(n, 120_000), 'ro,')}\nx`,
  'keys of one mount': (n) => `--mount\ntype=bind,${fill(Math.min(n, 120_000), 'a=b,')}dst=/b\nx`,
  'words behind the image': (n) => `-v\n/a:/b\nx\n${fill(n, 'a\n')}b`,
}).map((shape) => ({ ...shape, runs: ['docker run WORDS', 'podman run WORDS'] }));
