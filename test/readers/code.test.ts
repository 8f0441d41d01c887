import { describe, expect, test } from 'vitest';
import { readFindings } from '../../src/readers/index.js';
import type { FileKind } from '../../src/source/file-kinds.js';
import { shownCommands } from '../support/frontends.js';

async function found(kind: FileKind, text: string): Promise<string[]> {
  return shownCommands(await readFindings(kind, text)).map((words) => words.join(' | '));
}

describe('lists and strings of programs', () => {
  test.each([
    ['python', 'run(["docker", "run", "-v", a + ":/b"])', ['docker | run | -v | a:/b']],
    ['python', "x = ['docker', 'run', \"it's\"]", ["docker | run | it's"]],
    ['python', 'os.system("docker run " "-v a:/b")', ['docker | run | -v | a:/b']],
    ['python', 'x = ["docker", "run", "-v", "{}:/b", "{a}:%s"]', ['docker | run | -v | {}:/b | {a}:%s']],
    ['python', 'print("docker run -v a:/b")', []],
    ['python', 'x = """\nos.system("docker run")\n"""', []],
    ['python', '# os.system("docker run")', []],
    ['javascript', "execa('docker', ['run', '-v', `${a}:/b`])", ['docker | run | -v | ${a}:/b']],
    ['javascript', "f('docker', 'podman')", []],
    ['javascript', 'x = /"/; y = ["docker", "run"]', ['docker | run']],
    ['go', 'exec.CommandContext(ctx, "docker", "run", `-v`)', ['docker | run | -v']],
    ['rust', 'Command::new("docker").arg("run").args(["-v", "a:/b"]);', ['docker | run | -v | a:/b']],
    ['ruby', "system('docker', 'run', '-d')", ['docker | run | -d']],
    ['ruby', 'x = `docker run -v #{a}:/b`', ['docker | run | -v | #{a}:/b']],
    ['php', '$x = `docker run -d $y`;', ['docker | run | -d | $y']],
    ['python', `x = ["docker", "run", rf"{a}\\x", r'\\'b']`, ["docker | run | {a}\\x | \\'b"]],
    ['csharp', 'x = new[] { "docker", "run", @"C:\\x""y" };', ['docker | run | C:\\x"y']],
    ['groovy', "sh '''docker run \\\n -d x'''", ['docker | run | -d | x']],
  ] as const)('%s: %s', async (kind, text, expected) => {
    expect(await found(kind, text)).toEqual(expected);
  });

  test('quotes that nothing closes cost no more than those that are closed', async () => {
    for (const one of ['`${', "'\\", '"""', '[/', '{"', 'f"{'])
      for (const kind of ['python', 'javascript', 'php', 'kotlin', 'csharp'] as const)
        await readFindings(kind, `docker ${one.repeat(30_000)}`);
  }, 60_000);
});
