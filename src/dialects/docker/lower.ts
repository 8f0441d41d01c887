import type { SpecNode } from '../../spec/ast.js';
import { type LowerContext, type Lowered, refuse } from '../lower-result.js';
import { draftMount } from './client/client-mount.js';
import { lowerApi } from './lower-api.js';
import { lowerTmpfs } from './lower-tmpfs.js';
import { lowerVolume } from './lower-volume.js';
import type { Dialect } from './tables/dialect.js';

/** What a spec means to that docker. Sources stay as typed: how they are expanded does not depend on the form. */
export function lowerSpec(node: SpecNode, context: LowerContext): Lowered {
  switch (node.kind) {
    case 'volume':
      return lowerVolume(node, context);
    case 'mount':
      return lowerMount(node, context);
    case 'tmpfs':
      return lowerTmpfs(node);
  }
}

// Sources stay as typed, so the client must not expand them here.
function unexpanded(dialect: Dialect): Dialect {
  return { ...dialect, has: { ...dialect.has, expandsDotSlash: false, expandsAnyDot: false } };
}

function lowerMount(
  node: Extract<SpecNode, { kind: 'mount' }>,
  { dialect, sourceKind, keepsRelative }: LowerContext,
): Lowered {
  const { mount, problem } = draftMount(node, { dialect: unexpanded(dialect), cwd: '/' });
  if (problem !== undefined) return refuse(`docker refuses it: ${problem.reason}`);
  return lowerApi(mount, dialect, { withHoles: sourceKind !== undefined, keepsRelative });
}
