import { TextDecoder } from '../../source/decode.js';
import { deriveText, exactSource, type HostedText } from '../../source/hosted-text.js';
import { encodeNewText } from '../../source/new-text.js';

const PROMPTS = [
  /[ \t]*(?:[$%❯➜→»λ]|\$>) +/.source,
  /[ \t]*[\w.-]{1,40}:[\w.~/-]{0,60} [\w.-]{1,30}[$#%] +/.source,
  /[ \t]*\$(?=(?:docker|podman|sudo|nerdctl)\b)/.source,
  /[ \t]*[\w.-]+@[\w.-]+[:\s][^\n$#%>]{0,80}[$#%>] */.source,
  /[ \t]*\[[^\]\n]{1,60}\] ?[$#%>] */.source,
  /[ \t]*(?:[\w.~/-]{1,60}) ?\$ +/.source,
  /[ \t]*[A-Za-z][\w.-]{0,30}> +(?=(?:sudo +)?(?:docker|podman|nerdctl) )/.source,
  /[ \t]*\([\w .-]{1,30}\) ?[$#%>] +/.source,
];
const PROMPT = new RegExp(`^(?:${PROMPTS.join('|')})`);
/** Only where nothing else is a prompt: they begin comments and quotes as well. */
const ROOT_PROMPT = /^[ \t]*[#>] +(?=\S)/;

/** What follows is surely a command, and no quotation. */
const QUOTE_PROMPT = /^[ \t]*> *(?:sudo +)?(?:docker|podman|nerdctl) +(?:run|create) /;

/** Whether the lines of a block begin with prompts; in a console block more counts as one. */
export function hasPrompt(text: string, isConsole: boolean): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  if (first !== undefined && (PROMPT.test(first) || QUOTE_PROMPT.test(first))) return true;
  if (!isConsole) return false;
  return /^[ \t]*[#>] +(?:sudo |\w+=\S+ )*(?:docker|podman|nerdctl)\b/m.test(text) || PROMPT_LINE.test(text);
}

const PROMPT_LINE = new RegExp(`^(?:${PROMPTS.join('|')})`, 'm');

/** The commands of a console: prompts are cut, output is left out. */
export function consoleText(host: HostedText): HostedText {
  const out = new TextDecoder(host, 0);
  const prompt = PROMPT_LINE.test(host.value) ? PROMPT : ROOT_PROMPT;
  let open = '';
  for (let at = 0; at < host.value.length; ) {
    const found = host.value.indexOf('\n', at);
    const end = found < 0 ? host.value.length : found + 1;
    const line = host.value.slice(at, end);
    const begins = open === '' ? prompt.exec(line)?.[0].length : undefined;
    const continued = open === '' ? undefined : (/^[ \t]*> +/.exec(line)?.[0].length ?? 0);
    const skip = begins ?? continued;
    if (skip !== undefined) {
      out.copy(at + skip, end);
      open = openAfter(begins === undefined ? open : '', line.slice(skip), host.value.slice(end, end + 80));
    } else if (/^\s*#.*mountc-/.test(line)) out.copy(at, end);
    at = end;
  }
  const decoded = out.build();
  return deriveText(host, decoded, (part, text) => {
    const range = exactSource(decoded.map, part);
    const encoded = encodeNewText(text, host.level + 1, (known) =>
      known.includes('\n') ? undefined : known,
    );
    return range && encoded && { range, text: encoded };
  });
}

/** What keeps a command open over the end of a line: a quote, a backslash, or options on the next line. */
function openAfter(before: string, line: string, next: string): string {
  let quote = before === '\\' || before === '-' ? '' : before;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (char === '\\' && quote !== "'") i++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && (i === 0 || /\s/.test(line[i - 1]!))) break;
  }
  if (quote !== '') return quote;
  if (/\\\s*$/.test(line)) return '\\';
  return /^[ \t]+--?[A-Za-z]/.test(next) ? '-' : '';
}
