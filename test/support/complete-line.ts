// What real shells make of a completion script.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shell that there is a completion script for. */
export type CompletingShell = 'bash' | 'zsh' | 'fish';

/** Whether the shell is on this machine. */
export function hasShell(name: string): boolean {
  return spawnSync(name, ['-c', 'exit 0']).status === 0;
}

/** The words that the shell offers behind a line, sorted; files are those of `folder`. */
export function completeLine(shell: CompletingShell, script: string, line: string, folder: string): string[] {
  const found = OFFERS[shell](script, line, folder);
  return [...new Set(found)].sort();
}

const OFFERS: Readonly<Record<CompletingShell, (script: string, line: string, folder: string) => string[]>> =
  {
    bash(script, line, cwd) {
      const words = line.split(' ');
      const input = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _mountc
printf '%s\\n' "\${COMPREPLY[@]}"`;
      return linesOf(spawnSync('bash', ['--norc'], { input, cwd, encoding: 'utf8' }).stdout);
    },
    fish(script, line, cwd) {
      // fish reads no script from a socket, which is what Node makes of standard input.
      const file = `${cwd}.fish`;
      writeFileSync(file, `${script}\ncomplete -C '${line}'\n`);
      const { stdout } = spawnSync('fish', ['--no-config', file], { cwd, encoding: 'utf8' });
      rmSync(file);
      return linesOf(stdout).map((text) => text.split('\t')[0]!);
    },
    zsh(script, line, cwd) {
      // Completion is there only where somebody types: zsh gets a terminal, and says what it would add to the line.
      const state = `${cwd}.zsh`;
      const out = join(state, 'offers');
      spawnSync('mkdir', ['-p', state]);
      writeFileSync(join(state, '_mountc'), script);
      const driver = ZSH.replaceAll('STATE', state).replaceAll('LINE', line);
      spawnSync('zsh', ['-f', '-c', driver], { cwd, encoding: 'utf8', timeout: 20_000 });
      const offers = linesOf(readFileSync(out, 'utf8'));
      rmSync(state, { recursive: true });
      if (offers.at(-1) !== '<end>') throw new Error(`zsh did not come to an end: ${offers.join(' ')}`);
      return offers.slice(0, -1);
    },
  };

const ZSH = `zmodload zsh/zpty
zpty -b typist 'TERM=dumb zsh -f -i'
zpty -w typist "fpath=(STATE \\$fpath); autoload -Uz compinit; compinit -D -u -d STATE/dump"
zpty -w typist 'compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- $hits >>STATE/offers
  builtin compadd "$@"
}'
zpty -w typist 'finish() { print -r -- "<end>" >>STATE/offers }; comppostfuncs=(finish)'
zpty -w typist "bindkey '^I' complete-word"
zpty -w -n typist 'LINE'$'\\t'
for i in {1..200}; do
  if [[ -f STATE/offers ]] && grep -q '<end>' STATE/offers; then break; fi
  sleep 0.05
done
zpty -d typist
`;

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
