// Writes man/mountc.1 from the help texts of the built program.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const mountc = (...args) => execFileSync(process.execPath, ['bin/mountc.js', ...args], { encoding: 'utf8' });
const { version, description } = JSON.parse(readFileSync('package.json', 'utf8'));
const COMMANDS = [
  'convert',
  'lint',
  'explain',
  'lsp',
  'docker',
  'podman',
  'inspect',
  'why',
  'last',
  'doctor',
  'shim',
  'completion',
];

/** Text as roff: nothing in it is a request or an escape. */
const plain = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');
const block = (text) => `.nf\n${plain(text.trimEnd())}\n.fi\n`;

const sections = [
  `.\\" made by scripts/gen-man.mjs from the help texts\n.TH MOUNTC 1 "" "mountc ${version}" "User Commands"\n`,
  `.SH NAME\nmountc \\- ${plain(description.replace(/^A /, 'a '))}\n`,
  `.SH SYNOPSIS\n.B mountc\n.I COMMAND\n[\\fIOPTIONS\\fR] ...\n`,
  `.SH DESCRIPTION\n${block(mountc('--help').split('\n').slice(2).join('\n'))}`,
  ...COMMANDS.map((name) => `.SH MOUNTC ${name.toUpperCase()}\n${block(mountc('help', name))}`),
  `.SH SEE ALSO\n.BR docker\\-run (1)\n`,
];
const page = sections.join('');
mkdirSync('man', { recursive: true });
writeFileSync('man/mountc.1', page);
