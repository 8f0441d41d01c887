import { HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc shim`. */
export const SHIM_OPTIONS = {
  '--dir': {
    value: 'DIR',
    help: 'the folder to write into, or to remove from; to write, nobody else may own it or write to it',
  },
  '--engine': {
    value: 'NAME',
    help: 'docker (default) or podman; uninstall removes both where nothing is said',
    words: ['docker', 'podman'],
  },
  '--plugin': { help: "with install: make `docker mountc lint …` work instead, by docker's own convention" },
  ...HELP,
} as const satisfies Options;

/** The text of `mountc shim --help`. */
export const SHIM_HELP = `Put a docker (or podman) on PATH that looks at the mounts of a command, and then is the real one.

Usage: mountc shim install [OPTIONS]
       mountc shim path
       mountc shim status [--engine NAME]
       mountc shim uninstall [OPTIONS]

install     write the launcher into DIR, or into a folder that is on PATH ahead of the real one
path        print the launcher of this package, which needs no installation: alias docker="$(mountc shim path)"
status      show what \`docker\` (with --engine podman: \`podman\`) is now, in the order of PATH, and whether its check runs
uninstall   remove the launchers on PATH (or in DIR), the plugin and what was cached

Options:
${optionsHelp(SHIM_OPTIONS)}

Without installing anything: alias docker="$(mountc shim path)". Where there is no sh, and for podman, \`mountc docker\` and
\`mountc podman\` do the same with docker as a child.

A mistake that docker's client or engine, or podman, is certain to refuse is stopped, with exit code 125 and the command
put right. Warnings are one or two lines on stderr, and only when that is a terminal. Everything else reaches docker or podman
as it was typed. When mountc is broken or gone, they run.

Environment:
  MOUNTC=off|warn|block|quiet  do not look; look, but always run; stop mistakes (the default); that without warnings
  MOUNTC_DOCKER=PATH           the docker to run instead of the next one on PATH; MOUNTC_PODMAN the podman
  MOUNTC_REWRITE=FORM          give it the mount flags as FORM, where it is exactly the same: mount, volume, or compat, which
                               is what this docker takes of what other releases take
  MOUNTC_DISABLE=RULE,RULE     rules that say nothing

The same in ~/.config/mountc/config.json (under XDG_CONFIG_HOME where that is set); the environment goes first:
  {"shim": {"mode": "warn", "rewrite": "mount", "disable": ["broad-host-mount"]}}

Examples:
  mountc shim install
  mountc shim install --dir ~/bin
  alias docker="$(mountc shim path)"
  mountc shim install --engine podman
  MOUNTC=off docker run -v odd:spec img

Exit codes: 0 done; 1 status: it is not checked; 2 usage; 3 a file could not be written or removed.
`;
