import { sourceRange } from '../text/spec-text.js';
import type { Rule } from './rule.js';

/** A backslash at the end of a line of PowerShell. */
export const powershellBackslashContinuation: Rule = {
  code: 'MC608',
  name: 'powershell-backslash-continuation',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'a backslash at the end of a line in PowerShell or cmd, which does not continue the line',
  why:
    'PowerShell goes on to the next line after a backtick, cmd after `^`. A backslash is a separate word there: docker ' +
    'reads it as the image, and the next line is another command.',
  sources: ['https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing'],
  valid: [
    { file: 'powershell', command: 'docker run `\n  -v C:\\a:/b `\n  alpine\n' },
    { file: 'batch', command: 'docker run ^\n  -v C:\\a:/b ^\n  alpine\n' },
    { file: 'powershell', command: 'docker run -v C:\\a\\:/b alpine\n' },
    'docker run \\\n  -v /a:/b \\\n  alpine',
  ],
  invalid: [
    {
      file: 'powershell',
      command: 'docker run \\\n  -v C:\\a:/b alpine\n',
      fixed: 'docker run `\n  -v C:\\a:/b alpine\n',
    },
    {
      file: 'batch',
      command: 'docker run --rm \\\n  -v C:\\a:/b alpine\n',
      fixed: 'docker run --rm ^\n  -v C:\\a:/b alpine\n',
    },
    {
      file: 'powershell',
      command: 'docker run --rm \\\n  --mount type=bind,src=/a,dst=/b img\n',
      fixed: 'docker run --rm `\n  --mount type=bind,src=/a,dst=/b img\n',
    },
    {
      file: 'powershell',
      command: 'docker run -v C:\\a:/b \\\n  $image ls\n',
      fixed: 'docker run -v C:\\a:/b `\n  $image ls\n',
    },
  ],
  checkCommand({ source, invocation }, report) {
    const { host, range, shell } = source;
    if (host === undefined || range === undefined || (shell !== 'powershell' && shell !== 'cmd')) return;
    const lineEnd = host.value.indexOf('\n', Math.max(range.start, range.end - 1));
    if (lineEnd < 0) return;
    const line = host.value.slice(range.start, lineEnd);
    const end = range.start + line.trimEnd().length;
    // docker takes the backslash for the image, where it has none.
    const isImage = invocation?.image !== undefined && source.words[invocation.image + 1]?.value === '\\';
    const goesOn = isImage ? /^[ \t]*[\w$"'{/-]/ : /^[ \t]*-{1,2}[A-Za-z]/;
    if (!/\s\\\s*$/.test(line) || !goesOn.test(host.value.slice(lineEnd + 1, lineEnd + 200))) return;
    const mark = shell === 'cmd' ? '^' : '`';
    const part = { start: end - 1, end };
    const edit = host.edit(part, { value: mark, holes: [] });
    report({
      range: sourceRange(host, part),
      message: `\`\\\` does not continue a line of ${shell === 'cmd' ? 'cmd' : 'PowerShell'}: the command ends here`,
      help: shell === 'cmd' ? 'write `^`' : 'write a backtick',
      fix: edit && { title: "use this shell's continuation character", safety: 'unsafe', edits: [edit] },
    });
  },
};
