import type { QuadletEntry } from '../dialects/podman/quadlet.js';
import { QUADLET_ENDINGS, quadletKeys } from '../dialects/podman/quadlet-keys.js';
import type { FoundUnit } from '../source/frontend.js';
import { literal } from '../text/spec-text.js';

/** The sections that a Quadlet unit may have in addition to its own; any other is a unit of another program. */
const OF_SYSTEMD: ReadonlySet<string> = new Set([
  'Unit',
  'Service',
  'Install',
  'Quadlet',
  'Automount',
  'Swap',
]);

/** Whether a file is a unit of Quadlet for sure: systemd has `.network` files of its own. */
export function isQuadlet({ sections, ending }: FoundUnit, path: string | undefined): boolean {
  if (path !== undefined && /(?:^|[\\/])systemd[\\/]network[\\/]/.test(path)) return false;
  const own = QUADLET_ENDINGS.get(ending);
  return sections.every(
    ({ section }) =>
      section === own ||
      OF_SYSTEMD.has(section) ||
      section.startsWith('X-') ||
      quadletKeys(section) !== undefined,
  );
}

/** The entries as Quadlet reads them. */
export function entriesOf({ entries }: FoundUnit): QuadletEntry[] {
  return entries.map(({ section, key, value, conditional }) => ({
    section: key.holes.length > 0 ? undefined : section,
    key: key.value,
    value: literal(value),
    conditional,
  }));
}
