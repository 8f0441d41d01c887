import { readFileSync } from 'node:fs';

/**
 * Whether this process belongs to the foreground group of a terminal: then Ctrl-C reaches every process of the group, and a
 * parent must not send it on once more. Where the system does not tell, what standard input is decides.
 */
export function isForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const group = fields[2];
    const terminal = fields[4];
    const foreground = fields[5];
    return terminal !== '0' && group === foreground;
  } catch {
    return process.stdin.isTTY === true;
  }
}
