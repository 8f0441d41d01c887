import type { Diagnostic } from '../text/diagnostic.js';

/** What is wrong and what to do, for a format that has one text for both; an unsafe fix by its name, where the format has no other place for that. */
export function withHelp({ message, help, fix }: Pick<Diagnostic, 'message' | 'help' | 'fix'>): string {
  const unsafe = fix?.safety === 'unsafe' ? `fix (unsafe): ${fix.title}` : '';
  return [message, help, unsafe].filter((part) => part !== '').join('; ');
}

/** Whether the help says more than the title of the fix, which stands below it. */
export function saysMore(help: string, title: string | undefined): boolean {
  return help !== '' && (title === undefined || core(help) !== core(title));
}

const core = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^(?:did you mean|write|use) /, '')
    .replace(/[?.]$/, '');
