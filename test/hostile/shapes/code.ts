import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const LIST = '"docker", "run", "-v", "a:b:c:d", "x"';
const DOCKER = 'docker run -v a:b:c:d x';

/** Programs that run docker. */
export const CODE: readonly Shape[] = [
  ...shapesOf('a.py', {
    calls: (n) => fill(n, `run([${LIST}])\n`),
    'calls of a shell': (n) => fill(n, `system("${DOCKER}")\n`),
    'one list with many words': (n) => `run(["docker", "run", ${fill(n, '"-v", "a:b:c:d", ')} "x"])\n`,
    'one text with many flags': (n) => `system("docker run ${fill(n, '-v a:b:c:d ')}x")\n`,
    'texts added to one another': (n) => `system("${DOCKER}" + ${fill(n, '"-v a:b " + ')} "x")\n`,
    'texts next to one another': (n) => `system(${fill(n, '"docker run -v a:b:c " ')} "x")\n`,
    'lists in lists': (n) => `run(${nest(n, '[', LIST, ']')})\n`,
    'lists that do not end': (n) => `run([${LIST}])\n${fill(n, '[')}`,
    'calls in calls': (n) => nest(n, 'run(', `[${LIST}]`, ')'),
    'brackets of all kinds in turn': (n) => `run([${LIST}])\n${nest(n, '([{', '1', '}])')}`,
    'closing brackets': (n) => `run([${LIST}])\n${fill(n, ')]}')}`,
    quotes: (n) => `run([${LIST}])\n${fill(n, '"')}`,
    'quotes on lines': (n) => `run([${LIST}])\n${fill(n, '"\n')}`,
    'quotes of many lines that do not end': (n) => `run([${LIST}])\n${fill(n, '"""\n\'\'\'\n')}`,
    'texts with expressions': (n) => `system(f"docker run ${fill(n, '-v {a}:{b} ')}x")\n`,
    'expressions in expressions': (n) => `system(f"docker run -v ${nest(n, "{f'", 'a', "'}")}:/b x")\n`,
    'expressions that do not end': (n) => `system(f"docker run -v ${fill(n, '{a')}")\n`,
    backslashes: (n) => `run([${LIST}])\na = "${fill(n, '\\')}"\n`,
    comments: (n) => `${fill(n, '# mountc-disable-next-line\n')}run([${LIST}])\n`,
    'lists with a name': (n) => fill(n, (i) => `cmd${i} = [${LIST}]\n`),
    'lists that share a name': (n) => `cmd = ["docker", "run"]\n${fill(n, 'cmd += ["-v", "a:b:c:d"]\n')}`,
    'many names': (n) => `run([${LIST}])\n${fill(n, 'a.b.c ')}`,
    commas: (n) => `run([${LIST}${fill(n, ',')}])\n`,
  }),
  ...shapesOf('a.js', {
    'templates in templates': (n) => `exec(\`docker run -v ${nest(n, '${`', 'a', '`}')}:/b x\`);\n`,
    'templates that do not end': (n) => `exec('${DOCKER}');\n${fill(n, '`${')}`,
    slashes: (n) => `exec('${DOCKER}');\n${fill(n, '/ ')}`,
    'patterns that do not end': (n) => `exec('${DOCKER}');\n${fill(n, '= /a[\n')}`,
    'comments that do not end': (n) => `exec('${DOCKER}');\n${fill(n, '/*')}`,
    'comments with stars': (n) => `exec('${DOCKER}');\n/*${fill(n, '*')}`,
  }),
  ...shapesOf('a.rs', {
    'words added one by one': (n) =>
      `Command::new("docker").arg("run")${fill(n, '.arg("-v").arg("a:b:c:d")')}.arg("x");\n`,
    'commands whose words are added': (n) =>
      fill(n, 'Command::new("docker").args(["run", "-v", "a:b:c:d", "x"]);\n'),
  }),
  ...shapesOf('a.go', { 'commands of Go': (n) => fill(n, `exec.Command(${LIST})\n`) }),
  ...shapesOf('a.rb', { 'commands of Ruby': (n) => fill(n, `system "${DOCKER} #{a}"\n`) }),
  ...shapesOf('a.php', { 'commands of PHP': (n) => `<?php\n${fill(n, `exec("${DOCKER} {$a} $b");\n`)}` }),
  ...shapesOf('A.java', { 'commands of Java': (n) => fill(n, `new ProcessBuilder(${LIST});\n`) }),
  ...shapesOf('Jenkinsfile', { 'steps of Jenkins': (n) => fill(n, `sh "${DOCKER}"\n`) }),
  ...shapesOf('justfile', {
    'recipes of just': (n) => fill(n, (i) => `r${i}:\n  ${DOCKER}\n`),
    'one recipe of just': (n) => `r:\n${fill(n, `  ${DOCKER}\n`)}`,
    'a line of just that goes on': (n) => `r:\n  docker run \\\n${fill(n, '    -v a:b:c:d \\\n')}    x\n`,
    'headers of just': (n) => `${fill(n, 'a:\n')}  ${DOCKER}\n`,
    'colons of just': (n) => `a ${fill(n, ': ')}\n  ${DOCKER}\n`,
  }),
];
