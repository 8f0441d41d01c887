import type { FoundField } from '../source/frontend.js';
import { type HostedText, joinHosted } from '../source/hosted-text.js';
import type { Replacement } from '../text/editable-text.js';

/** What the devcontainer CLI hands on of a mount that is written as an object. */
const HANDED_ON: ReadonlySet<string> = new Set(['type', 'source', 'target']);

/**
 * The value of `--mount` that the devcontainer CLI makes of a mount object; its keys lie on the keys of the object. Undefined
 * where a value is not a string, or the type is missing.
 */
export function objectSpec(fields: readonly FoundField[]): HostedText | undefined {
  const own = fields.filter(({ key }) => HANDED_ON.has(key));
  if (!own.some(({ key }) => key === 'type')) return undefined;
  const pieces: HostedText[] = [];
  for (const { key, keyRange, value, type } of own) {
    if (type !== 'string' || value === undefined) return undefined;
    const name = `${pieces.length > 0 ? ',' : ''}${key}=`;
    const { start, end } = keyRange;
    const segment = { at: 0, length: name.length, source: start, sourceLength: end - start, copy: false };
    pieces.push(
      {
        value: name,
        map: { segments: [segment], endSource: end },
        holes: [],
        level: 0,
        edit: () => undefined,
      },
      { ...value, edit: (part, text) => (hasComma(value, text) ? undefined : value.edit(part, text)) },
    );
  }
  return joinHosted(pieces, '');
}

// In an object a comma is of the path, whatever docker makes of it.
const hasComma = (...texts: readonly Replacement[]) => texts.some(({ value }) => value.includes(','));
