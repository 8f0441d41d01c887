import { readdirSync, readlinkSync } from 'node:fs';

/**
 * The file descriptors above 2 that this process seems to have been given: a parent cannot know for certain, since Node opens
 * some of its own. Left out are what only Node opens: event descriptors, and pipes that have both ends here. Empty where the
 * system does not list them.
 */
export function inheritedFds(): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
  const links = new Map<number, string>();
  for (const name of names) {
    const fd = Number(name);
    if (fd < 3) continue;
    try {
      links.set(fd, readlinkSync(`/proc/self/fd/${fd}`));
    } catch {
      // The descriptor of the listing itself.
    }
  }
  const counts = new Map<string, number>();
  for (const link of links.values()) counts.set(link, (counts.get(link) ?? 0) + 1);
  const firstOwn = Math.min(
    ...[...links].filter(([, link]) => link.startsWith('anon_inode:')).map(([fd]) => fd),
  );
  return [...links]
    .filter(([fd, link]) => isGiven(fd, link, counts.get(link) ?? 0, firstOwn))
    .map(([fd]) => fd)
    .sort((a, b) => a - b);
}

function isGiven(fd: number, link: string, count: number, firstOwn: number): boolean {
  if (link.startsWith('anon_inode:') || link.startsWith('/proc/')) return false;
  // Descriptors are handed out from below: what lies under Node's first one was there before it.
  if (fd < firstOwn) return true;
  return !(link.startsWith('pipe:') && count > 1) && link !== '/dev/null';
}
