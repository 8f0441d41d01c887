// Words that every object of JavaScript knows by itself, wherever a user or a file may write one: each is treated as any other
// word that nobody knows.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMountc } from '../support/cli.js';
import { tempDir, writeFiles } from '../support/temp-dir.js';

const WORDS = ['constructor', '__proto__', 'hasOwnProperty'];

interface Case {
  readonly argv: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

const lint = (path: string, text: string): Case => ({ argv: ['lint', path], files: { [path]: text } });
const command = (text: string): Case[] => [
  { argv: ['lint', '--command', text] },
  { argv: ['explain', text] },
  ...['mount', 'volume', 'tmpfs', 'api', 'compose', 'devcontainer'].map((form) => ({
    argv: ['convert', '--to', form, text],
  })),
];

const compose = (mount: string, more = ''): Case[] => {
  const text = `services:\n  a:\n    image: b\n    volumes:\n      - ${mount}\n${more}`;
  const files = { 'compose.yaml': text };
  return [
    { argv: ['lint', 'compose.yaml'], files },
    { argv: ['lint', '--list', 'compose.yaml'], files },
    { argv: ['convert', '--to', 'mount', '-f', 'compose.yaml'], files },
    { argv: ['convert', '--to', 'api', '-f', 'compose.yaml'], files },
    { argv: ['convert', '--to', 'compose', '-f', 'compose.yaml'], files },
    { argv: ['convert', '--to', 'compose', '--diff', '--short', 'compose.yaml'], files },
  ];
};

const api = (text: string): Case[] => [
  { argv: ['inspect', '-f', 'a.json'], files: { 'a.json': text } },
  { argv: ['convert', '--to', 'compose', '--from', 'api', '-f', 'a.json'], files: { 'a.json': text } },
  { argv: ['convert', '--to', 'mount', '--from', 'api', '-f', 'a.json'], files: { 'a.json': text } },
];

const CASES: Readonly<Record<string, (word: string) => Case | readonly Case[]>> = {
  'a sub-command': (word) => [{ argv: [word] }, { argv: ['help', word] }, { argv: [`--${word}`] }],
  'an option': (word) =>
    ['lint', 'convert', 'explain', 'inspect', 'doctor', 'shim', 'completion'].flatMap((name) => [
      { argv: [name, `--${word}`] },
      { argv: [name, word] },
    ]),
  'the value of an option': (word) => [
    { argv: ['lint', '--format', word, '.'] },
    { argv: ['lint', '--fail-on', word, '.'] },
    { argv: ['lint', '--rule', `${word}=error`, '.'] },
    { argv: ['lint', '--rule', `broad-host-mount=${word}`, '.'] },
    { argv: ['lint', '--docker', word, '.'] },
    { argv: ['lint', '--engine-os', word, '.'] },
    { argv: ['lint', '--color', word, '.'] },
    { argv: ['convert', '--to', word, 'docker run x'] },
    { argv: ['convert', '--to', 'mount', '--from', word] },
    { argv: ['convert', '--to', 'mount', '--format', word, 'docker run x'] },
    { argv: ['convert', '--to', 'mount', '--assume', word, 'docker run x'] },
    { argv: ['convert', '--to', 'compose', '--service', word, 'docker run -v a:/b x'] },
    { argv: ['shim', 'install', '--dir', word, '--dry-run'] },
  ],
  'something to explain': (word) => [
    { argv: ['explain', word] },
    { argv: ['explain', `type=${word}`] },
    { argv: ['explain', `${word}=a`] },
    { argv: ['explain', `-v ${word}:/b`] },
    { argv: ['explain', `-v /a:/b:${word}`] },
    { argv: ['explain', `--tmpfs /a:${word}=1`] },
  ],
  'a command of docker': (word) => [
    ...command(`docker ${word} -v /a:/b x`),
    ...command(`docker run --${word} -v /a:/b x`),
    ...command(`docker run --${word}=1 -v /a:/b x`),
    ...command(`docker run -v ${word}:/b ${word} ${word}`),
    ...command(`docker run -v /a:/b:${word} x`),
    ...command(`docker run -v /a:/b --network ${word} --isolation ${word} --pull ${word} x`),
    ...command(`docker run -v /a:/b x:a@${word}:00`),
    ...command(`docker volume create --driver ${word} -o ${word}=a -o type=${word} v; docker run -v v:/b x`),
  ],
  'a mount': (word) => [
    ...command(`docker run --mount type=${word},src=/a,dst=/b x`),
    ...command(`docker run --mount type=bind,src=/a,dst=/b,${word}=1 x`),
    ...command(`docker run --mount type=bind,src=/a,dst=/b,${word} x`),
    ...command(`docker run --mount type=bind,src=/a,dst=/b,bind-propagation=${word} x`),
    ...command(`docker run --mount type=bind,src=/a,dst=/b,bind-recursive=${word} x`),
    ...command(`docker run --mount type=volume,src=a,dst=/b,volume-driver=${word} x`),
    ...command(`docker run --mount type=volume,src=a,dst=/b,volume-opt=${word}=1,volume-opt=a=b x`),
    ...command(`docker run --mount type=volume,src=a,dst=/b,volume-label=${word}=1 x`),
    ...command(`docker run --mount type=tmpfs,dst=/b,tmpfs-size=1${word} x`),
    ...command(`docker run --tmpfs /b:${word} x`),
    ...command(`docker run --tmpfs /b:${word}=1,size=1${word} x`),
    ...command(`podman run --mount type=${word},src=/a,dst=/b,${word}=${word} x`),
    ...command(`podman run -v /a:/b:${word} --tmpfs /b:${word} x`),
  ],
  'a script': (word) => [
    lint('a.sh', `${word}=(-v a:b:c)\ndocker run "\${${word}[@]}" x\nunset ${word}\n`),
    lint('a.sh', `${word}() { docker "$@"; }\n${word} run -v a:b:c:d x\n`),
    lint('a.sh', `alias ${word}='docker run -v a:b:c:d'\n${word} x\n`),
    lint('a.sh', `${word} ${word} docker run -v a:b:c:d x\n`),
    lint('a.sh', `# mountc-disable-file ${word}\n# mountc-${word}\ndocker run -v a:b:c:d x\n`),
    lint('a.ps1', `$${word} = @('-v', 'a:b:c:d')\ndocker run @${word} x\n`),
    lint('a.bat', `set ${word}=a\ndocker run -v %${word}%:b:c:d x\n`),
    lint('Makefile', `${word} = docker run -v a:b:c:d\na:\n\t$(${word}) x $(${word} a,b)\n`),
    lint('a.service', `[${word}]\n[Service]\n${word}=1\nExecStart=/usr/bin/docker run -v a:b:c:d x\n`),
    lint('Dockerfile', `FROM a\n${word} a\nRUN --mount=type=${word},${word}=1 --${word}=a x\n`),
    lint(
      'a.md',
      `\`\`\`${word}\ndocker run -v a:b:c:d x\n\`\`\`\n<pre>docker run &${word}; -v a:b:c:d x</pre>\n`,
    ),
  ],
  'a Compose file': (word) => [
    ...compose(`${word}:/b`, `volumes:\n  ${word}: {}\n`),
    ...compose(`a:/b:${word}`),
    ...compose(`{type: ${word}, source: /a, target: /b}`),
    ...compose(`{type: bind, source: /a, target: /b, ${word}: {a: b}}`),
    ...compose(`{type: bind, source: /a, target: /b, bind: {${word}: {a: {b: c}}}}`),
    ...compose(`{type: bind, source: /a, target: /b, ${word}: 1}`),
    ...compose('a:/b', `volumes:\n  a: {driver_opts: {${word}: b}, labels: {${word}: b}, ${word}: 1}\n`),
    ...compose('a:/b', `    ${word}: 1\n${word}: 1\n`),
    ...compose('a:/b', `  ${word}:\n    extends: ${word}\n    volumes: [x:/y]\n`),
  ],
  'a configuration': (word): readonly Case[] => [
    { argv: ['lint', '.'], files: { '.mountc.yaml': `${word}: 1\n` } },
    { argv: ['lint', '.'], files: { '.mountc.yaml': `rules: {${word}: error}\n` } },
    { argv: ['lint', '.'], files: { '.mountc.yaml': `rules: {broad-host-mount: ${word}}\n` } },
    {
      argv: ['lint', '.'],
      files: { '.mountc.yaml': `commands: {${word}: docker}\n`, 'a.sh': `${word} run -v a:b:c:d x\n` },
    },
    { argv: ['lint', '.'], files: { '.mountc.json': `{"${word}": {"${word}": 1}}` } },
    { argv: ['lint', '.'], files: { 'package.json': `{"mountc": {"${word}": 1}, "${word}": 1}` } },
  ],
  'JSON of others': (word) => [
    ...api(`{"Image": "x", "HostConfig": {"Mounts": [{"Type": "${word}", "Source": "/a", "Target": "/b"}]}}`),
    ...api(
      `{"Image": "x", "HostConfig": {"Mounts": [{"Type": "bind", "Source": "/a", "Target": "/b", "${word}": {"a": 1}}]}}`,
    ),
    ...api(
      `{"Image": "x", "HostConfig": {"Tmpfs": {"/b": "${word}=1"}, "${word}": 1}, "Volumes": {"${word}": {}}}`,
    ),
    ...api(
      `{"Image": "x", "HostConfig": {"Mounts": [{"Type": "volume", "Target": "/b", "VolumeOptions": {"Labels": {"${word}": "1"}, "DriverConfig": {"Name": "${word}", "Options": {"${word}": "1"}}}}]}}`,
    ),
    {
      argv: ['lint', '.devcontainer/devcontainer.json'],
      files: {
        '.devcontainer/devcontainer.json': `{"mounts": [{"type": "bind", "source": "/a", "target": "/b", "${word}": {"a": 1}}], "${word}": 1}`,
      },
    },
    {
      argv: ['convert', '--to', 'api', '--jsonl'],
      stdin: `{"${word}": 1, "args": ["run", "--${word}", "x"]}\n["${word}"]\n"${word}"\n`,
    },
  ],
};

describe.each(Object.entries(CASES))('%s', (_name, make) => {
  it.each(WORDS)('called %s', async (word) => {
    // Of the same length, so that marks below it are the same.
    const other = word.replace(/[a-z]/g, 'q').replace(/[A-Z]/g, 'Q');
    const cases = [make(word)].flat();
    const others = [make(other)].flat();
    for (const [index, one] of cases.entries()) {
      const found = await outcome(one, word);
      expect(found, one.argv.join(' ')).toEqual(await outcome(others[index]!, other));
      expect(found.code, one.argv.join(' ')).toBeLessThanOrEqual(3);
    }
    // Nothing was put into what all objects have in common.
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.keys(Object)).toEqual([]);
  });
});

async function outcome({ argv, files = {}, stdin }: Case, word: string) {
  // Compose calls the project after it.
  const cwd = join(tempDir(), 'project');
  writeFiles(cwd, { 'a.txt': '', ...files });
  const { code, stdout, stderr } = await runMountc(argv, { cwd, stdin });
  const neutral = (text: string) =>
    text
      .replaceAll(cwd, 'FOLDER')
      .replaceAll(word, 'WORD')
      .replaceAll(word.toLowerCase(), 'WORD')
      .replace(/"fingerprint":"\w+"/g, '');
  return { code, stdout: neutral(stdout), stderr: neutral(stderr) };
}
