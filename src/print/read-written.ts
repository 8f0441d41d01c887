import type { Dialect } from '../dialect/dialect.js';
import { parseFor } from '../model/client-spec.js';
import type { ComposeMount } from '../model/compose.js';
import { lowerSpec } from '../model/lower.js';
import { lowerCompose } from '../model/lower-compose.js';
import { lowerParts } from '../model/lower-parts.js';
import type { LowerContext, Lowered } from '../model/lowered.js';
import type { ApiPart } from './api.js';

/** A mount in one of its forms. */
export type WrittenMount =
  | { readonly form: 'volume' | 'mount' | 'tmpfs' | 'devcontainer'; readonly text: string }
  | { readonly form: 'compose' | 'compose-short'; readonly entry: ComposeMount }
  | { readonly form: 'api'; readonly part: ApiPart };

/** What a written mount means to that docker; one that is not exactly one mount means nothing. */
export function readWritten(
  written: WrittenMount,
  dialect: Dialect,
  context: Pick<LowerContext, 'sourceKind' | 'volumeDriver'> = {},
): Lowered {
  switch (written.form) {
    case 'volume':
    case 'mount':
    case 'tmpfs':
      return lowerSpec(parseFor(written.form, written.text, dialect), { ...context, dialect });
    case 'devcontainer':
      return lowerSpec(parseFor('mount', written.text, dialect), { ...context, dialect });
    case 'compose':
    case 'compose-short':
      return lowerCompose(written.entry, { dialect, sourceKind: context.sourceKind });
    case 'api': {
      const [mount, ...more] = lowerParts(written.part, dialect, context.sourceKind);
      return mount !== undefined && more.length === 0 ? mount : { ok: false, why: 'it is not one mount' };
    }
  }
}
