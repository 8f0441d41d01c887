import { VERSION_RANGE } from '../dialects/docker/tables/version.js';
import { DIALECT_OPTIONS } from './dialect-flags.js';
import { FORM_NAMES } from './forms.js';
import { COLOR, HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc convert`. */
export const CONVERT_OPTIONS = {
  '--to': {
    value: 'FORM',
    help: `mount, volume (-v), tmpfs, api (the JSON that docker sends), devcontainer, compose
(of commands their whole containers, networks and volumes), run (docker run, of the services of a
Compose file and of what docker inspect prints, with what makes their networks and volumes);
podman-run and docker-run (the command of the other engine, or of a .container unit: -f FILE),
quadlet (a unit of podman; of a Compose file -f FILE, a unit for each service, volume, network)`,
    words: FORM_NAMES,
  },
  '--for': {
    value: 'VERSION',
    help: `instead of --to: as this docker takes it (or every docker of a range: 20.10-29.8, or auto), where its
effect is exactly the same; what that docker has no words for stays, with the reason`,
  },
  '--short': { help: 'with --to compose: the short syntax' },
  '--service': {
    value: 'NAME',
    help: `with --to compose: what the service is called (else as its container, or its image);
with --file: the one to read; with --to run all that \`up\` starts when left out`,
  },
  '--merge': {
    value: 'FILE',
    help: `with --to compose: add the services to this Compose file, whose lines all stay; printed,
shown as a patch with --diff, or written with --write`,
  },
  '--env-to-file': {
    value: 'FILE',
    help: 'with --to compose: put the values of -e into this new file, and its name into env_file',
  },
  '--file': {
    short: '-f',
    value: 'FILE',
    isList: true,
    help: `read the mounts of a Compose file, a devcontainer.json, or the JSON of a container (- is stdin);
several are laid over each other as Compose does, and of a folder those that it would read`,
  },
  '--from': {
    value: 'KIND',
    help: 'what FILE is when its name does not tell: compose, devcontainer, api (a create call, docker inspect)',
    words: ['compose', 'devcontainer', 'api'],
  },
  '--format': {
    value: 'text|json',
    help: "the command (default), or the command and each flag's losses",
    words: ['text', 'json'],
  },
  '--write': {
    short: '-w',
    help: 'change files in place: only the flags change, a summary says what was left alone and why',
  },
  '--diff': { help: 'show what --write would do' },
  '--config': {
    value: 'FILE',
    help: `with --write, --diff: this configuration of mountc lint instead of the nearest; of it count
ignore, commands and the docker that it names`,
  },
  '--no-config': { help: 'no configuration at all' },
  '--strict': {
    help: 'leave alone what would change an effect; of --to compose and run write all exactly, or nothing',
  },
  '--assume': {
    value: 'bind|volume',
    help: 'what a source is that is a variable and could be either',
    words: ['bind', 'volume'],
  },
  '--jsonl': {
    help: "with --to api: a JSON array of docker's arguments per line in, an answer per line out",
  },
  ...DIALECT_OPTIONS,
  ...COLOR,
  ...HELP,
} as const satisfies Options;

/** The text of `mountc convert --help`. */
export const CONVERT_HELP = `Write the mount flags of a docker command in another form; every other word stays as it is.

Usage: mountc convert --to FORM [OPTIONS] 'COMMAND'
       mountc convert --to FORM [OPTIONS] -- docker run …
       mountc convert --to FORM --write|--diff FILES, FOLDERS, GLOBS
       mountc convert --to FORM -f FILE [--service NAME]
       mountc convert --for VERSION 'COMMAND'
       mountc convert --to api --jsonl < ARGV-PER-LINE

COMMAND is one docker command in quotes, mount flags alone, or - for standard input.

Options:
${optionsHelp(CONVERT_OPTIONS)}

Without a version, only what every docker from ${VERSION_RANGE} reads in the same way is written.
A flag that cannot be converted stays as it is, with a warning that says why, and the exit code is 1.

Examples:
  mountc convert --to mount 'docker run -it -v /srv/data:/data:ro python:3.6'
  mountc convert --to mount --docker 29.3 -- run -v ./src:/app alpine
  mountc convert --for 20.10 'docker run -v ./src:/app alpine'
  mountc convert --to volume -- docker run --mount type=volume,src=db,dst=/data,readonly alpine
  mountc convert --to api -- create -v ./src:/app --tmpfs /run:size=64m img
  mountc convert --to compose 'docker run -d --name web -p 8080:80 -v data:/data:ro nginx'
  mountc convert --to compose --merge compose.yaml --write 'docker run -d --name cache redis:7'
  mountc convert --to compose --env-to-file .env - < start-containers.sh
  mountc convert --to mount -f compose.yaml --service web
  mountc convert --to run -f compose.yaml --service web
  docker ps -q | xargs docker inspect | mountc convert --to run
  docker inspect NAME | mountc convert --to compose
  mountc convert --to mount --diff .
  mountc convert --to mount --write --assume bind scripts/ Makefile 'docs/**/*.md'
  mountc convert --to podman-run 'docker run -v /srv/data:/data:ro --tmpfs /run nginx'
  mountc convert --to podman-run -f web.container
  mountc convert --to quadlet --write ~/.config/containers/systemd -f compose.yaml
  mountc convert --to quadlet --write ~/.config/containers/systemd 'docker run -v data:/data nginx'
  mountc convert --to tmpfs -- --mount type=tmpfs,dst=/run,tmpfs-size=64m

Exit codes: 0 converted, 1 something was left as it was or docker refuses it, 2 usage, 3 a file cannot be read or written.
`;
