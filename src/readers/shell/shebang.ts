import type { ShellKind } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { isShellFile, type ShellContext } from './shell-context.js';

// The pattern below takes V8 longer to compile than most scripts take to read.
const USUAL_SHELLS: ReadonlyMap<string, ShellKind> = new Map([
  ['/bin/sh', 'sh'],
  ['/bin/bash', 'bash'],
  ['/usr/bin/env bash', 'bash'],
]);

/** The shell that a text is written for: as its host says, its first line or the name of its file; bash otherwise. */
export function shellKindOf(text: HostedText, context: ShellContext): ShellKind {
  const known = context.shell ?? shellOfShebang(text.value);
  if (known !== undefined) return known;
  const name = isShellFile(text, context) ? context.path : undefined;
  if (name?.endsWith('.fish')) return 'fish';
  return name !== undefined && /\.(?:zsh|zshrc|zprofile|zshenv)$/.test(name) ? 'zsh' : 'bash';
}

function shellOfShebang(text: string): ShellKind | undefined {
  if (!text.startsWith('#!')) return undefined;
  const line = text.slice(2, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
  const usual = USUAL_SHELLS.get(line);
  if (usual !== undefined) return usual;
  const name = /(?:^|[/\s])(bash|dash|ash|zsh|fish|ksh|sh|bats)\b/.exec(line)?.[1];
  if (name === undefined) return undefined;
  if (name === 'fish') return 'fish';
  return name === 'zsh' ? 'zsh' : /^(?:sh|dash|ash)$/.test(name) ? 'sh' : 'bash';
}
