import type { Example } from '../rules/rule.js';
import type { ExampleHost } from '../source/host.js';

/** What must be known besides the command of a rule's example: the versions, the machine, the kind of file; may be empty. */
export function exampleContext(example: Example): string {
  if (typeof example === 'string') return '';
  const { docker, engine, engineOs, file, host, units, builder } = example;
  return [
    docker && `docker ${docker}`,
    engine && `engine ${engine}`,
    engineOs && `a ${engineOs} engine`,
    file && `in a ${file} file`,
    builder && `built by ${builder}`,
    units && (units.length === 0 ? 'no other unit next to it' : `${units.join(', ')} next to it`),
    ...(host === undefined ? [] : surroundings(host)),
  ]
    .filter(Boolean)
    .join(', ');
}

function surroundings(host: ExampleHost): (string | false | undefined)[] {
  const { engineIsHere, remote, isMsys, isSnap, isInContainer, home, paths = {}, shared = [] } = host;
  return [
    Object.keys(host).length === 0 && 'nothing is known about the machine',
    engineIsHere === true && 'the engine runs on this machine',
    engineIsHere === false && 'the engine does not see the files of this machine',
    remote && `the engine is at \`${remote}\``,
    isMsys && 'typed in Git Bash',
    isSnap && 'docker is a snap package',
    isInContainer && 'inside a container',
    home && `the home directory is \`${home}\``,
    ...Object.entries(paths).map(([path, state]) => `\`${path}\` exists, as a ${state}`),
    ...shared.map((path) => `\`${path}\` is at the same place outside`),
  ];
}
