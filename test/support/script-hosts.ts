import type { FileKind } from '../../src/source/file-kinds.js';

/** How a shell script stands in files of other kinds. */
export const HOSTS = {
  shell: (script) => `#!/bin/bash\n${script}\n`,
  makefile: (script) => `a:\n\t${script.replaceAll('$', '$$$$').replaceAll('\n', '\n\t')}\n`,
  markdown: (script) => `# A\n\n\`\`\`sh\n${script}\n\`\`\`\n`,
  github: (script) => `on: push\njobs:\n  a:\n    steps:\n      - run: |\n          ${indent(script, 10)}\n`,
  gitlab: (script) => `a:\n  script:\n    - ${JSON.stringify(script)}\n`,
  circleci: (script) => `jobs:\n  a:\n    steps:\n      - run: |\n          ${indent(script, 10)}\n`,
  azure: (script) => `steps:\n  - script: |\n      ${indent(script, 6)}\n`,
  woodpecker: (script) =>
    `steps:\n  a:\n    image: x\n    commands:\n      - |\n        ${indent(script, 8)}\n`,
  taskfile: (script) => `version: 3\ntasks:\n  a:\n    cmds:\n      - |\n        ${indent(script, 8)}\n`,
  'package-json': (script) => `{"scripts": {"a": ${JSON.stringify(script)}}}\n`,
  powershell: (script) => `${script}\n`,
  batch: (script) => `@echo off\r\n${script.replaceAll('\n', '\r\n')}\r\n`,
  dockerfile: (script) => `FROM x\nRUN <<EOF\n${script}\nEOF\n`,
  systemd: (script) => `[Service]\nExecStart=${script.replaceAll('\n', '\nExecStart=')}\n`,
} as const satisfies { readonly [Kind in FileKind]?: (script: string) => string };

const indent = (script: string, by: number): string => script.replaceAll('\n', `\n${' '.repeat(by)}`);
