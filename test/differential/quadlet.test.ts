// Units through the real generator of podman: what it makes of those that are read here, and of those that are written here.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unitCommand } from '../../src/convert/quadlet-input.js';
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
import { splitQuoted } from '../../src/text/shell-quote.js';
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

/** More keys, without what only systemd knows. */
const runLine = fc.oneof(
  pick(
    'Volume=./b:/x:z',
    'Volume=data.volume:/d',
    'Volume=named.volume:/n:ro',
    'Volume=:/empty',
    'Volume=/50%%:/$$x y',
    'Mount=type=bind,src=./a,dst=/m',
    'Mount=type=volume,source=named.volume,dst=/m',
    'Mount="type=tmpfs,dst=/s t" type=tmpfs,dst=/u',
    'Tmpfs=/t:size=1m',
    'Tmpfs=',
    'Environment=A=b "C=d e" \'F=g\'',
    'Environment=',
    'EnvironmentFile=./env',
    'EnvironmentFile=/etc/env',
    'ContainerName=own',
    'Exec=sh -c "echo $$X" \'y z\' --',
    'User=1000',
    'Group=5',
    'Network=net.network',
    'Network=host',
  ),
  pick(
    'AddCapability=NET_ADMIN sys_time',
    'DropCapability=ALL',
    'AddDevice=/dev/zero:/dev/z:r',
    'Annotation=a=b "c=d e"',
    'Label=l=m "n=o p"',
    'AutoUpdate=registry',
    'CgroupsMode=no-conmon',
    'DNS=1.1.1.1',
    'Entrypoint="/bin/sh"',
    'Entrypoint=["a", "b"]',
    'EnvironmentHost=yes',
    'ExposeHostPort=80',
    'UIDMap=0:1:2 1:2:3',
    'GlobalArgs=--log-level debug',
    'ContainersConfModule=/m.conf',
    'GroupAdd=keep-groups',
    'HealthCmd=curl "x"',
    'HostName=a b',
    'IP6=::1',
    'LogDriver=journald',
    'LogOpt=tag=x',
    'Mask=/proc/x:/proc/y',
    'Unmask=ALL',
  ),
  pick(
    'NetworkAlias=al',
    'NoNewPrivileges=true',
    'NoNewPrivileges=false',
    'Notify=healthy',
    'Notify=yes',
    'Notify=no',
    'PidsLimit=10',
    'PodmanArgs=--cpus 2 "--label=y z"',
    'PodmanArgs=-v /p:/q',
    'PublishPort=8080:80',
    'Pull=newer',
    'ReadOnly=true',
    'ReadOnly=no',
    'ReadOnlyTmpfs=false',
    'RunInit=on',
    'SeccompProfile=/s.json',
    'Secret=s,type=env',
    'SecurityLabelDisable=true',
    'SecurityLabelFileType=ft',
    'SecurityLabelNested=1',
    'ShmSize=1g',
    'StopSignal=INT',
    'StopTimeout=3',
    'Sysctl=a.b=c d.e=f',
    'Timezone=local',
    'Ulimit=nofile=1:2',
    'AddHost=a:1.2.3.4',
    'VolatileTmp=yes',
    'WorkingDir=/w d',
    'RemapUsers=keep-id',
    'RemapUid=1000',
    'UserNS=keep-id',
    'RemapUsers=auto',
    'RemapUsers=x',
    'RemapGid=5',
    'ExposeHostPort=http',
    'StartWithPod=false',
    'Bogus=1',
  ),
);

const ONE_WORD =
  /^(?:-d|--(?:rm|replace|env-host|init|read-only|read-only-tmpfs|rootfs|http-proxy)(?:=.*)?)$/;
const SHORT = new Map([
  ['--env', '-e'],
  ['--publish', '-p'],
  ['--volume', '-v'],
]);

/** Flags with their values in an order of their own, and the words from the image on. */
function pairs(words: readonly string[]): unknown {
  const flags: string[] = [];
  let at = words.indexOf('run') + 1;
  while (at < words.length && words[at]!.startsWith('-')) {
    const word = words[at++]!;
    if (ONE_WORD.test(word)) flags.push(word);
    else {
      const equals = word.startsWith('--') ? word.indexOf('=') : -1;
      const name = equals < 0 ? word : word.slice(0, equals);
      const value = equals < 0 ? words[at++]! : word.slice(equals + 1);
      if (name !== '--cidfile')
        flags.push(
          `${SHORT.get(name) ?? name} ${name === '--mount' ? value.replace(/(^|,)src=/, '$1source=') : value}`,
        );
    }
  }
  const globals = words.slice(1, words.indexOf('run')).flatMap((word) => word.split('='));
  // Of two with one name Quadlet hands on the last, and podman takes it.
  const byName = new Map(
    flags.map((flag) => [/^(?:-e|--label|--annotation) [^=]*/.exec(flag)?.[0] ?? flag, flag]),
  );
  const others = flags.filter((flag) => !/^(?:-e|--label|--annotation) /.test(flag));
  const named = [...byName.values()].filter((flag) => !others.includes(flag));
  return { globals, flags: [...others, ...named].sort(), rest: words.slice(at) };
}

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
      '%s makes the command that a unit is converted to',
      { timeout: 300_000 },
      async (quadlet) => {
        const podman = readPodman(spawnSync(quadlet, ['-version'], { encoding: 'utf8' }).stdout.trim())!;
        const dir = join(folder, `run${generators.indexOf(quadlet)}`);
        const bodies = fc.sample(
          fc.tuple(fc.array(runLine, { minLength: 1, maxLength: 9 }), pick('', '[Service]\nType=oneshot\n')),
          { numRuns: CASES, seed },
        );
        const units = new Map([
          ['data.volume', '[Volume]\n'],
          ['named.volume', '[Volume]\nVolumeName=own\n'],
          ['net.network', '[Network]\nNetworkName=mesh\n'],
          ['i.image', '[Image]\nImage=docker.io/library/busybox\n'],
        ]);
        for (const [i, [lines, rest]] of bodies.entries())
          units.set(
            `r${i}.container`,
            `[Container]\nImage=${i % 7 === 0 ? 'i.image' : 'docker.io/library/alpine'}\n${lines.join('\n')}\n${rest}`,
          );
        const made = generate(quadlet, dir, units);
        const read = async (path: string) =>
          units.get(path.slice(dir.length + 1)) ?? { why: 'none', isMissing: true };
        for (const [file, text] of units) {
          const real = made.get(file.replace('.container', ''));
          if (!file.endsWith('.container')) continue;
          const ours = await unitCommand(text, { path: join(dir, file), read, engine: 'podman', podman });
          if (typeof ours === 'string' || real === undefined) {
            expect(typeof ours === 'string', `${text}\n${JSON.stringify(ours)}`).toBe(real === undefined);
            continue;
          }
          const name = file.replace('.container', '');
          expect(pairs(splitQuoted(ours.text)), text).toEqual(
            pairs(real.map((word) => word.replaceAll('%N', name))),
          );
        }
      },
    );

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
            ['--sdnotify', 'healthy'],
            ['--sdnotify=container'],
            ['--health-cmd', 'say "x"'],
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
          units.set(`w${i}.container`, made.files[0].text);
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
          const IMPLIED = /^(?:rm|detach|replace|cgroups|name|cidfile)$/;
          for (const {
            flag: { name },
            value: { value },
          } of invocation.flags) {
            if (IMPLIED.test(name) || (name === 'sdnotify' && value === 'conmon')) continue;
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
              /^(?:entrypoint|health-cmd|ip|log-driver|workdir|hostname|pull|pids-limit|shm-size|stop-|user$|userns|memory|tz|read-only|init|sdnotify)/.test(
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
