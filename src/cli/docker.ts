import type { Command } from './io.js';
import { runBehind } from './run-behind.js';

/** The text of `mountc help docker`. */
export const help = `Check a docker command, then run the real docker with it.

Usage: mountc docker [DOCKER'S OWN ARGUMENTS] …
       alias docker="$(mountc shim path)"    (the launcher: becomes docker; see mountc shim --help)

What docker is certain to refuse is not run: the mistake is shown and the exit code is 125.
Everything else runs as it was typed, with docker's own input, output and exit code.

Environment:
  MOUNTC=off|warn|block|quiet do not check; check but always run; stop mistakes (default); without warnings
  MOUNTC_DOCKER=PATH          the docker to run, instead of the first on PATH that is not mountc
  MOUNTC_REWRITE=FORM         rewrite the mount flags to FORM where the effect is exactly the same: mount, volume, or
                              compat, which uses spellings that this docker accepts
  MOUNTC_DISABLE=RULE,…       rules to turn off

See also: mountc shim --help. mountc docker --help shows the help of docker.
`;

/** `mountc docker …`: docker as a child of this process. */
export const run: Command = (argv, io) => runBehind('docker', argv, io);
