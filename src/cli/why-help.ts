import { COLOR, HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc why`. */
export const WHY_OPTIONS = {
  '--engine': {
    value: 'docker|podman',
    help: 'the engine to ask; by default docker, and podman if docker has no such container',
    words: ['docker', 'podman'],
  },
  '--all': { short: '-a', help: 'all containers, including stopped ones' },
  '--file': { short: '-f', value: 'FILE', help: 'read what `docker inspect` printed; - for standard input' },
  '--format': {
    value: 'text|json',
    help: 'text for people (default), or json for programs',
    words: ['text', 'json'],
  },
  '--fail-on': {
    value: 'LEVEL',
    help: 'exit with 1 on findings of this severity or higher: error (default), warning, info or never',
    words: ['error', 'warning', 'info', 'never'],
  },
  ...COLOR,
  ...HELP,
} as const satisfies Options;

/** The text of `mountc why --help`. */
export const WHY_HELP = `Explain why a mount of a container is empty, denied, stale or not as requested, and how to fix it.

Usage: mountc why [OPTIONS] CONTAINER|SERVICE|VOLUME… [PATH]
       docker inspect CONTAINER | mountc why [OPTIONS] -f -
       mountc why [OPTIONS] -- docker run …

It asks docker or podman about the container, looks at /proc and at the files of the host, and changes nothing.
PATH is a path in the container (/app/data) or on the host: why then checks its mount, and each directory on the way.
A command after -- is not run: why reports what would go wrong with its mounts. After the command failed, pass docker's error
message on standard input.
For a VOLUME, why reports which containers use it, and whether \`docker volume prune\` would remove it.
SERVICE belongs to the Compose project of this directory, or to the only project that has it.

Options:
${optionsHelp(WHY_OPTIONS)}

Run it as root so that it can look into the container; it reports what it could not check.

Examples:
  mountc why web
  mountc why web /usr/share/nginx/html
  mountc why --engine podman web db
  mountc why -- docker run -v ./conf:/etc/app:ro app
  docker run -v ./conf:/etc/app app 2>&1 | mountc why -- docker run -v ./conf:/etc/app app
  mountc explain made-by-engine

Exit codes: 0 nothing found, 1 findings or no such container, 2 usage, 3 no engine responds, 70 a bug in mountc.
`;
