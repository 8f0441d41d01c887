const FLAG = /(?<flag>--?[a-z]+)/.source;
const LIST = /\$[({](?<name>[\w.-]+)[)}]/.source;
const PATTERNS = [
  `addprefix\\s+${FLAG}\\s+,\\s*${LIST}`,
  `patsubst\\s+%,\\s*${FLAG}\\s+%,\\s*${LIST}`,
  `(?<name>[\\w.-]+):%=${FLAG}\\s+%`,
  `foreach\\s+(?<each>\\w+),\\s*${LIST},\\s*${FLAG}\\s+\\$(?:\\k<each>|[({]\\k<each>[)}])`,
].map((pattern) => new RegExp(`^\\$[({]${pattern}\\s*[)}]$`));

/** The flag and the list of `$(addprefix -v ,$(VOLUMES))`, or of the other ways to write one before each word. */
export function flagList(call: string): { readonly flag: string; readonly name: string } | undefined {
  for (const pattern of PATTERNS) {
    const { flag, name } = pattern.exec(call)?.groups ?? {};
    if (flag !== undefined && name !== undefined) return { flag, name };
  }
  return undefined;
}
