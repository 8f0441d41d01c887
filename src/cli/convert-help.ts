import { VERSION_RANGE } from '../dialects/docker/tables/version.js';
import { DIALECT_OPTIONS } from './dialect-flags.js';
import { FORM_NAMES } from './forms.js';
import { COLOR, HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc convert`. */
export const CONVERT_OPTIONS = {
  '--to': {
    value: 'FORM',
    help: `mount, volume (-v), tmpfs, api (the JSON that docker sends), devcontainer, compose
(from commands: whole containers, networks and volumes), run (docker run commands from a Compose
file or from docker inspect, with the commands that create networks and volumes);
podman-run and docker-run (the command for the other engine, or from a .container unit: -f FILE),
quadlet (a podman unit; from a Compose file -f FILE, a unit for each service, volume and network)`,
    words: FORM_NAMES,
  },
  '--for': {
    value: 'VERSION',
    help: `instead of --to: write mounts so that this docker accepts them, with exactly the same effect (or every
docker of a range: 20.10-29.8, or auto); what it cannot express is left unchanged, with the reason`,
  },
  '--short': { help: 'with --to compose: use the short syntax' },
  '--service': {
    value: 'NAME',
    help: `with --to compose: the name of the service (default: that of the container, or the image);
with --file: the service to read; with --to run the default is all that \`up\` starts`,
  },
  '--merge': {
    value: 'FILE',
    help: `with --to compose: add the services to this Compose file and keep all its lines; prints the
result, or shows it as a patch with --diff, or writes it with --write`,
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
several files are merged as Compose does; for a folder, the files that Compose would read`,
  },
  '--from': {
    value: 'KIND',
    help: 'the kind of FILE if its name does not show it: compose, devcontainer, api (a create call, docker inspect)',
    words: ['compose', 'devcontainer', 'api'],
  },
  '--format': {
    value: 'text|json',
    help: "the command (default), or the command and each flag's losses",
    words: ['text', 'json'],
  },
  '--write': {
    short: '-w',
    help: 'change files in place: only the flags change; prints what was left unchanged, and why',
  },
  '--diff': { help: 'show what --write would do' },
  '--config': {
    value: 'FILE',
    help: `with --write, --diff: use this configuration of mountc lint instead of the nearest; only
ignore, commands and the docker version are used`,
  },
  '--no-config': { help: 'use no configuration' },
  '--strict': {
    help: 'leave a mount unchanged if its effect would change; with --to compose or run: all exactly, or nothing',
  },
  '--assume': {
    value: 'bind|volume',
    help: 'what to assume for a source that is a variable and could be either',
    words: ['bind', 'volume'],
  },
  '--jsonl': {
    help: 'with --to api: read a JSON array of docker arguments on each line, print one answer per line',
  },
  ...DIALECT_OPTIONS,
  ...COLOR,
  ...HELP,
} as const satisfies Options;

/** The text of `mountc convert --help`. */
export const CONVERT_HELP = `Write the mount flags of a docker command in another form; every other word is unchanged.

Usage: mountc convert --to FORM [OPTIONS] 'COMMAND'
       mountc convert --to FORM [OPTIONS] -- docker run …
       mountc convert --to FORM --write|--diff FILES, FOLDERS, GLOBS
       mountc convert --to FORM -f FILE [--service NAME]
       mountc convert --for VERSION 'COMMAND'
       mountc convert --to api --jsonl < ARGV-PER-LINE

COMMAND is one docker command in quotes, mount flags alone, or - for standard input.

Options:
${optionsHelp(CONVERT_OPTIONS)}

Without a version, mountc writes only what every docker from ${VERSION_RANGE} reads in the same way.
A flag that cannot be converted is left unchanged, with a warning that gives the reason, and the exit code is 1.

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

Exit codes: 0 converted, 1 something was left unchanged or docker refuses it, 2 usage, 3 a file cannot be read or written.
`;
