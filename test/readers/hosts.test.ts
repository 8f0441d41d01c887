import { describe, expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import type { FileKind } from '../../src/source/file-kinds.js';
import type { Findings, FoundCommand } from '../../src/source/frontend.js';
import { applyEdits } from '../../src/text/edit.js';
import { displayText, sourceRange } from '../../src/text/spec-text.js';
import { shownCommands, writtenIn } from '../support/frontends.js';

/** What was found: commands as their words with `|` between, mounts as `form group spec`. */
async function found(kind: FileKind, text: string): Promise<string[]> {
  const findings = await readFindings(kind, text);
  return [...shownCommands(findings).map((words) => words.join(' | ')), ...mountsOf(findings)];
}

function mountsOf({ mounts }: Findings): string[] {
  return mounts.map(({ form, group, spec, fields }) => {
    const shown = fields
      ?.map(({ key, value }) => `${key}=${value === undefined ? '…' : displayText(value)}`)
      .join(' ');
    return `${form} ${group} ${shown ?? displayText(spec)}`;
  });
}

const lines = (...all: string[]) => `${all.join('\n')}\n`;

describe('GitHub workflows', () => {
  test('scripts of every YAML style, and containers', async () => {
    const text = lines(
      'on: push',
      'jobs:',
      '  a:',
      '    runs-on: ubuntu-latest',
      '    container:',
      '      image: x',
      '      volumes: [my_data:/v, "/a b:/c"]',
      '      options: --cpus 1 -v /o:/o',
      '    services:',
      '      redis:',
      '        volumes:',
      '          - /r:/r',
      '    steps:',
      '      - run: docker run -v ${{ github.workspace }}:/x i',
      '      - run: |',
      '          docker run \\',
      '            -v "$PWD:/src" i',
      '      - run: >-',
      '          docker run',
      '          -v /f:/f i',
      '      - run: "docker run -v \\"$HOME/a\\":/b i"',
      "      - run: 'docker run -v ''/q:/q'' i'",
      '      - uses: addnab/docker-run-action@v3',
      '        with: {image: x, options: -v /k:/k}',
      '      - shell: python',
      '        run: print("docker run -v /no:/no i")',
    );
    expect(await found('github', text)).toEqual([
      'docker | create | --cpus | 1 | -v | /o:/o',
      'docker | run | -v | ${{ github.workspace }}:/x | i',
      'docker | run | -v | $PWD:/src | i',
      'docker | run | -v | /f:/f | i',
      'docker | run | -v | $HOME/a:/b | i',
      'docker | run | -v | /q:/q | i',
      'docker | run | -v | /k:/k',
      'volume container 68 my_data:/v',
      'volume container 68 /a b:/c',
      'volume container 184 /r:/r',
    ]);
  });

  test('PowerShell steps', async () => {
    const text = lines(
      'jobs:',
      '  a:',
      '    runs-on: windows-latest',
      '    steps:',
      '      - run: docker run -v "${PWD}:/a b" i',
      '      - shell: bash',
      '        run: docker run -v "$PWD":/x i',
    );
    const { commands } = await readFindings('github', text);
    expect(commands.map(({ shell }) => shell)).toEqual(['powershell', 'bash']);
    expect(commands.map(({ words }) => displayText(words[3]!))).toEqual(['${PWD}:/a b', '$PWD:/x']);
  });
});

describe('other CI systems', () => {
  test('GitLab: lists are one script, anchors are read once', async () => {
    const text = lines(
      '.x: &x',
      '  - docker run -v /a:/b i',
      'job:',
      '  before_script: *x',
      '  script:',
      '    - V="-v /c:/d"',
      '    - docker run $V i',
      '    - [docker run -v /e:/f i]',
    );
    expect(await found('gitlab', text)).toEqual([
      'docker | run | -v | /a:/b | i',
      'docker | run | -v | /c:/d | i',
      'docker | run | -v | /e:/f | i',
    ]);
  });

  test('CircleCI, Azure, Taskfile, Kubernetes', async () => {
    expect(
      await found(
        'circleci',
        'jobs: {a: {steps: [{run: docker run -v /a:/b i}, {run: {command: docker run i}}]}}',
      ),
    ).toEqual(['docker | run | -v | /a:/b | i', 'docker | run | i']);
    expect(
      await found('azure', 'steps:\n- script: docker run -v $(Build.SourcesDirectory):/x -v $(pwd):/y i\n'),
    ).toEqual(['docker | run | -v | $(Build.SourcesDirectory):/x | -v | $(pwd):/y | i']);
    expect(
      await found('taskfile', 'tasks:\n  a: docker run -v "{{.ROOT}}:/x" i\n  b: {cmds: [docker run i]}\n'),
    ).toEqual(['docker | run | -v | {{.ROOT}}:/x | i', 'docker | run | i']);
    expect(await found('yaml', 'spec: {command: [sh, -c, "docker run -v /a:/b i"]}')).toEqual([
      'docker | run | -v | /a:/b | i',
    ]);
  });
});

test('Compose', async () => {
  const text = lines(
    'x-vol: &vol',
    '  volumes:',
    '    - shared:/s',
    'services:',
    '  a:',
    '    <<: *vol',
    '    tmpfs: /run:size=1m',
    '  b:',
    '    volumes:',
    '      - ./a:/b:ro',
    '      - "~/x:/y"',
    '      - ${DATA:-/d}/z:/$$HOME',
    '      - type: bind',
    '        source: ./q',
    '        target: /q',
    '        read_only: true',
    '        bind: { propagation: rslave }',
    'volumes:',
    '  shared:',
  );
  const findings = await readFindings('compose', text);
  expect(mountsOf(findings)).toEqual([
    'compose-short a shared:/s',
    'compose-tmpfs a /run:size=1m',
    'compose-short b ./a:/b:ro',
    'compose-short b ~/x:/y',
    'compose-short b ${DATA:-/d}/z:/$HOME',
    'compose-long b type=bind source=./q target=/q read_only=true bind=… bind.propagation=rslave',
  ]);
  expect(findings.volumes.map(({ name }) => name)).toEqual(['shared']);
  const long = findings.mounts[5]!;
  expect(text.slice(long.range.start, long.range.end)).toMatch(/^type: bind[\s\S]*rslave \}$/);
  expect(findings.mounts[3]!.spec.holes[0]).toMatchObject({ kind: 'tilde', absolute: true });
});

describe('other CI systems', () => {
  test.each([
    [
      'circleci',
      'jobs: {a: {steps: [{run: docker run -v << parameters.dir >>:/a i}]}}',
      'docker | run | -v | << parameters.dir >>:/a | i',
    ],
    [
      'azure',
      'steps:\n- task: PowerShell@2\n  inputs:\n    script: docker run -v "${pwd}:/a" i',
      'docker | run | -v | ${pwd}:/a | i',
    ],
    ['yaml', 'steps:\n- command:\n  - make\n  - docker run -v /a:/b i', 'docker | run | -v | /a:/b | i'],
    ['yaml', 'steps:\n- plugins:\n  - docker#v5:\n      volumes: ["./:/b"]', 'volume container 39 ./:/b'],
    ['yaml', 'after_success:\n- docker run -v /a:/b i', 'docker | run | -v | /a:/b | i'],
    ['taskfile', 'vars: {RUN: docker run -v /a:/b}', 'docker | run | -v | /a:/b'],
    [
      'github',
      'steps:\n- uses: appleboy/ssh-action@v1\n  with: {script: docker run -v /a:/b i}',
      'docker | run | -v | /a:/b | i',
    ],
    [
      'github',
      'steps:\n- uses: nick-fields/retry@v3\n  with: {command: docker run -v /a:/b i}',
      'docker | run | -v | /a:/b | i',
    ],
    [
      'github',
      'steps:\n- uses: uraimo/run-on-arch-action@v2\n  with: {dockerRunArgs: -v /a:/b}',
      'docker | run | -v | /a:/b',
    ],
  ] as const)('%s: %j', async (kind, text, shown) => {
    expect(await found(kind, text)).toEqual([shown]);
  });

  test('the shell that an Azure pipeline names', async () => {
    const text = lines(
      'pool: {vmImage: windows-latest}',
      'steps:',
      '- script: docker run a',
      '- bash: docker run b',
      '- pwsh: docker run c',
      '- task: AzureCLI@2',
      '  inputs: {scriptType: pscore, inlineScript: docker run d}',
    );
    const { commands } = await readFindings('azure', text);
    expect(commands.map(({ shell }) => shell)).toEqual(['cmd', 'bash', 'powershell', 'powershell']);
  });
});

describe('makefiles', () => {
  test('recipes as make passes them on', async () => {
    const text = lines(
      'SRC := $(shell pwd)/src',
      'a: b',
      '\t@docker run -v $(SRC):/s \\',
      '\t  -v $$PWD:/p -v $$(pwd):/q -v "$(CURDIR)/x":/c \\',
      '\t  -v $(pwd):/z -v $PWD:/w i',
      '\t-docker run i',
      't: ; docker run -v /a:/b i',
      'ifeq (a,b)',
      'c: ; +docker run i2',
      'endif',
      '# docker run no',
    );
    expect(await found('makefile', text)).toEqual([
      'docker | run | -v | $(SRC):/s | -v | $PWD:/p | -v | $(pwd):/q | -v | $(CURDIR)/x:/c | -v | $(pwd):/z | -v | $PWD:/w | i',
      'docker | run | i',
      'docker | run | -v | /a:/b | i',
      'docker | run | i2',
    ]);
    const words = (await readFindings('makefile', text)).commands[0]!.words;
    const holes = words.flatMap((word) => word.holes.map(({ text, absolute }) => [text, absolute ?? false]));
    expect(holes).toEqual([
      ['$(SRC)', true],
      ['$PWD', true],
      ['$(pwd)', true],
      ['$(CURDIR)', true],
      ['$(pwd)', false],
      ['$P', false],
    ]);
  });

  test('marks in variables, flags in a define, engines that only make knows', async () => {
    const text = lines(
      'define FLAGS',
      '--rm \\',
      '-v /a:/b',
      'endef',
      'define clean',
      '-docker run c',
      'endef',
      'RUNTIME ?= $(if $(shell command -v podman),podman,docker)',
      'CONTAINER_RUNTIME ?= $(RUNTIME)',
      'RUN = $(CONTAINER_RUNTIME) run -t',
      'a:',
      '\t$(Q)docker run $(FLAGS) i',
      '\t-$(Q)$(RUN) -v /c:/d i',
    );
    expect(await found('makefile', text)).toEqual([
      'docker | run | c',
      'docker | run | --rm | -v | /a:/b | i',
      '$(CONTAINER_RUNTIME) | run | -t | -v | /c:/d | i',
    ]);
  });

  test('variables that hold flags or a command', async () => {
    const text = lines(
      'FLAGS = --rm -v "$(CURDIR)/a b":/c \\',
      '  -it # note',
      'FLAGS += -v /x:/y',
      'RUN := docker run $(FLAGS)',
      'a:',
      '\t$(RUN) i',
      '\t"$(FLAGS)"',
      'ALONE = docker run -v /z:/z',
      'OUT := $(shell docker run -v $(CURDIR):/o $(IMG))',
      'ifdef X',
      'FLAGS += -v /d:/e',
      'OS = -v /f:/g',
      'BASE = debian',
      'else',
      'OS = -v /h:/i',
      'BASE = ubuntu',
      'endif',
      'b: MORE = -v /j:/k',
      'b:',
      '\tdocker run $(OS) $(MORE) $(BASE) ls',
    );
    expect(await found('makefile', text)).toEqual([
      'docker | run | --rm | -v | $(CURDIR)/a b:/c | -it | -v | /x:/y | -v | /d:/e | i',
      'docker | run | -v | /z:/z',
      'docker | run | -v | $(CURDIR):/o | $(IMG)',
      'docker | run | -v | /f:/g | -v | /h:/i | -v | /j:/k | $(BASE) | ls',
    ]);
  });
});

describe("make's own functions", () => {
  test('flags and commands in their arguments, and a comma that has a name', async () => {
    const text = lines(
      'COMMA := ,',
      '# X := $(shell docker run no)',
      'VOLUMES = $(foreach d,$(DIRS),-v $(CURDIR)/$(d):/s/$(d))',
      'a:',
      '\tdocker run $(VOLUMES) $(foreach v,$(LIST),-v $(v)) i',
      '\t$(foreach d,$(DIRS),docker run -v $(d):/x i;)',
      '\t$(call retry,3,docker run -v /a:/b i)',
      '\t$(if $(V),docker run --mount type=bind$(COMMA)src=/a$(COMMA)dst=/b j,true)',
      '\tdocker run $(addprefix -v ,$(LIST)) k',
      '\t$(if $(V), \\',
      '\t\tmkdir x ; \\',
      '\t\tdocker run -v /c:/d l)',
      '\t@$(call log_info,docker run -v no:no m)',
    );
    expect((await found('makefile', text)).sort()).toEqual([
      'docker | run | $(addprefix -v ,$(LIST)) | k',
      'docker | run | --mount | type=bind,src=/a,dst=/b | j',
      'docker | run | -v | $(CURDIR)/$(d):/s/$(d) | $(foreach v,$(LIST),-v $(v)) | i',
      'docker | run | -v | $(d):/x | i',
      'docker | run | -v | /a:/b | i',
      'docker | run | -v | /c:/d | l',
    ]);
  });

  test.each([
    '$(addprefix -v ,$(LIST))',
    '$(patsubst %,-v %,$(LIST))',
    '$(foreach v,$(LIST),-v $(v))',
    '$(foreach v, ${LIST},-v $v)',
    '${LIST:%=-v %}',
    '$(MOUNTS)',
  ])('a flag in front of each word of a list that the file writes out: %s', async (call) => {
    const text = `LIST = $(CURDIR):/a\nifdef X\nLIST += b:/b\nendif\nMOUNTS = $(addprefix -v ,$(LIST))\na:\n\tdocker run ${call} i\n`;
    const [{ words }] = (await readFindings('makefile', text)).commands as [FoundCommand];
    expect(words.map((word) => displayText(word))).toEqual([
      'docker',
      'run',
      '-v',
      '$(CURDIR):/a',
      '-v',
      'b:/b',
      'i',
    ]);
    expect(words.map(({ conditional }) => conditional === true)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
    expect([
      words[5]!.edit({ start: 0, end: 1 }, { value: 'c d', holes: [] }),
      words[4]!.edit({ start: 0, end: 2 }, { value: '-w', holes: [] }),
    ]).toEqual([undefined, undefined]);
    expect(writtenIn(text, words[5]!)).toBe('b:/b');
  });

  test.each(['$(shell ls)', '"/a b:/c"', '$(addprefix -v ,$(LIST))', '$(OTHER)', '$$(git top --level):/a'])(
    'a list of which it is not known how many words it has: %s',
    async (value) => {
      const text = `LIST = ${value}\na:\n\tdocker run $(addprefix -v ,$(LIST)) i\n`;
      expect(await found('makefile', text)).toEqual(['docker | run | $(addprefix -v ,$(LIST)) | i']);
    },
  );

  test('nothing that would end an argument is written into one', async () => {
    const text = 'a:\n\t$(call retry,docker run -v /a:/b i)\n\tdocker run $(foreach d,x,-v /c:/d) i\n';
    for (const { words } of (await readFindings('makefile', text)).commands) {
      const edit = (value: string) => words[3]!.edit({ start: 0, end: 2 }, { value, holes: [] });
      expect([edit('/x,y'), edit('/x)'), edit('/x')?.text]).toEqual([undefined, undefined, '/x']);
    }
  });

  test.each([
    ['SHELL := pwsh', 'powershell'],
    ['SHELL = C:/Windows/System32/cmd.exe', 'cmd'],
    ['ifeq ($(OS),Windows_NT)\nSHELL := pwsh\nendif', 'sh'],
    ['ifeq ($(OS),Windows_NT)\n\tSHELL := pwsh.exe\nelse\n\tSHELL := pwsh\nendif', 'powershell'],
    ['ifeq ($(OS),Windows_NT)\nSHELL := cmd\nelse\nSHELL := /bin/sh\nendif', 'sh'],
    ['SHELL := /usr/bin/env bash', 'bash'],
  ])('%j reads the recipes', async (line, shell) => {
    const { commands } = await readFindings('makefile', `${line}\na:\n\tdocker run -v $(X):/b i\n`);
    expect(commands.map((one) => [one.shell, one.words[3]!.holes[0]!.text])).toEqual([[shell, '$(X)']]);
  });
});

test('Dockerfiles', async () => {
  const text = lines(
    'FROM x',
    'RUN --mount=type=cache,target=/c --mount=type=bind,source=$SRC,target=/s \\',
    '    # note',
    '',
    '    docker run -v /a:/b \\',
    '      i',
    'RUN <<EOF',
    'docker run -v /h:/h i',
    'EOF',
    'RUN ["docker", "run", "-v", "/j\\u0041:/j", "i"]',
    'ONBUILD RUN --mount=type=tmpfs,target=/t true',
    '# docker is run so:',
    '#   docker run -v <path>:/u \\',
    '#     i',
    '# done',
  );
  expect(await found('dockerfile', text)).toEqual([
    'docker | run | -v | /a:/b | i',
    'docker | run | -v | /h:/h | i',
    'docker | run | -v | /jA:/j | i',
    'docker | run | -v | <path>:/u | i',
    'run-mount RUN 1 type=cache,target=/c',
    'run-mount RUN 1 type=bind,source=$SRC,target=/s',
    'run-mount RUN 4 type=tmpfs,target=/t',
  ]);
});

test('devcontainer.json and package.json', async () => {
  const text = lines(
    '{ // note',
    ' "mounts": ["source=${localWorkspaceFolder}/a,target=/b,type=bind", {"type": "volume", "source": "x", "target": "/y",}],',
    ' "workspaceMount": "source=/a,target=/b,type=bind",',
    ' "runArgs": ["-v", "/a:/b", "--mount", "type=tmpfs,target=\\"/q\\""],',
    ' "postCreateCommand": "docker run -v \\"$PWD\\":/p i",',
    '}',
  );
  expect(await found('devcontainer', text)).toEqual([
    'docker | run | -v | /a:/b | --mount | type=tmpfs,target="/q"',
    'docker | run | -v | $PWD:/p | i',
    'devcontainer devcontainer source=${localWorkspaceFolder}/a,target=/b,type=bind',
    'devcontainer devcontainer type=volume source=x target=/y',
    'devcontainer devcontainer source=/a,target=/b,type=bind',
  ]);
  expect(
    await found('package-json', '{"scripts": {"a": "cross-env A=b docker run -v \\"$PWD\\":/x i"}}'),
  ).toEqual(['docker | run | -v | $PWD:/x | i']);
});

test('systemd units', async () => {
  const text = lines(
    '[Service]',
    'ExecStartPre=-/usr/bin/docker rm x',
    'ExecStart=/usr/bin/docker run \\',
    '  # note',
    '  -v /a:/b "/c d" -v %h/x:/y$$ i',
  );
  expect(await found('systemd', text)).toEqual([
    '/usr/bin/docker | rm | x',
    '/usr/bin/docker | run | -v | /a:/b | /c d | -v | %h/x:/y$ | i',
  ]);
});

describe('Windows', () => {
  test('PowerShell', async () => {
    const text = lines(
      '# docker run no',
      '$x = docker run -v "${PWD}:/a" -v $(pwd)/b:/b `',
      "  -v 'C:\\x y:/z' --mount type=bind,source=$env:USERPROFILE\\x,target=/x i",
      'if ($a) { docker run @more -v $PWD:/q \\',
      '  i }',
      "@'",
      'docker run no',
      "'@",
    );
    expect(await found('powershell', text)).toEqual([
      'docker | run | -v | ${PWD}:/a | -v | $(pwd)/b:/b | -v | C:\\x y:/z | --mount | type=bind,source=$env:USERPROFILE\\x,target=/x | i',
      'docker | run | @more | -v | $PWD:/q | \\',
    ]);
  });

  test('batch', async () => {
    const text = lines(
      '@echo off',
      'rem docker run no',
      'call docker run -v "%cd%:/a b" ^',
      '  -v %~dp0x:/y -v C:\\x:/z i & docker run -v $(pwd):/b i',
      'if exist x (docker run i)',
    );
    expect(await found('batch', text)).toEqual([
      'docker | run | -v | %cd%:/a b | -v | %~dp0x:/y | -v | C:\\x:/z | i',
      'docker | run | -v | $(pwd):/b | i',
      'docker | run | i',
    ]);
  });
});

describe('Markdown', () => {
  test('blocks of every kind', async () => {
    const text = lines(
      'docker run prose',
      '',
      '1. list',
      '   ```console',
      '   $ docker run \\',
      '       -v $(pwd):/x \\',
      '       <image>',
      '   docker run output',
      "   $ docker run -v '<your path>:/y' i",
      '   ```',
      '',
      '> ```yaml',
      '> services:',
      '>   a:',
      '>     volumes:',
      '>       - ./x:/y',
      '> ```',
      '',
      '```',
      'docker run -v a:/b ... i',
      '```',
      '',
      'text',
      '',
      '    $ docker run -v i:/i i',
      '',
      '```powershell',
      'docker run -v ${PWD}:/x i',
      '```',
      '```json',
      '{"mounts": ["type=bind,source=/a,target=/b"]}',
      '```',
      '```python',
      'import os',
      'docker run no',
      '```',
      '```',
      'PS C:\\x> docker run -v ${PWD}:/z i',
      '```',
    );
    expect(await found('markdown', text)).toEqual([
      'docker | run | -v | $(pwd):/x | <image>',
      'docker | run | -v | <your path>:/y | i',
      'docker | run | -v | a:/b | ... | i',
      'docker | run | -v | i:/i | i',
      'docker | run | -v | ${PWD}:/x | i',
      'docker | run | -v | ${PWD}:/z | i',
      'compose-short a 0 ./x:/y',
      'devcontainer devcontainer 1 type=bind,source=/a,target=/b',
    ]);
  });

  test('Markdown: code that is marked by other means', async () => {
    const text = lines(
      'Run `docker run --rm',
      '-v a:/b i` or ``sudo docker run -v `pwd`:/x i``, not `docker run -v` nor `docker run -v x:/y`.',
      '',
      '## `podman run --mount type=bind,src=/a,dst=/b i`',
      '',
      '| `docker run -v %cd%:/z i` | cmd |',
      '',
      '```docker run -d \\',
      '-v c:/c i',
      'docker run output',
      '```',
      '```js',
      'docker run -v d:/d i',
      '```',
      '{% highlight bash %}',
      '$ docker run -v e:/e i',
      '',
      '    docker run output',
      '{% endhighlight %}',
      '<pre><code class="language-sh">docker run -v <b>f</b>:/f &quot;i&quot; &amp;&amp; true',
      '</code></pre>',
      '```',
      '[Service]',
      'ExecStart=/usr/bin/docker run -v g:/g i',
      '```',
      '```sh',
      'RUN --mount=type=cache,target=/h true',
      '<pre>docker run -v no:/no i</pre>',
      '```',
      '{% highlight bash %} is never closed',
    );
    expect(await found('markdown', text)).toEqual([
      'docker | run | --rm | -v | a:/b | i',
      'docker | run | -v | `pwd`:/x | i',
      'podman | run | --mount | type=bind,src=/a,dst=/b | i',
      'docker | run | -v | %cd%:/z | i',
      'docker | run | -d | -v | c:/c | i',
      'docker | run | -v | d:/d | i',
      'docker | run | -v | e:/e | i',
      'docker | run | -v | f:/f | i',
      '/usr/bin/docker | run | -v | g:/g | i',
      'run-mount RUN 0 0 type=cache,target=/h',
    ]);
  });

  test('Markdown: what is left to the reader', async () => {
    const text = lines(
      '```',
      'docker run -v HOST_DIR:CONTAINER_DIR -v src:dest -v DATA_DIR/x:/x <目录> [your image]',
      'docker run --mount type=bind,source=SOURCE,target=my_dir -v "[the folder]:/y" -v data:/z i',
      '```',
    );
    const [first, second] = (await readFindings('markdown', text)).commands;
    const literals = [...first!.words, ...second!.words].filter(({ holes }) => holes.length === 0);
    expect(literals.map(({ value }) => value).filter((word) => !word.startsWith('-'))).toEqual([
      'docker',
      'run',
      'docker',
      'run',
      'data:/z',
      'i',
    ]);
  });
});

describe('edits are encoded for every host around', () => {
  /** The file after `from` in the first word or mount that holds it became `to`. */
  async function edited(kind: FileKind, text: string, from: string, to: string): Promise<string | undefined> {
    const { commands, mounts } = await readFindings(kind, text);
    const all = [...commands.flatMap(({ words }) => words), ...mounts.map(({ spec }) => spec)];
    const target = all.find(({ value }) => value.includes(from))!;
    const start = target.value.indexOf(from);
    const edit = target.edit({ start, end: start + from.length }, { value: to, holes: [] });
    return edit && applyEdits(text, [edit]);
  }

  test.each<[FileKind, string, string, string, string | undefined]>([
    [
      'github',
      'jobs: {a: {steps: [{run: "docker run -v \\"/a\\":/b i"}]}}',
      '/a',
      '/"',
      'jobs: {a: {steps: [{run: "docker run -v \\"/\\\\\\"\\":/b i"}]}}',
    ],
    [
      'github',
      "a:\n - run: 'docker run -v /a:/b i'\n",
      '/a',
      '/x y',
      "a:\n - run: 'docker run -v ''/x y'':/b i'\n",
    ],
    [
      'github',
      'a:\n - run: docker run -v /a:/b i\n',
      '/a',
      '/x: #',
      "a:\n - run: 'docker run -v ''/x: #'':/b i'\n",
    ],
    ['compose', 'services: {a: {volumes: ["./a:/b"]}}', './a', '$x', 'services: {a: {volumes: ["$$x:/b"]}}'],
    [
      'compose',
      'services:\n  a:\n    volumes:\n      - ./a:/b\n',
      './a',
      './a, b',
      'services:\n  a:\n    volumes:\n      - ./a, b:/b\n',
    ],
    ['makefile', 'a:\n\tdocker run -v /a:/b i\n', '/a', '$x', "a:\n\tdocker run -v '$$x':/b i\n"],
    [
      'package-json',
      '{"scripts":{"a":"docker run -v /a:/b i"}}',
      '/a',
      '/x "',
      '{"scripts":{"a":"docker run -v \'/x \\"\':/b i"}}',
    ],
    [
      'devcontainer',
      '{"mounts": ["source=/a,target=/b"]}',
      '/a',
      '/"q"',
      '{"mounts": ["source=/\\"q\\",target=/b"]}',
    ],
    [
      'dockerfile',
      'RUN --mount=type=bind,source=/a true\n',
      '/a',
      '/b',
      'RUN --mount=type=bind,source=/b true\n',
    ],
    ['dockerfile', 'RUN --mount=type=bind,source=/a true\n', '/a', '/b c', undefined],
    ['powershell', 'docker run -v "/a:/b" i', '/a', '$x', 'docker run -v "`$x:/b" i'],
    ['batch', 'docker run -v "/a:/b" i', '/a', '%x%', undefined],
    ['systemd', 'ExecStart=docker run -v /a:/b i\n', '/a', '/$x', 'ExecStart=docker run -v /$$x:/b i\n'],
    [
      'markdown',
      '> ```sh\n> docker run -v /a:/b i\n> ```\n',
      '/a',
      '/c',
      '> ```sh\n> docker run -v /c:/b i\n> ```\n',
    ],
    [
      'markdown',
      '- ```yaml\n  script:\n    - |\r\n      docker run -v "/a:/b" i\n  ```\n',
      '/a',
      '/"',
      '- ```yaml\n  script:\n    - |\r\n      docker run -v "/\\":/b" i\n  ```\n',
    ],
  ])('%s %j', async (kind, text, from, to, expected) => {
    expect(await edited(kind, text, from, to)).toBe(expected);
  });

  test('items of a JSON list', async () => {
    const text = '{"runArgs": ["-v", "/a:/b", "-it"]}';
    const command = (await readFindings('devcontainer', text)).commands[0]!;
    const edit = command.replaceWords(2, 4, [{ value: '--mount=x"', holes: [] }]);
    expect(edit && applyEdits(text, [edit])).toBe('{"runArgs": ["--mount=x\\"", "-it"]}');
  });
});

test('directives stand in the comments of each host', async () => {
  const cases: [FileKind, string][] = [
    ['github', 'a: b # mountc-x\n'],
    ['github', 'a:\n - run: |\n    docker run i # mountc-x\n'],
    ['makefile', '# mountc-x\n'],
    ['dockerfile', '# mountc-x\n'],
    ['devcontainer', '{ /* mountc-x */ }'],
    ['markdown', 'a <!-- mountc-x -->\n'],
    ['batch', 'rem mountc-x\n'],
    ['powershell', '# mountc-x\n'],
    ['systemd', '; mountc-x\n'],
  ];
  for (const [kind, text] of cases) {
    const { comments } = await readFindings(kind, text);
    expect(
      comments.map((comment) => comment.text),
      kind,
    ).toEqual(['mountc-x']);
    expect(text.slice(comments[0]!.range.start, comments[0]!.range.end)).toContain('mountc-x');
  }
});

test('ranges of nested hosts lie on their text', async () => {
  const text = '> ```yaml\n> script:\n>   - bash -c "docker run -v \\"$PWD/a\\":/b i"\r\n> ```\n';
  const { commands } = await readFindings('markdown', text);
  const { start, end } = sourceRange(commands[0]!.words[3]!);
  expect(text.slice(start, end)).toBe('$PWD/a\\":/b');
});

describe('files that a script writes', () => {
  test.each([
    [
      'sudo tee /etc/x.service <<EOF',
      '[Service]\nExecStart=/usr/bin/docker run i',
      '/usr/bin/docker | run | i',
    ],
    [
      'cat <<EOF | sudo tee -a docker-compose.yml >/dev/null',
      'services:\n  w:\n    volumes: ["$A:/b"]',
      'compose-short w 0 $A:/b',
    ],
    [
      'cat >> docker/Dockerfile <<EOF',
      'RUN --mount=type=cache,target=/c true',
      'run-mount RUN 0 0 type=cache,target=/c',
    ],
    ['cat > run.sh <<EOF', 'docker run -v a:/b i', 'docker | run | -v | a:/b | i'],
    ["tee bin/x <<'EOF'", '#!/bin/sh\npodman run -v $A:/b i', 'podman | run | -v | $A:/b | i'],
    ['cat > Makefile <<EOF', 'a:\n\tdocker run -v a:/b i', 'docker | run | -v | a:/b | i'],
    ['cat > a.ps1 <<EOF', 'docker run -v C:/a:/b i', 'docker | run | -v | C:/a:/b | i'],
  ])('%s', async (head, body, shown) => {
    expect(await found('shell', lines(head, body, 'EOF'))).toEqual([shown]);
  });

  test.each(['cat <<EOF', 'cat > notes.txt <<EOF'])('the text of %s is not a command', async (head) => {
    expect(await found('shell', lines(head, 'docker run -v a:/b i', 'EOF'))).toEqual([]);
  });
});

describe('files that a YAML file writes', () => {
  test.each([
    ['write_files:\n- path: /a.sh\n  content: |\n    docker run -v a:/b i', 'docker | run | -v | a:/b | i'],
    [
      'write_files:\n- content: "[Service]\\nExecStart=docker run i"\n  path: /etc/a.service',
      'docker | run | i',
    ],
    ['- copy: {dest: /a.yml, content: "services: {w: {volumes: [./a:/b]}}"}', 'compose-short w 0 ./a:/b'],
    [
      '- copy:\n    dest: /compose.yml\n    content: |\n      services: {w: {volumes: [./a:/b]}}',
      'compose-short w 0 ./a:/b',
    ],
    [
      'systemd: {units: [{name: a.service, contents: "[Service]\\nExecStart=docker run i\\n"}]}',
      'docker | run | i',
    ],
    [
      'storage:\n  files:\n  - path: /a\n    contents:\n      inline: |\n        #!/bin/sh\n        docker run i',
      'docker | run | i',
    ],
    ['write_files:\n- path: /a.sh\n  encoding: b64\n  content: docker run i', ''],
    ['write_files:\n- path: /a.txt\n  content: docker run i', ''],
  ])('%s', async (text, shown) => {
    expect(await found('yaml', `${text}\n`)).toEqual(shown === '' ? [] : [shown]);
  });
});

describe("mounts of Ansible's containers that are maps", () => {
  const module = (...mount: string[]) =>
    lines(
      '- hosts: a',
      '  tasks:',
      '  - docker_container:',
      '      mounts:',
      ...mount.map((line) => `      ${line}`),
    );

  test.each([
    [['- {type: bind, source: /a, target: /b}'], ['type=bind,source=/a,target=/b']],
    [
      ['- target: /b', '  source: "{{ v }}"', '  read_only: yes', '  labels: {a: b}'],
      ['target=/b,source={{ v }},readonly=true'],
    ],
    [
      ['- {type: tmpfs, target: /r, tmpfs_mode: "1777", tmpfs_size: 64M}', '- {target: /x, no_copy: false}'],
      ['type=tmpfs,target=/r,tmpfs-mode=1777,tmpfs-size=64M', 'target=/x,volume-nocopy=false'],
    ],
    [['- {type: bind, source: "/a,b", target: /b}'], []],
    [['- {source: ~, target: /b}'], ['target=/b']],
  ])('%s', async (mount, expected) => {
    const { mounts } = await readFindings('yaml', module(...mount));
    expect(mounts.map(({ form, spec }) => `${form} ${displayText(spec)}`)).toEqual(
      expected.map((one) => `mount ${one}`),
    );
  });
});

describe('TOML', () => {
  test.each([
    ['[[runners]]\n[runners.docker]\nvolumes = ["/cache", \'/a:/b\']', ['/cache', '/a:/b'], 'volume'],
    ['[runners.docker.tmpfs]\n"/run" = "size=1m"\n"/x" = ""', ['/run:size=1m', '/x'], 'tmpfs'],
    ['[containers]\nvolumes = ["/a:/b:z"]', ['/a:/b:z'], 'volume'],
    ['[build.env]\nvolumes = ["A"]\n[other]\nmounts = ["type=x"]', [], ''],
  ])('mounts of %j', async (text, expected, form) => {
    const { mounts } = await readFindings('toml', text);
    expect(mounts.map((one) => `${one.form} ${displayText(one.spec)}`)).toEqual(
      expected.map((one) => `${form} ${one}`),
    );
  });

  test.each([
    ['[tasks.a]\nrun = "docker run -v a:/b i"', 'docker | run | -v | a:/b | i'],
    ['[tasks.a]\nscript = ["cd x", "docker run -v a:/b i"]', 'docker | run | -v | a:/b | i'],
    ['[tasks.a]\ncommand = "docker"\nargs = ["run", "-v", "a b:/b"]', 'docker | run | -v | a b:/b'],
    ['[tool.poe.tasks]\na.shell = "docker run i"', 'docker | run | i'],
    ['[tool.pdm.scripts]\na = {cmd = "docker run i"}', 'docker | run | i'],
    ['[tool.poe.tasks]\na = """\ndocker \\\n  \\u0072un i"""', 'docker | run | i'],
    ['[package]\ndescription = "docker run -v a:b i"', ''],
  ])('commands of %j', async (text, shown) => {
    expect(await found('toml', text)).toEqual(shown === '' ? [] : [shown]);
  });

  test('what is not TOML is said', async () => {
    const { problems } = await readFindings('toml', 'docker = \n');
    expect(problems.map(({ message, scope }) => [message.slice(0, 23), scope])).toEqual([
      ['this is not valid TOML:', 'file'],
    ]);
  });
});

describe("Visual Studio Code's tasks", () => {
  const tasks = (task: string) => `{"tasks": [${task}] /* all */}`;

  test.each([
    [
      '{"command": "docker run -v ${workspaceFolder}:/b i"}',
      ['docker | run | -v | ${workspaceFolder}:/b | i'],
    ],
    [
      '{"type": "process", "command": "docker", "args": ["run", "-v", "$HOME:/b"]}',
      ['docker | run | -v | $HOME:/b'],
    ],
    ['{"command": "sudo docker", "args": ["run", {"value": "i"}]}', ['docker | run | i']],
    [
      '{"type": "docker-run", "dockerRun": {"volumes": [{"localPath": "/a", "containerPath": "/b", "permissions": "ro"}]}}',
      ['volume task 11 /a:/b:ro'],
    ],
    [
      '{"command": "x", "linux": {"command": "docker run i"}, "windows": {"command": "docker run j"}}',
      ['docker | run | i'],
    ],
  ])('%s', async (task, expected) => {
    expect(await found('vscode-tasks', tasks(task))).toEqual(expected);
  });
});

test('Earthfiles: commands of RUN, no mounts of it', async () => {
  const text =
    'VERSION 0.8\na:\n  WITH DOCKER --pull a\n    RUN --mount=type=x docker run \\\n      # no\n      -v a:/b i\n  END\n';
  expect(await found('earthfile', text)).toEqual(['docker | run | -v | a:/b | i']);
});

test.each([
  'runuser -u a -- docker run i',
  'runuser -l a -c "docker run i"',
  '"$@" docker run i',
  '"${S[@]}" docker run i',
  'setpriv --reuid a docker run i',
  's6-setuidgid a docker run i',
  'dumb-init -- docker run i',
])('%s', async (text) => {
  expect(await found('shell', `${text}\n`)).toEqual(['docker | run | i']);
});

test.each([
  ['powershell', 'function F { return docker run i }', 'docker | run | i'],
  ['powershell', '[string]$x = docker run i', 'docker | run | i'],
  ['powershell', '$a, $b.c = & docker run i', 'docker | run | i'],
  ['powershell', '$x = $(docker run i)', 'docker | run | i'],
  [
    'powershell',
    "Start-Process docker -ArgumentList 'run', \"$a b\", 'i' -Wait",
    'docker | run | $a | b | i',
  ],
  [
    'powershell',
    'saps -NoNewWindow -FilePath docker.exe -Args "run -v `"a b`":/b i"',
    'docker.exe | run | -v | a b:/b | i',
  ],
  ['powershell', "$l = @('run', 'i'); Start-Process docker -ArgumentList $l", 'docker | run | i'],
  ['powershell', "Start-Process docker 'run i'", 'docker | run | i'],
  ['powershell', 'Start-Process docker', ''],
  ['powershell', 'Start-Process notepad -ArgumentList "docker run i"', ''],
  ['batch', 'set X=docker run ^\n  -v C:\\a:/b', 'docker | run | -v | C:\\a:/b'],
  ['batch', 'set "X=docker run -v %cd%:/b"', 'docker | run | -v | %cd%:/b'],
  ['batch', 'set X=runs docker run i', ''],
  [
    'batch',
    `for /f "tokens=1" %%i in ('docker run i ^| find "x"') do echo %%i`,
    'docker | run | i | | | find | x',
  ],
  ['batch', 'for /f "usebackq" %%i in (`docker run i`) do echo', 'docker | run | i'],
  ['batch', 'for %%i in (1 2) do docker run %%i', 'docker | run | %%i'],
] as const)('%s: %s', async (kind, text, shown) => {
  expect(await found(kind, `${text}\n`)).toEqual(shown === '' ? [] : [shown]);
});
