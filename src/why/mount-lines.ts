/** One line of `/proc/PID/mountinfo`. */
export interface MountLine {
  readonly id: string;
  readonly parent: string;
  /** `8:1`: the file system that it shows. */
  readonly device: string;
  /** What of the file system it shows; ends with `//deleted` when that is gone. */
  readonly root: string;
  readonly point: string;
  readonly options: readonly string[];
  readonly propagation: 'shared' | 'slave' | 'private';
  readonly fsType: string;
  readonly fsOptions: readonly string[];
}

/** Reads mountinfo; a line that is none is left out. */
export function readMountLines(text: string): MountLine[] {
  return text.split('\n').flatMap((line): MountLine[] => {
    const [head = '', tail] = line.split(' - ');
    const [id, parent, device, root, point, options, ...optional] = head.split(' ');
    const [fsType, , fsOptions = ''] = (tail ?? '').split(' ');
    if (id === undefined || parent === undefined || device === undefined || fsType === undefined) return [];
    if (root === undefined || point === undefined || options === undefined || fsType === '') return [];
    return [
      {
        id,
        parent,
        device,
        root: unescapeOctal(root),
        point: unescapeOctal(point),
        options: options.split(','),
        propagation: optional.some((field) => field.startsWith('shared:'))
          ? 'shared'
          : optional.some((field) => field.startsWith('master:'))
            ? 'slave'
            : 'private',
        fsType,
        fsOptions: fsOptions.split(','),
      },
    ];
  });
}

// Bytes, each as three octal digits; they are UTF-8 together.
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-3][0-7]{2})/g, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 8)),
  );
}

/** Where a look-up begins, and what is mounted at a path of a mount. */
interface MountIndex {
  readonly root: MountLine | undefined;
  readonly below: ReadonlyMap<string, MountLine>;
}

// A path is looked up for each step of each path.
const INDICES = new WeakMap<readonly MountLine[], MountIndex>();

function indexOf(lines: readonly MountLine[]): MountIndex {
  const known = INDICES.get(lines);
  if (known !== undefined) return known;
  const ids = new Set(lines.map(({ id }) => id));
  const index = {
    root: lines.find(({ point, parent, id }) => point === '/' && (!ids.has(parent) || parent === id)),
    below: new Map(lines.map((line) => [`${line.parent} ${line.point}`, line])),
  };
  INDICES.set(lines, index);
  return index;
}

/** The mount that a path is looked up in, as the kernel walks: later mounts lie over earlier ones, and hide what is below them. */
export function mountOver(lines: readonly MountLine[], path: string): MountLine | undefined {
  const { root, below } = indexOf(lines);
  let current = root;
  const parts = path.split('/').filter((part) => part !== '');
  for (let depth = 0; current !== undefined && depth <= parts.length; depth++) {
    const prefix = `/${parts.slice(0, depth).join('/')}`;
    // Several may lie on one point, each on the one before; no more than there are.
    for (let left = lines.length; left > 0; left--) {
      const next = below.get(`${current.id} ${prefix}`);
      if (next === undefined || next === current) break;
      current = next;
    }
  }
  return current;
}

/** Whether nothing can be written through a mount: by its own options, or by those of its file system. */
export const isReadOnlyMount = ({ options }: MountLine): boolean => options.includes('ro');

/** Whether the file system itself is read-only, no matter how it is mounted. */
export const isReadOnlyFs = ({ fsOptions }: MountLine): boolean => fsOptions.includes('ro');
