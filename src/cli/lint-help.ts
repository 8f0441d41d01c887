import { FORMAT_NAMES } from '../report/index.js';
import { kindTitles, largestOf } from '../source/file-kinds.js';
import { DIALECT_HELP } from './dialect-flags.js';

/** The text of `mountc lint --help`. */
export const LINT_HELP = `Find mistakes in docker mounts: in the files of a repository, or in one command.

Usage: mountc lint [OPTIONS] [FILE|DIR|GLOB|-] …
       mountc lint [OPTIONS] --command 'COMMAND'
       mountc lint [OPTIONS] -- docker run …

Without a file, the files of this folder that git knows or would, .gitignore respected. Read are
${wrap(kindTitles().split(' '), 0, 110)},
up to ${largestOf()} MB (YAML, JSON and TOML: ${largestOf('yaml')} MB). - reads standard input, and guesses
what it is unless --stdin-filename says it.

Options:
  --command COMMAND    lint this docker command, or these mount flags
  --fix[=unsafe]       mend what can be mended, in place; unsafe: also where the effect may change
  --diff               show what --fix would do, and change nothing
  --list               show every mount: file, line, form, type, source, target, ro or rw
  --format FORMAT[:FILE]
                       ${wrap(
                         FORMAT_NAMES.map((name, i, all) => (i < all.length - 1 ? `${name},` : name)),
                         23,
                         80,
                       )}; several may be given
  --fail-on SEVERITY   what makes the exit code 1: error (default), warning, info or never
  --quiet, -q          only findings that make it fail; no summary, no progress
  --rule NAME=SEVERITY error, warning, info or off for one rule; may be given several times
  --check-paths        also look whether the paths that bind mounts name exist here
  --comments           also read commands in comments (# docker run …); what is wrong with them is advice
  --baseline FILE      do not report the findings that this file knows; say which of its entries are for nothing
  --no-baseline        all findings, also those that the baseline of the configuration knows
  --write-baseline     make all findings of these files known, in the file of --baseline or of the configuration
  --new-from REV       only findings on lines that were changed since this revision of git, such as origin/main
  --add-disables       put a comment that turns it off above every finding, in place; --diff shows them
  --reason TEXT        why, in these comments
  --config FILE        this configuration instead of the nearest .mountc.yaml, .json, .jsonc or package.json#mountc
  --no-config          no configuration at all
  --print-config       show what holds for FILE (or this folder), and where it comes from
  --files FILE …       all that follow are files, whatever their names look like: for what hands on names, such as xargs
  --stdin-filename PATH
                       what standard input stands for: chooses its kind, and its configuration
${DIALECT_HELP}
  --color WHEN         auto (default), always or never
  -h, --help           this text

A comment turns rules off, with a reason if you like:
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

Exit codes: 0 clean, 1 findings, 2 usage or a mistake in the configuration or a baseline, 3 a file could not be read
or written.
`;

function wrap(words: readonly string[], indent: number, width: number): string {
  const lines = [''];
  for (const [index, name] of words.entries()) {
    const word = index > 0 ? ` ${name}` : name;
    if (lines.at(-1)!.length + word.length > width) lines.push(name);
    else lines[lines.length - 1] += word;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
