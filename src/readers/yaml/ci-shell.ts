import type { Document, Node } from 'yaml';
import type { ShellKind } from '../../source/frontend.js';
import type { HostedText } from '../../source/hosted-text.js';
import { entriesOf, fieldOf, resolveNode, textOf } from './tree.js';

/** What reads a script; `other`: no shell, but a language of its own. */
export type ScriptReader = ShellKind | 'other';

/** What `shell:`, `defaults.run.shell` or a Windows runner says of the scripts below. */
export function shellIn(host: HostedText, document: Document, node: Node): ScriptReader | undefined {
  const entries = entriesOf(node, document);
  const get = (name: string) => entries.find(({ key }) => key === name)?.value;
  const named = textOf(host, resolveNode(get('shell'), document));
  if (named !== undefined) return shellNamed(named.value);
  const defaults = resolveNode(get('defaults'), document);
  const run = entriesOf(defaults, document).find(({ key }) => key === 'run')?.value;
  const inDefaults = entriesOf(run, document).find(({ key }) => key === 'shell')?.value;
  const byDefault = textOf(host, resolveNode(inDefaults, document));
  if (byDefault !== undefined) return shellNamed(byDefault.value);
  const runsOn = textOf(host, resolveNode(get('runs-on'), document));
  if (runsOn !== undefined && /^windows/i.test(runsOn.value)) return 'powershell';
  return azureShell(host, document, node);
}

/** What the task of an Azure step says, its `scriptType`, or the system that a job runs on. */
function azureShell(host: HostedText, document: Document, node: Node): ShellKind | undefined {
  const field = (of: Node | null | undefined, name: string) =>
    textOf(host, fieldOf(of, name, document))?.value ?? '';
  const task = field(node, 'task');
  if (/^(?:Azure)?PowerShell@/i.test(task)) return 'powershell';
  if (/^(?:Bash|ShellScript)@/i.test(task)) return 'bash';
  const type = field(node, 'scriptType').toLowerCase();
  if (/^(?:ps|bash|batch)/.test(type))
    return type.startsWith('ps') ? 'powershell' : type === 'bash' ? 'bash' : 'cmd';
  return /^(?:windows|vs20)/i.test(field(fieldOf(node, 'pool', document), 'vmImage')) ? 'cmd' : undefined;
}

const LANGUAGE = /^(?:python[23]?|pypy3?|node|deno|bun|perl|raku|ruby|php|lua|julia|Rscript|tclsh)$/;

function shellNamed(text: string): ScriptReader | undefined {
  const name = /^(?:.*[/\\])?(\w+)/.exec(text.trim())?.[1];
  switch (name) {
    case 'bash':
    case 'zsh':
    case 'sh':
    case 'cmd':
      return name;
    case 'pwsh':
    case 'powershell':
      return 'powershell';
    default:
      return name !== undefined && LANGUAGE.test(name) ? 'other' : undefined;
  }
}
