import type { FileKind } from './file-kinds.js';
import { kindOfJson, kindOfShebang, kindOfYaml } from './kind.js';

/** What only a text of that kind has; the first that fits decides. */
const SIGNS: readonly (readonly [kind: FileKind, sign: RegExp])[] = [
  ['dockerfile', /^\s*(?:(?:#|ARG\s)[^\n]*\n\s*)*FROM[ \t]+\S/],
  ['batch', /^[ \t]*@?echo[ \t]+off\b/im],
  ['markdown', /^(?:```|~~~|#{1,6} [^\n]*\n\s*\n)/m],
  ['systemd', /^\[(?:Unit|Service|Socket|Timer)\]/m],
  ['toml', /^\[\[?[\w."-]+\]\]?[ \t]*$/m],
  ['powershell', /^[ \t]*(?:param[ \t]*\(|\$\w+[ \t]*=|(?:Write|Get|Set|Start|New)-[A-Z]\w+)|`\n/m],
  ['makefile', /^[\w./%-]+:(?!=)[^\n]*\n\t/m],
  ['go', /^package \w+$/m],
  ['python', /^(?:import|from) [\w.]+(?: import [\w*, ]+)?$/m],
  ['javascript', /^(?:import .* from ['"]|(?:const|let) .*=.*\brequire\()/m],
];
const YAML = /^\s*(?:#[^\n]*\n\s*|---[^\n]*\n\s*)*(?:-[ \t]+)?["']?[\w.-]+["']?:(?:[ \t]|\r?\n)/;

/** What a text without a name seems to be: a shell script, if nothing tells. */
export function guessKind(text: string): FileKind {
  const start = text.slice(0, 20_000);
  const known = kindOfShebang(start);
  if (known !== undefined) return known;
  if (/^\ufeff?\s*(?:\/\/[^\n]*\n\s*)*\{/.test(start))
    return /"tasks"\s*:/.test(start) ? 'vscode-tasks' : (kindOfJson(text) ?? 'devcontainer');
  const sign = SIGNS.find(([, pattern]) => pattern.test(start));
  if (sign !== undefined) return sign[0];
  return YAML.test(start) ? kindOfYaml(text) : 'shell';
}
