import { JSON_VALUES } from './json.js';
import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const PATH = 'a.ipynb';
const code = (source: string) => `{"cell_type": "code", "source": [${source}"x"]}`;
const notebook = (cells: string) => `{"cells": [${cells}{"cell_type": "raw", "source": []}]}\n`;
const DOCKER = 'docker run -v a:b:c:d x';

/** Notebooks of Jupyter. */
export const NOTEBOOK: readonly Shape[] = [
  ...Object.entries(JSON_VALUES).map(
    ([name, make]): Shape => ({
      name,
      path: PATH,
      make: (n) => `{"cells": [${code(`"!${DOCKER}", `)}], "metadata": ${make(n)}}`,
    }),
  ),
  ...shapesOf(PATH, {
    cells: (n) => notebook(fill(n, `${code(`"!${DOCKER}\\n", `)},\n`)),
    'lines of one cell': (n) => notebook(`${code(fill(n, `"!${DOCKER}\\n", `))},`),
    'lines of one cell of bash': (n) => notebook(`${code(`"%%bash\\n", ${fill(n, `"${DOCKER}\\n", `)}`)},`),
    'lines of one command': (n) =>
      notebook(`${code(`"!docker run \\\\\\n", ${fill(n, '" -v a:b:c:d \\\\\\n", ')}`)},`),
    'pages of one notebook': (n) =>
      notebook(fill(n, `{"cell_type": "markdown", "source": "\`\`\`bash\\n${DOCKER}\\n\`\`\`\\n"},\n`)),
  }),
];
