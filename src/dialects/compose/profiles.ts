import { type ComposeNode, valueAt } from './node.js';

/** A service of a profile runs when somebody asks for it: what it refers to is looked for only then. */
export function isEnabled(service: ComposeNode | undefined): boolean {
  const profiles = valueAt(service, 'profiles');
  return profiles === undefined || (profiles.kind === 'list' && profiles.items.length === 0);
}
