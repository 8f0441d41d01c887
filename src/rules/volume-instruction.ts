import type { EditableText } from '../text/editable-text.js';
import { displayText, type SpecText, sourceRange } from '../text/spec-text.js';
import { fixIn } from './places.js';
import type { Finding, Rule } from './rule.js';

const FILE = (volumes: string) => ({
  file: 'dockerfile' as const,
  command: `FROM alpine\nVOLUME ${volumes}\n`,
});

/** A VOLUME of a Dockerfile that makes other volumes than those that were meant. */
export const volumeInstruction: Rule = {
  code: 'MC147',
  name: 'volume-instruction',
  severity: 'warning',
  engines: ['buildkit'],
  since: '0.1.0',
  summary: 'a VOLUME with a host path, a `~`, or a list that is not JSON',
  why:
    '`VOLUME` names paths in the container, either as a JSON list or as words separated by spaces. It cannot name what from the host ' +
    'goes there: `VOLUME ./data:/data` is a volume at a directory called `./data:/data`. A list with single quotes, or with a ' +
    'comma after the last item, is not JSON: its pieces are read as names.',
  sources: ['https://docs.docker.com/reference/dockerfile/#volume'],
  valid: [
    FILE('/data'),
    FILE('/data /logs'),
    FILE('["/data", "/logs"]'),
    FILE('$DATA'),
    FILE('["$DATA"]'),
    FILE('C:\\data'),
    FILE('["C:/data"]'),
    FILE('data'),
  ],
  invalid: [
    { ...FILE('["/data", "/logs",]'), fixed: FILE('["/data", "/logs"]').command },
    { ...FILE("['/data', '/logs']"), fixed: FILE('["/data", "/logs"]').command },
    { ...FILE('[/data]'), fixed: FILE('["/data"]').command },
    { ...FILE('/data, /logs'), fixed: FILE('/data /logs').command },
    FILE('./data:/data'),
    FILE('/srv/data:/data'),
    FILE('["./data:/data"]'),
    FILE('~/data'),
  ],
  checkFile({ instructions }, report) {
    for (const { name, text } of instructions) {
      if (name !== 'VOLUME' || text.holes.length > 0) continue;
      const finding = judge(text);
      if (finding !== undefined) report(finding);
    }
  },
};

function judge(text: EditableText): Finding | undefined {
  const { value } = text;
  const start = value.length - value.trimStart().length;
  const whole = { start, end: value.trimEnd().length };
  const written = value.slice(whole.start, whole.end);
  const list = written.startsWith('[') ? listOf(written) : undefined;
  if (written.startsWith('[') && list === undefined) {
    const items = /^\[([^\]]*)\]$/
      .exec(written)?.[1]
      ?.split(',')
      .map((item) => item.trim().replace(/^["']|["']$/g, ''));
    const names = items?.filter((item) => item !== '') ?? [];
    const isPlain = names.length > 0 && names.every((name) => /^[\w./-]+$/.test(name));
    return {
      range: at(text, whole),
      message: `\`${displayText(text, whole)}\` is not JSON: its pieces are read as volume names`,
      help: 'write a list of strings in double quotes, without a comma at the end',
      fix: isPlain
        ? fixIn(
            text,
            [{ range: whole, text: `[${names.map((name) => `"${name}"`).join(', ')}]` }],
            'write a JSON list',
            'unsafe',
          )
        : undefined,
    };
  }
  const names = list ?? written.split(/\s+/);
  const odd = names.find((name) => isPair(name) || /^~(?:\/|$)/.test(name));
  if (odd !== undefined)
    return {
      range: at(text, whole),
      message: isPair(odd)
        ? `\`${odd}\` is one path in the container: \`VOLUME\` cannot name what is mounted there from the host`
        : `nothing expands this \`~\`: \`${odd}\` is a path below the working directory`,
      help: isPair(odd)
        ? 'write only the path in the container, and use `-v` with `docker run`'
        : 'write the path in the container starting with `/`',
    };
  if (list !== undefined || !names.slice(0, -1).some((name) => /^\/.*,$/.test(name))) return undefined;
  return {
    range: at(text, whole),
    message: 'the comma becomes part of the name of the volume: words are separated by spaces',
    help: 'remove the comma',
    fix: fixIn(
      text,
      [{ range: whole, text: names.map((name) => name.replace(/,$/, '')).join(' ') }],
      'remove the comma',
      'unsafe',
    ),
  };
}

const at = (text: SpecText, range: { start: number; end: number }) => sourceRange(text, range);

/** A source and a target, of which the first is not a drive. */
const isPair = (name: string): boolean => /^(?![A-Za-z]:[\\/])[^:]*:[/\\]/.test(name);

function listOf(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
