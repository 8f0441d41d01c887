import { expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import { displayText } from '../../src/text/spec-text.js';
import { runLint } from '../support/cli.js';

async function wordsOf(text: string, path = 'web.container') {
  const { commands } = await readFindings('quadlet', text, { path });
  return commands.map(({ words }) => words.map((word) => displayText(word)).join(' '));
}

const unit = (lines: string) => `[Container]\nImage=x\n${lines}\n`;

test.each([
  ['a value as it is, quotes and spaces included', 'Volume="/a b":/c # d', '--volume "/a b":/c # d'],
  ['lines joined with nothing between', 'Volume=/a:\\\n   # note\n   /b', '--volume /a:/b'],
  [
    'an empty one takes back those before',
    'Volume=/a:/b\nTmpfs=/t\nVolume=\nVolume=/c:/d',
    '--tmpfs /t --volume /c:/d',
  ],
  ['an empty source', 'Volume=:/a:ro', '--volume /a'],
  [
    'Mount= is split and unquoted',
    `Mount=type=bind,src=/a,dst=/b "type=tmpfs,dst=/c d"`,
    '--mount type=bind,src=/a,dst=/b --mount type=tmpfs,dst=/c d',
  ],
  ['PodmanArgs= too', `PodmanArgs="-v" '/a b:/c' --cpus=1`, '-v /a b:/c --cpus=1'],
  ['doubled marks', 'Volume=/50%%:/$$x', '--volume /50%:/$x'],
  ['whitespace round the equals sign', 'Volume \t=  /a:/b  ', '--volume /a:/b'],
])('%s', async (_, lines, words) => {
  expect(await wordsOf(unit(lines))).toEqual([`podman run --rm ${words} x`]);
});

test('Exec= and comments are no mounts, and another section is none of the container', async () => {
  expect(await wordsOf(unit('Exec=-v /a:/b\n#Volume=/a:/b\n; Mount=x'))).toEqual([]);
  expect(await wordsOf('[Service]\nVolume=/a:/b\n')).toEqual([]);
});

test('specifiers and variables are unknown, a name with a dollar is not', async () => {
  const { commands } = await readFindings(
    'quadlet',
    unit('Volume=%h/a:/b\nVolume=$HOME/a:/b\nVolume=${X}:/c'),
  );
  const holes = commands[0]!.words.map(({ holes }) => holes.map(({ text }) => text).join());
  expect(holes).toEqual(['', '', '', '', '%h', '', '', '', '${X}', '']);
  expect(commands[0]!.words[4]!.holes[0]!.absolute).toBe(true);
});

test('a drop-in and a template are parts of a unit', async () => {
  const { units, commands } = await readFindings('quadlet', '[Container]\nVolume=/a:/b\n', {
    path: 'web.container.d/10-data.conf',
  });
  expect(units).toMatchObject([{ ending: 'container', isPartial: true }]);
  expect(commands).toMatchObject([{ partial: true }]);
});

test('what only has an ending of Quadlet is none of its units', async () => {
  for (const text of ['=head1 NAME\n\nVolume=/a\n', '[Match]\nName=a\n', 'Volume=/a:/b'])
    expect((await readFindings('quadlet', text, { path: 'a.pod' })).units).toEqual([]);
});

test('a block of Markdown shows the lines that it speaks of', async () => {
  const { units, commands } = await readFindings('markdown', '```ini\n[Container]\nVolume=/a:b\n```\n', {
    path: 'README.md',
  });
  expect(units.map(({ isPartial }) => isPartial)).toEqual([true]);
  expect(commands.map(({ words }) => words.at(4)!.value)).toEqual(['/a:b']);
});

test('a script may write one', async () => {
  const { commands } = await readFindings('shell', 'cat > x.container <<EOF\n[Container]\nTmpfs=/t\nEOF\n');
  expect(commands.map(({ words }) => words.at(4)!.value)).toEqual(['/t']);
});

test.each([
  ['a podman without Quadlet', '4.3', 'a.container', '[Container]\nImage=x\nVolume=/a:/b\n', 0],
  ['a podman without pods', '4.9', 'a.pod', '[Pod]\nVolume=/a:/b\n', 0],
  ['what no release knows, all the same', '4.3', 'a.container', '[Container]\nImage=x\nVolumes=/a:/b\n', 1],
  [
    'a podman that knows units, and not this key',
    '4.4',
    'a.container',
    '[Container]\nImage=x\nMount=type=tmpfs,dst=/a\n',
    1,
  ],
])('%s', async (_name, podman, path, text, count) => {
  const { stdout } = await runLint(['--podman', podman, '--format', 'json', '--stdin-filename', path, '-'], {
    stdin: text,
  });
  const found: { rule: string }[] = JSON.parse(stdout);
  expect(found.filter(({ rule }) => rule === 'quadlet-refuses')).toHaveLength(count);
});
