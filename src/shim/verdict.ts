import type { Dialect, DialectInput } from '../dialects/docker/tables/dialect.js';
import { OLDEST_RELEASE } from '../dialects/docker/tables/version.js';
import { plainText } from '../text/spec-text.js';
import { isUncharted, likelyDocker, possibleDockers } from './dockers.js';
import { type Refusal, refuser } from './refusal.js';

/** What docker will say of a command: nothing, a refusal that is certain, or one that depends on what is not known of it. */
export type Verdict =
  | { readonly kind: 'runs'; readonly dialect: Dialect }
  | {
      readonly kind: 'depends';
      readonly dialect: Dialect;
      /** Whose version decides. */
      readonly on: 'client' | 'engine';
    }
  | {
      readonly kind: 'refused';
      readonly dialect: Dialect;
      readonly refusal: Refusal;
      /** No engine gets to see it. */
      readonly byClient: boolean;
    };

/** By what a command is judged: what is known of the docker; for the rest, every supported one counts. */
export interface JudgeOptions {
  readonly known?: DialectInput;
  readonly cwd: string;
}

/** Judges docker's arguments (without `docker`). Pure; a command that is not read for certain runs. */
export function judge(args: readonly string[], { known = {}, cwd }: JudgeOptions): Verdict {
  const likely = likelyDocker(known);
  const { dialect } = likely;
  // A word that is not valid UTF-8 reaches Node in another form than docker.
  if (args.some((word) => word.includes('\ufffd'))) return { kind: 'runs', dialect };
  const words = args.map((word) => plainText(word));
  const ask = refuser(words, cwd);
  const refusal = ask(likely);
  if (refusal === undefined) {
    if (known.client !== undefined) return { kind: 'runs', dialect };
    const oldest = ask(likelyDocker({ ...known, client: OLDEST_RELEASE }));
    return oldest === undefined ? { kind: 'runs', dialect } : { kind: 'depends', dialect, on: 'client' };
  }
  // A release that is newer than the tables may have learnt to take it.
  if (isUncharted(known.client) || isUncharted(known.engine)) return { kind: 'runs', dialect };
  let { aboutMount } = refusal;
  let byClient = true;
  for (const docker of possibleDockers(known)) {
    const other = ask(docker);
    if (other === undefined)
      return { kind: 'depends', dialect, on: refusal.by === 'client' ? 'client' : 'engine' };
    // Where one of them would refuse it for another reason, that is docker's to say.
    aboutMount &&= other.aboutMount;
    byClient &&= other.by === 'client';
  }
  return { kind: 'refused', dialect, refusal: { ...refusal, aboutMount }, byClient };
}
