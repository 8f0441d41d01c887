import type { SpecForm, SpecNode } from '../../../spec/ast.js';
import { parseSpec } from '../../../spec/parse.js';
import type { Dialect } from '../tables/dialect.js';
import { readMount } from './client-mount.js';
import { type ClientContext, type ClientResult, readVolume } from './client-volume.js';

/** Parses the value of a flag as that docker client cuts it: the newer ones trim `--mount` first. */
export function parseFor(form: SpecForm, text: string, dialect: Dialect): SpecNode {
  const trim = form === 'mount' && dialect.has.strictMount;
  if (text.length > LONGEST_KEPT) return parseSpec(form, text, { trim });
  const key = `${trim ? 'trimmed' : ''} ${form} ${text}`;
  let node = parsed.get(key);
  if (node === undefined) {
    if (parsed.size === MOST_KEPT) parsed.clear();
    node = parseSpec(form, text, { trim });
    parsed.set(key, node);
  }
  return node;
}

// The same specs come again: in the commands of a file, and under each dialect of a conversion.
const parsed = new Map<string, SpecNode>();
const MOST_KEPT = 500;
const LONGEST_KEPT = 500;

/** What the docker client does with a spec: refuses it, or sends something. Total and pure. */
export function readSpec(node: SpecNode, context: ClientContext): ClientResult {
  switch (node.kind) {
    case 'volume':
      return readVolume(node, context);
    case 'mount':
      return readMount(node, context);
    case 'tmpfs': {
      const { value } = node.target;
      return { ok: true, sent: { slot: 'Tmpfs', target: value, options: node.text.slice(value.length + 1) } };
    }
  }
}
