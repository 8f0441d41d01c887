import { parseGoBool } from '../go/text.js';
import { readSize } from '../go/units.js';
import type { FileMount } from '../source/found.js';
import { parseMount } from '../spec/parse.js';
import { mapOf } from '../text/map-of.js';
import { hasHole, sliceText } from '../text/spec-text.js';
import { at } from './places.js';
import type { Rule } from './rule.js';
import { type RunField, runFields } from './run-mount-facts.js';

const FILE = (mount: string) => `FROM a\nRUN --mount=${mount} make\n`;

/** A value of `RUN --mount` that BuildKit refuses, or a key on the wrong type. */
export const runMountInvalidValue: Rule = {
  code: 'MC133',
  name: 'run-mount-invalid-value',
  severity: 'error',
  since: '0.1.0',
  summary: 'a value of RUN --mount that BuildKit refuses, or a key that belongs to another type',
  why:
    '`sharing` is shared, private or locked; modes are octal, ids decimal; `size` is for tmpfs, `required` for secret and ' +
    'ssh, and both must stand behind the type.',
  sources: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  valid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c,sharing=private,mode=0755,gid=0') },
    { file: 'dockerfile', command: FILE('type=tmpfs,target=/c,size=64m') },
    { file: 'dockerfile', command: FILE('type=cache,target=/c,env=A') },
    { file: 'dockerfile', command: FILE('type=bind,from=<stage>,target=/c') },
    { file: 'dockerfile', command: FILE('type=cache,target=/c,uid=$' + '{UID}') },
    { file: 'dockerfile', command: FILE('type=secret,target=/c') },
    { file: 'dockerfile', command: FILE('type=secret,src=a,id=') },
    { file: 'dockerfile', command: FILE('type=secret,src=a,id=$' + '{ID}') },
    { file: 'dockerfile', command: FILE('type=$' + '{KIND},required') },
  ],
  invalid: [
    { file: 'dockerfile', command: FILE('type=cache,target=/c,sharing=exclusive') },
    { file: 'dockerfile', command: FILE('size=1m,type=tmpfs,target=/c') },
    { file: 'dockerfile', command: FILE('type=bind,target=/c,mode=0755') },
    { file: 'dockerfile', command: FILE('type=secret,id=a,required=yes') },
    { file: 'dockerfile', command: FILE('type=cache,target=/c,uid=root') },
    { file: 'dockerfile', command: FILE('type=bind, target=/c') },
    { file: 'dockerfile', command: FILE('type=cache,,target=/c') },
    { file: 'dockerfile', command: FILE('') },
    { file: 'dockerfile', command: FILE('type=bind,from=$STAGE,target=/c') },
    { file: 'dockerfile', command: FILE('type=cache,target=/c,uid=4294967296') },
    { file: 'dockerfile', command: FILE(String.raw`type=cache,target=\"/c\"`) },
    { file: 'dockerfile', command: FILE('type=secret,required') },
    { file: 'dockerfile', command: FILE('type=secret,id=a,src=b') },
    { file: 'dockerfile', command: FILE('type=secret,id=a,from=b') },
  ],
  checkFile({ mounts }, report) {
    for (const mount of mounts) {
      if (mount.form === 'run-mount' && mount.spec.value === '')
        report({
          range: mount.range,
          message: 'the value is empty: the build stops',
          help: 'write `target=/path`',
        });
      const read = runFields(mount);
      if (mount.form === 'run-mount' && mount.engine !== 'podman' && hasStrayQuote(mount))
        report({
          range: at(mount.spec),
          message: 'a quote inside a part: the build stops',
          help: 'put the whole value in quotes, or nothing',
        });
      // Which words take a value, and which values, differs between buildah's releases.
      if (read === undefined || mount.engine === 'podman') continue;
      for (const field of read.fields) {
        const wrong = isVariable(mount, field) ? NO_VARIABLE : wrongIn(field, read.type);
        if (wrong !== undefined) report({ range: at(mount.spec, field.range), ...wrong });
      }
      const wrong = read.type === 'secret' ? wrongSecret(read.fields) : undefined;
      if (wrong !== undefined) report({ range: at(mount.spec), ...wrong });
    }
  },
};

const NO_VARIABLE = {
  message: '`from` takes no variable: the build stops',
  help: 'name a stage: `FROM $IMAGE AS name`, and write `from=name`',
};

/** BuildKit looks the stages up before it knows its arguments. */
function isVariable({ spec }: FileMount, { key, valueRange }: RunField): boolean {
  if (key?.name !== 'from' || valueRange === undefined) return false;
  return sliceText(spec, valueRange).holes.some(({ text }) => text.startsWith('$'));
}

/** A quote that BuildKit's own quoting left in the value must begin and end a part. */
function hasStrayQuote({ spec }: FileMount): boolean {
  const kind = hasHole(spec) ? undefined : parseMount(spec.value).problem?.kind;
  return kind !== undefined && kind !== 'empty-spec';
}

const EMPTY = {
  message: 'a part between the commas is empty: the build stops',
  help: 'leave out the comma, and the blank behind it: a blank ends the value',
};

/** What goes together in no secret; a key that is misspelt may be any other. */
function wrongSecret(fields: readonly RunField[]): { message: string; help: string } | undefined {
  if (fields.some(({ key }) => key === undefined)) return undefined;
  const has = (name: string) => fields.some(({ key, value }) => key?.name === name && value !== '');
  const surelyHas = (name: string) => fields.some(({ key, value }) => key?.name === name && !!value);
  if (surelyHas('from'))
    return { message: 'a secret has no `from`: the build stops', help: 'leave `from` out' };
  if (surelyHas('source') && surelyHas('id'))
    return { message: 'a secret has a `source` or an `id`: the build stops', help: 'leave one of them out' };
  return ['source', 'id', 'target', 'env'].some(has)
    ? undefined
    : { message: 'it is not said which secret: the build stops', help: 'add `id=NAME`' };
}

function wrongIn({ key, name, value, isBare, typeSoFar }: RunField, type: string | undefined) {
  if (name === '' && isBare) return EMPTY;
  if (key === undefined) return undefined;
  // These two are checked as they are read.
  const isEarly = key.name === 'size' || key.name === 'required';
  const judged = isEarly ? typeSoFar : type;
  if (key.types !== undefined && judged !== undefined && !key.types.includes(judged))
    return {
      message: `\`${name}\` is not for \`type=${judged}\`: the build stops`,
      help:
        isEarly && type !== judged ? 'write the type in front of it' : `it is for ${key.types.join(', ')}`,
    };
  if (isBare) {
    const message = `\`${name}\` needs a value: the build stops`;
    return key.kind === 'bool' ? undefined : { message, help: `write \`${name}=…\`` };
  }
  if (value === undefined || isGood(key.kind, value)) return undefined;
  return {
    message: `\`${value}\` is no value for \`${name}\`: the build stops`,
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
