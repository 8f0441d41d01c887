/** What a program says it could not do with a path. */
export interface Complaint {
  readonly kind: 'denied' | 'read-only' | 'missing' | 'busy' | 'crossing' | 'full' | 'owner' | 'format';
  readonly path: string;
  /** All that the line names. */
  readonly paths: readonly string[];
  /** A shell, or what starts programs, says so of what it was to run. */
  readonly isRun: boolean;
}

const STARTERS =
  /^(?:\S*\/)?(?:\w*sh|exec|env|sudo|su|gosu|su-exec|setpriv|tini|dumb-init)\b[^/]*\/|\bexec\b/;

const KINDS: readonly (readonly [RegExp, Complaint['kind'] | undefined])[] = [
  // A limit of watches is none of a disk.
  [/\binotify\b|file watchers/i, undefined],
  [/read-only file ?system|\bEROFS\b/i, 'read-only'],
  [/(?:device or )?resource busy|\bEBUSY\b/i, 'busy'],
  [/cross-device link|\bEXDEV\b/i, 'crossing'],
  [/no space left on device|\bENOSPC\b/i, 'full'],
  [
    /wrong ownership|(?:wrong|incorrect|bad|invalid) owner|must be owned by|permissions .*\btoo open\b|(?:bad|invalid|insecure) permissions/i,
    'owner',
  ],
  [/exec(?:utable)? format error/i, 'format'],
  [/permission denied|\bEACCES\b|operation not permitted|\bEPERM\b/i, 'denied'],
  [
    /no such file or directory|\bENOENT\b|cannot find module|(?:^|\s)(?:[\w/.-]*sh|exec|env): .*not found$/i,
    'missing',
  ],
];
const MOST_LINES = 200;
const LONGEST_LINE = 2000;

/** Reads what programs complain of, the last first: lines with a path and one of the kernel's words. */
export function readComplaints(text: string): Complaint[] {
  const lines = text.split('\n').slice(-MOST_LINES).reverse();
  return lines.flatMap((line): Complaint[] => {
    const short = line.slice(0, LONGEST_LINE);
    const kind = KINDS.find(([pattern]) => pattern.test(short))?.[1];
    if (kind === undefined) return [];
    const found = short.match(/(?<![\w.~-])\/[^\s'"`:;,()[\]<>]+/g) ?? [];
    const paths = found.map((path) => path.replace(/[.)/]+$/, ''));
    const isRun = STARTERS.test(short);
    // Which file had no room is seldom said.
    return (paths.length === 0 && kind === 'full' ? [''] : paths).map((path) => ({
      kind,
      path,
      paths,
      isRun,
    }));
  });
}
