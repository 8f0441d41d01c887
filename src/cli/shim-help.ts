import { HELP, type Options, optionsHelp } from './options.js';

/** The options of `mountc shim`. */
export const SHIM_OPTIONS = {
  '--dir': {
    value: 'DIR',
    help: 'the folder to install to, or to remove from; it must belong to you, and nobody else may write to it',
  },
  '--engine': {
    value: 'NAME',
    help: 'docker (default) or podman; by default uninstall removes both',
    words: ['docker', 'podman'],
  },
  '--plugin': { help: 'with install: install a docker plugin instead, so that `docker mountc lint …` works' },
  ...HELP,
} as const satisfies Options;

/** The text of `mountc shim --help`. */
export const SHIM_HELP = `Install a docker (or podman) on PATH that checks the mounts of a command, and then becomes the real one.

Usage: mountc shim install [OPTIONS]
       mountc shim path
       mountc shim status [--engine NAME]
       mountc shim uninstall [OPTIONS]

install     write the launcher to DIR, or to a folder that comes before the real docker on PATH
path        print the launcher of this package, which needs no installation: alias docker="$(mountc shim path)"
status      show every \`docker\` (with --engine podman: \`podman\`) on PATH, in order, and whether commands are checked
uninstall   remove the launchers on PATH (or in DIR), the plugin and the cache

Options:
${optionsHelp(SHIM_OPTIONS)}

Without an installation: alias docker="$(mountc shim path)". Without sh, and for podman, \`mountc docker\` and
\`mountc podman\` do the same and run the engine as a child process.

A mistake that docker's client or engine, or podman, is certain to refuse is stopped, with exit code 125 and the command
put right. Warnings are one or two lines on stderr, and only when that is a terminal. Everything else reaches docker or podman
as it was typed. If mountc is broken or was removed, they still run.

Environment:
  MOUNTC=off|warn|block|quiet  do not check; check, but always run; stop mistakes (the default); stop them without warnings
  MOUNTC_DOCKER=PATH           the docker to run instead of the next one on PATH; MOUNTC_PODMAN the podman
  MOUNTC_REWRITE=FORM          rewrite the mount flags to FORM where the effect is exactly the same: mount, volume, or compat,
                               which uses spellings that this docker accepts
  MOUNTC_DISABLE=RULE,RULE     rules to turn off

The same in ~/.config/mountc/config.json (under XDG_CONFIG_HOME if set); the environment has priority:
  {"shim": {"mode": "warn", "rewrite": "mount", "disable": ["broad-host-mount"]}}

Examples:
  mountc shim install
  mountc shim install --dir ~/bin
  alias docker="$(mountc shim path)"
  mountc shim install --engine podman
  MOUNTC=off docker run -v odd:spec img

Exit codes: 0 done; 1 status: commands are not checked; 2 usage; 3 a file could not be written or removed.
`;
