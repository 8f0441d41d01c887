import { absolutePath, isAbsolutePath } from '../../../go/path.js';
import type { SyntaxProblem, VolumeSpec } from '../../../spec/ast.js';
import type { Dialect } from '../tables/dialect.js';
import type { Sent } from './api.js';

/** What the client says to a spec: it sends something, or refuses in these words (without a frame around them). */
export type ClientResult =
  | { readonly ok: true; readonly sent: Sent; readonly warnings?: readonly string[] }
  | { readonly ok: false; readonly reason: string; readonly warnings?: readonly string[] };

/** What reading a spec depends on besides its text. */
export interface ClientContext {
  readonly dialect: Dialect;
  /** The client's working directory as docker sees it: `$PWD` where that names it, so with symlinks kept. Absolute. */
  readonly cwd: string;
}

const REASONS: Partial<Record<SyntaxProblem['kind'], string>> = {
  'empty-section': 'empty section between colons',
  'too-many-colons': 'too many colons',
};

/** What the docker client does with a `-v` spec (docker/cli internal/volumespec and container/opts.go). */
export function readVolume(spec: VolumeSpec, { dialect, cwd }: ClientContext): ClientResult {
  if (spec.problem !== undefined && dialect.has.refusesBadVolume) {
    const reason = REASONS[spec.problem.kind];
    return {
      ok: false,
      reason: reason === undefined ? 'invalid empty volume spec' : `invalid spec: ${spec.text}: ${reason}`,
    };
  }
  if (spec.source === undefined) return { ok: true, sent: { slot: 'Volumes', target: spec.text } };
  const source = spec.source.value;
  // docker cuts at the first colon, whatever the drive letter rule said; only sources that start with a dot get here.
  if (!isExpanded(source, dialect)) return { ok: true, sent: { slot: 'Binds', bind: spec.text } };
  const rest = spec.text.slice(spec.source.range.end);
  return { ok: true, sent: { slot: 'Binds', bind: absolutePath(source, cwd, dialect.hostOs) + rest } };
}

/** Whether the client makes this source absolute: the same for `-v` and for every type of `--mount` (§2.1, §3.5). */
export function isExpanded(source: string, dialect: Dialect): boolean {
  if (!source.startsWith('.')) return false;
  if (dialect.has.expandsAnyDot) return !isAbsolutePath(source, dialect.hostOs);
  const prefix = dialect.hostOs === 'windows' ? '.\\' : './';
  return dialect.has.expandsDotSlash && (source === '.' || source.startsWith(prefix));
}
