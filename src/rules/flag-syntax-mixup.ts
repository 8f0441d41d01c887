import { parseVolume } from '../spec/parse.js';
import type { Fix } from '../text/diagnostic.js';
import { looksLikeMountSpec, looksLikeVolumeSpec } from './mixed-syntax.js';
import { at } from './places.js';
import type { MountContext, Rule } from './rule.js';

/** The syntax of `--mount` after `-v` or `--tmpfs`, or the other way round. */
export const flagSyntaxMixup: Rule = {
  code: 'MC108',
  name: 'flag-syntax-mixup',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'the syntax of --mount given to -v, or the other way round',
  why:
    '`-v type=bind,src=/a,dst=/b` has no colon, so docker creates an anonymous volume at a directory with that name, and reports ' +
    'nothing. `--mount /a:/b` is refused: `must be a key=value pair`.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#syntax'],
  valid: [
    'docker run -v /a=1,b=2:/c alpine',
    'docker run --mount type=bind,src=/a:b,dst=/c alpine',
    'docker run -v "$SPEC" --mount "$MOUNT" alpine',
  ],
  invalid: [
    {
      command: 'docker run -v type=bind,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run -it --volume=type=bind,src=$PWD,dst=/b alpine',
      fixed: 'docker run -it --mount=type=bind,src=$PWD,dst=/b alpine',
    },
    { command: 'docker run --mount /a:/b:ro alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    { command: 'docker run --mount "$PWD":/b alpine', fixed: 'docker run -v "$PWD":/b alpine' },
    { command: 'docker run --mount "$DIR:/b" alpine', fixed: 'docker run -v "$DIR:/b" alpine' },
    'docker run -itv type=bind,src=/a,dst=/b alpine',
  ],
  checkMount(view, report, context) {
    const { form, host } = view;
    if (form === 'volume' || form === 'tmpfs' || form === 'compose-short') {
      if (!looksLikeMountSpec(host.value)) return;
      const flag = form === 'tmpfs' ? '--tmpfs' : '-v';
      report({
        range: at(host),
        message: `\`${flag}\` has the syntax of \`--mount\`: docker reads all of it as a path`,
        help: 'use `--mount`',
        fix: changeFlag(context, '--mount'),
      });
    } else if (looksLikeVolumeSpec(view)) {
      const isGood = parseVolume(host.value).problem === undefined;
      report({
        range: at(host),
        message: '`--mount` has the syntax of `-v`: docker expects `key=value` fields',
        help: 'use `-v`, or write `type=bind,source=…,target=…`',
        fix: isGood ? changeFlag(context, '-v') : undefined,
      });
    }
  },
};

function changeFlag({ site, command }: MountContext, name: '-v' | '--mount'): Fix | undefined {
  if (site === undefined) return undefined;
  const { use } = site;
  const word = command?.source.words[use.word + 1];
  const isShort = !word?.value.startsWith('--');
  // In `-itv` the letter shares its word with others.
  if (word === undefined || use.clustered) return undefined;
  const isAttached = use.valueWord === use.word;
  const range = { start: 0, end: isAttached ? use.valueRange.start : word.value.length };
  if (isShort && use.nameRange.start !== 1) return undefined;
  const text = isAttached ? (name === '-v' ? '--volume=' : '--mount=') : name;
  const edit = word.edit(range, { value: text, holes: [] });
  return edit && { title: `use \`${name}\``, safety: name === '-v' ? 'safe' : 'unsafe', edits: [edit] };
}
