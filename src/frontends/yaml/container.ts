import { type Document, isMap, type Node } from 'yaml';
import { sourceRange } from '../../text/spec-text.js';
import type { Sink } from '../frontend.js';
import type { HostedText } from '../hosted-text.js';
import { readOptions } from '../options.js';
import { fieldOf, itemsOf, textOf } from './tree.js';

/** Reads the `volumes` and `options` of a CI system's container: `container:`, the entries of `services:` and `containers:`. */
export function readContainer(
  host: HostedText,
  document: Document,
  key: string,
  node: Node,
  sink: Sink,
): void {
  if (key === 'container' || key === 'containers') readOne(host, document, node, sink);
  if (key !== 'services' || !isMap(node)) return;
  for (const pair of node.items) readOne(host, document, pair.value as Node | null, sink);
}

function readOne(host: HostedText, document: Document, node: Node | null, sink: Sink): void {
  const volumes = fieldOf(node, 'volumes', document);
  for (const item of itemsOf(volumes, document)) {
    const spec = textOf(host, item);
    if (spec === undefined) continue;
    const exact = { ...spec, holes: spec.holes.map((hole) => ({ ...hole, quoted: true })) };
    sink.mounts.push({
      form: 'volume',
      spec: exact,
      range: sourceRange(spec),
      group: `container ${node?.range?.[0] ?? 0}`,
    });
  }
  const options = textOf(host, fieldOf(node, 'options', document));
  if (options !== undefined) readOptions(options, ['docker', 'create'], sink);
}

/** Reads the options that an action such as `addnab/docker-run-action` hands to `docker run`. */
export function readRunAction(host: HostedText, document: Document, node: Node, sink: Sink): void {
  const uses = textOf(host, fieldOf(node, 'uses', document));
  if (uses === undefined || !/docker-run/.test(uses.value)) return;
  const options = textOf(host, fieldOf(fieldOf(node, 'with', document), 'options', document));
  if (options !== undefined) readOptions(options, ['docker', 'run'], sink);
}
