import type { FlagValues, ToldService, Unsaid } from '../container/field.js';
import { FIELD_OF_FLAG } from '../container/fields.js';

/** A flag of docker for one of podman's: `flag` where it is another one. */
type DockersFlag = (FlagValues & { readonly flag?: string }) | Unsaid;

/** What docker has for a value of a flag that podman reads in a way of its own; undefined where both read it alike. */
export function dockersFlag(flag: string, value: string): DockersFlag | undefined {
  if (PODMANS.get(flag)?.test(value)) return { why: `docker run has no such --${flag}` };
  const own = FIELD_OF_FLAG.get(flag)?.compose;
  const list = LISTS.get(flag)?.(value);
  if (list === undefined || own === undefined || !('key' in own)) return undefined;
  if (flag === 'health-cmd' && list[0] === 'NONE') return { flag: 'no-healthcheck', values: ['true'] };
  return own.kind.fromCompose!(list, NOBODY);
}

const NOBODY: ToldService = { containerOf: () => undefined, networkOf: (key) => key, hasCommand: true };

/** Values of flags that docker has, which are podman's alone. */
const PODMANS: ReadonlyMap<string, RegExp> = new Map([
  ['userns', /^(?!host$)/],
  ['group-add', /^keep-groups$/],
  ['pull', /^newer$/],
  ['network', /^(?:slirp4netns|pasta|private|ns:|bridge:)/],
  ['log-driver', /^(?:k8s-file|passthrough|passthrough-tty|none:.*)$/],
  ['security-opt', /^(?:mask=|unmask=|label=nested|label=filetype:)/],
]);

/** Flags whose value podman takes for a list, as Compose has it. */
const LISTS: ReadonlyMap<string, (value: string) => readonly string[] | undefined> = new Map([
  ['entrypoint', jsonWords],
  [
    'health-cmd',
    (value) => {
      const listed = jsonWords(value);
      const [first = '', ...words] = listed ?? value.split(/\s+/);
      if (/^CMD-SHELL$/i.test(first))
        return ['CMD-SHELL', listed === undefined ? value.replace(/^\S+\s*/, '') : (words[0] ?? '')];
      if (/^(?:CMD|NONE)$/i.test(first)) return [first.toUpperCase(), ...words];
      if (listed === undefined) return undefined;
      return words.length === 0 ? ['CMD-SHELL', first] : ['CMD', first, ...words];
    },
  ],
]);

/** A list of texts in JSON. */
function jsonWords(text: string): readonly string[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
