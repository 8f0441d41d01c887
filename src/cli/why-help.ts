import { COLOR, HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc why`. */
export const WHY_OPTIONS = {
  '--engine': {
    value: 'docker|podman',
    help: 'whom to ask; without it docker, and podman when that has no such container',
    words: ['docker', 'podman'],
  },
  '--all': { short: '-a', help: 'all containers, also those that do not run' },
  '--file': { short: '-f', value: 'FILE', help: 'read what `docker inspect` printed; - for standard input' },
  '--format': {
    value: 'text|json',
    help: 'for people (the default), or for programs',
    words: ['text', 'json'],
  },
  '--fail-on': {
    value: 'LEVEL',
    help: 'exit 1 from error (the default), warning or info on, or never',
    words: ['error', 'warning', 'info', 'never'],
  },
  ...COLOR,
  ...HELP,
} as const satisfies Options;

/** The text of `mountc why --help`. */
export const WHY_HELP = `Say why a mount of a container is empty, denied, stale or not what was asked for, and what mends it.

Usage: mountc why [OPTIONS] CONTAINER|SERVICE|VOLUME… [PATH]
       docker inspect CONTAINER | mountc why [OPTIONS] -f -
       mountc why [OPTIONS] -- docker run …

It asks docker or podman about the container, looks at /proc and at the files of the host, and changes nothing.
PATH is one in the container (/app/data) or on the host: then what it lies in is looked at, and each directory on the way.
A command after -- is not run: before it is, why says what will go wrong with its mounts; after it failed, give it what docker
said on standard input.
Of a VOLUME it says which containers use it, and whether \`docker volume prune\` would take it.
SERVICE is one of the Compose project of this directory, or of the only project that has it.

Options:
${optionsHelp(WHY_OPTIONS)}

Run it as root to let it look into the container; what it may not look at, it says.

Examples:
  mountc why web
  mountc why web /usr/share/nginx/html
  mountc why --engine podman web db
  mountc why -- docker run -v ./conf:/etc/app:ro app
  docker run -v ./conf:/etc/app app 2>&1 | mountc why -- docker run -v ./conf:/etc/app app
  mountc explain made-by-engine

Exit codes: 0 nothing found, 1 findings or no such container, 2 usage, 3 no engine answers, 70 a bug in mountc.
`;
