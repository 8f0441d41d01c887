/** One option as the completion scripts know it. */
interface CompletedOption {
  readonly long: string;
  readonly short?: string;
  /** What its value is called; absent for a switch. */
  readonly value?: string;
  /** The words that the value may be, where they are few. */
  readonly choices: readonly string[];
  readonly summary: string;
}

/** A sub-command as the completion scripts know it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** Words that may follow it. */
  readonly words: readonly string[];
}

/** The shells that there is a script for. */
export const COMPLETION_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** The completion script for a shell. */
export function completionScript(
  shell: (typeof COMPLETION_SHELLS)[number],
  commands: readonly CompletedCommand[],
): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      return zshScript(commands);
    case 'fish':
      return fishScript(commands);
    case 'powershell':
      return powershellScript(commands);
  }
}

const flagsOf = ({ long, short }: CompletedOption) => (short === undefined ? [long] : [short, long]);

function bashScript(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      if (option.value === undefined) return [];
      const patterns = flagsOf(option)
        .map((flag) => `'${name} ${flag}'`)
        .join(' | ');
      const reply =
        option.choices.length > 0
          ? `_mountc_words '${option.choices.join(' ')}'; return`
          : '_mountc_files; return';
      return [`    ${patterns}) ${reply} ;;`];
    }),
  );
  const options = commands.map(
    (command) =>
      `    ${command.name}) _mountc_words '${[...command.words, ...command.options.flatMap(flagsOf)].join(' ')}' ;;`,
  );
  return `# bash completion for mountc; to use it: source <(mountc completion bash)
_mountc_words() {
  local word
  COMPREPLY=()
  for word in $1; do
    case $word in "$cur"*) COMPREPLY+=("$word") ;; esac
  done
  # What a value follows is not a whole word yet.
  case \${COMPREPLY[*]} in *=) compopt -o nospace 2>/dev/null ;; esac
}
_mountc_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
_mountc() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    _mountc_words '${commands.map(({ name }) => name).join(' ')} --help --version'
    return
  fi
  if [ "$command" = docker ] || [ "$command" = podman ]; then
    if declare -F _command_offset >/dev/null; then _command_offset 1; else _mountc_files; fi
    return
  fi
  case "$command $prev" in
${values.join('\n')}
  esac
  case $command in
${options.join('\n')}
  esac
  case $command,$cur in
    ${commands
      .filter(({ words }) => words.length > 0)
      .map(({ name }) => `${name},*`)
      .join(' | ')} | *,-*) ;;
    *) _mountc_files ;;
  esac
}
complete -F _mountc mountc
`;
}

function zshScript(commands: readonly CompletedCommand[]): string {
  const quote = (text: string) => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
  const cases = commands
    .filter(({ name }) => name !== 'docker' && name !== 'podman')
    .map(({ name, options, words }) => {
      const specs = options.map((option) => {
        const names = option.short === undefined ? option.long : `{${option.short},${option.long}}`;
        const action = option.choices.length > 0 ? `(${option.choices.join(' ')})` : '_files';
        const value = option.value === undefined ? '' : `:${quote(option.value.toLowerCase())}:${action}`;
        const text = `[${quote(option.summary)}]${value}`;
        return option.short === undefined ? `'${names}${text}'` : `${names}'${text}'`;
      });
      const rest = words.length > 0 ? `'1:word:(${words.join(' ')})'` : "'*:file:_files'";
      return `    ${name}) _arguments ${[...specs, rest].join(' \\\n      ')} ;;`;
    });
  const list = commands.map(({ name, summary }) => `    '${name}:${quote(summary)}'`).join('\n');
  return `#compdef mountc
# zsh completion for mountc; to use it: mountc completion zsh > "\${fpath[1]}/_mountc"
_mountc() {
  local -a commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _arguments '(-h --help)'{-h,--help}'[show this help]' '(-V --version)'{-V,--version}'[print the version]'
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
    docker | podman) _normal ;;
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _mountc ]; then _mountc "$@"; else compdef _mountc mountc; fi
`;
}

function fishScript(commands: readonly CompletedCommand[]): string {
  const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, summary, options, words }) => {
    const seen = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c mountc -f -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`,
      ...(words.length > 0 ? [`complete -c mountc -f ${seen} -a ${quote(words.join(' '))}`] : []),
      ...options.map(({ long, short, value, choices, summary: text }) => {
        const flag = `-l ${long.slice(2)}${short === undefined ? '' : ` -s ${short.slice(1)}`}`;
        const takes =
          value === undefined ? '' : choices.length > 0 ? ` -x -a ${quote(choices.join(' '))}` : ' -r -F';
        return `complete -c mountc ${seen} ${flag}${takes} -d ${quote(text)}`;
      }),
    ];
  });
  return `# fish completion for mountc; to use it: mountc completion fish > ~/.config/fish/completions/mountc.fish
complete -c mountc -f -n __fish_use_subcommand -l help -s h -d 'show this help'
complete -c mountc -f -n __fish_use_subcommand -l version -s V -d 'print the version'
${lines.join('\n')}
complete -c mountc -n '__fish_seen_subcommand_from docker' -a '(complete -C (string replace -r "^\\S+\\s+" "" -- (commandline -cp)))'
`;
}

function powershellScript(commands: readonly CompletedCommand[]): string {
  const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const list = (words: readonly string[]) => `@(${words.map(quote).join(', ')})`;
  const table = commands.map(({ name, options, words }) => {
    const values = options
      .filter(({ choices }) => choices.length > 0)
      .flatMap((option) => flagsOf(option).map((flag) => `${quote(flag)} = ${list(option.choices)}`));
    return `    ${quote(name)} = @{ Words = ${list([...words, ...options.flatMap(flagsOf)])}; Values = @{ ${values.join('; ')} } }`;
  });
  return `# PowerShell completion for mountc; to use it: mountc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName mountc -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${table.join('\n')}
  }
  $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $words = if ($typed.Count -le 1) { @($commands.Keys) + ${list(['--help', '--version'])} }
    elseif (-not $commands.ContainsKey($typed[1])) { @() }
    elseif ($commands[$typed[1]].Values.ContainsKey($typed[-1])) { $commands[$typed[1]].Values[$typed[-1]] }
    else { $commands[$typed[1]].Words }
  $words | Where-Object { $_ -like "$wordToComplete*" } | Sort-Object |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
