import type { Rule } from './rule.js';

const COMPOSE = (volume: string) =>
  `services:\n  a:\n    image: b\n    volumes:\n      - ${volume}\nvolumes:\n  data:\n`;

/** A file that cannot be read. */
export const syntaxError: Rule = {
  code: 'MC100',
  name: 'syntax-error',
  severity: 'error',
  since: '0.1.0',
  summary: 'a file that cannot be read: broken YAML or JSON, or a script that its shell refuses',
  why:
    'Mounts after the mistake may be missed, so the findings in the rest of the file may be incomplete; `--fix` ' +
    'and `convert --write` do not change this file. It is an error where the name of the file says what it is ' +
    '(`compose.yaml`, a workflow, `devcontainer.json`), and a warning for scripts and for other YAML and JSON. Nothing is ' +
    'reported for templates (`{{ … }}`, `<% … %>`, `.j2`) or for the code blocks of Markdown, and only files that may contain mounts are ' +
    'read at all. A text that is nested deeper or is longer than its reader accepts is reported as not read, ' +
    'wherever it is.',
  sources: ['https://yaml.org/spec/1.2.2/', 'https://www.rfc-editor.org/rfc/rfc8259'],
  valid: [
    { file: 'compose', command: COMPOSE('data:/data') },
    { file: 'compose', command: COMPOSE('{{ mounts | join: ["a", }}') },
    { file: 'compose', command: `{% if a %}\n${COMPOSE('"data:/data')}` },
    { file: 'yaml', command: 'run: docker run -v $' + '{{ github.workspace }}:/src image\n' },
  ],
  invalid: [
    { file: 'compose', command: COMPOSE('"data:/data') },
    { file: 'compose', command: COMPOSE('[data:/data') },
    { file: 'compose', command: COMPOSE('data:/data\n\t- cache:/cache') },
    { file: 'yaml', command: 'run: docker run -v a:/b image\n  else: {\n' },
  ],
  checkFile({ problems, isKnownByName }, report) {
    for (const { message, range, scope } of problems)
      if (scope === 'unread')
        report({ range, message, help: 'its mounts are not known, and nothing is fixed in this file' });
    // The next one is often no more than an echo of the first.
    const broken = problems.find(({ scope }) => scope === 'file');
    if (broken === undefined) return;
    report({
      range: broken.range,
      message: broken.message,
      help: 'fix it: what follows may not have been read correctly, and nothing is fixed in this file until then',
      severity: isKnownByName ? 'error' : 'warning',
    });
  },
};
