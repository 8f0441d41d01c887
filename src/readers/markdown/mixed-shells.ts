import { type HostedText, sliceHosted } from '../../source/hosted-text.js';

/** A part of a block, and the system whose shell it is for. */
interface BlockPart {
  readonly text: HostedText;
  readonly kind: 'shell' | 'powershell' | 'batch';
}

/** A command whose lines end as only PowerShell or cmd continues them. */
const FOREIGN =
  /^[ \t]*(?:docker|podman|nerdctl)(?:\.exe)? [^\n]*?[ \t]([`^])[ \t]*\n(?:[^\n]*[ \t]\1[ \t]*\n)*[^\n]*/gm;

/** The parts of a block that is named after one shell and shows commands for others below. */
export function partsByShell(text: HostedText): readonly BlockPart[] {
  const parts: BlockPart[] = [];
  let at = 0;
  const add = (end: number, kind: BlockPart['kind']) => {
    if (end > at) parts.push({ text: sliceHosted(text, { start: at, end }), kind });
    at = end;
  };
  for (const match of text.value.matchAll(FOREIGN)) {
    add(match.index, 'shell');
    add(match.index + match[0].length, match[1] === '^' ? 'batch' : 'powershell');
  }
  add(text.value.length, 'shell');
  return parts;
}
