import { type Dialect, type DialectInput, makeDialect } from '../dialect/dialect.js';
import { NEWEST, RELEASES, type Version } from '../dialect/version.js';
import { type ClientRefusal, compileInvocation, formOf } from '../model/compile.js';
import { scanDocker } from '../model/docker-argv.js';
import { plainText } from '../text/spec-text.js';

/** What the docker client will say of a command: nothing, a refusal that is certain, or one that depends on its version. */
export type Verdict =
  | { readonly kind: 'runs' | 'depends'; readonly dialect: Dialect }
  | {
      readonly kind: 'refused';
      readonly dialect: Dialect;
      readonly refusal: ClientRefusal;
      /** It is about a mount flag itself. */
      readonly aboutMount: boolean;
    };

/** By what a command is judged; without a client, by every supported one. */
export interface JudgeOptions {
  readonly client?: Version;
  readonly rest?: Omit<DialectInput, 'client'>;
  readonly cwd: string;
}

const CLIENTS: readonly Version[] = RELEASES.map(({ version }) => version).reverse();
const LAST_LINE = Math.floor(NEWEST / 1000);

/** Judges docker's arguments (without `docker`). Pure; a command that is not read for certain runs. */
export function judge(args: readonly string[], options: JudgeOptions): Verdict {
  const { client, cwd, rest } = options;
  // A word that is not valid UTF-8 reaches Node in another form than docker.
  if (args.some((word) => word.includes('\ufffd'))) return { kind: 'runs', dialect: makeDialect(rest) };
  const words = args.map((word) => plainText(word));
  const at = (version: Version): Verdict => {
    const dialect = makeDialect({ ...rest, client: version });
    const scan = scanDocker(words, dialect.client);
    if (scan.kind === 'unknown' || scan.flags.length === 0) return { kind: 'runs', dialect };
    const { refusal } = compileInvocation(scan, { dialect, cwd });
    if (refusal === undefined) return { kind: 'runs', dialect };
    const aboutMount = refusal.use !== undefined && formOf(refusal.use) !== undefined;
    return { kind: 'refused', dialect, refusal, aboutMount };
  };
  if (client !== undefined) {
    const verdict = at(client);
    // A client newer than the tables may have learnt to read it.
    const isNewer = Math.floor(client / 1000) > LAST_LINE;
    return isNewer ? { kind: 'runs', dialect: verdict.dialect } : verdict;
  }
  // The newest and the oldest first: where both take it, no other has ever refused it, or it is let through.
  const newest = at(CLIENTS[0]!);
  const oldest = at(CLIENTS.at(-1)!);
  if (newest.kind !== 'refused' && oldest.kind !== 'refused') return newest;
  const verdicts = newest.kind === oldest.kind ? CLIENTS.map(at) : [];
  const isCertain = verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'refused');
  if (newest.kind !== 'refused' || !isCertain) return { kind: 'depends', dialect: newest.dialect };
  // Where one of them would refuse it for another reason, that is docker's to say.
  return { ...newest, aboutMount: verdicts.every((each) => each.kind === 'refused' && each.aboutMount) };
}
