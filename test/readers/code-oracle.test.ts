import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CodeKind, LANGUAGES } from '../../src/readers/code/languages.js';
import { tokensOf } from '../../src/readers/code/tokens.js';
import { SEED, withSeed } from '../support/seed.js';

interface TreeNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly hasError: boolean;
  readonly children: readonly TreeNode[];
}
interface TreeSitter {
  readonly Parser: (new () => {
    setLanguage(language: unknown): void;
    parse(text: string): { rootNode: TreeNode };
  }) & {
    init(): Promise<void>;
  };
  readonly Language: { load(path: string): Promise<unknown> };
}

/** A language, the grammar that knows it, what that calls strings, and statements with strings, comments and what looks like them. */
interface Known {
  readonly kind: CodeKind;
  readonly grammar: string;
  readonly strings: RegExp;
  readonly statements: readonly string[];
}

const JAVASCRIPT = [
  "const a = 'it\\'s';",
  'const b = "a \\"b\\" // no";',
  'const c = `x ${a + `y ${b}`} \' "`;',
  '// it\'s a "comment',
  '/* `docker run` " */',
  "const d = /[/'\"]+/g.test('x');",
  'const e = 4 / 2 / 1;',
  "f('docker', ['run', `${a}:/b`], { x: \"y\" });",
  'const g = `line\n"two" \'three\'`;',
  'if (a) { h("x") } else { h(\'y\') }',
  'const i = (1 + 2) / 3 + "/";',
  'const j = { "a-b": 1, c: \'d\' };',
];

const KNOWN: readonly Known[] = [
  {
    kind: 'python',
    grammar: 'python',
    strings: /^string$/,
    statements: [
      "a = 'it\\'s'",
      'b = "a \\"b\\" # no"',
      'c = """x "y" \'z\'\n"" more"""',
      "d = '''docker 'run' \\''' '''",
      '# it\'s a "comment',
      'e = f"{a}/{b!r} {{x}} {d[0]}"',
      'f = r"C:\\x\\"" + rb\'\\d\' + rf"{a}\\"x"',
      'g = ("one" \'two\' """three""")',
      'h = [\'docker\', "run", u\'x\', b"y"]',
      'k = a % "x" if a else "y"',
      'def i():\n    """Says `docker run`, doesn\'t it?"""\n    return "x"',
      'j = 7 // 2  # "half',
    ],
  },
  {
    kind: 'javascript',
    grammar: 'javascript',
    strings: /^(?:string|template_string)$/,
    statements: JAVASCRIPT,
  },
  {
    kind: 'javascript',
    grammar: 'typescript',
    strings: /^(?:string|template_string)$/,
    statements: [
      ...JAVASCRIPT,
      'type T = \'a\' | "b";',
      "const k: Array<string> = ['x'];",
      "let m = n as 'x';",
    ],
  },
  {
    kind: 'go',
    grammar: 'go',
    strings: /^(?:interpreted|raw)_string_literal$/,
    statements: [
      'var a = "it\'s \\"x\\""',
      'var b = `raw "x" \\` + "y"',
      "var c = []rune{'\"', '\\'', '`', '\\\\'}",
      '// it\'s a "comment',
      '/* ` " */',
      'var d = exec.Command("docker", "run", `-v`)',
      'type T struct {\n\tA string `json:"a"`\n}',
      'var e = `line\n"two"`',
    ],
  },
  {
    kind: 'ruby',
    grammar: 'ruby',
    strings: /^(?:string|subshell)$/,
    statements: [
      "a = 'it\\'s'",
      'b = "x #{a} \\"y\\""',
      '# it\'s a "comment',
      'system(\'docker\', "run")',
      'c = { "k" => \'v\', :s => "w" }',
      'd = a =~ /["\']x/',
      'e = 6 / 3',
      'puts "#{b["k"]}"',
      'c = `git log --format=\'%s "x"\'`',
    ],
  },
  {
    kind: 'java',
    grammar: 'java',
    strings: /^string_literal$/,
    statements: [
      'String a = "it\'s \\"x\\"";',
      "char b = '\"', c = '\\'';",
      '// it\'s a "comment',
      '/* " */',
      'String d = """\n  text "x" \'y\'\n  """;',
      'List<String> e = List.of("docker", "run");',
      'int f = 4 / 2;',
    ],
  },
  {
    kind: 'csharp',
    grammar: 'c-sharp',
    strings: /^(?:string_literal|verbatim_string_literal|raw_string_literal|interpolated_string_expression)$/,
    statements: [
      'string a = "it\'s \\"x\\"";',
      'string b = @"C:\\x ""y"" \\";',
      'string c = $"{a}/{b} {{x}}";',
      "char d = '\"';",
      '// it\'s a "comment',
      '/* " */',
      'string e = $@"{a} ""q"" \\";',
      'var f = new[] { "docker", "run" };',
    ],
  },
  {
    kind: 'rust',
    grammar: 'rust',
    strings: /^(?:raw_)?string_literal$/,
    statements: [
      'const A: &str = "it\'s \\"x\\"";',
      'const B: &str = r"C:\\x";',
      'const C: &str = r#"a "b" c"#;',
      "const D: char = '\"';",
      "fn e<'a>(x: &'a str) -> &'a str { x }",
      '// it\'s a "comment',
      '/* " */',
      'const F: &[u8] = b"bytes";',
      'static G: &str = "two\nlines";',
    ],
  },
  {
    kind: 'php',
    grammar: 'php',
    strings: /^(?:string|encapsed_string|shell_command_expression)$/,
    statements: [
      "$a = 'it\\'s';",
      '$b = "x {$a} $c[0] \\"y\\"";',
      '// it\'s a "comment',
      '# another "one',
      "/* ' */",
      "exec('docker run', $d);",
      '$e = [\'docker\', "run"];',
      "$f = 'two\nlines';",
      '$g = `ls "$d" \'x\'`;',
    ],
  },
];

const BEFORE: Partial<Record<CodeKind, string>> = {
  go: 'package x\n',
  php: '<?php\n',
  java: 'class X {\n',
  csharp: 'class X {\n',
};
const AFTER: Partial<Record<CodeKind, string>> = { java: '}\n', csharp: '}\n' };

const require = createRequire(import.meta.url);
const folder = '@vscode/tree-sitter-wasm/wasm';
let load: (grammar: string) => Promise<(text: string) => TreeNode>;

beforeAll(async () => {
  const { Parser, Language }: TreeSitter = require(`${folder}/tree-sitter.js`);
  await Parser.init();
  load = async (grammar) => {
    const parser = new Parser();
    parser.setLanguage(await Language.load(require.resolve(`${folder}/tree-sitter-${grammar}.wasm`)));
    return (text) => parser.parse(text).rootNode;
  };
});

/** Where the outermost strings stand. */
function stringsOf(text: string, root: TreeNode, { strings }: Known): string[] {
  const found: TreeNode[] = [];
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    // TypeScript's type `string` is called one too.
    if (strings.test(node.type) && /["'`]/.test(text.slice(node.startIndex, node.endIndex))) found.push(node);
    else nodes.push(...node.children);
  }
  return found.map(({ startIndex, endIndex }) => `${startIndex}-${endIndex}`).sort();
}

const ours = (text: string, kind: CodeKind) =>
  [...tokensOf(text, LANGUAGES[kind])]
    .flatMap(({ type, start, end }) => (type === 'string' ? `${start}-${end}` : []))
    .sort();

describe(`strings of programs are those that tree-sitter finds (seed ${SEED})`, () => {
  test.each(KNOWN)('$grammar', async (known) => {
    const parse = await load(known.grammar);
    const { kind } = known;
    const root = fileURLToPath(new URL(`../../fixtures/${kind}`, import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /^(?:ok|err)./.test(path),
    );
    let parsed = 0;
    const check = (text: string) => {
      const tree = parse(text);
      if (tree.hasError) return;
      parsed++;
      expect(ours(text, kind), text).toEqual(stringsOf(text, tree, known));
    };
    for (const path of files) check(readFileSync(join(root, path), 'utf8'));
    expect(parsed).toBeGreaterThan(0);
    parsed = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...known.statements), { minLength: 1, maxLength: 8 }),
        (statements) => {
          check(`${BEFORE[kind] ?? ''}${statements.join('\n')}\n${AFTER[kind] ?? ''}`);
        },
      ),
      withSeed(150),
    );
    // Names that stand twice are no mistake to it.
    expect(parsed).toBeGreaterThan(100);
  });
});
