import { at } from './places.js';
import type { Rule } from './rule.js';

/** The working directory as another shell says it. */
export const wrongShellCwd: Rule = {
  code: 'MC603',
  name: 'wrong-shell-cwd',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'the working directory in the syntax of another shell',
  why:
    '`$' +
    '{pwd}` is empty in bash (PowerShell has it), `$(PWD)` runs a command that only macOS has, and `%cd%` is cmd: ' +
    'elsewhere docker gets it unchanged.',
  sources: ['https://github.com/docker/docs/issues/12662'],
  valid: [
    'docker run -v "$PWD":/src alpine',
    'docker run -v $(pwd):/src alpine',
    { file: 'powershell', command: 'docker run -v $' + '{pwd}:/src alpine\n' },
    { file: 'batch', command: 'docker run -v %cd%:/src alpine\r\n' },
    { file: 'makefile', command: 'a:\n\tdocker run -v $(PWD):/src alpine\n' },
  ],
  invalid: [
    { command: 'docker run -v $' + '{pwd}:/src alpine', fixed: 'docker run -v "$PWD":/src alpine' },
    { command: 'docker run -v "$(PWD)":/src alpine', fixed: 'docker run -v "$PWD":/src alpine' },
    'docker run -v %cd%:/src alpine',
    {
      file: 'compose',
      command: 'services:\n  a:\n    volumes:\n      - $' + '{pwd}/b:/b\n',
      fixed: 'services:\n  a:\n    volumes:\n      - $' + '{PWD}/b:/b\n',
    },
    { file: 'batch', command: 'docker run -v $(pwd):/src alpine\r\n' },
  ],
  checkMount({ form, host: text, source }, report, { command }) {
    const { language, shell } = command?.source ?? {};
    if (language === 'makefile') return;
    const isPosix = shell === 'sh' || shell === 'bash';
    // Compose has variables, and no shell.
    const isEntry = form === 'compose-short';
    if ((isPosix || isEntry) && !text.value.includes('\\')) {
      for (const hole of text.holes) {
        if (isEntry && hole.kind !== 'variable') continue;
        const isEmpty = /^\$(?:pwd|\{pwd\})$/.test(hole.text);
        if (hole.absolute || !(isEmpty || /^\$\(\s*PWD\s*\)$/.test(hole.text))) continue;
        const fresh = {
          ...hole,
          kind: 'variable' as const,
          text: isEntry ? '$' + '{PWD}' : '$PWD',
          quoted: true,
          range: { start: 0, end: 1 },
        };
        const mark = text.value.slice(hole.range.start, hole.range.end);
        const edit = text.edit(hole.range, { value: mark, holes: [fresh] });
        report({
          range: at(text, hole.range),
          message: isEntry
            ? `\`${hole.text}\` is a variable \`pwd\` to Compose, which hardly any system sets`
            : isEmpty
              ? `\`${hole.text}\` is PowerShell: in this shell it is empty`
              : `\`${hole.text}\` runs a command called PWD, which hardly any system has`,
          help: isEntry ? 'write `.` for the folder of the file' : 'write `"$PWD"`',
          fix: edit && {
            title: isEntry ? 'write `$' + '{PWD}`' : 'write `"$PWD"`',
            safety: 'unsafe',
            edits: [edit],
          },
        });
      }
    }
    const foreign = foreignCwd(text.value, shell);
    if (foreign === undefined) return;
    report({
      range: at(text, { start: foreign.index, end: foreign.index + foreign[0].length }),
      message: `\`${foreign[0]}\` belongs to another shell: docker gets it unchanged`,
      // What begins like that is neither a path nor the name of a volume.
      ...(source?.text?.startsWith(foreign[0]) && { severity: 'error' }),
      help:
        shell === 'cmd' ? 'write `%cd%`' : shell === 'powershell' ? 'write `$' + '{PWD}`' : 'write `"$PWD"`',
    });
  },
};

/** The working directory in the words of another shell; undefined where there is none, or no shell that is known. */
export function foreignCwd(text: string, shell: string | undefined): RegExpExecArray | undefined {
  if (shell === undefined || shell === 'exec') return undefined;
  return (shell === 'cmd' ? /\$\(pwd\)|\$\{?PWD\}?/i : /%cd%/i).exec(text) ?? undefined;
}
