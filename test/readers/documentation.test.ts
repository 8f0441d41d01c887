import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { judgeText } from '../../src/lint/judge-text.js';
import { mountsOf, readmeMounts } from '../support/mounts-of.js';

const CWD = 'bind %cd% /x';

describe('commands for Windows in documentation', () => {
  test.each([
    ['cmd', 'C:\\>docker run -v data:/x alpine', 'volume data /x'],
    ['cmd', 'C:\\Users\\me> docker run -v C:\\a:/x alpine', 'bind C:\\a /x'],
    ['', 'C:\\>docker run --mount source=data,target=/x alpine', 'volume data /x'],
    ['powershell', 'PS:\\> docker run -v data:/x alpine', 'volume data /x'],
    ['powershell', 'PS C:\\> docker run -v C:\\a:/x alpine', 'bind C:\\a /x'],
  ])('a prompt in a block of `%s`: %s', async (info, text, mount) => {
    expect(await readmeMounts(info, text)).toEqual({ mounts: [mount], said: [] });
  });

  test.each([
    ['in the prose above', 'bash', 'docker run -v %cd%:/x alpine', 'In the Windows command prompt:'],
    ['on its tab', 'sh [Windows]', 'docker run -v %cd%:/x alpine', '::: code-group'],
    ['in a comment', 'sh', '# Windows\ndocker run -v %cd%:/x alpine', ''],
    ['in a comment between others', 'sh', 'docker pull a\n# cmd.exe\ndocker run -v %cd%:/x alpine', ''],
  ])('`%%cd%%` under a name of bash, with Windows %s', async (_, info, text, above) => {
    expect(await readmeMounts(info, text, above)).toEqual({ mounts: [CWD], said: [] });
  });

  test('nothing says Windows', async () => {
    expect((await readmeMounts('bash', 'docker run -v %cd%:/x alpine')).said).toEqual(['wrong-shell-cwd']);
    const script = '# on Windows\ndocker run -v %cd%:/x alpine\n';
    expect((await mountsOf('run.sh', script)).said).toEqual(['wrong-shell-cwd']);
  });

  test('single quotes are none in cmd: a drive in them is for another shell', async () => {
    const { said } = await readmeMounts('', "docker run -v 'C:\\Users\\me:/src' alpine");
    expect(said).toEqual([]);
  });

  test('a comment of a Dockerfile', async () => {
    const text =
      '# on Windows:\n# docker run -v %cd%:/x alpine\n# elsewhere:\n# docker run -v "$PWD:/y" alpine\nFROM a\n';
    expect(await mountsOf('Dockerfile', text)).toEqual({ mounts: [CWD, 'bind $PWD /y'], said: [] });
  });
});

describe('one block for several systems', () => {
  const MOUNTS = ['bind ${PWD} /a', 'bind /$(pwd) /b', 'bind %cd% /c'];

  test('with comments', async () => {
    const text =
      '# Mac\ndocker run -v ${PWD}:/a i\n\n# Git Bash\ndocker run -v /$(pwd):/b i\n\n# windows cmd\ndocker run -v %cd%:/c i';
    expect(await readmeMounts('', text)).toEqual({ mounts: MOUNTS, said: [] });
  });

  test('with PowerShell next to cmd', async () => {
    const text = '# cmd\ndocker run -v "%cd%:/a" i\n# powershell\ndocker run -v "$(Get-Location):/b" i';
    const { mounts, said } = await readmeMounts('', text);
    expect([mounts.length, said]).toEqual([2, []]);
  });

  test('with `>` for a prompt', async () => {
    const text =
      '# PowerShell\n> docker run -v ${PWD}:/a i\n# Git Bash\n> docker run -v /$(pwd):/b i\n# CMD\n> docker run -v %cd%:/c i';
    expect(await readmeMounts('', text)).toEqual({ mounts: MOUNTS, said: [] });
  });
});

describe('options without their command', () => {
  const MOUNTS = ['bind /srv/a /a', 'bind /srv/b /b'];
  const readOptions = (info: string, text: string) => readmeMounts(info, text, 'Add to `docker run`:');

  test.each([
    ['one on each line', '-v /srv/a:/a\n-v /srv/b:/b'],
    ['with CRLF', '-v /srv/a:/a\r\n-v /srv/b:/b\r'],
    ['with notes between', "# one\n-v /srv/a:/a\n# two, don't forget\n\n-v /srv/b:/b"],
    ['with notes behind', "-v /srv/a:/a   # that's one\n-v '/srv/b:/b' # two"],
    ['with dots', '-v /srv/a:/a\n...\n-e A="b # c"\n…\n-v /srv/b:/b\n...'],
    ['with backslashes', '-v /srv/a:/a \\\n...\n-v /srv/b:/b \\'],
    ['with backslashes in one part', '-v /srv/a:/a \\\n-e A=b\n\n-v /srv/b:/b'],
    ['with values on the next line', '-v /srv/a:/a\n--mount type=bind,src=/srv/b,dst=/b'],
  ])('%s', async (_, text) => {
    for (const info of ['bash', ''])
      expect(await readOptions(info, text)).toEqual({ mounts: MOUNTS, said: [] });
  });

  test('they are checked together, and each at its place', async () => {
    const text = 'Add to `docker run`:\n\n```bash\n-v /a:/x\n# note\n-v /b:/y:rx # more\n-v /c:/x\n```\n';
    const { diagnostics } = await judgeText('markdown', text, 'README.md', {
      dialect: makeDialect(),
      rules: {},
    });
    expect(
      diagnostics.map(({ rule, range }) => [rule, text.slice(range.start, range.end), range.start]),
    ).toEqual([
      ['volume-unknown-mode', 'rx', text.indexOf('rx')],
      ['duplicate-target', '/x', text.lastIndexOf('/x')],
    ]);
  });

  test.each([
    ['a space after a backslash', '-v /srv/a:/a \\ \n-v /srv/b:/b'],
    ['a comment after a backslash', '-v /srv/a:/a \\ # one\n-v /srv/b:/b'],
    ['a comment in a command that goes on', '-v /srv/a:/a \\\n# two\n-v /srv/b:/b'],
  ])('what was meant to go on is said: %s', async (_, text) => {
    expect(await readOptions('bash', text)).toEqual({ mounts: MOUNTS, said: ['broken-continuation'] });
  });

  test('directives between and after them count', async () => {
    const next = '-v /a:/a\n# mountc-disable-next-line volume-unknown-mode\n-v /b:/b:rx';
    const behind = '-v /a:/a\n-v /b:/b:rx # mountc-disable-line volume-unknown-mode\n-v /c:/c';
    for (const text of [next, behind]) expect((await readOptions('bash', text)).said).toEqual([]);
  });
});

describe('lines that set a variable as PowerShell does', () => {
  const RUN = 'docker run -v "$PWD":/x alpine';

  test.each([
    ['in a heredoc', 'bash', `cat > a.php <<'EOF'\n<?php\n$name = "a";\nEOF\n${RUN}`],
    ['in quotes', 'sh', `perl -e '\n$name = "a";\n'\n${RUN}`],
    ['in a heredoc without a language', '', `cat > a.php <<'EOF'\n$name = "a";\nEOF\n${RUN}`],
    ['in quotes without a language', '', `perl -e '\n$name = "a";\n'\n${RUN}`],
    ['next to lines that go on', '', `$name = "a"\ndocker run \\\n  -v "$PWD":/x alpine`],
    ['in the output of a console', 'console', `$ cat a.php\n$name = "a";\n$ ${RUN}`],
    ['after a command', 'bash', `${RUN}\n$name = "a"`],
  ])('of another language: %s', async (_, info, text) => {
    expect(await readmeMounts(info, text)).toEqual({ mounts: ['bind $PWD /x'], said: [] });
  });

  test.each([
    ['bash', `$dir = (Get-Location).Path\n${RUN}`],
    ['sh', `# PowerShell, don't mix\n\n$env:NAME = "a"\n${RUN}`],
    ['bash', `PS C:\\> $dir = "a"\nPS C:\\> ${RUN}`],
    ['', `${RUN}\n$dir = "a"`],
  ])('of PowerShell, under `%s`: %s', async (info, text) => {
    expect((await readmeMounts(info, text)).said).toEqual(['powershell-split-word']);
  });
});

describe('fences in admonitions and tabs, which are indented', () => {
  const fence = (info: string, text: string, indent = '    ') =>
    `\`\`\`${info}\n${text}\n\`\`\``.replace(/^/gm, indent);

  test.each([
    ['a tab', `=== "PowerShell"\n\n${fence('powershell', 'docker run `\n  -v aa:/x `\n  -v bb:/y i')}`],
    [
      'without an empty line',
      `??? tip "x"\n${fence('console', '$ docker run -v aa:/x -v bb:/y i\ndocker run -v')}`,
    ],
    [
      'one in another',
      `!!! note\n    ??? tip\n\n${fence('yaml', 'run: docker run -v aa:/x -v bb:/y i', ' '.repeat(8))}`,
    ],
    [
      'prose next to it',
      `!!! note\n\n    \`docker run -v aa:/x i\` and\n\n${fence('sh', 'docker run -v bb:/y i')}`,
    ],
    [
      'in a list',
      `1. a\n\n    === "b"\n${fence('sh', 'docker run -v aa:/x \\\n  -v bb:/y i', ' '.repeat(8))}`,
    ],
  ])('%s', async (_, text) => {
    const found = await mountsOf('README.md', `# Title\n\n${text}\n`);
    expect(found).toEqual({ mounts: ['volume aa /x', 'volume bb /y'], said: [] });
  });

  test('directives in them count, and edits keep their indentation', async () => {
    const text = `!!! note\n\n    <!-- mountc-disable-next-line volume-unknown-mode -->\n${fence('sh', 'docker run -v aa:/x:readonly i')}\n`;
    expect((await mountsOf('README.md', text)).said).toEqual([]);
  });
});

test('a unit of systemd under the name of a shell', async () => {
  const text = '[Unit]\nDescription=a\n[Service]\nExecStart=/usr/bin/docker run \\\n    -v data:/x i';
  expect(await readmeMounts('sh', text)).toEqual({ mounts: ['volume data /x'], said: [] });
});

test('a list of PowerShell holds what a variable was when it was made', async () => {
  const text =
    '$mount = "${root}:/a"\n$all = @("run", "--rm", "-v", $mount, "i")\n$mount = "other"\n& docker @all\n';
  expect(await mountsOf('run.ps1', text)).toEqual({ mounts: ['null ${root} /a'], said: [] });
});

describe('parts of CI files', () => {
  test.each([
    ['a job without a language', '', 'scan:\n  script:\n    - docker run -v /a:/x scanner'],
    ['the lines of a script', 'yaml', '  - docker pull a\n  - docker run -v /a:/x scanner'],
  ])('%s', async (_, info, text) => {
    expect((await readmeMounts(info, text)).mounts).toEqual(['bind /a /x']);
  });
});

test.each([
  ['`C:\\>docker run -v data:/x alpine sh`', 'volume data /x'],
  ['`root@ab12:/# docker run -v /:/host:ro alpine sh`', 'bind / /host'],
  ['`PS C:\\> docker run -v C:\\a:/x alpine`', 'bind C:\\a /x'],
])('a command in backticks with its prompt: %s', async (span, mount) => {
  expect((await mountsOf('README.md', `Type ${span} there.\n`)).mounts).toEqual([mount]);
});

test('a language that nobody knows, and a prompt', async () => {
  expect((await readmeMounts('bsh', '$ docker run -v /a:/x alpine')).mounts).toEqual(['bind /a /x']);
});

describe('JSON', () => {
  test.each([
    ['mounts', '"mounts": [\n  "source=a1,target=/x,type=volume" // ours\n]', 'volume a1 /x'],
    ['runArgs', '"image": "a",\n"runArgs": ["-v", "/a:/x"],', 'bind /a /x'],
    [
      'workspaceMount',
      '// as well\n"workspaceMount": "src=/a,dst=/x,type=bind",\n"workspaceFolder": "/x"',
      'bind /a /x',
    ],
    ['an object', '{ "mounts": [{"type": "bind", "source": "/a", "target": "/x"}] }', 'bind /a /x'],
  ])('a part of devcontainer.json without its braces: %s', async (_, text, mount) => {
    expect(await readmeMounts('json', text)).toEqual({ mounts: [mount], said: [] });
  });

  test.each([
    ['the inside of an object', '"mounts": [\n  "source=a1,target=/x,type=volume"\n]', 'volume a1 /x'],
    ['commands', '{\n  "postCreateCommand": "docker run -v /a:/x i"\n}', 'bind /a /x'],
  ])('in a block without a language: %s', async (_, text, mount) => {
    expect(await readmeMounts('', text)).toEqual({ mounts: [mount], said: [] });
  });

  test('an empty `workspaceMount` leaves the mount out', async () => {
    const text = '{"image": "a", "workspaceMount": "", "workspaceFolder": "/x"}\n';
    expect(await mountsOf('.devcontainer/devcontainer.json', text)).toEqual({ mounts: [], said: [] });
  });

  test.each([
    ['of a container runtime', '{"mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}]}'],
    ['with other keys', '{"mounts": [{"src": "scripts", "dst": "/workspace"}]}'],
    ['of file systems', '{"mounts": [{"device": "/dev/sda1", "mountpoint": "/"}]}'],
    ['that are names', '{"mounts": ["horse", "a:b"]}'],
    ['next to a command', '{"mounts": ["horse"], "run": "docker run --mount type=bind,src=/a,dst=/b i"}'],
  ])('`mounts` of another program: %s', async (_, text) => {
    expect(await mountsOf('state.json', text)).toEqual({ mounts: [], said: [] });
  });
});
