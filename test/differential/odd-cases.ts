// Command lines that were worth a look at some time: every row of the tables of odd inputs, as inputs only.
// What is right is never written down there; the real client says it.
import { readFileSync } from 'node:fs';

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`../../fixtures/clients/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);

/** The hand-made cases of `fixtures/clients`, each a list of docker's arguments. */
export function oddCommandLines(): (readonly string[])[] {
  const create = (...words: string[]): string[] => ['create', ...words];
  const sizes = read<string>('sizes');
  return [
    ...read<string>('mounts').map((value) => create('--mount', value, 'img')),
    ...sizes.map((size) => create('--mount', `type=tmpfs,dst=/x,tmpfs-size=${size}`, 'img')),
    ...sizes.map((size) => create('--mount', `tmpfs-size=${size},dst=/x,type=tmpfs`, 'img')),
    ...read<string>('volumes').map((value) => create('-v', value, 'img')),
    ...read<string>('tmpfs').map((value) => create('--tmpfs', value, 'img')),
    ...read<string>('images').flatMap((image) => [create(image), ['run', '-d', image]]),
    ...read<string[]>('flags').flatMap((words) => [create(...words, 'img'), create(...words)]),
    ...read<string[]>('commands'),
  ];
}
