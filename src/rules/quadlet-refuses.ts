import { judgeUnit } from '../dialects/podman/quadlet.js';
import { QUADLET_ENDINGS, quadletKeys } from '../dialects/podman/quadlet-keys.js';
import { nearest } from '../text/nearest.js';
import { sourceRange } from '../text/spec-text.js';
import { fixIn } from './places.js';
import { entriesOf, isQuadlet } from './quadlet-unit.js';
import type { Rule } from './rule.js';

/** A unit that every Quadlet refuses. */
export const quadletRefuses: Rule = {
  code: 'MC135',
  name: 'quadlet-refuses',
  severity: 'error',
  engines: ['podman'],
  since: '0.1.0',
  summary: 'a unit that Quadlet refuses: no service is generated from it',
  why:
    'The generator turns a unit into a service or skips the whole unit, and reports that only in the journal: a key that it does ' +
    'not know, a container without an image, or a line that is not an entry is enough. A key that any podman from 4.4 to ' +
    '6.1 knows is not an error.',
  sources: ['https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html'],
  valid: [
    { file: 'quadlet', command: '[Container]\nImage=alpine\nVolume=/a:/b:z\nEnvironment=A=b\n' },
    {
      file: 'quadlet',
      command: '[Unit]\nAfter=x.service\n[Container]\nRootfs=/r\n[Service]\nRestart=always\n',
    },
    { file: 'quadlet', command: '[Volume]\nDevice=tmpfs\nType=tmpfs\n[X-Note]\nVolumes=1\n' },
    { file: 'quadlet', command: '[Match]\nName=eth0\n[Network]\nGateway=10.0.0.1\n' },
    {
      file: 'quadlet',
      command: '[Container]\nImage={{ image }}\n{% for v in mounts %}\nVolume={{ v }}\n{% endfor %}\n',
    },
  ],
  invalid: [
    {
      file: 'quadlet',
      command: '[Container]\nImage=alpine\nVolumes=/a:/b\n',
      fixed: '[Container]\nImage=alpine\nVolume=/a:/b\n',
    },
    { file: 'quadlet', command: '[Container]\nVolume=/a:/b\n' },
    { file: 'quadlet', command: '[Container]\nImage=alpine\nPod=web\n' },
    { file: 'quadlet', command: '[Container]\nImage=alpine\n--volume /a:/b\n' },
    { file: 'quadlet', command: '[Volume]\nType=tmpfs\n' },
  ],
  checkFile({ units, path, unitNames = [], dialect }, report) {
    for (const unit of units) {
      if (!isQuadlet(unit, path)) continue;
      const section = QUADLET_ENDINGS.get(unit.ending)!;
      const known = [...quadletKeys(section)!.keys()];
      const own = unit.sections.find((one) => one.section === section);
      // Entries of a folder next to it are put into the unit.
      const file = path?.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
      const isPartial = unit.isPartial || unitNames.includes(`${file}.d`);
      if (own === undefined && !isPartial) continue;
      for (const { entry, message, isKey } of judgeUnit(
        { ...unit, entries: entriesOf(unit), isPartial },
        dialect.podman,
      )) {
        const at = entry === undefined ? undefined : unit.entries[entry];
        const better = isKey && at ? nearest(at.key.value, known) : undefined;
        report({
          range: at === undefined ? own!.range : isKey ? sourceRange(at.key) : at.range,
          message: `refused by Quadlet: ${message}`,
          help: better
            ? `did you mean \`${better}\`?`
            : isKey
              ? `podman-systemd.unit(5) lists the keys of \`[${section}]\`; a flag without one goes into \`PodmanArgs=\``
              : 'fix it: no service is generated from the unit until then',
          fix:
            better === undefined || at === undefined
              ? undefined
              : fixIn(
                  at.key,
                  [{ range: { start: 0, end: at.key.value.length }, text: better }],
                  `write \`${better}\``,
                ),
        });
      }
      for (const range of unit.isPartial ? [] : unit.broken)
        report({
          range,
          message: 'the line is not a section, an entry or a comment: Quadlet reads nothing of this file',
          help: 'write `Key=value`, and a `\\` at the end of a line that continues',
        });
    }
  },
};
