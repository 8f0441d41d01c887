import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Batch files. */
export const BATCH: readonly Shape[] = shapesOf('x.bat', {
  brackets: (n) => `${fill(n, '(')}\n${LINE}`,
  'brackets and commands': (n) => `${nest(n, '(', RUN, ')')}\n`,
  ifs: (n) => `${fill(n, 'if exist a (')}${RUN}\n`,
  'ifs in one line': (n) => `${fill(n, 'if exist a ')}${RUN}\n`,
  fors: (n) => `${fill(n, 'for %%i in (a) do ')}${RUN}\n`,
  'fors in lines': (n) => fill(n, `for %%i in (a) do ( ${RUN} )\n`),
  variables: (n) => `docker run -v ${fill(n, '%a%')}:/b x\n`,
  'percent signs': (n) => `docker run -v ${fill(n, '%')}:/b x\n`,
  'percent names never closed': (n) => `docker run -v ${fill(n, '%a:')} x\n`,
  'percent names of brackets': (n) => `docker run -v ${fill(n, '%a(')} x\n`,
  'exclamation marks': (n) => `docker run -v ${fill(n, '!a')}:/b x\n`,
  tildes: (n) => `docker run -v %${fill(n, '~d')} x\n`,
  continuations: (n) => `docker run ${fill(n, '^\n')} -v /a:/b x\n`,
  'continuations between flags': (n) => `docker run ${fill(n, '-v /a:/b ^\n')} x\n`,
  carets: (n) => `docker run ${fill(n, '^^')} x\n`,
  quotes: (n) => `docker run -v "${fill(n, '""')}" x\n`,
  'quotes never closed': (n) => fill(n, `${RUN} "\n`),
  'cmd of cmd': (n) => `${fill(n, 'cmd /c ')}${RUN}\n`,
  'cmd in cmd': (n) => `${fill(n, 'cmd /c "')}${RUN}\n`,
  calls: (n) => `${fill(n, 'call ')}${RUN}\n`,
  starts: (n) => `${fill(n, 'start /b ')}${RUN}\n`,
  'powershell in batch': (n) => fill(n, `powershell -Command "${RUN}"\n`),
  remarks: (n) => fill(n, `rem ${LINE}:: ${LINE}`),
  directives: (n) => fill(n, 'rem mountc-disable-next-line broad-host-mount\ndocker run -v /:/b x\n'),
  ampersands: (n) => `${fill(n, `${RUN} & `)}x\n`,
  pipes: (n) => `${fill(n, `${RUN} | `)}x\n`,
  sets: (n) => fill(n, (i) => `set V${i}=%V${i + 1}%\ndocker run -v %V${i}%:/b x\n`),
  prompts: (n) => fill(n, `C:\\a> ${LINE}`),
  'wrong flags': (n) => `docker run ${fill(n, (i) => `--flag${i} `)}x\n`,
  'volumes with many colons': (n) => `docker run -v C:\\a${fill(n, ':c')} x\n`,
  'one word': (n) => `docker run -v ${'x'.repeat(n)} y\n`,
  'at signs': (n) => `${fill(n, '@')}${RUN}\n`,
  'empty lines behind a directive': (n) => `rem mountc-disable-file\n${LINE}${fill(n, '\n')}`,
});
