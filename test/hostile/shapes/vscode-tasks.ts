import { JSON_VALUES } from './json.js';
import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const PATH = '.vscode/tasks.json';
const DOCKER = 'docker run -v a:b:c:d x';
const tasks = (inner: string) => `{"version": "2.0.0", "tasks": [${inner}{"label": "z"}]}\n`;

/** The tasks of Visual Studio Code. */
export const VSCODE_TASKS: readonly Shape[] = [
  ...Object.entries(JSON_VALUES).map(
    ([name, make]): Shape => ({
      name,
      path: PATH,
      make: (n) => `{"tasks": [{"command": "${DOCKER}"}], "inputs": ${make(n)}}`,
    }),
  ),
  ...shapesOf(PATH, {
    tasks: (n) => tasks(fill(n, (i) => `{"label": "t${i}", "type": "shell", "command": "${DOCKER}"},\n`)),
    'tasks with arguments': (n) =>
      tasks(fill(n, '{"command": "docker", "args": ["run", "-v", "a:b:c:d", "x"]},\n')),
    'one task with many arguments': (n) =>
      tasks(`{"command": "docker", "args": ["run", ${fill(n, '"-v", "a:b:c:d", ')}"x"]},`),
    'one task of a shell with many arguments': (n) =>
      tasks(`{"command": "docker run", "args": [${fill(n, '"-v a:b:c:d", ')}"x"]},`),
    'one task with many flags': (n) => tasks(`{"command": "docker run ${fill(n, '-v a:b:c:d ')}x"},`),
    'one task with many commands': (n) => tasks(`{"command": "${fill(n, `${DOCKER} && `)}true"},`),
    'arguments whose quoting is said': (n) =>
      tasks(
        `{"command": "docker", "args": ["run", ${fill(n, '{"value": "-v", "quoting": "strong"}, {"value": "a:b:c:d"}, ')}"x"]},`,
      ),
    'arguments that are objects in objects': (n) =>
      tasks(`{"command": "docker", "args": ["run", ${nest(n, '{"value":', '"-v"', '}')}, "x"]},`),
    'tasks of many systems': (n) =>
      tasks(
        fill(n, `{"command": "x", "linux": {"command": "${DOCKER}"}, "osx": {"command": "${DOCKER}"}},\n`),
      ),
    'systems that say the arguments': (n) =>
      tasks(fill(n, '{"command": "docker", "linux": {"args": ["run", "-v", "a:b:c:d", "x"]}},\n')),
    'a task of many systems with the same arguments': (n) =>
      tasks(
        `{"command": "docker", "args": ["run", ${fill(n, '"-v", "a:b:c:d", ')}"x"], "linux": {}, "osx": {}},`,
      ),
    'keys of one task': (n) =>
      tasks(`{${fill(n, '"command": "docker", ')}"args": ["run", "-v", "a:b:c:d", "x"]},`),
    'systems of one task': (n) => tasks(`{${fill(n, `"linux": {"command": "${DOCKER}"}, `)}"a": 1},`),
    volumes: (n) =>
      tasks(
        `{"type": "docker-run", "dockerRun": {"volumes": [${fill(n, '{"localPath": "/a", "containerPath": "b", "permissions": "ro"},\n')}{}]}},`,
      ),
    'volumes of many tasks': (n) =>
      tasks(
        fill(
          n,
          '{"type": "docker-run", "dockerRun": {"volumes": [{"localPath": "a", "containerPath": "b"}]}},\n',
        ),
      ),
    'variables of one word': (n) =>
      tasks(`{"command": "docker", "args": ["run", "-v", "${fill(n, '${workspaceFolder}')}:/b", "x"]},`),
    'variables that do not end': (n) =>
      tasks(`{"command": "docker", "args": ["run", "-v", "${fill(n, '${a')}:/b", "x"]},`),
    'variables in variables': (n) =>
      tasks(`{"command": "docker run -v ${nest(n, '${env:', 'a', '}')}:/b x"},`),
    'backticks of one word': (n) =>
      tasks(`{"command": "docker", "args": ["run", "-v", "${fill(n, '`')}:/b", "x"]},`),
    'substitutions that do not end': (n) =>
      tasks(`{"command": "docker", "args": ["run", "-v", "${fill(n, '$(')}:/b", "x"]},`),
    'escapes of one command': (n) =>
      tasks(`{"command": "docker run -v ${fill(n, '\\u0061\\"\\\\')}:b:c:d x"},`),
    'comments between': (n) => tasks(fill(n, `// mountc-disable-next-line\n{"command": "${DOCKER}"},\n`)),
    'commas too many': (n) => tasks(`{"command": "${DOCKER}"${fill(n, ',')}},`),
  }),
];
