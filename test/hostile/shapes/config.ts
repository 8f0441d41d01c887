import { fill, list, nest, type Shape } from './shape.js';
import { yamlShapes } from './yaml.js';

const SCRIPT = 'docker run -v a:b:c:d x\n';
const RUNS = ['lint a.sh', 'lint --print-config a.sh', 'convert --to mount --diff a.sh'];

function configShapes(path: string, all: Readonly<Record<string, (n: number) => string>>): Shape[] {
  return Object.entries(all).map(
    ([name, make]): Shape => ({ name, path, make: (n) => ({ [path]: make(n), 'a.sh': SCRIPT }), runs: RUNS }),
  );
}

const scriptShapes = (all: Readonly<Record<string, (n: number) => string>>) =>
  Object.entries(all).map(([name, make]): Shape => ({ name, path: 'a.sh', make }));

/** Configurations of mountc, and directives. */
export const CONFIG: readonly Shape[] = [
  ...yamlShapes('.mountc.yaml', 'failOn: error\n').map(
    (shape): Shape => ({
      ...shape,
      make: (n) => ({ '.mountc.yaml': shape.make(n) as string, 'a.sh': SCRIPT }),
      runs: RUNS,
    }),
  ),
  ...configShapes('.mountc.yaml', {
    'patterns to ignore': (n) => `ignore:\n${fill(n, (i) => `  - "a${i}/**"\n`)}`,
    'a pattern with many stars': (n) => `ignore: ["${fill(Math.min(n, 400), '*a')}b"]\n${fill(n, '# a\n')}`,
    'a pattern of many folders': (n) => `ignore: ["${fill(n, '**/')}b"]\n`,
    'a pattern of many choices': (n) => `ignore: ["${fill(n, '{a,b}')}c"]\n`,
    'a pattern of choices in choices': (n) => `ignore: ["${nest(n, '{a,', 'b', '}')}"]\n`,
    'a pattern of choices that do not end': (n) => `ignore: ["${fill(n, '{a,')}"]\n`,
    'a pattern of sets': (n) => `ignore: ["${fill(n, '[a-z]')}"]\n`,
    'a pattern of sets that do not end': (n) => `ignore: ["${fill(n, '[')}"]\n`,
    'a pattern of question marks': (n) => `ignore: ["${fill(n, '?*')}"]\n`,
    'a pattern of negations': (n) => `ignore: ["${fill(n, '!(')}"]\n`,
    'a pattern of numbers': (n) => `ignore: ["${fill(n, '{1..9}')}"]\n`,
    overrides: (n) => `overrides:\n${fill(n, (i) => `  - files: ["a${i}"]\n    docker: "28"\n`)}`,
    'overrides that all match': (n) =>
      `overrides:\n${fill(n, '  - files: ["**"]\n    rules: {docker-refuses: off}\n')}`,
    rules: (n) => `rules:\n${fill(n, (i) => `  docker-refuses${i}: off\n`)}`,
    'rules that nobody knows': (n) => `rules:\n${fill(n, (i) => `  broad-host-mout${i}: of\n`)}`,
    'settings that nobody knows': (n) => fill(n, (i) => `dcoker${i}: a\n`),
    'one long name of a setting': (n) => `${fill(n, 'dcoker')}: a\n`,
    'one long name of a rule': (n) => `rules:\n  "${fill(n, 'mount-')}": off\n`,
    commands: (n) => `commands:\n${fill(n, (i) => `  - ./run${i}\n`)}`,
    'one long command': (n) => `commands: ["${fill(n, './run-')}"]\n`,
    'commands of odd characters': (n) => `commands: ["${fill(n, '(a+)+$')}"]\n`,
    'one long version': (n) => `docker: "${fill(n, '2.')}"\n`,
  }),
  ...configShapes('.mountc.json', {
    'lists in lists of JSON': (n) => `{"ignore": ${nest(n, '[', '', ']')}}`,
    'objects that are not closed': (n) => `{"ignore": ${fill(n, '{"a":')}`,
    'comments of JSON': (n) => `{${fill(n, '/* a */ // b\n')}"failOn": "error"}`,
    'quotes of JSON': (n) => `{"ignore": [${fill(n, '"')}`,
    'patterns in JSON': (n) =>
      `{"ignore": [${list(n, 6, (i, count) => `"a${i}"${i < count - 1 ? ',' : ''}`)}]}`,
  }),
  ...scriptShapes({
    'directives for the next line': (n) => fill(n, `# mountc-disable-next-line\n${SCRIPT}`),
    'directives for this line': (n) => fill(n, 'docker run -v a:b:c:d x # mountc-disable-line\n'),
    'directives that are not needed': (n) => fill(n, '# mountc-disable-next-line\ndocker run -v /a:/b x\n'),
    'directives with a rule that nobody knows': (n) =>
      fill(n, (i) => `# mountc-disable-next-line broad-host-mout${i}\n${SCRIPT}`),
    'one directive with many rules': (n) => `# mountc-disable-file ${fill(n, 'docker-refuses, ')}\n${SCRIPT}`,
    'one directive with many rules that nobody knows': (n) =>
      `# mountc-disable-file ${fill(n, (i) => `docker-refses${i} `)}\n${SCRIPT}`,
    'one directive with a long reason': (n) =>
      `# mountc-disable-file docker-refuses -- ${fill(n, '-- a ')}\n${SCRIPT}`,
    'directives that open': (n) => `${fill(n, '# mountc-disable docker-refuses\n')}${SCRIPT}`,
    'directives that open and close': (n) => fill(n, `# mountc-disable\n${SCRIPT}# mountc-enable\n`),
    'directives that close one of all': (n) =>
      `# mountc-disable\n${fill(n, `# mountc-enable docker-refuses\n${SCRIPT}`)}`,
    'directives that close nothing': (n) => `${fill(n, '# mountc-enable\n')}${SCRIPT}`,
    'directives for the file': (n) => `${fill(n, '# mountc-disable-file docker-refuses\n')}${SCRIPT}`,
    'directives for all lines and many faults': (n) =>
      `${fill(n / 2, '# mountc-disable docker-refuses\n')}${fill(n / 2, SCRIPT)}`,
    'directives in a row before a line': (n) => `${fill(n, '# mountc-disable-next-line a\n')}${SCRIPT}`,
    'directives in one line': (n) => `docker run -v a:b:c:d x ${fill(n, '# mountc-disable-line ')}\n`,
    'directives that are misspelled': (n) => `${fill(n, (i) => `# mountc-dsable-${i}\n`)}${SCRIPT}`,
    'directives over commands of many lines': (n) =>
      `# mountc-disable-next-line\ndocker run \\\n${fill(n, '  -v a:b:c:d \\\n')}  x\n`,
  }),
];
