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
    'Mounts behind the mistake may be missed, so what is said of the rest of the file is not all there is to say; `--fix` ' +
    'and `convert --write` do not touch such a file. It is an error where the name of the file says what it is ' +
    '(`compose.yaml`, a workflow, `devcontainer.json`), and a warning for scripts and for other YAML and JSON. Nothing is ' +
    'said of templates (`{{ … }}`, `<% … %>`, `.j2`) nor of the blocks of Markdown, and only files in which mounts are ' +
    'looked for are read at all. A text that is nested deeper or is longer than its reader takes is said to be not read, ' +
    'wherever it stands.',
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
        report({ range, message, help: 'what it mounts is not known, and nothing is fixed in this file' });
    // The next one is often no more than an echo of the first.
    const broken = problems.find(({ scope }) => scope === 'file');
    if (broken === undefined) return;
    report({
      range: broken.range,
      message: broken.message,
      help: 'mend it: what comes behind may not have been understood, and nothing is fixed in this file until then',
      severity: isKnownByName ? 'error' : 'warning',
    });
  },
};
