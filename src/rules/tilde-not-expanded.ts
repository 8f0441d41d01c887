import type { CommandView } from '../source/site.js';
import { holeMark } from '../text/hole-mark.js';
import { factsOf } from './facts.js';
import { at, type replaceIn, shown } from './places.js';
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
    'A shell expands `~` at the start of a word alone: not in quotes, not behind `=` or a comma, not in `-v~/x`. docker ' +
    'then takes `~/x` for the name of a volume, or says that the path must be absolute.',
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
  checkFlag(site, report, command) {
    const facts = factsOf(site, command.dialect);
    const source = facts?.source;
    if (source === undefined || !/^~(?:[a-z_][\w-]*)?(?:\/|$)/.test(source.value)) return;
    // What Compose makes of it is between it and its file.
    if (command.source.engine === 'compose') return;
    if (command.source.language === 'devcontainer' || command.dialect.engineOs === 'windows') return;
    const place = { start: source.range.start, end: source.range.start + 1 };
    const isOwn = /^~(?:\/|$)/.test(source.value);
    report({
      range: at(site.text, place),
      message: `nothing expands this \`~\`: docker gets \`${shown(site, source.range)}\` as it is`,
      help: isOwn ? 'write `"$HOME"` in place of `~`' : 'write the path of the home directory',
      fix: isOwn && hasHomeVariable(command) ? homeFix(site, place) : undefined,
    });
  },
};

function hasHomeVariable({ source }: CommandView): boolean {
  return source.shell === 'sh' || source.shell === 'bash' || source.shell === 'zsh';
}

function homeFix(site: Parameters<typeof replaceIn>[0], place: { start: number; end: number }) {
  // zsh reads what follows a colon as a modifier.
  const text = site.text.value[place.end] === ':' ? '$' + '{HOME}' : '$HOME';
  const edit = site.text.edit(place, {
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
  return edit && { title: `write \`${text}\``, safety: 'safe' as const, edits: [edit] };
}
