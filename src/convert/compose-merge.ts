import { cleanPath } from '../go/path.js';
import { parseVolume } from '../spec/parse.js';
import { displayText } from '../text/spec-text.js';
import type { DeclaredVolume } from './compose-declared.js';
import type { ServiceExtra } from './compose-extras.js';
import type { ComposeFile, ComposeFound } from './compose-input.js';

/** Mounts of a service where a later one on the same target takes the place of an earlier one, as Compose merges them. */
export function mergeMounts(
  base: readonly ComposeFound[],
  over: readonly ComposeFound[],
): readonly ComposeFound[] {
  const merged = new Map<string, ComposeFound>();
  for (const mount of [...base, ...over]) merged.set(keyOf(mount), mount);
  return [...merged.values()];
}

/** What makes two entries one: the target; for an entry of `tmpfs` all before its first `=`. */
function keyOf({ form, spec, fields }: ComposeFound): string {
  if (form === 'compose-tmpfs') return `tmpfs ${displayText(spec).split('=')[0]}`;
  if (form === 'compose-long') {
    const target = fields?.find(({ key }) => key === 'target')?.value;
    return `target ${target === undefined ? '' : cleanPath(displayText(target))}`;
  }
  const target = parseVolume(spec.value).target;
  return `target ${target === undefined ? displayText(spec) : cleanPath(displayText(spec, target.range))}`;
}

/** The declared volumes of two files, key by key; the later file wins. */
export function mergeDeclared(
  base: ReadonlyMap<string, DeclaredVolume>,
  over: ReadonlyMap<string, DeclaredVolume>,
): ReadonlyMap<string, DeclaredVolume> {
  const merged = new Map(base);
  for (const [key, own] of over) {
    const before = merged.get(key);
    merged.set(key, {
      ...before,
      ...own,
      driver_opts: { ...before?.driver_opts, ...own.driver_opts },
      labels: { ...before?.labels, ...own.labels },
    });
  }
  return merged;
}

/** What else brings mounts into a service, each thing once. */
export function mergeExtras(
  base: readonly ServiceExtra[],
  over: readonly ServiceExtra[],
): readonly ServiceExtra[] {
  return [
    ...new Map([...base, ...over].map((one) => [`${one.key} ${one.text} ${one.target ?? ''}`, one])).values(),
  ];
}

/** Whether a file says with `!reset` or `!override` that what other files have at that place does not count. */
export function isReset({ tagAt }: ComposeFile, path: readonly string[]): boolean {
  return path.some((_, i) => /^!(?:reset|override)$/.test(tagAt(path.slice(0, i + 1)) ?? ''));
}
