import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { nearest } from '../text/nearest.js';
import { looksLikeVolumeSpec } from './mixed-syntax.js';
import { fieldRemoval, type JudgedField, judgeFields } from './mount-fields.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';

/** A key of `--mount` that no docker knows. */
export const mountUnknownOption: Rule = {
  code: 'MC103',
  name: 'mount-unknown-option',
  severity: 'error',
  since: '0.1.0',
  summary: 'a key of --mount that docker does not know',
  why:
    'docker refuses a key that it does not know. The words of `-v` are not keys of `--mount`: read-write is what it is ' +
    'without `readonly`, and there is no key that relabels for SELinux as `z` and `Z` do.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---mount'],
  valid: [
    'docker run --mount type=bind,source=/a,target=/b,readonly alpine',
    'docker run --mount Type=bind,SRC=/a,DST=/b,readOnly alpine',
    'docker run --mount type=bind,src=/a,dst=/b$' + '{zflag} alpine',
    'docker run --mount type=bind,src=/a,dst=/b,$EXTRA alpine',
    'podman run --mount type=bind,src=/a,dst=/b,Z alpine',
  ],
  invalid: [
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,rw alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,soruce=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,source=/a,dst=/b alpine',
    },
    'docker run --mount type=bind,src=/a,dst=/b,Z alpine',
    'docker run --mount type=tmpfs,dst=/b,uid=1000 alpine',
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,read_only=true alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    },
  ],
  checkFlag(site, report, command) {
    const { node } = site;
    if (node.kind !== 'mount' || looksLikeVolumeSpec(site)) return;
    for (const judged of judgeFields(site, command)) {
      const { field, name } = judged;
      if (judged.key !== undefined || name === '') continue;
      const word = shown(site, field.key.range).trim();
      const { help, key } = advise(judged);
      const isDropped = field.value === undefined && MEANS_NOTHING.has(name);
      const change = isDropped
        ? { range: fieldRemoval(node, field), text: '' }
        : key === undefined
          ? undefined
          : { range: field.key.range, text: key };
      report({
        range: at(site.text, field.key.range),
        message: `\`${word}\` is no option of \`--mount\``,
        help,
        fix: change && replaceIn(site, [change], isDropped ? `remove \`${word}\`` : `write \`${key}\``),
      });
    }
  },
};

const MEANS_NOTHING = new Set(['rw', 'readwrite']);

/** What people write for a key that docker has under another name. */
const SYNONYMS: Readonly<Record<string, string>> = {
  read_only: 'readonly',
  'read-only': 'readonly',
  rdonly: 'readonly',
  from: 'source',
  host: 'source',
  hostpath: 'source',
  path: 'target',
  dest: 'target',
  to: 'target',
  container: 'target',
  propagation: 'bind-propagation',
  nocopy: 'volume-nocopy',
  driver: 'volume-driver',
  subpath: 'volume-subpath',
  size: 'tmpfs-size',
  mode: 'tmpfs-mode',
};

function advise({ field, name }: JudgedField): { help: string; key?: string } {
  if (MEANS_NOTHING.has(name))
    return { help: 'leave it out: a mount is read-write unless it says `readonly`' };
  if (/^[zZ]$/.test(name)) {
    return { help: '`--mount` cannot relabel for SELinux: use `-v …:z`, or label the files on the host' };
  }
  const synonym = Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
  const key = synonym ?? nearest(name, MOUNT_KEY_BY_NAME.keys());
  const kind = key === undefined ? undefined : MOUNT_KEY_BY_NAME.get(key)?.kind;
  const isFit = kind === 'bool' || field.value !== undefined;
  if (key !== undefined && isFit) return { help: `did you mean \`${key}\`?`, key };
  const mode = field.value === undefined ? VOLUME_MODE_BY_NAME.get(name) : undefined;
  if (mode?.group === 'propagation') return { help: `write \`bind-propagation=${name}\`` };
  if (mode?.group === 'consistency') return { help: 'leave it out: no current docker does anything with it' };
  return {
    help: `docker knows ${[...new Set([...MOUNT_KEY_BY_NAME.values()].map((one) => one.name))].join(', ')}`,
  };
}
