import { JSON_VALUES } from './json.js';
import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const PATH = '.mcp.json';
const servers = (inner: string) => `{"mcpServers": {${inner}"z": {}}}\n`;
const server = (args: string) => servers(`"a": {"command": "docker", "args": ["run", ${args}"x"]}, `);

/** Settings that start MCP servers. */
export const SETTINGS: readonly Shape[] = [
  ...Object.entries(JSON_VALUES).map(
    ([name, make]): Shape => ({
      name,
      path: PATH,
      make: (n) => `{"a": {"command": "docker", "args": ["run", "-v", "a:b:c:d", "x"]}, "b": ${make(n)}}`,
    }),
  ),
  ...shapesOf(PATH, {
    servers: (n) =>
      servers(fill(n, (i) => `"s${i}": {"command": "docker", "args": ["run", "-v", "a:b:c:d", "x"]},\n`)),
    'one server with many arguments': (n) => server(fill(n, '"-v", "a:b:c:d", ')),
    'commands in commands': (n) =>
      servers(`"a": ${nest(n, '{"command": "docker", "args": ["run"], "b": ', '1', '}')}, `),
    'variables of one word': (n) => server(`"-v", "${fill(n, '${HOME}')}:/b", `),
    'variables that do not end': (n) => server(`"-v", "${fill(n, '${a')}:/b", `),
    'placeholders of one word': (n) => server(`"-v", "${fill(n, '<a>')}:/b", `),
    'placeholders that do not end': (n) => server(`"-v", "${fill(n, '<a')}:/b", `),
  }),
];
