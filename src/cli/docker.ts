import type { Command } from './io.js';
import { runBehind } from './run-behind.js';

/** The text of `mountc help docker`. */
export const help = `Check a docker command, then run the real docker with it.

Usage: mountc docker [DOCKER'S OWN ARGUMENTS] …
       alias docker="$(mountc shim path)"    (the launcher: becomes docker; see mountc shim --help)

What docker is certain to refuse is not run: the mistake is shown and the exit code is 125.
Everything else runs as it was typed, with docker's own input, output and exit code.

Environment:
  MOUNTC=off|warn|block|quiet do not check; check but always run; stop mistakes (default); that without warnings
  MOUNTC_DOCKER=PATH          the docker to run, instead of the first on PATH that is not mountc
  MOUNTC_REWRITE=FORM         give docker the mount flags as FORM, where it is exactly the same: mount, volume, or
                              compat, which is what this docker takes of what other releases take
  MOUNTC_DISABLE=RULE,…       rules that say nothing

See also: mountc shim --help. mountc docker --help is docker's own.
`;

/** `mountc docker …`: docker as a child of this process. */
export const run: Command = (argv, io) => runBehind('docker', argv, io);
