import type { Client } from '../support/clients.js';
import type { Answer } from './answer.js';

interface Observation {
  readonly client: Client;
  readonly args: readonly string[];
  readonly real: Answer;
  readonly ours: Answer;
}

interface KnownDifference {
  readonly reason: string;
  readonly applies: (observation: Observation) => boolean;
}

// Debian links its own versions of libraries and builds with its own Go; mountc speaks for docker's own builds.
const isDebianSid = ({ client }: Observation): boolean => client.build.startsWith('28.5.2+dfsg');

const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    reason:
      'mountc opens no file: that of --env-file, --label-file, --cidfile or seccomp= is taken to be there and sound',
    applies: ({ real, ours }) =>
      ours.verdict === 'create' &&
      real.verdict === 'refused' &&
      /^(?:docker: (?:open |read |opening seccomp |invalid env file |poorly formatted environment)|failed to create the container ID file)/.test(
        real.line,
      ),
  },
  {
    reason: "Debian's 28.5.2 links a pflag of docker 29, which names unknown letters beyond ASCII otherwise",
    applies: (seen) =>
      isDebianSid(seen) && sameLines(seen, (line) => line.replace(/^unknown shorthand flag: '[ÂÃ-ô]'/, '')),
  },
  {
    reason: "Debian's 28.5.2 is built with a Go that knows the characters of Unicode 17",
    applies: (seen) => isDebianSid(seen) && sameLines(seen, withoutEscapes),
  },
];

/** Why this difference is no disagreement, or undefined when there is none or nothing excuses it. */
export function findKnownDifference(observation: Observation): string | undefined {
  const { real, ours } = observation;
  if (real.verdict === 'refused' && ours.verdict === 'refused' && real.line === ours.line) return undefined;
  return KNOWN_DIFFERENCES.find((known) => known.applies(observation))?.reason;
}

function sameLines({ real, ours }: Observation, simplify: (line: string) => string): boolean {
  if (real.verdict !== 'refused' || ours.verdict !== 'refused') return false;
  return real.exit === ours.exit && simplify(real.line) === simplify(ours.line);
}

function withoutEscapes(line: string): string {
  return line.replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8}))/g, (_all, short?: string, long?: string) =>
    String.fromCodePoint(Number.parseInt(short ?? long ?? '0', 16)),
  );
}
