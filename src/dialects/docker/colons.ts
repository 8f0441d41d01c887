import { isWindowsPath } from '../../mount/paths.js';
import type { MountView } from '../../mount/view.js';
import type { ColonVerdict, VerdictContext } from '../program.js';

/** The messages about the colons of a flag, for every program that reads it. */
export const FLAG_COLONS: ColonVerdict = {
  modes: 'modes of `-v` are separated by commas, not by colons',
  paths: 'too many colons: `-v` has a source, a target and modes, and cannot have a colon in a path',
  help: 'use `--mount type=bind,source=…,target=…` for a path with a colon',
};

/** Whether the client refuses the colons of a `-v`, or the engine cuts at one that was meant for a path. */
export function tooManyColons(
  { node, source, problem, host }: MountView,
  { dialect }: VerdictContext,
): ColonVerdict | undefined {
  if (problem !== undefined) return problem.kind === 'too-many-colons' ? FLAG_COLONS : undefined;
  if (node?.kind !== 'volume' || source === undefined) return undefined;
  const [first, second] = node.sections;
  // The engine knows no drive letters where it runs Linux: it cuts at every colon.
  const isWindows =
    dialect.engineOs === 'windows' ||
    isWindowsPath(first!.value) ||
    /^(?:[A-Za-z]:|\\)\\/.test(second?.value ?? '');
  const parts = host.value.split(':');
  const isCut = parts.length > 3 || (parts.length === 3 && /^[/.~]/.test(parts[2]!));
  return isCut && !isWindows ? FLAG_COLONS : undefined;
}
