import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

/** Lists of arguments, one a line. */
export const JSONL: readonly Shape[] = shapesOf('lines.jsonl', {
  lines: (n) => fill(n, '["run","-v","/a:/b","x"]\n'),
  'one line of words': (n) => `["run",${fill(n, '"-v","/a:/b",')}"x"]\n`,
  'one line of many mounts': (n) => `["run",${fill(n, (i) => `"-v","/a${i}:/b${i}",`)}"x"]\n`,
  'one line without end': (n) => `["run",${fill(n, '"a",')}`,
  'one line of one word': (n) => `["run","-v","${'x'.repeat(n)}","y"]\n`,
  brackets: (n) => `${fill(n, '[')}\n`,
  braces: (n) => `${fill(n, '{"a":')}\n`,
  'empty lines': (n) => fill(n, '\n'),
  'lines that are nothing': (n) => fill(n, 'x\n'),
  'one line that is nothing': (n) => 'x'.repeat(n),
  'wrong flags': (n) => `["run",${fill(n, (i) => `"--f${i}",`)}"x"]\n`,
  'keys of one mount': (n) => `["run","--mount","${fill(n, 'src=/a,')}dst=/b","x"]\n`,
});
