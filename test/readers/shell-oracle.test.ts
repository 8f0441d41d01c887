import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { sourceRange } from '../../src/text/spec-text.js';
import { readShellFile } from '../support/frontends.js';
import { SEED } from '../support/seed.js';

interface Tree {
  readonly rootNode: TreeNode;
}
interface TreeNode {
  readonly type: string;
  readonly text: string;
  readonly startIndex: number;
  readonly hasError: boolean;
  readonly children: readonly TreeNode[];
}
interface TreeSitter {
  readonly Parser: (new () => { setLanguage(language: unknown): void; parse(text: string): Tree }) & {
    init(): Promise<void>;
  };
  readonly Language: { load(path: string): Promise<unknown> };
}

const require = createRequire(import.meta.url);
const folder = '@vscode/tree-sitter-wasm/wasm';
let parse: (text: string) => Tree;

beforeAll(async () => {
  const { Parser, Language }: TreeSitter = require(`${folder}/tree-sitter.js`);
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve(`${folder}/tree-sitter-bash.wasm`)));
  parse = (text) => parser.parse(text);
});

/** Where tree-sitter-bash sees a command that is called docker. */
function oracle(root: TreeNode): number[] {
  const found: number[] = [];
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    const name =
      node.type === 'command' ? node.children.find((child) => child.type === 'command_name') : undefined;
    if (name?.text === 'docker') found.push(name.startIndex);
    nodes.push(...node.children);
  }
  return found.sort((a, b) => a - b);
}

const simple = fc.constantFrom(
  'docker run -v "$PWD:/a" i',
  'A=b docker run -v a:/b i >x 2>&1',
  "echo 'docker run'",
  'echo docker run',
  'x=1',
  'docker ps | grep docker',
  'true && docker run i || docker run j',
  'y="docker run $(docker run -v /a:/b i)"',
  'z=`docker run i`',
  '[[ -n "$a" ]] && docker run i',
  'docker run \\\n  -v /a:/b \\\n  i',
  'A=(docker run "$(docker ps)")',
  'docker run $((1 + 2)) ${A:-docker} "${B[@]}" i',
  '# docker run',
);
const { statement } = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: simple },
    {
      weight: 1,
      arbitrary: tie('statement').map((one) => `if ${'docker ps'}; then\n${one}\nelse\ndocker run i\nfi`),
    },
    { weight: 1, arbitrary: tie('statement').map((one) => `for i in docker run; do\n${one}\ndone`) },
    { weight: 1, arbitrary: tie('statement').map((one) => `while docker ps; do\n${one}\ndone`) },
    {
      weight: 1,
      arbitrary: tie('statement').map((one) => `case docker in docker)\n${one}\n;; *) docker run i ;; esac`),
    },
    { weight: 1, arbitrary: tie('statement').map((one) => `f() {\n${one}\n}`) },
    { weight: 1, arbitrary: tie('statement').map((one) => `(\n${one}\n)`) },
    { weight: 1, arbitrary: tie('statement').map((one) => `x=$(\n${one}\n)`) },
    { weight: 1, arbitrary: fc.constant("cat <<'EOF'\ndocker run i\nEOF") },
    { weight: 1, arbitrary: fc.constant('cat <<EOF\ndocker run $(docker run i)\nEOF') },
  ),
}));

test(`found commands agree with tree-sitter-bash (seed ${SEED})`, () => {
  const scripts = fc.sample(
    fc.array(statement, { minLength: 1, maxLength: 5 }).map((all) => `${all.join('\n')}\n`),
    { seed: SEED, numRuns: 600 },
  );
  let compared = 0;
  for (const text of scripts) {
    const { rootNode } = parse(text);
    if (rootNode.hasError) continue;
    const ours = readShellFile(text).commands.map(({ words }) => sourceRange(words[0]!).start);
    expect(
      ours.sort((a, b) => a - b),
      text,
    ).toEqual(oracle(rootNode));
    compared += ours.length;
  }
  expect(compared).toBeGreaterThan(1000);
});
