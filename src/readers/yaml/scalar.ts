import type { Scalar } from 'yaml';
import type { HostedText } from '../../source/hosted-text.js';
import { blockText } from './block-text.js';
import { flowText } from './flow-text.js';

/**
 * The text of a YAML string, tied to the characters of the document. Undefined when the library reads another value out
 * of it than we do: nothing is said about what is not understood.
 */
export function yamlScalar(host: HostedText, { srcToken, value }: Scalar): HostedText | undefined {
  if (srcToken === undefined) return undefined;
  return srcToken.type === 'block-scalar'
    ? blockText(host, srcToken, value)
    : flowText(host, srcToken, value);
}
