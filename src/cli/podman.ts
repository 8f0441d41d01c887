import type { Command } from './io.js';
import { runBehind } from './run-behind.js';

/** The text of `mountc help podman`. */
export const help = `Check a podman command, then run the real podman with it.

Usage: mountc podman [PODMAN'S OWN ARGUMENTS] …
       alias podman='mountc podman'

What this podman is certain to refuse is not run: the mistake is shown and the exit code is 125.
Everything else runs as it was typed, with podman's own input, output and exit code.

Environment:
  MOUNTC=off|warn|block       do not check; check but always run; stop mistakes (default)
  MOUNTC_PODMAN=PATH          the podman to run, instead of the first on PATH that is not mountc
  MOUNTC_REWRITE=mount|volume rewrite the mount flags to this form where the effect is exactly the same
  MOUNTC_DISABLE=RULE,…       rules to turn off

See also: mountc shim --help. mountc podman --help shows the help of podman.
`;

/** `mountc podman …`: podman as a child of this process. */
export const run: Command = (argv, io) => runBehind('podman', argv, io);
