import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';
const HEAD = `\`\`\`sh\n${DOCKER}\n\`\`\`\n\n`;
const behind = (make: (n: number) => string) => (n: number) => HEAD + make(n);

/** Documentation. */
export const MARKDOWN: readonly Shape[] = shapesOf('README.md', {
  'lists in lists on one line': behind((n) => `${fill(n, '- ')}a\n`),
  'lists in lists on many lines': behind((n) => `${fill(n / 2, '- ')}a\n${fill(n / 2, '\n  b')}`),
  'lists in lists, again and again': behind((n) => {
    const line = `${fill(Math.sqrt(n), '- ')}a\n`;
    return fill(n, line);
  }),
  'numbered lists on one line': behind((n) => `${fill(n, '1. ')}a\n`),
  'quotes in quotes on one line': behind((n) => `${fill(n, '> ')}a\n`),
  'quotes in quotes without spaces': behind((n) => `${fill(n, '>')}a\n`),
  'quotes in quotes, again and again': behind((n) => {
    const line = `${fill(Math.sqrt(n), '> ')}a\n`;
    return fill(n, line);
  }),
  'quotes in quotes, less and less': behind((n) => {
    const depth = Math.ceil(Math.sqrt(n));
    return Array.from({ length: depth }, (_, i) => `${'> '.repeat(depth - i)}a\n\n`).join('');
  }),
  'quotes and lists in turn': behind((n) => `${fill(n, '> - ')}a\n`),
  'lists of all kinds in turn': behind((n) => `${fill(n, '* + - 1) ')}a\n`),
  'lists by indentation': behind((n) => {
    const depth = Math.ceil(Math.sqrt(n));
    return Array.from({ length: depth }, (_, i) => `${'  '.repeat(i)}- a\n`).join('');
  }),
  'a fence in lists in lists': behind((n) => `${fill(n, '- ')}\`\`\`sh\n`),
  'a fence in quotes in quotes': behind((n) => `${fill(n, '> ')}\`\`\`sh\n${fill(n, '> ')}${DOCKER}\n`),
  'a list with many items': behind((n) => fill(n, `- \`${DOCKER}\`\n`)),
  'items with a block each': behind((n) => fill(n, `- a\n\n  \`\`\`sh\n  ${DOCKER}\n  \`\`\`\n`)),
  'blocks of a shell': (n) => fill(n, `\`\`\`sh\n${DOCKER}\n\`\`\`\n`),
  'options that end in spaces, without a command': (n) =>
    `docker\n\n\`\`\`bash\n-v /a:/b\n${fill(n, '-e A=b  \n')}x\n\`\`\`\n`,
  'options without a command': (n) =>
    `docker\n\n\`\`\`bash\n${fill(n, '-v a:/b # c\n# d\n...\n-v c:/d \\\n')}\`\`\`\n`,
  'variables of PowerShell': (n) => `\`\`\`\ndocker run -v a:b:c:d x\n"${fill(n, '\\"')}\n$a = "b"\n\`\`\`\n`,
  'blocks of a console': (n) => fill(n, `\`\`\`console\n$ ${DOCKER}\nabc\n\`\`\`\n`),
  'blocks of Windows': (n) =>
    fill(n, `On Windows:\n\n\`\`\`powershell\n${DOCKER}\n\`\`\`\n\`\`\`cmd\n${DOCKER}\n\`\`\`\n`),
  'blocks without a language': (n) => fill(n, `\`\`\`\n${DOCKER}\n\`\`\`\n`),
  'blocks of Compose': (n) =>
    fill(n, '```yaml\nservices:\n  a:\n    image: b\n    volumes: [a:b:c:d]\n```\n'),
  'blocks of volumes': (n) => fill(n, '```yaml\nvolumes:\n  - a:b:c:d\n```\n'),
  'blocks of JSON': (n) => fill(n, '```json\n{"mounts": ["type=bnd"]}\n```\n'),
  'blocks of a Dockerfile': (n) => fill(n, '```dockerfile\nRUN --mount=type=bnd a\n```\n'),
  'blocks of a makefile': (n) => fill(n, `\`\`\`make\na:\n\t${DOCKER}\n\`\`\`\n`),
  'blocks of Markdown in Markdown': (n) =>
    `${Array.from({ length: 30 }, (_, i) => `${'`'.repeat(40 - i)}md\n`).join('')}${HEAD}${fill(n, 'a\n')}`,
  'blocks by indentation': (n) => fill(n, `a\n\n    ${DOCKER}\n\n`),
  'one block with many commands': (n) => `\`\`\`sh\n${fill(n, `${DOCKER}\n`)}\`\`\`\n`,
  'one block with many prompts': (n) => `\`\`\`console\n${fill(n, `$ ${DOCKER}\n> a\nb\n`)}\`\`\`\n`,
  'one block that holds all shells': (n) =>
    `\`\`\`\n${fill(n, `# PowerShell\n${DOCKER} \`\n  a\n# cmd\n${DOCKER} ^\n  b\n`)}\`\`\`\n`,
  'one block in quotes': (n) => `> \`\`\`sh\n${fill(n, `> ${DOCKER}\n`)}> \`\`\`\n`,
  'fences that do not end': (n) => fill(n, '```sh a`\n'),
  'fences of all lengths': behind((n) => {
    const count = Math.ceil(Math.sqrt(n));
    return Array.from({ length: count }, (_, i) => `${'`'.repeat(i + 3)}\n`).join('');
  }),
  'fences of tildes and backticks': (n) => fill(n, `~~~sh\n\`\`\`\n${DOCKER}\n~~~\n`),
  'one long fence': behind((n) => fill(n, '`')),
  'backticks of all lengths': behind((n) => {
    const count = Math.ceil(Math.sqrt(2 * n));
    return Array.from({ length: count }, (_, i) => `${'`'.repeat(i + 1)}a`).join('');
  }),
  'backticks alone': behind((n) => `a ${fill(n, '` ')}`),
  'commands in backticks': (n) => `${DOCKER}\n${fill(n, `\`docker run -v a:b:c:d x\` or `)}`,
  'a command in backticks with many spaces': (n) => `\`docker run -v ${fill(n, '/a ')}\`\n${HEAD}`,
  'backticks that are escaped': behind((n) => fill(n, '\\`')),
  'opening brackets': behind((n) => fill(n, '[')),
  'images in links': behind((n) => nest(n, '[![', 'a', '](b)](c)')),
  'definitions of links': behind((n) => fill(n, (i) => `[a${i}]: b\n`)),
  emphasis: behind((n) => fill(n, '*a **b _c ')),
  entities: behind((n) => fill(n, '&amp;&#60;')),
  tables: behind((n) => `|a|b|\n|-|-|\n${fill(n, `|\`${DOCKER}\`|b|\n`)}`),
  pipes: behind((n) => `${fill(n, '|')}\n${fill(n, '-|')}\n`),
  headings: behind((n) => fill(n, `# \`${DOCKER}\`\n`)),
  'lines under headings': behind((n) => fill(n, 'a\n===\n')),
  'one long line': behind((n) => fill(n, 'a ')),
  'one paragraph of many lines': behind((n) => fill(n, 'a\n')),
  'empty lines': behind((n) => fill(n, '\n')),
  blanks: behind((n) => `- a\n${fill(n, '   \n')}  b\n`),
  tabs: behind((n) => fill(n, '\t- a\n')),
  'opening pres': behind((n) => fill(n, '<pre>')),
  'opening pres, a line each': behind((n) => fill(n, '<pre>\n\n')),
  'pres with code': (n) => fill(n, `<pre><code>${DOCKER}</code></pre>\n\n`),
  'one pre with entities and tags': (n) =>
    `<pre><code class="language-sh">${fill(n, '<b>docker</b> run -v &quot;a:b:c:d&quot; x\n')}</code></pre>\n`,
  'comments that do not end': behind((n) => fill(n, '<!-- a\n')),
  comments: behind((n) => fill(n, '<!-- mountc-disable -->\n')),
  'comments in one line': behind((n) => fill(n, '<!--a-->')),
  'opening tags': behind((n) => fill(n, '<div>\n')),
  'opening angles': behind((n) => fill(n, '<')),
  'tags that do not end': behind((n) => fill(n, '<a b="')),
  'CDATA and declarations': behind((n) => fill(n, '<![CDATA[ <!A <?a\n')),
  highlights: (n) => fill(n, `{% highlight sh %}\n${DOCKER}\n{% endhighlight %}\n`),
  'highlights that do not end': behind((n) => fill(n, '{% highlight sh %}\n')),
  'code blocks of JSX': (n) => fill(n, `<CodeBlock language="sh">{\`${DOCKER}\`}</CodeBlock>\n\n`),
  admonitions: behind((n) => fill(n, '!!! note "a"\n    b\n')),
  'tabs of MkDocs': (n) => fill(n, `=== "a"\n    \`\`\`sh\n    ${DOCKER}\n    \`\`\`\n`),
  'marks of annotations': (n) => `\`\`\`sh\n${fill(n, `${DOCKER} # (1)!\n`)}\`\`\`\n`,
  placeholders: (n) =>
    `\`\`\`sh\n${fill(n, 'docker run -v <path>:{b} -v HOST:CONTAINER [OPTIONS] ... x\n')}\`\`\`\n`,
  'placeholders that do not end': (n) => `\`\`\`sh\ndocker run -v ${fill(n, '<a [b {c ')}\n\`\`\`\n`,
  'front matter': (n) => `---\n${fill(n, 'a: b\n')}---\n${HEAD}`,
  'a carriage return for each line': (n) => fill(n, `\`\`\`sh\r\n${DOCKER}\r\n\`\`\`\r\n`),
  'lines that go on': (n) => `\`\`\`sh\ndocker run \\\n${fill(n, '  -v a:b:c:d \\\n')}  x\n\`\`\`\n`,
});
