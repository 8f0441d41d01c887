import { type ComposeChoice, hasFact, sinceOf } from '../dialects/compose/versions.js';
import type { LossKind } from '../forms/loss.js';
import { parseGoBool } from '../go/text.js';
import type { ComposeKey, ComposeValue, ContainerField, SaidFlags } from './field.js';
import { CONTAINER_FIELDS } from './fields.js';
import { hasMark, last } from './kinds.js';
import { firstNetwork, joinedNetwork } from './network-fields.js';

/** A key of a service and what it holds. */
interface ComposeEntry {
  readonly field: ContainerField;
  readonly path: readonly string[];
  readonly value: ComposeValue;
}

/** What a Compose file cannot say of a flag, or says otherwise. */
interface FieldLoss {
  readonly field: ContainerField;
  readonly kind: LossKind;
  readonly why: string;
}

/** What a Compose file says of a command's flags. */
interface ComposeFields {
  readonly entries: readonly ComposeEntry[];
  readonly losses: readonly FieldLoss[];
}

/** Writes all that was said as keys of a service; each flag is written, lost with a reason, or what docker does anyway. */
export function composeFields(flags: Omit<SaidFlags, 'has'>, compose: ComposeChoice): ComposeFields {
  const said: SaidFlags = { ...flags, has: (fact) => hasFact(compose, fact) };
  const entries: ComposeEntry[] = [];
  const losses: FieldLoss[] = [];
  for (const field of CONTAINER_FIELDS) {
    const values = said.all(field.flag);
    const column = field.compose;
    const lose = (kind: LossKind, why: string) => losses.push({ field, kind, why });
    if (values.length === 0 || 'isMount' in column) continue;
    if ('none' in column) {
      if (!isOff(last(values), field)) lose('impossible', column.none);
    } else if ('client' in column) lose('none-here', column.client);
    else
      for (const key of field.or === undefined ? [column] : [column, field.or]) {
        const written = writeKey(key, values, said);
        if ('why' in written) lose('impossible', written.why);
        else {
          if (written.entry !== undefined) entries.push({ field, ...written.entry });
          for (const why of written.differs) lose('changed', why);
        }
      }
  }
  return { entries, losses };
}

/** A boolean that is switched off says nothing. */
const isOff = (value: string, { examples }: ContainerField): boolean =>
  examples[0] === 'true' && parseGoBool(value) === false;

function writeKey(
  { key, kind, since, differs }: ComposeKey,
  values: readonly string[],
  said: SaidFlags,
):
  | { readonly entry?: Omit<ComposeEntry, 'field'>; readonly differs: readonly string[] }
  | { readonly why: string } {
  const open = kind.isOpen ? undefined : values.find(hasMark);
  if (open !== undefined) return { why: `what \`${open}\` holds is not known` };
  const written = kind.toCompose(values, said);
  if ('why' in written) return written;
  if (written.value === undefined) return { differs: [] };
  const network = key.includes('{joined}') ? joinedNetwork(said) : firstNetwork(said);
  if (/\{\w+\}/.test(key) && network === undefined)
    return {
      why: 'Compose supports addresses and aliases only in a user-defined network, and the command names none',
    };
  const known = since === undefined || said.has(since);
  const first = since === undefined ? '' : sinceOf(since);
  if (known === false) return { why: `only Compose ${first} and newer has \`${key}\`` };
  const why = differs?.(values, said);
  return {
    entry: {
      path: key.split('.').map((one) => (/^\{\w+\}$/.test(one) ? network! : one)),
      value: written.value,
    },
    differs: [
      ...(known === undefined
        ? [`Compose before ${first} does not know \`${key}\`, and refuses the file`]
        : []),
      ...(why === undefined ? [] : [why]),
    ],
  };
}
