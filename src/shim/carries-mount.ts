/**
 * Whether a command could carry a mount that is worth a look: the same question that the launcher asks in sh. A "no" is
 * certain; everything else is read properly.
 */
export function carriesMount(args: readonly string[]): boolean {
  const [first = '', second = ''] = args;
  if (first === 'compose') {
    const run = args.indexOf('run');
    return run > 0 && args.some((word, index) => index > run && VOLUME_WORD.test(word));
  }
  if (first === 'container') {
    if (second !== 'run' && second !== 'create') return false;
  } else if (first === 'pod') {
    if (second !== 'create') return false;
  } else if (first === 'service') {
    if (second !== 'create' && second !== 'update') return false;
  } else if (first !== 'run' && first !== 'create' && !first.startsWith('-')) return false;
  return args.some((word) => MOUNT_WORD.test(word));
}

const VOLUME_WORD = /^-[^-]*v|^--vol/s;
// A letter v in a cluster, a long flag about mounts, also one that is misspelled, a first character that may be a dash which is none, or a spec where the image should be.
const MOUNT_WORD = /^(?:-[^-]*v|--?(?:volume|mount|tmpfs)|--readonly$|[^ -~]|\/.*:\/|type=)/s;

/** docker's global flags before the command, as far as they are written with their values attached or next to them. */
export function globalsOf(args: readonly string[]): string[] {
  const globals: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (!word.startsWith('-')) break;
    globals.push(word);
    if (TAKES_VALUE.test(word)) globals.push(args[++at] ?? '');
  }
  return globals;
}

const TAKES_VALUE = /^(?:-[cHl]|--(?:config|context|host|log-level|tlscacert|tlscert|tlskey))$/;
