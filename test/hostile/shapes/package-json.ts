import { JSON_VALUES } from './json.js';
import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

/** package.json. */
export const PACKAGE_JSON: readonly Shape[] = [
  ...Object.entries(JSON_VALUES).map(
    ([name, make]): Shape => ({
      name,
      path: 'package.json',
      make: (n) => `{"scripts": {"a": "docker run -v a:b:c:d x"}, "x": ${make(n)}}`,
    }),
  ),
  ...shapesOf('package.json', {
    scripts: (n) => `{"scripts": {${fill(n, (i) => `"a${i}": "docker run -v a:b:c:d x",\n`)}"b": ""}}`,
    'one script with many commands': (n) =>
      `{"scripts": {"a": "${fill(n, 'docker run -v a:b:c:d x && ')}ls"}}`,
    'one script with many flags': (n) => `{"scripts": {"a": "docker run ${fill(n, '-v a:b:c:d ')}x"}}`,
    'one script with many quotes': (n) => `{"scripts": {"a": "docker run ${fill(n, "-v 'a:b:c:d' \\\"")}x"}}`,
    'scripts in scripts': (n) => `{"scripts": ${nest(n, '{"scripts": ', '"docker run -v a:b:c x"', '}')}}`,
    'scripts that escape': (n) => `{"scripts": {"a": "docker run ${fill(n, '\\u002dv /a:/b:rx ')}x"}}`,
    'scripts of one name': (n) => `{"scripts": {${fill(n, '"a": "docker run -v a:b:c:d x",\n')}"b": ""}}`,
    'lists of scripts': (n) => `{${fill(n, '"scripts": {"a": "docker run -v a:b:c:d x"},\n')}"b": ""}`,
    'a configuration of mountc': (n) =>
      `{"scripts": {"a": "docker run -v a:b:c:d x"}, "mountc": {"ignore": [${fill(n, '"*a*b",')}"x"]}}`,
  }),
];
