import { isPath } from '../dialects/compose/compose-keys.js';
import type { ApiMount } from '../dialects/docker/client/api.js';
import { optionsOf, readField } from '../dialects/docker/client/client-mount.js';
import { isExpanded } from '../dialects/docker/client/client-volume.js';
import { lowerGo, trimmedGo } from '../go/text.js';
import { showPart } from '../mount/view.js';
import { displayText } from '../text/spec-text.js';
import { composeEntry } from './compose-example.js';
import { composeMounts } from './compose-facts.js';
import { judgeFields } from './mount-fields.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A path as the source of a volume. */
export const mountTypePathMismatch: Rule = {
  code: 'MC201',
  name: 'mount-type-path-mismatch',
  severity: 'error',
  engines: ['docker', 'podman'],
  since: '0.1.0',
  summary: 'a host path as the source of --mount without type=bind',
  why:
    'Without `type=bind` docker takes the source as the name of a volume, and a path is no name: `"/src" includes invalid ' +
    'characters for a local volume name`. `-v` tells them apart by the slash, `--mount` does not.',
  sources: ['https://github.com/moby/moby/issues/34532'],
  valid: [
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount src=data,dst=/b alpine',
    'docker run --mount src=$SRC,dst=/b alpine',
    'docker run --mount src=/a,dst=/b,volume-driver=sshfs alpine',
    'docker run --mount type=$KIND,src=/a,dst=/b alpine',
    'podman run --mount type=bind,src=/a,dst=/b --mount src=data,dst=/c alpine',
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: volume, source: ./a, target: /b}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b}'),
    },
    {
      command: 'docker run --mount src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'podman run --mount src=/a,dst=/b,z alpine',
      fixed: 'podman run --mount type=bind,src=/a,dst=/b,z alpine',
    },
    {
      command: 'docker run --mount type=volume,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount "src=$PWD/a,dst=/b" alpine',
      fixed: 'docker run --mount "type=bind,src=$PWD/a,dst=/b" alpine',
    },
    {
      command: 'docker run --mount src=~/a,dst=/b alpine',
      fixed: 'docker run --mount src=~/a,dst=/b,type=bind alpine',
    },
    'docker run --mount src=/a,dst=/b,volume-nocopy alpine',
    {
      command: 'docker run --mount src=./a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=./a,dst=/b alpine',
    },
  ],
  checkMount(view, report, context) {
    const { form, program, node, host, source } = view;
    if (form !== 'mount' || node?.kind !== 'mount') return;
    const { dialect, meaning } = context;
    if (meaning.type !== 'volume' || source === undefined) return;
    if (source.isAbsolute !== true && !isExpanded(source.value, dialect)) return;
    const fields = judgeFields(view, context);
    const driver = fields.findLast(({ name }) => name === 'volume-driver');
    if (driver !== undefined && driver.value !== 'local' && driver.value !== '') return;
    const type = fields.findLast(({ name }) => name === 'type')?.field;
    const first = node.fields[0]!;
    // Options of volumes would then stand on a bind.
    const draft: ApiMount = { Type: 'bind' };
    if (program === 'docker') for (const { field } of fields) readField(draft, field, { dialect, cwd: '/' });
    const isForVolumes =
      program === 'docker'
        ? optionsOf(draft, 'volume') !== undefined
        : fields.some(({ name }) => /^volume-|^(?:copy|nocopy|subpath)$/.test(name));
    // bash expands the tilde of `src=~/a` as long as nothing stands in front.
    const isTilde = host.holes.some(
      ({ kind, range }) => kind === 'tilde' && range.start === source.range.start,
    );
    const place = isTilde ? node.fields.at(-1)!.range.end : first.range.start;
    const change =
      type?.value === undefined
        ? { range: { start: place, end: place }, text: isTilde ? ',type=bind' : 'type=bind,' }
        : { range: type.value.range, text: 'bind' };
    const isPlain = type === undefined || lowerGo(trimmedGo(type.key.value)) === 'type';
    report({
      range: source.place,
      message: `without \`type=bind\` ${program} takes \`${showPart(source)}\` for the name of a volume`,
      help: source.text === undefined ? 'add `type=bind`' : 'add `type=bind`, or use the name of a volume',
      fix: isPlain && !isForVolumes ? fixIn(host, [change], 'make it `type=bind`') : undefined,
    });
  },
  checkFile(file, report) {
    for (const { mount, facts } of composeMounts(file)) {
      const source = mount.fields?.find(({ key }) => key === 'source');
      if (facts.type !== 'volume' || source?.value === undefined) continue;
      const { value, holes } = source.value;
      const isHomePath = holes[0]?.kind === 'tilde' && holes.length === 1;
      if (!isHomePath && (holes.length > 0 || !isPath(value))) continue;
      const word = mount.fields?.find(({ key }) => key === 'type')?.value;
      const edit = word?.edit({ start: 0, end: facts.type.length }, { value: 'bind', holes: [] });
      report({
        range: source.valueRange,
        message: `\`${displayText(source.value)}\` is a path, and of \`type: volume\` Compose wants the name of a volume: it refuses the file`,
        help: 'write `type: bind`',
        fix: edit && { title: 'write `type: bind`', safety: 'safe', edits: [edit] },
      });
    }
  },
};
