import { fieldRemoval } from '../dialects/docker/mount-fields.js';
import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { PROGRAMS } from '../dialects/programs.js';
import { type KeylessPath, keylessPaths } from '../dialects/stand-in.js';
import { type MountView, showPart, type ViewField, type ViewPart } from '../mount/view.js';
import { looksLikeVolumeSpec } from './mixed-syntax.js';
import { fixIn } from './places.js';
import type { Report, Rule } from './rule.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A key of `--mount` that no docker knows. */
export const mountUnknownOption: Rule = {
  code: 'MC103',
  name: 'mount-unknown-option',
  severity: 'error',
  engines: ['docker', 'podman', 'buildkit'],
  since: '0.1.0',
  summary: 'a key of --mount that docker, podman or BuildKit does not know',
  why:
    'docker refuses a key that it does not know. The words of `-v` are not keys of `--mount`: it is read-write ' +
    'without `readonly`, and no key relabels for SELinux as `z` and `Z` do. podman has more keys, which are case-sensitive; ' +
    '`RUN --mount` has keys of its own, where `tmpfs-size` and the like belong to `docker run`.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---mount'],
  valid: [
    'podman run --mount type=bind,src=/a,dst=/b,relabel=shared,U=true,Z,ro=true alpine',
    'podman run --mount type=tmpfs,tmpfs-size=512M,destination=/b,notmpcopyup alpine',
    'podman run --mount type=image,source=fedora,destination=/b,rw=true alpine',
    'podman run --mount type=devpts,destination=/dev/pts,uid=0,max=3 alpine',
    'podman run --mount type=glob,src=/usr/lib/libfoo*,destination=/usr/lib,ro=true alpine',
    'podman run --mount type=bind,src=/a,dst=/b,$EXTRA alpine',
    'docker run --mount type=bind,src=/a,dst=/b,readOnly alpine',
    { file: 'dockerfile', command: FILE('type=cache,target=/c,sharing=locked,uid=1,mode=0755') },
    { file: 'dockerfile', command: FILE('type=secret,id=a,env=B,required') },
    { file: 'dockerfile', command: FILE('type=bind,from=a,src=/x,dst=/c,rw') },
    'docker run --mount type=bind,source=/a,target=/b,readonly alpine',
    'docker run --mount Type=bind,SRC=/a,DST=/b,readOnly alpine',
    'docker run --mount type=bind,src=/a,dst=/b$' + '{zflag} alpine',
    'docker run --mount type=bind,src=/a,dst=/b,$EXTRA alpine',
    'podman run --mount type=bind,src=/a,dst=/b,Z alpine',
  ],
  invalid: [
    {
      command: 'podman run --mount type=bind,src=/a,dst=/b,readOnly alpine',
      fixed: 'podman run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    {
      command: 'podman run --mount type=bind,soruce=/a,dst=/b alpine',
      fixed: 'podman run --mount type=bind,source=/a,dst=/b alpine',
    },
    {
      command: 'podman --log-level debug run --uidmap 0:1:1 --mount type=bind,src=/a,Target=/b alpine',
      fixed: 'podman --log-level debug run --uidmap 0:1:1 --mount type=bind,src=/a,target=/b alpine',
    },
    'podman create --mount type=bind,src=/a,dst=/b,bind-create-src alpine',
    { file: 'dockerfile', command: FILE('type=cache,tagret=/c'), fixed: FILE('type=cache,target=/c') },
    { file: 'dockerfile', command: FILE('type=tmpfs,target=/c,tmpfs-size=1m') },
    { file: 'dockerfile', command: FILE('type=bind,target=/c,bind-propagation=shared') },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,rw alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,soruce=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,source=/a,dst=/b alpine',
    },
    'docker run --mount type=bind,src=/a,dst=/b,Z alpine',
    {
      command: 'docker run --mount bind,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,/a,/b alpine',
      fixed: 'docker run --mount type=bind,source=/a,target=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,/b,readonly alpine',
      fixed: 'docker run --mount type=bind,src=/a,target=/b,readonly alpine',
    },
    {
      command: 'podman run --mount type=bind,/a:/b alpine',
      fixed: 'podman run --mount type=bind,source=/a,target=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src:/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,from=/a,to=/b alpine',
      fixed: 'docker run --mount type=bind,source=/a,target=/b alpine',
    },
    {
      command:
        "docker run --mount 'type=volume,src=data,dst=/b,volume-opt=type=nfs,volume-opt=o=addr=a,rw,volume-opt=device=:/x' alpine",
      fixed:
        'docker run --mount \'type=volume,src=data,dst=/b,volume-opt=type=nfs,"volume-opt=o=addr=a,rw",volume-opt=device=:/x\' alpine',
    },
    'docker run --mount type=tmpfs,dst=/b,uid=1000 alpine',
    {
      command: 'docker run --mount bind,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,mode=ro alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,mode=rw alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b,read_only=true alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly=true alpine',
    },
  ],
  checkMount(view, report) {
    const { node, host, fields, program } = view;
    const dialect = PROGRAMS[program];
    if (node?.kind !== 'mount' || looksLikeVolumeSpec(view)) return;
    const paths = keylessPaths(view);
    reportPaths(paths, view, report);
    for (const field of fields) {
      if (paths.some((path) => path.field === field)) continue;
      const verdict = dialect.unknownKey?.(field, view);
      if (verdict === undefined) continue;
      const options = cutOptions(view, field);
      if (options !== undefined) {
        report({
          range: field.key.place,
          message: `the comma ends the volume option: \`${showPart(field.key)}\` is not an option of \`--mount\``,
          help: 'put the whole field in double quotes, inside single quotes: `"volume-opt=o=…,…"`',
          fix: fixIn(host, options, 'quote the field', 'unsafe'),
        });
        return;
      }
      const { message, help, better, field: whole, isNeedless } = verdict;
      const written = isNeedless && node.fields.find(({ range }) => range === field.range);
      const change = written
        ? { range: fieldRemoval(node, written), text: '' }
        : whole !== undefined
          ? { range: field.range, text: whole }
          : better === undefined
            ? undefined
            : { range: field.key.range, text: better };
      const title = written ? `remove \`${showPart(field.key).trim()}\`` : `write \`${whole ?? better}\``;
      report({ range: field.key.place, message, help, fix: change && fixIn(host, [change], title) });
    }
  },
};

/** `type=bind,/a,/b`: one mistake, however many paths it leaves without a key. */
function reportPaths(paths: readonly KeylessPath[], { host }: MountView, report: Report): void {
  const meant = paths.filter(({ keys }) => keys.length > 0);
  const [first] = meant;
  if (first === undefined) return;
  const changes = meant.flatMap(({ field: { key }, keys }) => keys.map((name, at) => keyIn(key, name, at)));
  const shown = meant.map(({ field }) => `\`${showPart(field.key)}\``).join(' and ');
  report({
    range: first.field.key.place,
    message: `${shown} ${meant.length === 1 ? 'stands' : 'stand'} without a key: \`--mount\` takes \`key=value\` alone`,
    help: `put ${changes.map(({ text }) => `\`${text.replace(',', '')}\``).join(' and ')} in front`,
    fix: fixIn(host, changes, 'write the key', 'unsafe'),
  });
}

/** The first key goes in front, the second in place of the colon. */
function keyIn({ range: { start }, value }: ViewPart, name: string, at: number) {
  const colon = start + value.indexOf(':');
  return at === 0
    ? { range: { start, end: start }, text: `${name}=` }
    : { range: { start: colon, end: colon + 1 }, text: `,${name}=` };
}

/** The quotes around `volume-opt=o=a,b,c`, of which an unknown field is the second; undefined where it is none of these. */
function cutOptions({ fields, host }: MountView, field: ViewField) {
  const at = fields.indexOf(field);
  const first = fields.slice(0, at).findLast(({ name }) => MOUNT_KEY_BY_NAME.has(name));
  if (first?.name !== 'volume-opt' || !first.value?.value.startsWith('o=')) return undefined;
  const next = fields.findIndex(({ name }, index) => index > at && MOUNT_KEY_BY_NAME.has(name));
  const last = fields[next < 0 ? fields.length - 1 : next - 1]!;
  // A quote inside would have to be doubled.
  if (host.value.includes('"')) return undefined;
  const [start, end] = [first.range.start, last.range.end];
  return [
    { range: { start, end: start }, text: '"' },
    { range: { start: end, end }, text: '"' },
  ];
}
