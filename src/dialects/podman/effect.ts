import type { SpecForm } from '../../spec/ast.js';
import { parseMount } from '../../spec/parse.js';
import { judgeFlag } from './every.js';
import { rowsOf } from './mount-keys.js';
import type { PodmanMount } from './verdict.js';
import type { PodmanFacts } from './versions.js';

/** What a mount flag does under one podman, whatever its form: two that are equal make the same mount. */
export interface PodmanEffect {
  readonly type: PodmanMount['type'];
  /** Absent for an anonymous volume, a tmpfs and the like. */
  readonly source?: string;
  readonly target: string;
  readonly isReadonly: boolean;
  /** What is not so by itself, in the words of `-v` and `--tmpfs`, sorted: `Z`, `U`, `noexec`, `size=64m`. */
  readonly words: readonly string[];
  readonly subpath?: string;
  /** `volume-opt`, as given. */
  readonly driverOptions: readonly string[];
  /** Fields that only this type has, as given. */
  readonly others: readonly string[];
}

/** So without a word. */
const DEFAULTS = new Map<PodmanMount['type'], ReadonlySet<string>>([
  ['bind', new Set(['rw', 'rbind', 'dev', 'suid', 'exec', 'copy', 'nocopy', 'nocreate'])],
  ['volume', new Set(['rw', 'rbind', 'exec', 'nodev', 'nosuid', 'copy'])],
  ['tmpfs', new Set(['rw', 'exec', 'nodev', 'nosuid', 'tmpcopyup', 'rprivate'])],
]);
/** Words of `--tmpfs` that do nothing. */
const IDLE = /^(?:copy|nocopy|O|idmap.*|volume-opt.*|consistency.*|no-dereference|nocreate|rw)$/;

/** What podman makes of the value of a mount flag; undefined where it refuses it. */
export function podmanEffect(form: SpecForm, spec: string, podman: PodmanFacts): PodmanEffect | undefined {
  const verdict = judgeFlag(form, spec, podman);
  if (verdict.kind === 'refused') return undefined;
  const { mount } = verdict;
  if (form === 'mount') return effectOfKeys(spec, mount, podman);
  const words = form === 'tmpfs' ? mount.words.filter((word) => !IDLE.test(word)) : mount.words;
  return {
    type: mount.type,
    source: mount.source,
    target: mount.target,
    // What is written into an overlay is thrown away, and can be written all the same.
    isReadonly: words.includes('ro') && !mount.isOverlay,
    words: tidy(mount.type, words),
    driverOptions: [],
    others: [],
  };
}

function tidy(type: PodmanMount['type'], words: readonly string[]): string[] {
  const defaults = DEFAULTS.get(type);
  const kept = words.filter((word) => word !== '' && word !== 'ro' && !defaults?.has(word));
  return kept.filter((word) => word !== 'rprivate' || kept.includes('bind')).sort();
}

function effectOfKeys(spec: string, mount: PodmanMount, podman: PodmanFacts): PodmanEffect {
  const { type, source, target } = mount;
  const rows = rowsOf(podman).filter(({ types }) => types.split(' ').includes(type));
  const words = [...mount.words];
  const driverOptions: string[] = [];
  const others: string[] = [];
  let isReadonly = type === 'image';
  let subpath: string | undefined;
  for (const { key, value } of parseMount(spec).fields) {
    const name = key.value;
    const text = value?.value;
    const row = rows.find(({ keys }) => keys.split(' ').includes(name));
    if (row === undefined || row.isWord || name === 'consistency') continue;
    switch (row.value) {
      case 'source':
      case 'target':
      case 'propagation':
      case 'relabel':
        break;
      case 'read-only':
        isReadonly = meansReadonly(name, text);
        break;
      case 'boolean':
        if (text === undefined || text === '' || text.toLowerCase() === 'true') words.push('U');
        break;
      case 'exact-boolean':
        isReadonly = text !== 'true';
        break;
      case 'driver-option':
        driverOptions.push(text!);
        break;
      default:
        if (name.endsWith('subpath')) subpath = text;
        else if (name === 'bind-nonrecursive') words.push('bind');
        // Before 4.6 the value was not looked at.
        else if (name === 'ro') isReadonly = true;
        else if (name === 'rw') isReadonly = false;
        else if (name.startsWith('tmpfs-')) words.push(`${name.slice('tmpfs-'.length)}=${text}`);
        else if (name === 'idmap') words.push(text === undefined ? name : `idmap=${text}`);
        else if (row.types === 'devpts' || row.types === 'artifact')
          others.push(text === undefined ? name : `${name}=${text}`);
        else words.push(name);
    }
  }
  return {
    type,
    source,
    target,
    isReadonly,
    words: tidy(type, words),
    ...(subpath !== undefined && { subpath }),
    driverOptions,
    others: others.sort(),
  };
}

/** Any other value than these is passed over, and the mount is writable. */
function meansReadonly(name: string, text: string | undefined): boolean {
  const isTrue = text === undefined || text.toLowerCase() === 'true';
  const isFalse = text?.toLowerCase() === 'false';
  return name === 'rw' ? isFalse : isTrue;
}
