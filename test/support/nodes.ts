// Finds other releases of Node: those that `scripts/nodes.sh` has got, and those that MOUNTC_NODES names.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ENGINES_DIR } from './clients.js';

/** A release of Node that is there, or the reason why it is not. */
export type WantedNode =
  | { readonly major: number; readonly path: string; readonly version: string }
  | { readonly major: number; readonly missing: string };

/**
 * The newest of each of these major releases. MOUNTC_NODES: paths of programs, as PATH has them, instead of what
 * `scripts/nodes.sh` got. Throws when MOUNTC_REQUIRE_NODES (majors between spaces) names one that is absent.
 */
export function wantedNodes(majors: readonly number[]): WantedNode[] {
  const named = (process.env['MOUNTC_NODES'] ?? '').split(delimiter).filter((path) => path !== '');
  const paths =
    named.length > 0 ? named : majors.map((major) => join(ENGINES_DIR, 'node', String(major), 'bin/node'));
  const found = paths.flatMap((path) => {
    const version = versionOf(path);
    return version === undefined ? [] : [{ path, version, major: Number.parseInt(version, 10) }];
  });
  const required = (process.env['MOUNTC_REQUIRE_NODES'] ?? '').split(/[\s,]+/).map(Number);
  return majors.map((major) => {
    const node = found.find((one) => one.major === major);
    if (node !== undefined) return node;
    if (required.includes(major)) throw new Error(`MOUNTC_REQUIRE_NODES: there is no Node ${major} here`);
    return { major, missing: `there is no Node ${major} here: scripts/nodes.sh ${major}` };
  });
}

function versionOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}
