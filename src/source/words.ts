import { identityMap } from '../text/offset-map.js';
import type { FoundWord } from './frontend.js';
import type { HostedText } from './hosted-text.js';

/** A word that its host passes as it is, without a shell. `raw` is where it stands in `host`, quotes included. */
export function exactWord(
  text: HostedText,
  host: HostedText,
  raw: { start: number; end: number },
  list: string,
): FoundWord {
  return {
    ...text,
    holes: text.holes.map((hole) => ({ ...hole, quoted: true })),
    host,
    raw,
    local: { segments: [], endSource: raw.start },
    pieces: [],
    list,
  };
}

/** A word that is written nowhere and stands for what the host adds, such as the `docker create` of a CI system. */
export function impliedWord(value: string, host: HostedText): FoundWord {
  const { start } = { start: host.map.segments[0]?.source ?? host.map.endSource };
  const map = {
    segments: [{ at: 0, length: value.length, source: start, sourceLength: 0, copy: false }],
    endSource: start,
  };
  return {
    value,
    holes: [],
    map,
    level: host.level,
    edit: () => undefined,
    host,
    raw: { start: 0, end: 0 },
    local: identityMap(0),
    pieces: [],
    list: 'implied',
  };
}

/** Whether nothing is known of a word. */
export function isHole({ value, holes }: FoundWord): boolean {
  return value.length === 1 && holes.length === 1;
}
