import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const FORMS = ['quadlet', 'podman-run', 'docker-run', 'compose', 'devcontainer', 'api'];

const of = (program: string, all: Readonly<Record<string, (n: number) => string>>): Shape[] =>
  shapesOf('command.txt', all).map((shape) => ({
    ...shape,
    name: `${shape.name} (${program})`,
    make: (n: number) => `${program} run ${shape.make(n) as string}`,
    runs: [...FORMS.map((form) => `convert --to ${form} - < FILE`), 'lint --command WORDS', 'explain WORDS'],
  }));

const ALL: Readonly<Record<string, (n: number) => string>> = {
  volumes: (n) => `${fill(n, (i) => `-v /a${i}:/b${i} `)}x`,
  'volumes with many modes': (n) => `${fill(n, (i) => `-v /a${i}:/b${i}:ro,Z,U,idmap `)}x`,
  'one volume with many modes': (n) => `-v /a:/b:${fill(n, 'Z,')}ro x`,
  'named volumes': (n) => `${fill(n, (i) => `-v v${i}:/b${i} `)}x`,
  'relative paths': (n) => `${fill(n, (i) => `-v ./a${i}:/b${i} `)}x`,
  mounts: (n) => `${fill(n, (i) => `--mount type=bind,src=/a${i},dst=/b${i},ro=true `)}x`,
  'mounts that are wrong': (n) => `${fill(n, '--mount type=bind,sorce=/a,target=b,ro=x ')}x`,
  'one mount with many keys': (n) => `--mount type=bind,${fill(n, (i) => `k${i}=v,`)}dst=/b x`,
  'driver options': (n) => `--mount type=volume,src=v,dst=/b${fill(n, (i) => `,volume-opt=o${i}=v`)} x`,
  tmpfs: (n) => `${fill(n, (i) => `--tmpfs /t${i}:size=1m,notmpcopyup `)}x`,
  'volumes of others': (n) => `${fill(n, (i) => `--volumes-from c${i}:ro `)}x`,
  environment: (n) => `${fill(n, (i) => `-e A${i}=b `)}-v /a:/b x`,
  'other flags': (n) => `${fill(n, '--cap-add A --label a=b ')}-v /a:/b x`,
  'flags that nobody knows': (n) => `${fill(n, (i) => `--flag${i} `)}x`,
  'words behind the image': (n) => `-v /a:/b x ${fill(n, 'a ')}`,
  'quoted words': (n) => `-v /a:/b x ${fill(n, `'a b' "c\\"d" `)}`,
  'specifiers of systemd': (n) => `-v /a:/b x ${fill(n, '%h $A ')}`,
  variables: (n) => `${fill(n, (i) => `-v $A${i}:/b${i} `)}x`,
  publishing: (n) => `${fill(n, (i) => `-p ${i}:80 `)}-v /a:/b x`,
  'one long path': (n) => `-v ${fill(n, '/a')}:/b x`,
};

/** Commands that are written for another engine, and as units of Quadlet. */
export const ENGINES: readonly Shape[] = [...of('docker', ALL), ...of('podman', ALL)];
