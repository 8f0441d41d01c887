import type { FileKind } from '../../source/file-kinds.js';
import { isForWindows } from '../../source/for-windows.js';
import type { ShellKind } from '../../source/frontend.js';
import { kindOfJson, kindOfYaml } from '../../source/kind.js';
import { hasPrompt } from './prompt.js';

/** How a code block is read. */
interface BlockLanguage {
  readonly kind: FileKind;
  readonly shell?: ShellKind;
  /** Its lines begin with a prompt, and what does not is output. */
  readonly prompts?: boolean;
}

const SHELLS = /^(?:bash|sh|shell|zsh|ksh|fish|shellscript|bats)$/;
const CONSOLES = /^(?:console|shell-?session|sh-?session|bash-?session|terminal|term|cli|session|sh-repl)$/;
const NONE =
  /^(?:|text|txt|plain|plaintext|none|code|log|output|raw|nohighlight|no-highlight|command|cmdline)$/;
const ENGINE_LINE =
  /^[ \t]*(?:sudo |time |exec |winpty |[A-Z_]+=\S+ |alias +[\w.-]+=["']?|\w+ *\(\) *\{ *)*(?:docker(?:\.exe)?|podman|nerdctl|nvidia-docker) +(?:run|create|container|service|-)/
    .source;
const STARTS_WITH_ENGINE = new RegExp(ENGINE_LINE, 'm');
const FIRST_LINE = new RegExp(ENGINE_LINE);

/** A path of a Windows container, written with the backslashes that a shell of Unix would take out. */
const WINDOWS_TARGET =
  /\s(?:-v|--volume|--mount)[ =][^\s"']*(?:(?::|(?:dst|destination|target)=)[A-Za-z]:\\\w|[:=]\\\\[.?]\\pipe\\)/;

/** In PowerShell no name follows with a blank between: somebody copied the prompt of another shell. */
const DOLLAR_PROMPT = /^\s*\$[ \t]+\w/;

const SETS_VARIABLE =
  /^[ \t]*(?:PS[^>\n]*>[ \t]*)?\$(?:[A-Za-z_]\w*|env:\w+)(?:[ \t]+=[ \t]|[ \t]*=[ \t]*(?:["']|\(?[A-Z][a-z]+-[A-Z]))/m;

/** Whether the first line of a block that is named after a shell of Unix is none of that. */
function beginsWithVariable(text: string): boolean {
  const first = /^(?:[ \t\r]*(?:#.*)?\n)*/.exec(text)![0].length;
  return SETS_VARIABLE.exec(text)?.index === first && !GOES_ON_IN_UNIX.test(text);
}

/** PHP and Perl have such lines too, in a heredoc and in quotes of a shell that hands them on. */
function setsVariable(text: string): boolean {
  const index = SETS_VARIABLE.exec(text)?.index;
  if (index === undefined || GOES_ON_IN_UNIX.test(text)) return false;
  const before = text.slice(0, index).replace(/"[^"]*"|'[^']*'|(?<=^|\s)#.*/g, '');
  return !/["']|<</.test(before);
}

const GOES_ON_IN_UNIX = /[ \t]\\[ \t\r]*$/m;

/** Whether a text begins with a command of an engine, as nothing but a shell's does. */
export function startsWithEngine(text: string): boolean {
  return FIRST_LINE.test(text.trimStart());
}

/** The language of a block by its info string, and where that says nothing, by what is in it and the line above it. */
export function languageOf(info: string, text: string, above = ''): BlockLanguage | undefined {
  const word = /^[{\s.]*(?:language-)?([A-Za-z0-9_+#-]*)/.exec(info)?.[1]?.toLowerCase() ?? '';
  // Many write `bash` over every command, and "in cmd.exe" above, or `[Windows]` on the tab.
  if (
    (CONSOLES.test(word) || SHELLS.test(word)) &&
    isForWindows(`${above} ${info}`) &&
    BATCH_VARIABLE.test(text)
  )
    return { kind: 'batch' };
  // Whatever the block is called, of the shells only PowerShell sets a variable by its dollar sign.
  if (
    SHELLS.test(word) || CONSOLES.test(word)
      ? beginsWithVariable(text)
      : NONE.test(word) && setsVariable(text)
  )
    return { kind: 'powershell' };
  // `This example uses PowerShell.` above a console, with the folder as PowerShell alone calls it.
  if (CONSOLES.test(word) && /powershell/i.test(above) && /\$(?:pwd\b|\{pwd\})|`[ \t]*\n/.test(text))
    return { kind: 'powershell' };
  // No shell of Unix keeps the backslashes: it is Windows that is meant, whatever the block is called.
  if ((CONSOLES.test(word) || SHELLS.test(word) || NONE.test(word)) && WINDOWS_TARGET.test(text))
    return windowsOf(text) ?? { kind: BATCH_VARIABLE.test(text) ? 'batch' : 'powershell' };
  if (CONSOLES.test(word))
    return windowsOf(text) ?? { kind: 'shell', shell: shellOfText(text), prompts: hasPrompt(text, true) };
  if ((SHELLS.test(word) || NONE.test(word)) && /^RUN --mount=/.test(text.trimStart())) {
    return { kind: 'dockerfile' };
  }
  if (SHELLS.test(word)) {
    if (isQuadlet(text)) return { kind: 'quadlet' };
    if (isBareYaml(text)) return { kind: kindOfBlock(text) };
    if (/^\s*\[(?:Unit|Service)\]/.test(text)) return { kind: 'systemd' };
    const shell = word === 'zsh' || word === 'fish' ? word : shellOfText(text);
    return { kind: 'shell', shell, prompts: hasPrompt(text, false) };
  }
  if (isQuadlet(text)) return { kind: 'quadlet' };
  if (NONE.test(word)) return unlabelled(text);
  const kind = KIND_OF_WORD.get(word);
  switch (kind) {
    case 'powershell':
      return { kind, prompts: DOLLAR_PROMPT.test(text) };
    case 'yaml':
      return startsWithEngine(text) ? unlabelled(text) : { kind: kindOfBlock(text) };
    case 'devcontainer':
      return jsonOf(text);
    case 'dockerfile':
      if (STARTS_WITH_ENGINE.test(text)) return { kind: 'shell', shell: 'bash' };
      return { kind: isBareYaml(text) ? kindOfBlock(text) : kind };
    case undefined:
      // The name is wrong, or one of a program that colours the block.
      return startsWithEngine(text.replace(/^\s*\$ +/, '')) || isBareYaml(text)
        ? unlabelled(text)
        : undefined;
    default:
      return { kind };
  }
}

const KIND_OF_WORD: ReadonlyMap<string, FileKind> = new Map(
  (
    [
      ['powershell', 'powershell pwsh ps1 ps posh'],
      ['batch', 'cmd bat batch dos doscon'],
      ['yaml', 'yaml yml'],
      // Whichever kind of JSON.
      ['devcontainer', 'json jsonc json5'],
      ['dockerfile', 'dockerfile docker containerfile'],
      ['makefile', 'make makefile'],
      ['rst', 'rst eval-rst restructuredtext'],
      ['systemd', 'systemd ini service unit'],
    ] as const
  ).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const)),
);

/** A unit of Quadlet: it begins with a section, and has one of those that podman makes containers of. */
function isQuadlet(text: string): boolean {
  return /^(?:[ \t]*(?:[#;].*)?\n)*[ \t]*\[/.test(text) && /^[ \t]*\[(?:Container|Pod)\][ \t]*$/m.test(text);
}

function jsonOf(text: string): BlockLanguage | undefined {
  const kind = kindOfJson(text);
  return kind === undefined ? undefined : { kind };
}

function kindOfBlock(text: string): FileKind {
  const kind = kindOfYaml(text);
  if (kind !== 'yaml' || !/^\s*volumes:/m.test(text)) return kind;
  // Documentation often shows a service alone, or the volumes that others use.
  return /^\s*(?:image|driver_opts):/m.test(text) ? 'compose' : kind;
}

/** YAML under no name or a wrong one: its first line is a key alone, or an entry, and there is a list of mounts in it. */
function isBareYaml(text: string): boolean {
  const first = /^(?:[ \t]*(?:#.*)?\n)*[ \t]*([^\n]*)/.exec(text)?.[1] ?? '';
  return (
    /^(?:[\w.-]+:(?:[ \t]*(?:&[\w-]+)?[ \t]*(?:#.*)?$|[ \t]+["']?\d)|- type:)/.test(first) &&
    /^[ \t]*(?:volumes|tmpfs|services|script|run):|^[ \t]*- type: *(?:bind|volume|tmpfs)\b/m.test(text)
  );
}

function unlabelled(text: string): BlockLanguage | undefined {
  if (/^\s*(?:\/\/[^\n]*\n\s*)*(?:\{|"\w+"\s*:)/.test(text)) return jsonOf(text);
  const windows = windowsOf(text);
  if (windows !== undefined) return windows;
  if (hasPrompt(text, false)) return { kind: 'shell', shell: shellOfText(text), prompts: true };
  // No shell of Unix leaves its backslashes to docker.
  if (BARE_DRIVE.test(text) && !/\\[ \t]*\n/.test(text))
    return { kind: text.includes('$') || /`[ \t]*\n/.test(text) ? 'powershell' : 'batch' };
  if (/^services:[ \t]*(?:#.*)?$/m.test(text)) return { kind: 'compose' };
  if (/^FROM\s+\S+/m.test(text) && /^RUN\s/m.test(text)) return { kind: 'dockerfile' };
  if (/^\[Service\][ \t]*$/m.test(text) && /^Exec\w+=/m.test(text)) return { kind: 'systemd' };
  if (!STARTS_WITH_ENGINE.test(text)) return isBareYaml(text) ? { kind: kindOfBlock(text) } : undefined;
  if (/`[ \t]*\n[ \t]+-/.test(text)) return { kind: 'powershell' };
  if (/\^[ \t]*\n[ \t]+-/.test(text)) return { kind: 'batch' };
  // Lower-case, it is PowerShell's; a continuation of bash says that bash was meant.
  if (/\$(?:pwd\b|\{pwd\})/.test(text) && !/\\[ \t]*\n/.test(text)) return { kind: 'powershell' };
  return { kind: 'shell', shell: shellOfText(text) };
}

/** `-v (pwd):/x` is a mistake in every shell but fish. */
function shellOfText(text: string): ShellKind {
  const isFish = /[\s="']\(pwd\)[:,/"']/.test(text) && !/\$\(|\bfi\b|\bdone\b/.test(text);
  return isFish ? 'fish' : 'bash';
}

const BATCH_VARIABLE = /%(?:cd|~dp0|userprofile|homepath|homedrive|appdata|localappdata|temp|programdata)%/i;

const BARE_DRIVE =
  /^[ \t]*(?:(?:docker|podman|nerdctl)(?:\.exe)? [^\n]*?)?(?:-v|--volume)[ =]?"?[A-Za-z]:\\[\w. \\-]*:/m;

const NOT_BATCH = /\$\((?:pwd|get-location)\)|\$\{?pwd\b|\$env:|`pwd`|\\[ \t]*\n/i;

function windowsOf(text: string): BlockLanguage | undefined {
  if (/^PS(?:[ :][^>\n]*)?> ?/m.test(text)) return { kind: 'powershell' };
  if (/^[A-Za-z]:\\[^>\n]*>/m.test(text)) return { kind: 'batch' };
  // A block may have one command for each system.
  return BATCH_VARIABLE.test(text) && !NOT_BATCH.test(text) ? { kind: 'batch' } : undefined;
}
