import { parseFor, readSpec } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { convertSpec, FLAG_OF } from '../forms/convert-spec.js';
import type { TargetForm } from '../forms/loss.js';
import type { Mount } from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';
import { quoteShell } from '../text/shell-quote.js';
import { mountSentences } from './mount-sentences.js';

/** What `mountc explain` says of a spec: a heading, sentences, and the same mount in other forms. */
export interface SpecExplanation {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly others: readonly string[];
  /** The volume that it mounts. */
  readonly source?: string;
  /** docker refuses it, or makes something odd of it. */
  readonly isRefused: boolean;
}

/** Guesses which flag a spec is the value of: fields with `=` and no colon before them are `--mount`'s. */
export function guessForm(text: string): SpecForm {
  return /^\s*"?(?:[A-Za-z-]+=|(?:readonly|ro)\b\s*,)/.test(text) && !/^[^=,]*:/.test(text)
    ? 'mount'
    : 'volume';
}

/** Says what a spec does, as a person would. */
export function explainSpec(
  form: SpecForm,
  text: string,
  context: { readonly dialect: Dialect; readonly cwd: string },
): SpecExplanation {
  const { dialect } = context;
  const node = parseFor(form, text, dialect);
  const result = readSpec(node, context);
  if (!result.ok) {
    return {
      heading: `${FLAG_OF[form]} ${text}`,
      sentences: [`docker ${showVersion(dialect.client)} refuses it: ${result.reason}`],
      others: [],
      isRefused: true,
    };
  }
  const lowered = lowerSpec(node, { dialect });
  if (!lowered.ok) {
    return { heading: `${FLAG_OF[form]} ${text}`, sentences: [lowered.why], others: [], isRefused: true };
  }
  const forms: readonly TargetForm[] =
    lowered.mount.type === 'tmpfs' ? ['mount', 'tmpfs'] : ['mount', 'volume'];
  const others = forms
    .filter((other) => other !== form)
    .map((other) => {
      const { text: converted, losses } = convertSpec(form, text, other, { dialects: [dialect] });
      const notes = losses.filter(({ kind }) => kind !== 'none-here').map(({ why }) => why);
      if (converted === undefined) return `not as ${FLAG_OF[other]}: ${notes.join('; ')}`;
      const flag = `${FLAG_OF[other]} ${quoteShell(converted)}`;
      return notes.length === 0 ? `the same: ${flag}` : `nearly: ${flag} (${notes.join('; ')})`;
    });
  return {
    heading: describeMount(lowered.mount),
    sentences: mountSentences(lowered.mount, {
      dialect,
      form,
      base: `where docker runs, now ${context.cwd}`,
    }),
    others,
    isRefused: false,
    source: lowered.mount.type === 'volume' ? lowered.mount.source : undefined,
  };
}

/** A mount in a few words. */
export function describeMount(mount: Mount): string {
  const access = mount.readOnly ? 'read-only' : 'read and write';
  switch (mount.type) {
    case 'bind':
      return `a bind mount, ${access}`;
    case 'volume':
      return `${mount.source === undefined ? 'an anonymous volume' : `the volume \`${mount.source}\``}, ${access}`;
    case 'tmpfs':
      return `a tmpfs, ${access}`;
    case 'image':
      return 'an image, read-only';
    case 'npipe':
      return 'a Windows named pipe';
    case 'cluster':
      return 'a cluster volume (Swarm services only)';
  }
}
