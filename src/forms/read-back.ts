import type { ComposeMount } from '../dialects/compose/compose.js';
import { lowerCompose } from '../dialects/compose/lower-compose.js';
import { parseFor } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { lowerParts } from '../dialects/docker/lower-parts.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { LowerContext, Lowered } from '../dialects/lower-result.js';
import type { ApiPart } from './print-api.js';

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
