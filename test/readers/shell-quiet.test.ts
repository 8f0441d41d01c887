import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readShellFile, shownCommands } from '../support/frontends.js';
import { withSeed } from '../support/seed.js';

// Lines that make an engine's command in every roundabout way that is read, and lines that make none.
const LINES = [
  'docker run -v /a:/b img',
  'D=docker',
  'E="$D run"',
  'F=$E',
  '$D run -v /c:/d img',
  '$E -v /e:/f img',
  '$F -v /g:/h img',
  'A=(docker run -v /i:/j)',
  'A+=(-v "$PWD:/w" img)',
  '"${A[@]}" img ls',
  'B=("${A[@]}" more)',
  '${B[@]}',
  'set -- docker run -v /k:/l img',
  '"$@"',
  'do"ck"er run -v /m:/n img',
  "dock'er' run -v /o:/p img",
  'dock\\er run -v /q:/r img',
  "$'\\x64ocker' run -v /s:/t img",
  'sh -c "doc""ker run -v /u:/v img"',
  'eval "$E -v /w:/x img"',
  'sudo -E $CONTAINER_ENGINE run -v /y:/z img',
  'alias d="docker run"',
  'run() { "$@"; }',
  'run docker run -v /0:/1 img',
  'ssh host <<EOF\ndocker run -v /2:/3 img\nEOF',
  'x=$(docker run -v /4:/5 img)',
  'echo `docker run -v /6:/7 img` done',
  'for i in a b; do docker run -v /8:/9 img; done',
  'echo nothing "$x" here',
  'mkdir -p "$OUT" && cd "$OUT" || exit 1',
  '# mountc-disable-next-line',
  'printf \'%s\\n\' "$D"',
];

test('commands that are passed over hold nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 12 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      // A template whose meaning the host may know keeps every command from being passed over.
      const full = readShellFile(`${text}: {{ x }}\n`, { expandHole: () => undefined });
      const quick = readShellFile(text);
      expect(shownCommands(quick)).toEqual(shownCommands(full));
      expect(quick.comments).toEqual(full.comments);
    }),
    withSeed(500),
  );
});
