import type { ContainerInfo } from '../inspect/container-json.js';
import type { ContainerMount } from '../inspect/container-mounts.js';
import { visible } from '../text/display-width.js';
import { lines, type Shown, show } from '../text/shown.js';
import { tableLines } from './table.js';

const HEAD = ['TYPE', 'SOURCE', 'TARGET', 'ACCESS', 'PROPAGATION', 'DRIVER', 'FROM'];

/** The mounts of a container as a table for people, with a line about the container in front. */
export function mountTable(
  info: ContainerInfo,
  mounts: readonly ContainerMount[],
  name = info.name || info.id.slice(0, 12),
): Shown {
  const title = `${name} (${info.image || 'image not known'})`;
  if (mounts.length === 0) return show`${title}: nothing is mounted\n`;
  const rows = [HEAD, ...mounts.map((mount) => cells(mount).map(visible))];
  return show`${title}\n${lines(tableLines(rows).map((line) => `  ${line}`))}`;
}

function cells(mount: ContainerMount): string[] {
  const source =
    mount.source === undefined ? '-' : mount.isAnonymous ? `${mount.source.slice(0, 12)}…` : mount.source;
  return [
    mount.type,
    source,
    mount.target,
    mount.readOnly ? 'ro' : 'rw',
    mount.propagation ?? '-',
    mount.driver ?? '-',
    fromText(mount),
  ];
}

function fromText({ origin, asked, isAnonymous, isHidden }: ContainerMount): string {
  const from =
    origin === 'image'
      ? 'VOLUME of the image'
      : origin === 'image or -v'
        ? 'VOLUME of the image, or -v'
        : origin;
  const notes = [
    ...(isAnonymous ? ['anonymous'] : []),
    ...(asked?.sent.slot === 'Tmpfs' && asked.sent.options !== '' ? [asked.sent.options] : []),
    ...(isHidden ? ['hidden by --tmpfs'] : []),
  ];
  return notes.length === 0 ? from : `${from} (${notes.join(', ')})`;
}
