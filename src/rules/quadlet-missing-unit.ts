import { nearest } from '../text/nearest.js';
import { sourceRange } from '../text/spec-text.js';
import { isQuadlet } from './quadlet-unit.js';
import type { Rule } from './rule.js';

/** Where a unit refers to others: its keys, and what of their values is the name of a unit. */
const REFERENCES: readonly { readonly key: string; readonly ending: RegExp; readonly place: RegExp }[] = [
  { key: 'Volume', ending: /\.volume$/, place: /^([^:/.@\s][^:/@\s]*\.volume)(?=:)/d },
  {
    key: 'Mount',
    ending: /\.(?:volume|image|build)$/,
    place: /(?:^|,)(?:src|source)=([^:/.@,\s"'][^:/@,\s"']*\.(?:volume|image|build))(?=,|$)/d,
  },
  { key: 'Image', ending: /\.(?:image|build)$/, place: /^([^:/@\s]+\.(?:image|build))$/d },
  { key: 'Network', ending: /\.network$/, place: /^([^:/@\s]+\.network)(?=:|$)/d },
  { key: 'Pod', ending: /\.pod$/, place: /^([^:/@\s]+\.pod)$/d },
];

/** A reference to a unit that is not there. */
export const quadletMissingUnit: Rule = {
  code: 'MC136',
  name: 'quadlet-missing-unit',
  severity: 'warning',
  engines: ['podman'],
  since: '0.1.0',
  summary: 'a unit of Quadlet refers to another one that is not next to it',
  why:
    '`Volume=data.volume:/data` means the volume that the unit `data.volume` makes. Where there is none, podman refuses the ' +
    'unit since 5.3; older ones use a new and empty volume `systemd-data`. It is a warning, since units may be collected ' +
    'from several places when they are installed; and an info where no unit of that kind is next to the file.',
  sources: ['https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html#volume'],
  valid: [
    { file: 'quadlet', command: '[Container]\nImage=a\nVolume=data.volume:/a\n', units: ['data.volume'] },
    { file: 'quadlet', command: '[Container]\nImage=a\nVolume=data.volume:/a\n' },
    {
      file: 'quadlet',
      command: '[Container]\nImage=a\nVolume=%N.volume:/a\nVolume=/x.volume:/b\n',
      units: [],
    },
  ],
  invalid: [
    { file: 'quadlet', command: '[Container]\nImage=a\nVolume=dta.volume:/a\n', units: ['data.volume'] },
    {
      file: 'quadlet',
      command: '[Container]\nImage=a\nMount=type=volume,source=d.volume,dst=/a\n',
      units: [],
    },
    { file: 'quadlet', command: '[Container]\nImage=a\nNetwork=web.network\n', units: ['data.volume'] },
  ],
  checkFile({ units, unitNames, path }, report) {
    if (unitNames === undefined) return;
    for (const unit of units) {
      if (!isQuadlet(unit, path)) continue;
      for (const { key, value } of unit.entries) {
        const row = REFERENCES.find((one) => one.key === key.value);
        if (row === undefined || value.holes.length > 0) continue;
        const [start, end] = row.place.exec(value.value)?.indices?.[1] ?? [];
        if (start === undefined || end === undefined) continue;
        const name = value.value.slice(start, end);
        if (name.includes('%') || name.includes('$') || unitNames.includes(name)) continue;
        const others = unitNames.filter((one) => row.ending.test(one));
        const better = nearest(name, others);
        report({
          range: sourceRange(value, { start, end }),
          message: `there is no unit \`${name}\` next to this one: podman refuses it since 5.3, and older ones take a new, empty one`,
          help:
            better === undefined ? `add \`${name}\`, or name what is there` : `did you mean \`${better}\`?`,
          // Where no unit of that kind is kept, they all come from somewhere else.
          ...(others.length === 0 && { severity: 'info' }),
        });
      }
    }
  },
};
