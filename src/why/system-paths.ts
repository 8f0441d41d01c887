import { isWithin } from './file-view.js';

// Another owner, mode or label of these breaks the machine.
const FOLDERS = [
  '/etc',
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib64',
  '/boot',
  '/dev',
  '/proc',
  '/sys',
  '/run',
  '/var/run',
  '/root',
];

const TOPS = /^\/(?:home(?:\/[^/]+)?|var(?:\/(?:lib|log|cache|spool))?|srv|opt|mnt|media|tmp)?$/;

/** Whether a path is one that the system itself needs as it is. */
export const isOfSystem = (path: string): boolean =>
  TOPS.test(path) || FOLDERS.some((one) => isWithin(path, one));
