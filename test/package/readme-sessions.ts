import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './installed.js';

/** A command of the README's consoles, with the output that it shows. */
export interface Session {
  readonly command: string;
  readonly output: string;
}

/** The commands of the README's consoles. */
export function readmeSessions(): Session[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap((block) =>
    block[1]!
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const [command = '', ...output] = part.split('\n');
        return { command, output: output.join('\n') };
      }),
  );
}

/** The lines of an output in an order of their own: what goes to standard error may come first or last. */
export function sortedLines(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .sort();
}
