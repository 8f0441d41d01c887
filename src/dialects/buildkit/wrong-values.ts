import { parseGoBool } from '../../go/text.js';
import { readSize } from '../../go/units.js';
import type { MountView, ViewField } from '../../mount/view.js';
import { mapOf } from '../../text/map-of.js';
import { hasHole, sliceText, sourceRange } from '../../text/spec-text.js';
import type { PlacedVerdict, Verdict } from '../program.js';
import { RUN_MOUNT_KEY_BY_NAME, type RunMountKey } from './run-mount-keys.js';

/** What BuildKit says of the values of `RUN --mount`, and of keys on another type. */
export function wrongValues({ node, host, place, problem, fields, isPartial }: MountView): PlacedVerdict[] {
  if (problem?.kind === 'empty-spec') return [{ place, ...NOTHING }];
  // A quote that BuildKit's own quoting left in the value must begin and end a part.
  if (problem !== undefined) return hasHole(host) ? [] : [{ place: sourceRange(host), ...STRAY_QUOTE }];
  if (node?.kind !== 'mount' || isPartial) return [];
  const typed = fields.filter(({ name }) => name === 'type');
  const typeOf = (field: ViewField | undefined) =>
    field === undefined ? 'bind' : field.value?.text?.toLowerCase();
  const type = typeOf(typed.at(-1));
  const verdicts = fields.flatMap((field): PlacedVerdict[] => {
    const before = typed.findLast(({ range }) => range.start < field.range.start);
    const wrong = isVariable(field) ? NO_VARIABLE : wrongIn(field, type, typeOf(before));
    return wrong === undefined ? [] : [{ place: sourceRange(host, field.range), ...wrong }];
  });
  const wrong = type === 'secret' ? wrongSecret(fields) : undefined;
  return wrong === undefined ? verdicts : [...verdicts, { place: sourceRange(host), ...wrong }];
}

const keyOf = ({ name }: ViewField): RunMountKey | undefined => RUN_MOUNT_KEY_BY_NAME.get(name);

const NOTHING = { message: 'the value is empty: the build stops', help: 'write `target=/path`' };

const STRAY_QUOTE = {
  message: 'a quote inside a part: the build stops',
  help: 'put the whole value in quotes, or nothing',
};

const NO_VARIABLE = {
  message: '`from` does not accept a variable: the build stops',
  help: 'name a stage: `FROM $IMAGE AS name`, and write `from=name`',
};

/** BuildKit looks the stages up before it knows its arguments. */
function isVariable(field: ViewField): boolean {
  const { value } = field;
  if (keyOf(field)?.name !== 'from' || value === undefined) return false;
  return sliceText(value.host, value.range).holes.some(({ text }) => text.startsWith('$'));
}

const EMPTY = {
  message: 'a part between the commas is empty: the build stops',
  help: 'remove the comma and the space after it: a space ends the value',
};

/** What goes together in no secret; a key that is misspelled may be any other. */
function wrongSecret(fields: readonly ViewField[]): Verdict | undefined {
  const keys = fields.map((field) => ({ name: keyOf(field)?.name, text: field.value?.text }));
  if (keys.some(({ name }) => name === undefined)) return undefined;
  const has = (wanted: string) => keys.some(({ name, text }) => name === wanted && text !== '');
  const surelyHas = (wanted: string) => keys.some(({ name, text }) => name === wanted && !!text);
  if (surelyHas('from'))
    return { message: 'a secret has no `from`: the build stops', help: 'leave `from` out' };
  if (surelyHas('source') && surelyHas('id'))
    return { message: 'a secret has a `source` or an `id`: the build stops', help: 'leave one of them out' };
  return ['source', 'id', 'target', 'env'].some(has)
    ? undefined
    : { message: 'the secret has no id: the build stops', help: 'add `id=NAME`' };
}

function wrongIn(
  field: ViewField,
  type: string | undefined,
  typeSoFar: string | undefined,
): Verdict | undefined {
  const { name } = field;
  const key = keyOf(field);
  const isBare = field.value === undefined;
  const value = field.value?.text;
  if (name === '' && isBare) return EMPTY;
  if (key === undefined) return undefined;
  // These two are checked as they are read.
  const isEarly = key.name === 'size' || key.name === 'required';
  const judged = isEarly ? typeSoFar : type;
  if (key.types !== undefined && judged !== undefined && !key.types.includes(judged))
    return {
      message: `\`${name}\` is not for \`type=${judged}\`: the build stops`,
      help: isEarly && type !== judged ? 'write the type before it' : `it is for ${key.types.join(', ')}`,
    };
  if (isBare) {
    const message = `\`${name}\` needs a value: the build stops`;
    return key.kind === 'bool' ? undefined : { message, help: `write \`${name}=…\`` };
  }
  if (value === undefined || isGood(key.kind, value)) return undefined;
  return {
    message: `\`${value}\` is not a valid value for \`${name}\`: the build stops`,
    help: HELP.get(key.kind) ?? '',
  };
}

function isGood(kind: string, value: string): boolean {
  switch (kind) {
    case 'bool':
      return parseGoBool(value) !== undefined;
    case 'octal':
      return /^[0-7]+$/.test(value) && Number.parseInt(value, 8) <= LARGEST;
    case 'decimal':
      return /^\d+$/.test(value) && Number(value) <= LARGEST;
    case 'size':
      return typeof readSize(value, '0.5') === 'bigint';
    case 'sharing':
      return /^(?:shared|private|locked)$/i.test(value);
    default:
      return true;
  }
}

const LARGEST = 0xffffffff;

const HELP = mapOf<string>({
  bool: 'write `true`, `false`, or the key alone',
  octal: 'write the permissions in octal, such as `0755`',
  decimal: 'write a number: names are not looked up',
  size: 'write bytes, or a number with a unit, such as `64m`',
  sharing: 'it is shared, private or locked',
});
