import { parseFor, readSpec } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { portableDialects } from '../dialects/docker/tables/fleet.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import type { LowerContext } from '../dialects/lower-result.js';
import { sameMount } from '../mount/equal.js';
import type { MountView } from '../mount/view.js';
import type { SpecForm } from '../spec/ast.js';
import type { Replacement } from '../text/editable-text.js';
import { placeHoles } from '../text/place-holes.js';
import { convertMount } from './convert-spec.js';
import type { TargetForm } from './loss.js';
import { settleSource, type WorkingDirectory } from './relative-source.js';

/** What of a command a mount's reading depends on, and which dockers must take it. */
export interface CompatOptions extends Pick<LowerContext, 'volumeDriver'> {
  /** What the source is in a text with holes, where it begins with one; undefined where nobody can say. */
  readonly kindOf: (source: string, text: Replacement) => 'bind' | 'volume' | undefined;
  readonly dialects: readonly Dialect[];
  /** What a relative source may be made absolute with. */
  readonly directory?: WorkingDirectory;
  /** The flags that the command has. */
  readonly forms: readonly TargetForm[];
}

/** What a mount flag is to those dockers. */
export type Compat =
  /** They take it as every docker does that takes it, or nobody takes it. */
  | { readonly kind: 'same' }
  /** Written like this they do. */
  | {
      readonly kind: 'written';
      readonly form: TargetForm;
      readonly value: Replacement;
      /** Which of them does not take it as it is, and why. */
      readonly why: string;
    }
  /** No engine takes it, which some clients leave to it. */
  | { readonly kind: 'refused'; readonly why: string }
  /** One of them refuses it or reads it in another way, and nothing that they all take is the same. */
  | { readonly kind: 'stays'; readonly why: string };

/**
 * Writes a mount flag so that those dockers do with it what every docker does that takes it as it is. Exactly that, read back
 * with each of them, or the reason why not.
 */
export function compatMount(view: MountView, form: SpecForm, options: CompatOptions): Compat {
  const { dialects, directory, forms, volumeDriver, kindOf } = options;
  const { host: text, node } = view;
  const contextOf = (of: Replacement) => ({
    volumeDriver,
    sourceKind: of.holes.length === 0 ? undefined : (source: string) => kindOf(source, of),
  });
  const read = (of: Replacement, dialect: Dialect) =>
    lowerSpec(parseFor(form, of.value, dialect), { ...contextOf(of), dialect });
  const takers = [...portableDialects(), ...dialects].filter((dialect) => read(text, dialect).ok);
  const newest = takers.reduce<Dialect | undefined>((a, b) => (a && a.client > b.client ? a : b), undefined);
  if (newest === undefined) {
    const sent = [...portableDialects(), ...dialects].map((dialect) =>
      JSON.stringify(readSpec(parseFor(form, text.value, dialect), { dialect, cwd: '/' })),
    );
    const first = read(text, dialects[0]!);
    return first.ok || sent.every((one) => one === sent[0])
      ? { kind: 'same' }
      : { kind: 'refused', why: `no engine takes it: ${first.why}` };
  }
  const stays = (why: string): Compat => ({ kind: 'stays', why });
  const meaning = read(text, newest);
  if (!meaning.ok) return { kind: 'same' };
  const isMeant = (of: Replacement, dialect: Dialect, wanted = meaning.mount) => {
    const one = read(of, dialect);
    return one.ok && sameMount(one.mount, wanted);
  };
  const other = takers.find((dialect) => !isMeant(text, dialect));
  if (other !== undefined)
    return stays(
      `docker ${showVersion(other.client)} and ${showVersion(newest.client)} read it in different ways`,
    );
  const refuser = dialects.find((dialect) => !isMeant(text, dialect));
  if (refuser === undefined)
    return settleSource(view, [...takers, ...dialects], undefined) === undefined
      ? { kind: 'same' }
      : {
          kind: 'refused',
          why: 'it names a path where no bind mount is, which not every client makes absolute',
        };
  const who = `docker ${showVersion(refuser.client)}`;
  const refusal = read(text, refuser);
  const why = `${who}: ${refusal.ok ? 'reads it in another way' : refusal.why}`;
  // More often than not a variable that is not set: what refuses it is right.
  if (node?.kind === 'mount' && node.fields.some(({ value }) => value?.value.trim() === ''))
    return stays(`${who} refuses the empty value`);
  const settled = settleSource(view, [...takers, ...dialects], directory);
  if (typeof settled === 'string') return stays(settled);
  const value = settled ?? text;
  const whole = read(value, newest);
  if (!whole.ok) return stays(whole.why);
  if (settled !== undefined && dialects.every((dialect) => isMeant(value, dialect, whole.mount)))
    return { kind: 'written', form, value, why };
  for (const to of [form, ...forms.filter((one) => one !== form)]) {
    const context = { ...contextOf(value), dialects, from: form };
    const { text: written, exact } = convertMount(whole.mount, to, context);
    if (written === undefined || !exact) continue;
    return { kind: 'written', form: to, value: { value: written, holes: placeHoles(written, value) }, why };
  }
  return stays(`${why}; it has nothing that does exactly the same`);
}
