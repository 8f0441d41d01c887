import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import type { FileKind } from '../../src/source/file-kinds.js';
import type { FoundCommand } from '../../src/source/frontend.js';
import { applyEdits } from '../../src/text/edit.js';
import { displayText } from '../../src/text/spec-text.js';
import { SEED, withSeed } from '../support/seed.js';

/** How a shell command is put into a file of each kind. */
const HOSTS: readonly [string, FileKind, (command: string) => string][] = [
  ['a script', 'shell', (command) => `true\n${command}\ntrue\n`],
  ['a script with CRLF', 'shell', (command) => `\ufefftrue\r\n${command}\r\ntrue\r\n`],
  [
    'a literal block',
    'github',
    (command) => `jobs:\n  a:\n    steps:\n      - run: |\n          ${command}\n          true\n`,
  ],
  ['a folded block', 'github', (command) => `jobs:\n  - run: >-\n      ${command}\n`],
  ['a double-quoted YAML string', 'gitlab', (command) => `a:\n  script:\n    - ${JSON.stringify(command)}\n`],
  [
    'a single-quoted YAML string',
    'gitlab',
    (command) => `a: {script: ['${command.replaceAll("'", "''")}', x]}\n`,
  ],
  ['a JSON string', 'package-json', (command) => `{"scripts": {"a": ${JSON.stringify(command)}, "b": "x"}}`],
  ['a recipe', 'makefile', (command) => `a:\n\t@${command.replaceAll('$', '$$$$')}\n\ttrue\n`],
  ['a RUN', 'dockerfile', (command) => `FROM x\nRUN true && \\\n  # note\n  ${command}\nRUN true\n`],
  ['a quoted list of Markdown', 'markdown', (command) => `> - a\n>   \`\`\`sh\n>   ${command}\n>   \`\`\`\n`],
  ['a console', 'markdown', (command) => `\`\`\`console\n$ ${command}\nout\n\`\`\`\n`],
  [
    'a quoted string in a YAML block in Markdown',
    'markdown',
    (command) =>
      `1. a\n   \`\`\`yaml\n   script:\n     - |\n       bash -c "${command.replace(/[\\"$`]/g, '\\$&')}"\n   \`\`\`\n`,
  ],
  ['a string of Python', 'python', (command) => `import os\nos.system(${JSON.stringify(command)})\n`],
  [
    'a long string of Python',
    'python',
    (command) => `run("""\n${command.replaceAll('\\', '\\\\')} \n""", shell=True)\n`,
  ],
  ['a raw string of Python', 'python', (command) => `run(r'''${command} ''', shell=True)\n`],
  [
    'a string of JavaScript',
    'javascript',
    (command) => `execSync('${command.replace(/[\\']/g, '\\$&')}');\n`,
  ],
  ['a string of Ruby', 'ruby', (command) => `system('${command.replace(/[\\']/g, '\\$&')}')\n`],
  ['a string of PHP', 'php', (command) => `<?php exec('${command.replace(/[\\']/g, '\\$&')}');\n`],
  ['a step of Jenkins', 'groovy', (command) => `node { sh '${command.replace(/[\\']/g, '\\$&')}' }\n`],
  ['a call of Go', 'go', (command) => `x := exec.Command("sh", "-c", ${JSON.stringify(command)})\n`],
  [
    'a verbatim string of C#',
    'csharp',
    (command) => `var x = new[] {"sh", "-c", @"${command.replaceAll('"', '""')}"};\n`,
  ],
  ['a raw string of Rust', 'rust', (command) => `let x = ["sh", "-c", r#"${command}"#];\n`],
  ['a recipe of just', 'justfile', (command) => `a:\n  @${command}\n`],
  ['an Earthfile', 'earthfile', (command) => `VERSION 0.8\na:\n  RUN true && \\\n    ${command}\n`],
  [
    'a task of VS Code',
    'vscode-tasks',
    (command) => `{"tasks": [{"type": "shell", "command": ${JSON.stringify(command)}}]}`,
  ],
  ['a string of TOML', 'toml', (command) => `[tasks.a]\nrun = ${JSON.stringify(command)}\n`],
  [
    'a long string of TOML',
    'toml',
    (command) => `[tasks.a]\nrun = """\n${command.replace(/[\\"]/g, '\\$&')}\n"""\n`,
  ],
  ['a literal string of TOML', 'toml', (command) => `[tasks.a]\nrun = '''\n${command}\n'''\n`],
  [
    'a script that cloud-init writes',
    'yaml',
    (command) => `#cloud-config\nwrite_files:\n- path: /a.sh\n  content: |\n    #!/bin/sh\n    ${command}\n`,
  ],
  ['a script that a script writes', 'shell', (command) => `cat > /a.sh <<'EOF'\n${command}\nEOF\n`],
  [
    'a block of reStructuredText',
    'rst',
    (command) => `A::\n\n  ${command}\n\n.. code:: sh\n\n   ${command}\n`,
  ],
  ['a block of AsciiDoc', 'adoc', (command) => `[source,sh]\n----\n${command}\n----\n`],
];

const part = fc.constantFrom('/a', ':/b', "'c d'", '"e $X"', '"\\"q"', '$HOME', '\\$y', "'z''w'", 'k=v,x');
const word = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const command = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((words) => `docker run -v ${words.join(' ')}`);
const fresh = fc
  .array(fc.constantFrom('/x', ' ', '"', "'", '$', '\\', ':', '#', '%', '&', ';', 'é', '{', ',', '`'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

function shown(found: FoundCommand | undefined): string[] | undefined {
  return found?.words.map((one) => displayText(one));
}

describe(`edits in every host come back as what was meant (seed ${SEED})`, () => {
  test.each(HOSTS)('in %s', async (_name, kind, wrap) => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(command, fresh, fc.nat(6), fc.nat(6), fc.nat(2), async (inner, value, a, b, index) => {
        const text = wrap(inner);
        const before = (await readFindings(kind, text)).commands.find((one) => one.words.length > 3);
        expect(before, text).toBeDefined();
        const target = before!.words[Math.min(3 + index, before!.words.length - 1)]!;
        const start = Math.min(a, b, target.value.length);
        const end = Math.min(Math.max(a, b), target.value.length);
        const edit = target.edit({ start, end }, { value, holes: [] });
        if (edit === undefined) return;
        const changed = applyEdits(text, [edit])!;
        const after = (await readFindings(kind, changed)).commands.find((one) => one.words.length > 3);
        const meant = { ...target, value: target.value.slice(0, start) + value + target.value.slice(end) };
        const moved = target.holes.flatMap((hole) => {
          if (hole.range.end <= start) return [hole];
          if (hole.range.start < end) return [];
          const by = value.length - (end - start);
          return [{ ...hole, range: { start: hole.range.start + by, end: hole.range.end + by } }];
        });
        const expected = before!.words.map((one) =>
          displayText(one === target ? { ...meant, holes: moved } : one),
        );
        expect(shown(after), `${text}\n→\n${changed}`).toEqual(expected);
        done++;
      }),
      withSeed(150),
    );
    expect(done).toBeGreaterThan(60);
  });

  test.each(HOSTS)('whole words in %s', async (_name, kind, wrap) => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(command, fresh, async (inner, value) => {
        const text = wrap(inner);
        const before = (await readFindings(kind, text)).commands.find((one) => one.words.length > 3)!;
        const kept = before.words[3]!;
        const edit = before.replaceWords(2, 4, [{ value: '--mount', holes: [] }, kept, { value, holes: [] }]);
        if (edit === undefined) return;
        const changed = applyEdits(text, [edit])!;
        const after = (await readFindings(kind, changed)).commands.find((one) => one.words.length > 3);
        const expected = [
          'docker',
          'run',
          '--mount',
          displayText(kept),
          value,
          ...(shown(before) ?? []).slice(4),
        ];
        expect(shown(after), `${text}\n→\n${changed}`).toEqual(expected);
        done++;
      }),
      withSeed(80),
    );
    // Where nothing can be escaped, most are refused.
    expect(done).toBeGreaterThan(5);
  });
});
