// The shapes that a Windows engine knows (moby volume/mounts/windows_parser.go, lcow_parser.go). `-v` is lower-cased first.
// Where Go has `(?:x+/?)*`, the same is written so that there is one way to read a text: Go's expressions never go back.
const HOST_DIR = String.raw`(?:\\\\\?\\)?[a-z]:[\\/](?:[^\\/:*?"<>|\r\n]+(?:[\\/][^\\/:*?"<>|\r\n]+)*[\\/]?)?`;
const NAME = String.raw`[^\\/:*?"<>|\r\n]+`;
const PIPE = String.raw`[/\\]{2}.[/\\]pipe[/\\][^:*?"<>|\r\n]+`;
const SOURCE = `(?:(?<source>${HOST_DIR}|${NAME}|${PIPE}):)?`;
const MODE = '(?::(?<mode>ro|rw))?';
const RESERVED = 'con|prn|nul|aux|com[1-9]|lpt[1-9]';
const DESTINATION = {
  windows: String.raw`(?<destination>(?:\\\\\?\\)?[a-z]:(?:(?:[\\/][^\\/:*?"<>\r\n]+)*[\\/]?)|${PIPE})`,
  lcow: String.raw`(?<destination>/(?:[^\\/:*?"<>\r\n]+(?:/[^\\/:*?"<>\r\n]+)*/?)?)`,
};

/** `windows`: containers of Windows. `lcow`: containers of Linux on a Windows engine. */
export type WindowsKind = keyof typeof DESTINATION;

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');
const SPEC = {
  windows: whole(SOURCE + DESTINATION.windows + MODE),
  lcow: whole(SOURCE + DESTINATION.lcow + MODE),
};
const TARGET = { windows: whole(DESTINATION.windows), lcow: whole(DESTINATION.lcow) };
const HOST_DIR_ONLY = whole(HOST_DIR);
const NAME_ONLY = whole(NAME);
const RESERVED_ONLY = whole(RESERVED);
// 20.10 forgot the group, so that the anchors held only for the first and the last name.
const RESERVED_LOOSE = /^con|prn|nul|aux|com[1-9]|lpt[1-9]$/u;

/** A `-v` spec cut as a Windows engine does: the parts that are there; undefined when it is none. */
export function splitWindowsSpec(raw: string, kind: WindowsKind): string[] | undefined {
  const groups = SPEC[kind].exec(raw.toLowerCase())?.groups;
  if (groups === undefined) return undefined;
  return [groups['source'], groups['destination'], groups['mode']].filter(
    (part) => part !== undefined && part !== '',
  ) as string[];
}

/** Whether a target is one that this engine knows; `kind` windows is also the test for an absolute source. */
export function isWindowsTarget(path: string, kind: WindowsKind): boolean {
  return TARGET[kind].test(path.toLowerCase());
}

/** Whether a Windows engine takes it for the name of a volume, reserved or not. */
export function isWindowsName(name: string): boolean {
  return NAME_ONLY.test(name);
}

/** Whether Windows keeps a name for a device. `isLoose`: as engine 20.10 looks at it. */
export function isReservedName(name: string, isLoose: boolean): boolean {
  return (isLoose ? RESERVED_LOOSE : RESERVED_ONLY).test(name);
}

/** What a source is by its shape. */
export function windowsTypeOf(source: string): 'npipe' | 'bind' | 'volume' {
  if (source.startsWith('\\\\.\\pipe\\')) return 'npipe';
  return HOST_DIR_ONLY.test(source) ? 'bind' : 'volume';
}
