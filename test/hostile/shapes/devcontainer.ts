import { JSON_VALUES } from './json.js';
import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const text = (value: string) => JSON.stringify(value);
const texts = (n: number, make: (index: number) => string) => fill(n, (i) => `${text(make(i))},\n`);

/** devcontainer.json. */
export const DEVCONTAINER: readonly Shape[] = [
  ...Object.entries(JSON_VALUES).map(
    ([name, make]): Shape => ({ name, path: 'devcontainer.json', make: (n) => `{"mounts": ${make(n)}}` }),
  ),
  ...shapesOf('devcontainer.json', {
    mounts: (n) => `{"mounts": [${texts(n, (i) => `type=bind,source=/a${i},target=/b${i}`)}]}`,
    'mounts that are wrong': (n) =>
      `{"mounts": [${texts(n, (i) => `type=bnd,sorce=/a${i},target=b${i},,`)}]}`,
    'mounts at one target': (n) => `{"mounts": [${texts(n, (i) => `type=bind,source=/a${i},target=/b`)}]}`,
    'mounts that are empty': (n) => `{"mounts": [${texts(n, () => '')}]}`,
    'one mount with many fields': (n) => `{"mounts": [${text(fill(n, 'type=bind,'))}]}`,
    'one mount with fields that nobody knows': (n) => `{"mounts": [${text(fill(n, (i) => `k${i}=v,`))}]}`,
    'one mount with many quotes': (n) => `{"mounts": [${text(fill(n, '"'))}]}`,
    'one mount with variables': (n) =>
      `{"mounts": [${text(`type=bind,source=${fill(n, '${localEnv:HOME}')},target=/b`)}]}`,
    'variables that do not end': (n) =>
      `{"mounts": [${text(`type=bind,source=${fill(n, '${localEnv:')},target=/b`)}]}`,
    'mounts as objects': (n) =>
      `{"mounts": [${fill(n, (i) => `{"type": "bind", "source": "/a${i}", "target": "/b${i}"},\n`)}]}`,
    'mounts as objects that are wrong': (n) =>
      `{"mounts": [${fill(n, (i) => `{"type": "bnd", "sorce": "/a${i}", "target": "b${i}"},\n`)}]}`,
    'a mount with many keys': (n) =>
      `{"mounts": [{"type": "bind", ${fill(n, (i) => `"k${i}": "v", `)}"target": "/b"}]}`,
    'a mount with one key many times': (n) =>
      `{"mounts": [{"type": "bind", ${fill(n, '"source": "/a", ')}"target": "/b"}]}`,
    flags: (n) => `{"runArgs": [${texts(n, (i) => `-v=/a${i}:/b${i}`)}]}`,
    'flags that are wrong': (n) => `{"runArgs": [${texts(n, (i) => `-v=/a${i}:/b:rx`)}]}`,
    'flags and values that are wrong': (n) => `{"runArgs": [${fill(n, '"-v", "a:b:c:d",\n')}]}`,
    'flags that docker does not know': (n) => `{"runArgs": [${texts(n, (i) => `--flag${i}`)}]}`,
    'mounts as flags that are wrong': (n) =>
      `{"runArgs": [${texts(n, (i) => `--mount=type=bnd,sorce=/a${i}`)}]}`,
    'one flag with many modes': (n) => `{"runArgs": [${text(`-v=/a:/b:${fill(n, 'ro,')}`)}]}`,
    'flags with spaces': (n) => `{"runArgs": [${texts(n, (i) => `-v /a${i}:/b${i}`)}]}`,
    'commands of its life': (n) =>
      `{"runArgs": [], "postCreateCommand": {${fill(n, (i) => `"c${i}": "docker run -v a:b:c:d x",\n`)}}}`,
    'a command as a list': (n) =>
      `{"runArgs": [], "postCreateCommand": ["docker", "run", ${fill(n, '"-v", "a:b:c:d", ')}"x"]}`,
    'a command as a text': (n) =>
      `{"runArgs": [], "postCreateCommand": ${text(`docker run ${fill(n, '-v a:b:c:d ')}x`)}}`,
    'commands in objects in objects': (n) =>
      `{"runArgs": [], "postCreateCommand": ${nest(n, '{"a": ', '"docker run -v a:b:c x"', '}')}}`,
    'the lists again and again': (n) =>
      `{${fill(n, '"runArgs": ["-v", "a:b:c:d"], "mounts": ["type=bnd"],\n')}}`,
    workspaces: (n) => `{${fill(n, '"workspaceMount": "type=bnd",\n')}}`,
    'texts behind the end': (n) =>
      `{"mounts": ["type=bind,source=/a,target=/b"]}${fill(n, '{"mounts": []}')}`,
    'no braces around': (n) => fill(n, '"mounts": ["type=bind,source=/a,target=/b"],\n'),
  }),
];
