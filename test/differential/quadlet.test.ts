// Units through the real generator of podman: what it makes of those that are read here, and of those that are written here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quadletUnits } from '../../src/convert/quadlet-output.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { podmanEffect } from '../../src/dialects/podman/effect.js';
import { judgeUnit } from '../../src/dialects/podman/quadlet.js';
import { podmanFacts, readPodman } from '../../src/dialects/podman/versions.js';
import { readFindings } from '../../src/readers/index.js';
import { systemdWords } from '../../src/readers/systemd.js';
import { entriesOf } from '../../src/rules/quadlet-unit.js';
import { argvSource } from '../../src/source/argv-source.js';
import { fileText } from '../../src/source/hosted-text.js';
import { viewCommand } from '../../src/source/view-command.js';
import { displayText } from '../../src/text/spec-text.js';
import { SEED as seed } from '../support/seed.js';
import { sharedTempDir } from '../support/temp-dir.js';

const engines = process.env['MOUNTC_ENGINES'] ?? join(homedir(), '.cache/mountc-engines');
const generators = ['trixie', 'sid']
  .map((suite) => join(engines, `podman-${suite}`, 'quadlet'))
  .filter(existsSync);
const CASES = Number(process.env['MOUNTC_QUADLET_CASES'] ?? 200);
const pick = <T>(...values: T[]) => fc.constantFrom(...values);

/** What the generator makes of units: the words of each command, or none of a unit that it refuses. */
function generate(
  quadlet: string,
  folder: string,
  units: ReadonlyMap<string, string>,
): Map<string, string[]> {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of units) writeFileSync(join(folder, name), text);
  const { stdout } = spawnSync(quadlet, ['-dryrun'], {
    env: { ...process.env, QUADLET_UNIT_DIRS: folder },
    encoding: 'utf8',
    maxBuffer: 1 << 27,
  });
  const made = new Map<string, string[]>();
  for (const [, name, body] of stdout.matchAll(/^---(.*)\.service---\n([\s\S]*?)(?=^---|(?![\s\S]))/gm)) {
    const line = /^ExecStart=(.*)$/m.exec(body!)?.[1];
    if (line !== undefined)
      made.set(
        name!,
        systemdWords(fileText(line)).map((word) => displayText(word)),
      );
  }
  return made;
}

/** `--tmpfs`, `-v` and `--mount` of a command's words, in a form that does not depend on how they are written. */
function mountsOf(words: readonly string[], folder: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const match = /^(-v|--volume|--mount|--tmpfs)(?:=(.*))?$/s.exec(words[i]!);
    if (match === null) continue;
    const value = match[2] ?? words[++i] ?? '';
    if (match[1] === '--tmpfs') found.push(`tmpfs ${value}`);
    else if (match[1] === '--mount')
      found.push(
        `mount ${value
          .split(',')
          .map((one) => one.replace(/^src=/, 'source=').replace(/^source=\.\//, `source=${folder}/`))
          .sort()
          .join()}`,
      );
    else
      found.push(`volume ${value.replace(/^\.\//, `${folder}/`).replace(/^data\.volume:/, 'systemd-data:')}`);
  }
  return found.sort();
}

const line = fc.oneof(
  fc
    .tuple(
      pick('/a', './b', 'data', 'data.volume', '%h/c', '/d e', '/f%%', '/$$g', '"/q', '${X}/h'),
      pick('/x', '/y z', 'rel', '/'),
      pick('', ':ro', ':z,U', ':ro # no', ':bogus'),
    )
    .map(([source, target, words]) => `Volume=${source}:${target}${words}`),
  pick(
    'Volume=/anonymous',
    'Volume=:/empty:ro',
    'Volume=',
    'Volume=/a:\\\n  /joined',
    'Volume = /spaced:/b  ',
    'Volume=/a:\\\n# note\n/c',
  ),
  fc
    .tuple(
      pick('type=bind', 'type=volume', 'type=tmpfs'),
      pick('src=/a', 'source=./b', 'src=data'),
      pick('dst=/x', 'destination=/y'),
      pick('', ',ro', ',z', ',tmpfs-size=1m'),
    )
    .map(
      ([type, source, target, rest]) =>
        `Mount=${[type, ...(type === 'type=tmpfs' ? [] : [source]), target].join()}${rest}`,
    ),
  pick('Mount="type=tmpfs,dst=/s t"', "Mount=type=tmpfs,dst=/u 'type=tmpfs,dst=/v w'", 'Mount='),
  pick('Tmpfs=/t', 'Tmpfs=/t:size=1m,mode=700', 'Tmpfs=/t u', 'Tmpfs='),
  pick(
    'PodmanArgs=-v /p:/q',
    'PodmanArgs="--volume=/p q:/r" --cpus=1',
    'PodmanArgs=--tmpfs /w \\\n --mount type=tmpfs,dst=/k',
    'PodmanArgs=',
  ),
  pick(
    'Exec=-v /no:/no',
    '# Volume=/no:/no',
    '; Volume=/no:/no',
    '',
    'Environment=A=b "C=d e"',
    'Volumes=/a:/b',
    'Pod=x',
    'Group=1',
    'User=2',
    'Rootfs=/r',
    'ReadOnly=maybe',
  ),
);

describe.skipIf(generators.length === 0)(
  `quadlet${generators.length === 0 ? ' (scripts/engines.sh podman has not been run)' : ''}`,
  () => {
    const folder = sharedTempDir();

    test.each(generators)('%s reads units as they are read here', { timeout: 300_000 }, async (quadlet) => {
      const version = readPodman(spawnSync(quadlet, ['-version'], { encoding: 'utf8' }).stdout.trim())!;
      const dir = join(folder, `read${generators.indexOf(quadlet)}`);
      const bodies = fc.sample(fc.array(line, { minLength: 1, maxLength: 6 }), { numRuns: CASES, seed });
      const units = new Map([['data.volume', '[Volume]\n']]);
      for (const [i, lines] of bodies.entries())
        units.set(
          `u${i}.container`,
          `[Unit]\n[Container]\n${i % 20 === 19 ? '' : 'Image=docker.io/library/alpine\n'}${lines.join('\n')}\n`,
        );
      const made = generate(quadlet, dir, units);
      let refused = 0;
      for (const [file, text] of units) {
        if (!file.endsWith('.container')) continue;
        const real = made.get(file.replace('.container', ''));
        const found = await readFindings('quadlet', text, { path: file });
        const [unit] = found.units;
        const refusals = judgeUnit({ ...unit!, entries: entriesOf(unit!) }, version);
        const isRefused = refusals.length > 0 || unit!.broken.length > 0;
        expect(isRefused, `${text}\n${JSON.stringify(refusals)}`).toBe(real === undefined);
        if (real === undefined) {
          refused++;
          continue;
        }
        const ours = found.commands.flatMap(({ words }) => words.map((word) => displayText(word)));
        expect(mountsOf(ours, dir), text).toEqual(
          mountsOf(real.slice(0, real.indexOf('docker.io/library/alpine')), dir),
        );
      }
      expect(refused).toBeGreaterThan(CASES / 50);
      expect(refused).toBeLessThan(CASES);
    });

    test.each(generators)(
      '%s makes the command again that a unit was written from',
      { timeout: 300_000 },
      (quadlet) => {
        const version = readPodman(spawnSync(quadlet, ['-version'], { encoding: 'utf8' }).stdout.trim())!;
        const dialect = makeDialect({ podman: version });
        const flag = fc.oneof(
          pick(
            ['-v', '/a:/b:ro'],
            ['-v', 'data:/c:z'],
            ['-v', '/d e:/f'],
            ['-v', '/50%:/$x'],
            ['-v', '/anon'],
            ['--volume', './r:/r'],
            ['--mount', 'type=bind,src=/a,dst=/m,ro'],
            ['--mount', 'type=volume,dst=/n'],
            ['--mount', 'type=tmpfs,dst=/o p'],
            ['--mount', 'type=bind,src=x,dst=/z'],
            ['--tmpfs', '/t:size=1m'],
            ['--tmpfs', '/u'],
            ['-e', 'A=b c'],
            ['-e', 'Q="x" \\ %n $HOME'],
            ['-e', 'E='],
            ['--env-file', '/env'],
            ['-p', '8080:80'],
            ['--expose', '80/tcp'],
            ['--network', 'host'],
            ['-u', '1:2'],
            ['-u', 'me'],
            ['--cap-add', 'sys_admin'],
            ['--cap-drop', 'all'],
            ['--device', '/dev/null'],
            ['--security-opt', 'no-new-privileges'],
            ['--security-opt', 'label=type:x'],
            ['--security-opt', 'mask=/proc/x'],
            ['--read-only'],
            ['--init'],
            ['--label', 'a=b "c"'],
            ['--annotation', 'x=y'],
            ['--secret', 'a,type=env'],
            ['--userns', 'keep-id'],
          ),
          pick(
            ['--ip', '10.0.0.2'],
            ['--log-driver', 'journald'],
            ['--log-opt', 'tag=x'],
            ['--health-cmd', 'a "b" c'],
            ['-w', '/w d'],
            ['-h', 'host'],
            ['--pull', 'never'],
            ['--sysctl', 'a.b=1'],
            ['--dns', '1.1.1.1'],
            ['--dns-option', 'x'],
            ['--ulimit', 'nofile=1'],
            ['--pids-limit', '9'],
            ['--shm-size', '1m'],
            ['--entrypoint', 'sh'],
            ['--entrypoint', '["a", "b"]'],
            ['--stop-timeout', '3'],
            ['--group-add', '5'],
            ['--stop-signal', 'TERM'],
            ['--add-host', 'a:1.2.3.4'],
            ['-m', '1g'],
            ['--privileged'],
            ['--cpus', '2'],
            ['--ipc', 'host'],
            ['--volumes-from', 'db:ro'],
            ['-it'],
            ['--network-alias', 'n'],
            ['--tz', 'UTC'],
            ['--uidmap', '0:1:2'],
            ['--read-only-tmpfs=false'],
            ['--read-only=false'],
            ['--systemd', 'always'],
            ['--label', 'l=a\nb'],
          ),
        );
        const commands = fc.sample(
          fc.tuple(
            fc.array(flag, { maxLength: 8 }),
            pick([], ['sh', '-c', 'echo "$X" %h \\'], ['a b', 'c;'], ['--x', ';']),
          ),
          { numRuns: CASES, seed },
        );
        const units = new Map<string, string>();
        const given: string[][] = [];
        for (const [i, [flags, rest]] of commands.entries()) {
          const args = [...flags.flat(), 'docker.io/library/alpine', ...rest];
          const { source } = argvSource(['podman', 'run', ...args]);
          const view = viewCommand({ ...source, engine: 'podman' }, { dialect, cwd: '/work' });
          const made = quadletUnits(view, { dialects: [dialect], cwd: '/work' });
          if (typeof made === 'string') throw new Error(made);
          expect(made.losses, args.join(' ')).toEqual([]);
          units.set(`w${i}.container`, made.container);
          given.push(args);
        }
        const made = generate(quadlet, join(folder, `write${generators.indexOf(quadlet)}`), units);
        for (const [i, args] of given.entries()) {
          const real = made.get(`w${i}`);
          const text = units.get(`w${i}.container`)!;
          expect(real, `${args.join(' ')}\n${text}`).toBeDefined();
          expect(flagsOf(real!.slice(1), version), `${args.join(' ')}\n${text}`).toEqual(
            flagsOf(['run', ...args], version),
          );
        }

        function flagsOf(words: readonly string[], podman: number) {
          const { source } = argvSource(['podman', ...words]);
          const { invocation } = viewCommand({ ...source, engine: 'podman' }, { dialect, cwd: '/work' });
          if (invocation === undefined) throw new Error(words.join(' '));
          const once = new Map<string, string>();
          const all: string[] = [];
          const IMPLIED = /^(?:rm|detach|replace|sdnotify|cgroups|name|cidfile)$/;
          for (const {
            flag: { name },
            value: { value },
          } of invocation.flags) {
            if (IMPLIED.test(name)) continue;
            const form = name === 'volume' || name === 'mount' || name === 'tmpfs' ? name : undefined;
            const effect =
              form &&
              podmanEffect(
                form,
                value.replace(/^\.\//, '/work/').replace('src=x', 'src=/work/x'),
                podmanFacts(podman),
              );
            if (effect !== undefined) all.push(JSON.stringify(effect));
            else if (
              /^(?:entrypoint|health-cmd|ip|log-driver|workdir|hostname|pull|pids-limit|shm-size|stop-|user$|userns|memory|tz|read-only|init)/.test(
                name,
              )
            )
              once.set(name, value);
            else if (/^(?:env|label|annotation|security-opt)$/.test(name))
              once.set(`${name} ${value.split('=', 1)[0]}`, value);
            else all.push(`${name} ${value}`);
          }
          return {
            flags: [...all, ...[...once].map(([name, value]) => `${name}=${value}`)].sort(),
            rest: invocation.words.slice(invocation.image!).map(({ value }) => value),
          };
        }
      },
    );
  },
);
