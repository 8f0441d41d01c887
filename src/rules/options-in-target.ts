import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { type MountView, showPart, type ViewPart } from '../mount/view.js';
import { mapOf } from '../text/map-of.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Report, Rule } from './rule.js';

/** Options that became a part of the target, since they follow what this form does not cut at. */
export const optionsInTarget: Rule = {
  code: 'MC217',
  name: 'options-in-target',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'options after a target that become part of it',
  why:
    'Options follow a colon in `-v` and a comma in `--mount`. After the other character they are part of the path: `-v /a:/data,ro` ' +
    'mounts at a directory called `/data,ro`, and writable.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---volume'],
  valid: [
    'docker run -v /a:/data:ro,z alpine',
    'docker run -v /a:/data,v alpine',
    'docker run -v /a:/data,$MODE -v "/a:/b$X,ro" alpine',
    'docker run --mount type=bind,src=/a,dst=/data,ro alpine',
    'docker run --mount type=bind,src=/a,dst=/data:v1 alpine',
    { file: 'compose', command: composeEntry('./a:/data:ro') },
  ],
  invalid: [
    { command: 'docker run -v /a:/data,ro alpine', fixed: 'docker run -v /a:/data:ro alpine' },
    { command: 'docker run -v data:/data,z,readonly alpine', fixed: 'docker run -v data:/data:z,ro alpine' },
    {
      file: 'powershell',
      command: 'docker run -v C:\\a:C:\\data,ro app\n',
      fixed: 'docker run -v C:\\a:C:\\data:ro app\n',
    },
    { command: 'docker run -v /a:/data,ro:z alpine', fixed: 'docker run -v /a:/data:ro,z alpine' },
    { command: 'docker run -v "$PWD:$PWD,ro" alpine', fixed: 'docker run -v "$PWD:$PWD:ro" alpine' },
    {
      command: 'docker run --mount type=bind,src=/a:ro,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,readonly,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b:ro alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    'docker run --mount type=volume,src=a,dst=/b:z alpine',
    { file: 'compose', command: composeEntry('./a:/data;ro'), fixed: composeEntry('./a:/data:ro') },
    { file: 'compose', command: composeEntry('./a:/data readonly'), fixed: composeEntry('./a:/data:ro') },
    { file: 'compose', command: composeEntry('./a:/data,ro'), fixed: composeEntry('./a:/data:ro') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: "/b:ro"}') },
  ],
  checkMount(view, report) {
    const { form, source } = view;
    if (form === 'tmpfs' || form === 'run-mount') return;
    // In the source only a colon can be meant: a comma may be a part of a folder's name.
    const isCutAtColons = form === 'volume' || form === 'compose-short';
    for (const part of [isCutAtColons ? undefined : source, view.target]) {
      const found = part && wordsIn(part, isCutAtColons, source === undefined);
      if (found !== undefined) reportWords(view, found, part === source, report);
    }
  },
};

/** Words of options at the end of a path. */
interface Words {
  readonly part: ViewPart;
  /** Where in the part they begin. */
  readonly at: number;
  readonly words: readonly string[];
}

function wordsIn(part: ViewPart, isCutAtColons: boolean, isAlone: boolean): Words | undefined {
  // What is unknown may hold the separator itself, such as `$SUFFIX` in `/b$SUFFIX,ro`.
  const isKnown = part.text !== undefined || holesOf(part).every(({ absolute }) => absolute === true);
  if (!isKnown) return undefined;
  const text = part.value;
  // `c:/data` alone is a mistake of its own.
  const drive = (isAlone ? /^[A-Za-z]:\\/ : /^[A-Za-z]:[\\/]/).exec(text)?.[0].length ?? 0;
  const at = drive + text.slice(drive).search(isCutAtColons ? /[,;\uff1a]| +(?=\w)/ : /[:;]/);
  if (at <= drive || at === 0 || (drive === 0 && part.isAbsolute !== true)) return undefined;
  const words = text
    .slice(at)
    .replace(/^[^A-Za-z]+/, '')
    .split(',')
    .map((word) => SAME.get(word) ?? word);
  return words.every((word) => VOLUME_MODE_BY_NAME.has(word)) ? { part, at, words } : undefined;
}

const holesOf = ({ host, range: { start, end } }: ViewPart) =>
  host.holes.filter(({ range }) => range.start >= start && range.end <= end);

/** What `--mount` calls it, and what `-v` does. */
const SAME = mapOf<string>({ readonly: 'ro', 'readonly=true': 'ro', 'ro=true': 'ro' });

function reportWords(view: MountView, found: Words, isSource: boolean, report: Report): void {
  const { part, at } = found;
  const isCutAtColons = view.form === 'volume' || view.form === 'compose-short';
  const effect = isSource ? 'that path is mounted' : `it mounts at \`${showPart(part)}\``;
  report({
    range: part.place,
    message: `\`${part.value.slice(at)}\` is read as part of the path: ${effect}${isReadonly(view) ? '' : ', writable'}`,
    help: isCutAtColons
      ? 'write `:` before the options'
      : view.form === 'compose-long'
        ? 'write the options as keys of their own: `read_only: true`'
        : 'write the options as keys of their own: `readonly`',
    fix: fixOf(view, found),
  });
}

const isReadonly = ({ modes, fields }: MountView): boolean =>
  modes.some(({ part }) => part.text === 'ro') ||
  fields.some(({ name, value }) => /^(?:readonly|ro|read_only)$/.test(name) && value?.text !== 'false');

/** What was meant: another place is mounted then, so it is not safe. */
function fixOf(view: MountView, { part, at, words }: Words) {
  const { form, host, modes } = view;
  const range = { start: part.range.start + at, end: part.range.end };
  if (form === 'volume' || form === 'compose-short') {
    // The colon is there already, further on.
    const isAgain = modes.some((mode) => words.includes(mode.part.value));
    if (isAgain) return undefined;
    const end = modes.length > 0 ? range.end + 1 : range.end;
    const text = `:${words.join(',')}${modes.length > 0 ? ',' : ''}`;
    return fixIn(host, [{ range: { ...range, end }, text }], 'write `:`', 'unsafe');
  }
  if (form !== 'mount' || !words.every((word) => word === 'ro' || word === 'rw')) return undefined;
  const text = words.includes('ro') && !isReadonly(view) ? ',readonly' : '';
  return fixIn(host, [{ range, text }], text === '' ? 'remove it' : 'write `,readonly`', 'unsafe');
}
