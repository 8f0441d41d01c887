import { type Dialect, type DialectInput, makeDialect } from '../dialects/docker/tables/dialect.js';
import { OLDEST_RELEASE } from '../dialects/docker/tables/version.js';
import { plainText } from '../text/spec-text.js';
import { possibleDockers } from './dockers.js';
import { type Refusal, refuser } from './refusal.js';

/**
 * What docker will say of a command. `refused` is certain: of a docker that the tables know, by what it says of itself.
 * `doubtful`: some docker would refuse it, and whether this one does is not known.
 */
export type Verdict =
  | { readonly kind: 'runs' | 'doubtful'; readonly dialect: Dialect }
  | { readonly kind: 'refused'; readonly dialect: Dialect; readonly refusal: Refusal };

/** By what a command is judged: what is known of the docker. */
interface JudgeOptions {
  readonly known: DialectInput;
  readonly cwd: string;
}

/** Judges docker's arguments (without `docker`). Pure; a command that is not read for certain runs. */
export function judge(args: readonly string[], { known, cwd }: JudgeOptions): Verdict {
  const dialect = makeDialect(known);
  // A word that is not valid UTF-8 reaches Node in another form than docker.
  if (args.some((word) => word.includes('\ufffd'))) return { kind: 'runs', dialect };
  const ask = refuser(
    args.map((word) => plainText(word)),
    cwd,
  );
  const refusal = ask({ dialect });
  const { client, engine } = dialect.standing;
  if (refusal === undefined) {
    const mayRefuse =
      client === 'unknown' && ask({ dialect: makeDialect({ ...known, client: OLDEST_RELEASE }) });
    return { kind: mayRefuse ? 'doubtful' : 'runs', dialect };
  }
  const isCharted = client === 'charted' && (refusal.by === 'client' || engine === 'charted');
  if (!isCharted) return { kind: 'doubtful', dialect };
  let { aboutMount } = refusal;
  for (const docker of possibleDockers(known)) {
    const other = ask(docker);
    if (other === undefined) return { kind: 'doubtful', dialect };
    // Where one of them would refuse it for another reason, that is docker's to say.
    aboutMount &&= other.aboutMount;
  }
  return { kind: 'refused', dialect, refusal: { ...refusal, aboutMount } };
}
