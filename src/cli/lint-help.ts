import { kindTitles, largestOf } from '../source/file-kinds.js';
import { LINT_OPTIONS } from './lint-flags.js';
import { optionsHelp, wrapWords } from './options.js';

/** The text of `mountc lint --help`. */
export const LINT_HELP = `Find mistakes in docker mounts: in the files of a repository, or in one command.

Usage: mountc lint [OPTIONS] [FILE|DIR|GLOB|-] …
       mountc lint [OPTIONS] --command 'COMMAND'
       mountc lint [OPTIONS] -- docker run …

Without a file, reads the files of this folder that are tracked by git or not ignored. The kinds of files:
${wrapWords(kindTitles().split(' '), 110)},
up to ${largestOf()} MB (YAML, JSON and TOML: ${largestOf('yaml')} MB). - reads standard input, and guesses
its kind unless --stdin-filename is given.

Options:
${optionsHelp(LINT_OPTIONS)}

A comment turns rules off, optionally with a reason:
  # mountc-disable-next-line broad-host-mount -- the agent reads all of it
  also mountc-disable-line, mountc-disable-file, and mountc-disable … mountc-enable around a block

Examples:
  mountc lint
  mountc lint --fix scripts/ Makefile
  mountc lint --diff 'docs/**/*.md'
  mountc lint --format sarif:mounts.sarif --format github
  mountc lint --list --format json
  mountc lint --command "docker run --mount 'type=bind, src=/a, target=/b' alpine"
  mountc lint --new-from "$(git merge-base origin/main HEAD)"
  mountc lint --baseline .mountc-baseline.json --write-baseline
  mountc lint --add-disables --reason 'was there before' scripts/
  mountc lint --docker 20.10 -- docker run -v ./src:/app alpine

Environment:
  MOUNTC_DOCS=URL      the site for links to rule pages, such as a mirror; empty for no links

Exit codes: 0 clean, 1 findings, 2 usage or a mistake in the configuration or a baseline, 3 a file could not be read
or written.
`;
