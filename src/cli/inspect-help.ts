import { DIALECT_OPTIONS } from './dialect-flags.js';
import { COLOR, HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc inspect`. */
export const INSPECT_OPTIONS = {
  '--file': { short: '-f', value: 'FILE', help: 'read what `docker inspect` printed; - for standard input' },
  '--to': {
    value: 'FORM',
    help: 'print the flags as mount, volume or tmpfs where possible; api for the JSON of the create call',
    words: ['mount', 'volume', 'tmpfs', 'api'],
  },
  '--expect': {
    value: 'COMMAND',
    help: 'compare with what this docker command would mount; exit 1 if it differs',
  },
  '--format': { value: 'FORMAT', help: 'text (default) or json', words: ['text', 'json'] },
  ...DIALECT_OPTIONS,
  ...COLOR,
  ...HELP,
} as const satisfies Options;

/** The text of `mountc inspect --help`. */
export const INSPECT_HELP = `Show what is mounted in a container, and the flags that create the same mounts.

Usage: mountc inspect [OPTIONS] CONTAINER…
       docker inspect CONTAINER… | mountc inspect [OPTIONS]

Options:
${optionsHelp(INSPECT_OPTIONS)}

Images in the same JSON (\`docker inspect CONTAINER IMAGE\`) show which volumes come from the image.

Examples:
  mountc inspect web
  mountc inspect web --to mount
  mountc inspect web --expect 'docker run -v /srv/site:/usr/share/nginx/html:ro nginx'
  docker inspect web | mountc inspect --to api

Exit codes: 0 shown, or as expected; 1 not as expected, or no such container; 2 usage; 3 no docker, an unreadable file.
`;
