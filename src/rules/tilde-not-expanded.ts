import { type MountView, showPart } from '../mount/view.js';
import type { CommandView } from '../source/site.js';
import type { Fix } from '../text/diagnostic.js';
import { holeMark } from '../text/hole-mark.js';
import type { Range } from '../text/range.js';
import { at, fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A tilde that reaches docker as it is. */
export const tildeNotExpanded: Rule = {
  code: 'MC604',
  name: 'tilde-not-expanded',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a tilde that the shell does not expand, and docker never does',
  why:
    'A shell expands `~` only at the start of a word: not in quotes, not after `=` or a comma, not in `-v~/x`. docker ' +
    'then reads `~/x` as a volume name, or reports that the path must be absolute.',
  sources: [
    'https://github.com/moby/moby/issues/37539',
    'https://www.gnu.org/software/bash/manual/html_node/Tilde-Expansion.html',
  ],
  valid: [
    'docker run -v ~/x:/y alpine',
    'docker run --volume ~/x:/y alpine',
    'docker run -v /a~b:/y alpine',
    'docker run -v "$HOME"/x:/y alpine',
    'docker run -v data~:/y alpine',
  ],
  invalid: [
    { command: 'docker run -v "~/x:/y" alpine', fixed: 'docker run -v "$HOME/x:/y" alpine' },
    { command: 'docker run --volume=~/x:/y alpine', fixed: 'docker run --volume="$HOME"/x:/y alpine' },
    {
      command: 'docker run --mount type=bind,src=~/x,dst=/y alpine',
      fixed: 'docker run --mount type=bind,src="$HOME"/x,dst=/y alpine',
    },
    "docker run -v '~bob/x:/y' alpine",
    { command: "docker run -v '~/x:/y' alpine\n", file: 'powershell' },
    { command: "docker run -v '~/x:/y' alpine", fixed: 'docker run -v "$HOME"\'/x:/y\' alpine' },
  ],
  checkMount({ host, source }, report, { command }) {
    if (source === undefined || !/^~(?:[a-z_][\w-]*)?(?:\/|$)/.test(source.value)) return;
    // What Compose makes of it is between it and its file.
    if (command === undefined || command.source.engine === 'compose') return;
    if (command.source.language === 'devcontainer' || command.dialect.engineOs === 'windows') return;
    const place = { start: source.range.start, end: source.range.start + 1 };
    const isOwn = /^~(?:\/|$)/.test(source.value);
    report({
      range: at(host, place),
      message: `nothing expands this \`~\`: docker gets \`${showPart(source)}\` as it is`,
      help:
        isOwn && hasHomeVariable(command)
          ? 'write `"$HOME"` instead of `~`'
          : 'write the path of the home directory',
      fix: !isOwn
        ? undefined
        : hasHomeVariable(command)
          ? homeFix(host, place)
          : knownHome(host, place, command),
    });
  },
};

function hasHomeVariable({ source }: CommandView): boolean {
  return source.shell === 'sh' || source.shell === 'bash' || source.shell === 'zsh';
}

/** Of a command that is about to run here, the home directory itself. */
function knownHome(host: MountView['host'], place: Range, { cwd, host: here }: CommandView): Fix | undefined {
  const home = cwd === undefined ? undefined : here?.home;
  return home === undefined
    ? undefined
    : fixIn(host, [{ range: place, text: home }], 'write the path of the home directory', 'unsafe');
}

function homeFix(host: MountView['host'], place: { start: number; end: number }): Fix | undefined {
  // zsh reads what follows a colon as a modifier.
  const text = host.value[place.end] === ':' ? '$' + '{HOME}' : '$HOME';
  const edit = host.edit(place, {
    value: holeMark(0),
    holes: [
      {
        range: { start: 0, end: 1 },
        kind: 'variable',
        text,
        quoted: true,
        absolute: true,
      },
    ],
  });
  return edit && { title: `write \`${text}\``, safety: 'safe', edits: [edit] };
}
