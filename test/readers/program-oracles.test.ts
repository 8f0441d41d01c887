// What make, Python's shlex (Ansible's `command`) and PyYAML make of a text is what the readers say; each program as far as it is here.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import { displayText, type SpecText } from '../../src/text/spec-text.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const PYTHON = ['/usr/bin/python3', 'python3'].find((one) => has(one, '-c', 'import yaml'));

/** Whether a text is what was read: what is not known may be anything. */
function fits({ value, holes }: SpecText, real: string): boolean {
  let pattern = '';
  let at = 0;
  const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  for (const { range } of holes) {
    pattern += `${plain(value.slice(at, range.start))}.*`;
    at = range.end;
  }
  return new RegExp(`^${pattern}${plain(value.slice(at))}$`, 's').test(real);
}

function python(script: string, input: string): unknown {
  const { stdout, stderr, status } = spawnSync(PYTHON!, ['-c', script], { input, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

const RECIPES = [
  'docker run -v $(CURDIR):/a $(IMAGE)',
  'docker run -v $$PWD/x:/a:ro "$(IMAGE)"',
  '@docker run --rm -v "$(DIR)/b c":/a img # not this',
  '-docker run -v $(DIR):/a \\\n\t\t--mount type=bind,src=/b,dst=/c \\\n\t\timg sh -c "echo $$X"',
  'cd /tmp && docker run -v ${DIR}:/a img; true',
  "docker run -v '$(DIR)$(NONE)':/a img",
  'docker run -v $(subst a,b,/a/a):/a img',
  '@-docker run -v `pwd`:/a$(SUFFIX) img',
  'docker run $(FLAGS) img',
];

describe.skipIf(!has('make', '--version'))('make -n', () => {
  test.each(RECIPES)('%s', async (recipe) => {
    const text = `DIR := /srv/data\nIMAGE ?= app:1\nFLAGS = -v $(DIR):/f --rm\nSUFFIX = :ro\nall:\n\t${recipe}\n`;
    const cwd = tempDir();
    writeFiles(cwd, { Makefile: text });
    const { stdout, status } = spawnSync('make', ['-n', '--no-print-directory'], { cwd, encoding: 'utf8' });
    expect(status).toBe(0);
    const script = `docker() { for one; do printf '%s\\0' "$one"; done; }\n${stdout}`;
    const real = spawnSync('sh', ['-c', script], { cwd, encoding: 'utf8' }).stdout.split('\0').slice(0, -1);
    const { commands } = await readFindings('makefile', text, { path: join(cwd, 'Makefile') });
    const words = commands[0]!.words.slice(1);
    expect(words.map((word) => displayText(word))).toHaveLength(real.length);
    for (const [at, word] of words.entries())
      expect(fits(word, real[at]!), `${word.value} ${real[at]}`).toBe(true);
  });
});

const COMMANDS = [
  'docker run -v /a:/b img',
  'docker run -v "/a b":/b -e \'C=d "e"\' img',
  'docker run -v /a\\ b:/c img',
  'docker run\n  -v /a:/b\n  img ls -l',
  'docker run -v $HOME/a:/b img a#c',
  'docker run -v ~/a:/b img',
  'docker run -v "a\\"b":/c "" img',
  "docker run -v /a:/b'' img",
  'docker run -v /a;b:/c img; docker run -v /d:e img',
  'docker run -v /a:/b img sh -c "x; y" && docker run img # no comment',
  'docker run -v /a:/b (img) | tee > log < in & x',
  "docker run -v '/a;b & c':/c\\;d img `x`",
];

describe.skipIf(PYTHON === undefined)("Python's shlex", () => {
  test.each(COMMANDS)('%s', async (command) => {
    const real = python(
      'import shlex,sys,json; json.dump(shlex.split(sys.stdin.read()), sys.stdout)',
      command,
    );
    const lines = command.split('\n').map((line) => `        ${line.trim()}`);
    const text = `- hosts: all\n  tasks:\n    - ansible.builtin.command: |\n${lines.join('\n')}\n`;
    const { commands } = await readFindings('yaml', text, {});
    expect(commands[0]!.words.map((word) => displayText(word))).toEqual(real);
  });
});

const VOLUMES = [
  '- ./a:/b',
  '- "{{ dir }}/a:/b:ro"',
  "- '{{ dir }}:/b'",
  "- 'it''s:/b'",
  '- "a\\tb:/c"',
  '- >-\n        ./a\n        b:/c',
  '- ./{{ name }}/a:/b # c',
  '- "$' + '{A:-x}:/b"',
  '- "<%= dir %>:/b"',
  '- ./a%%B%%:/b',
];

describe.skipIf(PYTHON === undefined)('PyYAML', () => {
  test.each(VOLUMES)('%s', async (item) => {
    const text = `services:\n  web:\n    image: a\n    volumes:\n      ${item}\n`;
    const script =
      'import yaml,sys,json; json.dump(yaml.safe_load(sys.stdin)["services"]["web"]["volumes"], sys.stdout)';
    const { mounts } = await readFindings('compose', text, { path: 'compose.yaml' });
    expect(mounts.map(({ spec }) => displayText(spec))).toEqual(python(script, text));
  });
});
