import { DIALECT_HELP } from './dialect-flags.js';

/** The text of `mountc inspect --help`. */
export const INSPECT_HELP = `Show what is mounted in a container, and the flags that would make the same mounts again.

Usage: mountc inspect [OPTIONS] CONTAINER…
       docker inspect CONTAINER… | mountc inspect [OPTIONS]

Options:
  -f, --file FILE      read what \`docker inspect\` printed; - for standard input
  --to FORM            write the flags as mount, volume or tmpfs where they can be; api for the create call's JSON
  --expect COMMAND     compare with what this docker command would have mounted; exit 1 when that differs
  --format FORMAT      text (default) or json
${DIALECT_HELP}
  -h, --help           this text

Images in the same JSON (\`docker inspect CONTAINER IMAGE\`) tell which volumes an image brought.

Examples:
  mountc inspect web
  mountc inspect web --to mount
  mountc inspect web --expect 'docker run -v /srv/site:/usr/share/nginx/html:ro nginx'
  docker inspect web | mountc inspect --to api

Exit codes: 0 shown, or as expected; 1 not as expected, or no such container; 2 usage; 3 no docker, an unreadable file.
`;
