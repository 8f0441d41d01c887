// What mountc says to somebody who does not know it yet.
import { expect, test } from 'vitest';
import { quotedCommandLine } from '../../src/cli/unquoted-command.js';
import { runMountc } from '../support/cli.js';

test.each([
  ['a command with a typo', ['lnt'], '`lnt` is not a command of mountc, did you mean lint?'],
  ['help for a typo', ['help', 'lnt'], '`lnt` is not a command of mountc, did you mean lint?'],
  ['an option with a typo', ['lint', '--fxi'], '`--fxi` is not an option, did you mean --fix?'],
  [
    'an option in place of a command',
    ['--hepl'],
    '`--hepl` is not an option of mountc itself, did you mean --help?',
  ],
  ['an option of one letter', ['lint', '-z'], '`-z` is not an option\n'],
  ['an option without its value', ['convert', '--to'], '`--to` takes a value'],
  ['no form', ['convert'], 'choose the form with --to: mount, volume'],
  ['a form with a typo', ['convert', '--to', 'moun', 'x'], 'not `moun`, did you mean mount?'],
  ['no input', ['convert', '--to', 'mount'], 'standard input is empty'],
  ['an empty command', ['convert', '--to', 'mount', ''], 'the command is empty'],
  ['a file that is not there', ['convert', '--to', 'mount', 'no/file.sh'], 'there is no such file'],
  ['a rule with a typo', ['explain', 'volume-unknown-mod'], 'did you mean volume-unknown-mode?'],
  ['a long option with one dash', ['convert', '-to', 'mount'], '`-to` is not an option, did you mean --to?'],
  ['an option before the command', ['--color', 'never', 'lint'], 'options go after the command'],
  ['a rule that there is not', ['lint', '--rule', 'x=off'], '`x` is not a rule\nsee: mountc explain --rules'],
  [
    'a quote that is not closed',
    ['convert', '--to', 'mount', "docker run -v '/a:/b x"],
    'unterminated single quote (character 15)\nclose it',
  ],
  ['the same in flags alone', ['lint', '--command', '-v "/a:/b'], 'unterminated double quote (character 4)'],
  ['half an option', ['lint', '--stdin'], '`--stdin` is not an option, did you mean --stdin-filename?'],
  ['half a rule', ['explain', 'volume-unknown'], 'did you mean volume-unknown-mode?'],
  ['a name for what is named', ['lint', '--stdin-filename', 'a.sh', 'b.sh'], 'needs -, not files'],
  ['shim', ['shim', 'instal'], 'did you mean install?'],
  ["docker's command", ['run', '-v', '/a:/b', 'x'], 'to run it: mountc docker run -v /a:/b x'],
  ["docker's flag", ['-v', '/a:/b'], 'to look at it: mountc lint -- -v /a:/b'],
  ['a whole command', ['docker run -v /a:/b x'], "mountc lint --command 'docker run -v /a:/b x'"],
  [
    'a command without quotes',
    ['convert', '--to', 'mount', 'docker', 'run', '--rm', '-v', '/a b:/b', 'x'],
    "example: mountc convert --to mount -- docker run --rm -v '/a b:/b' x\n",
  ],
  [
    'the same after sudo',
    ['lint', 'sudo', 'docker', 'run', '-v', '/a:/b', 'x'],
    'example: mountc lint -- sudo docker run -v /a:/b x\n',
  ],
])('%s', async (_name, argv, says) => {
  const { code, stdout, stderr } = await runMountc(argv);
  expect(stderr).toContain(says);
  expect(stderr.trimEnd().split('\n').length).toBeGreaterThan(1);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

test.each(['convert --to mount', 'lint', 'explain'])(
  '%s takes the command that it proposes',
  async (command) => {
    const words = [...command.split(' '), 'docker', 'run', '-v', 'data:/x', 'img'];
    expect(quotedCommandLine(words)).toBe(`mountc ${command} -- docker run -v data:/x img`);
    expect((await runMountc([...command.split(' '), '--', ...words.slice(-5)])).code).toBe(0);
  },
);

test.each(['lint docker/run.sh', 'lint -- docker run x', 'convert -f docker run', 'docker docker run x'])(
  'nothing is proposed for %s',
  (line) => {
    expect(quotedCommandLine(line.split(' '))).toBeUndefined();
  },
);

test('-v alone is the version, as docker has it, and with more words a volume', async () => {
  const version = await runMountc(['--version']);
  expect(version).toMatchObject({ code: 0, stderr: '' });
  expect(await runMountc(['-v'])).toEqual(version);
  expect(await runMountc(['-V'])).toEqual(version);
  expect((await runMountc(['-v', '/a:/b'])).code).toBe(2);
});
