import type { CommandSource } from '../source/command-source.js';
import type { Site } from '../source/site.js';
import { displayText } from '../text/spec-text.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** An unquoted Windows path in a POSIX shell. */
export const unquotedWindowsBackslash: Rule = {
  code: 'MC607',
  name: 'unquoted-windows-backslash',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'an unquoted backslash in a Windows path, which bash drops',
  why: 'Outside of quotes bash removes the backslash: from `D:\\data` docker gets `D:data`.',
  sources: ['https://www.gnu.org/software/bash/manual/html_node/Escape-Character.html'],
  valid: [
    "docker run -v 'D:\\data:/x' alpine",
    'docker run -v D:/data:/x alpine',
    'docker run -v /my\\ dir:/x alpine',
    { file: 'powershell', command: 'docker run -v D:\\data:/x alpine\n' },
  ],
  invalid: [
    'docker run -v D:\\data:/x alpine',
    'docker run -v C:\\Users\\me:/x alpine',
    'docker run --volume=d:\\data:/x alpine',
  ],
  checkFlag(site, report, { source }) {
    if (!losesBackslashes(site, source)) return;
    report({
      range: at(site.text),
      message: `the shell drops the backslashes: docker gets \`${displayText(site.text)}\``,
      help: 'put the value in single quotes, or write `/` for `\\`',
    });
  },
};

/** Whether a shell takes the backslashes out of a Windows path; what else is wrong with it then comes of that. */
export function losesBackslashes({ text, use }: Site, { shell, words }: CommandSource): boolean {
  if (shell !== 'sh' && shell !== 'bash' && shell !== 'zsh') return false;
  const word = words[use.valueWord + 1];
  if (word?.host === undefined || word.raw === undefined) return false;
  const raw = word.host.value.slice(word.raw.start, word.raw.end);
  return (
    raw.includes(':\\') &&
    /(?:^|=)[A-Za-z]:\\[A-Za-z]/.test(raw) &&
    /(?:^|=)[A-Za-z]:[A-Za-z]/.test(text.value)
  );
}
