/** What a program says it could not do with a path. */
export interface Complaint {
  readonly kind: 'denied' | 'read-only' | 'missing';
  readonly path: string;
}

const KINDS: readonly (readonly [RegExp, Complaint['kind']])[] = [
  [/read-only file ?system|\bEROFS\b/i, 'read-only'],
  [/permission denied|\bEACCES\b|operation not permitted|\bEPERM\b/i, 'denied'],
  [/no such file or directory|\bENOENT\b|cannot find module|not found/i, 'missing'],
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
    const paths = short.match(/(?<![\w.~-])\/[^\s'"`:;,()[\]<>]+/g) ?? [];
    return paths.map((path) => ({ kind, path: path.replace(/[.)/]+$/, '') }));
  });
}
