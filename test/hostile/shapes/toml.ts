import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const DOCKER = 'docker run -v a:b:c:d x';
const RUNNER = `[[runners]]\n[runners.docker]\n`;
/** What makes a file one that is read, in front of what is odd to any reader of TOML. */
const TASK = `[tasks.a]\nrun = "${DOCKER}"\n`;

/** TOML: GitLab Runner, podman's containers.conf, tasks. */
export const TOML: readonly Shape[] = [
  ...shapesOf('config.toml', {
    'volumes of a runner': (n) => `${RUNNER}volumes = [${fill(n, (i) => `"/a${i}:/b${i}", `)}"/c"]\n`,
    'volumes that are wrong': (n) => `${RUNNER}volumes = [\n${fill(n, '  "a:b:c:d",\n')}]\n`,
    'volumes with comments': (n) => `${RUNNER}volumes = [\n${fill(n, '  # a\n  "a:b:c:d", # b\n')}]\n`,
    runners: (n) => fill(n, `${RUNNER}volumes = ["a:b:c:d"]\n`),
    tmpfs: (n) => `${RUNNER}[runners.docker.tmpfs]\n${fill(n, (i) => `"/t${i}" = "rw,noexecute"\n`)}`,
  }),
  ...shapesOf('containers.conf', {
    'volumes of podman': (n) =>
      `[containers]\nvolumes = [${fill(n, (i) => `"/a${i}:/b${i}:ro,rw", `)}"/c"]\n`,
    'mounts of podman': (n) =>
      `[containers]\nmounts = [${fill(n, '"type=bnd,src=a,dst=b", ')}"type=tmpfs,dst=/c"]\n`,
  }),
  ...shapesOf('mise.toml', {
    tasks: (n) => fill(n, (i) => `[tasks.t${i}]\nrun = "${DOCKER}"\n`),
    'tasks with dots': (n) => `[tasks]\n${fill(n, (i) => `t${i}.run = "${DOCKER}"\n`)}`,
    'tasks in tables on a line': (n) => `[tasks]\n${fill(n, (i) => `t${i} = { run = "${DOCKER}" }\n`)}`,
    'one task with many commands': (n) => `[tasks.a]\nrun = [${fill(n, `"${DOCKER}", `)}]\n`,
    'one task with many lines': (n) => `[tasks.a]\nrun = """\n${fill(n, `${DOCKER}\n`)}"""\n`,
    'one task with many flags': (n) => `[tasks.a]\nrun = "docker run ${fill(n, '-v a:b:c:d ')}x"\n`,
    'a task that goes on': (n) =>
      `[tasks.a]\nrun = """docker run \\\n${fill(n, '  -v a:b:c:d \\\n')}  x"""\n`,
    'a task with arguments': (n) =>
      `[tasks.a]\ncommand = "docker"\nargs = ["run", ${fill(n, '"-v", "a:b:c:d", ')}"x"]\n`,
    'tasks with arguments': (n) =>
      fill(n, (i) => `[tasks.t${i}]\ncommand = "docker"\nargs = ["run", "-v", "a:b:c:d", "x"]\n`),
    escapes: (n) => `[tasks.a]\nrun = "docker run -v ${fill(n, '\\u0061\\t')}:b:c:d x"\n`,
    backslashes: (n) => `[tasks.a]\nrun = "${DOCKER} ${fill(n, '\\\\')}"\n`,
    'quotes of a text of many lines': (n) => `[tasks.a]\nrun = """${fill(n, '"" ')}${DOCKER}"""\n`,
    'lists in lists': (n) => `${TASK}x = ${nest(n, '[', '', ']')}\n`,
    'lists that are not closed': (n) => `${TASK}x = ${fill(n, '[')}\n`,
    'lists that are not closed, with texts': (n) => `${TASK}x = ${fill(n, '["a",')}\n`,
    'tables in tables': (n) => `${TASK}x = ${nest(n, '{a = ', '1', '}')}\n`,
    'tables that are not closed': (n) => `${TASK}x = ${fill(n, '{a = ')}\n`,
    'lists and tables in turn': (n) => `${TASK}x = ${nest(n, '[{a = ', '1', '}]')}\n`,
    'a key with many dots': (n) => `${TASK}${fill(n, 'a.')}b = 1\n`,
    'a table with many dots': (n) => `${TASK}[${fill(n, 'a.')}b]\nc = 1\n`,
    'keys with dots': (n) => `${TASK}[x]\n${fill(n, (i) => `a.b${i}.c.d = 1\n`)}`,
    'keys of one table': (n) => `${TASK}[x]\n${fill(n, (i) => `a${i} = 1\n`)}`,
    'keys of one name': (n) => `${TASK}[x]\n${fill(n, 'a = 1\n')}`,
    'empty tables': (n) => TASK + fill(n, (i) => `[x${i}]\n`),
    'empty tables of a list': (n) => TASK + fill(n, '[[x]]\n'),
    'tables of lists of tables': (n) => TASK + fill(n, '[[x]]\n[x.y]\n[[x.y.z]]\na = 1\n'),
    'tables in a table': (n) => TASK + fill(n, (i) => `[x.t${i}.u.v]\na = 1\n`),
    'brackets that open': (n) => `${TASK}${fill(n, '[')}\n`,
    comments: (n) => `${fill(n, '# mountc-disable-next-line\n')}${TASK}`,
    'a comment after each line': (n) => TASK + fill(n, (i) => `x${i} = 1 # a\n`),
    'a number with many digits': (n) => `${TASK}x = ${fill(n, '1')}\ny = 0x${fill(n, 'f')}\n`,
    'a number with many parts': (n) => `${TASK}x = 1${fill(n, '_1')}.0\n`,
    dates: (n) => `${TASK}x = [${fill(n, '1979-05-27T07:32:00Z, ')}]\n`,
    'a date with many digits': (n) => `${TASK}x = 1979-05-27T07:32:00.${fill(n, '1')}Z\n`,
    'empty lines': (n) => `${TASK}${fill(n, '\n')}`,
    'carriage returns': (n) => `${TASK.replaceAll('\n', '\r\n')}${fill(n, (i) => `x${i} = 1\r\n`)}`,
    'spaces around': (n) => `${TASK}x =${fill(n, ' \t')}1\n`,
    'quotes that do not end': (n) => TASK + fill(n, '"\n'),
    'texts that do not end': (n) => `${TASK}x = """${fill(n, 'a\n')}`,
    'equal signs': (n) => `${TASK}x ${fill(n, '=')} 1\n`,
    'templates that are not closed': (n) => `${TASK}x = "${fill(n, '{{')}"\n`,
    words: (n) => `${TASK}${fill(n, 'a ')}\n`,
  }),
];
