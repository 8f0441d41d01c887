// What `docker inspect` says, as mounts, as flags, and against what was expected.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerCommand } from '../../src/dialects/docker/client/answer.js';
import type { CreateBody } from '../../src/dialects/docker/client/api.js';
import { judgeEngine } from '../../src/dialects/docker/engine/judge.js';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { mountsOfBody } from '../../src/inspect/body-mounts.js';
import { compareMounts } from '../../src/inspect/compare-mounts.js';
import { containerFlags } from '../../src/inspect/container-flags.js';
import { type ContainerInfo, readInspected } from '../../src/inspect/container-json.js';
import { containerMounts } from '../../src/inspect/container-mounts.js';
import { sameMount } from '../../src/mount/equal.js';
import { bodyOf, fillBody, several, single } from '../engine/body-arbitrary.js';
import { withSeed } from '../support/seed.js';

const dialect = makeDialect({});
const PLACES = { dir: '/srv/data', tag: 'vol', volume: 'kept' };

function infoOf(body: CreateBody, more: Partial<ContainerInfo> = {}): ContainerInfo {
  const [plain] = readInspected({ HostConfig: {} })!.containers;
  return { ...plain!, id: 'a1', name: 'web', image: 'img', imageId: 'sha256:1', body, ...more };
}

function flagsOf(body: CreateBody): { words: readonly string[]; isWhole: boolean } {
  const mounts = containerMounts(
    infoOf(body),
    [{ id: 'sha256:1', names: [], volumes: [], layers: { lower: [] }, user: '', workDir: '' }],
    dialect,
  );
  const flags = containerFlags(mounts, body, undefined, { dialect, dialects: [dialect] });
  return {
    words: flags.words,
    isWhole: flags.each.every(({ words, losses }) => words !== undefined && losses.length === 0),
  };
}

describe('the flags of a container', () => {
  test('make the same mounts again', () => {
    let checked = 0;
    fc.assert(
      fc.property(fc.oneof(single, several), (raw) => {
        const body = fillBody(raw, PLACES);
        if (judgeEngine(body, dialect).create !== undefined) return;
        const { words, isWhole } = flagsOf(body);
        if (!isWhole) return;
        const answer = answerCommand(['create', ...words, 'img'], { dialect, cwd: '/' });
        expect(answer).toMatchObject({ ok: true });
        if (!answer.ok) return;
        const [before, after] = [mountsOfBody(body, dialect), mountsOfBody(answer.create, dialect)];
        const covered = new Set(
          before.filter(({ sent }) => sent.slot !== 'Volumes').map(({ target }) => target),
        );
        for (const one of before) {
          if (one.sent.slot === 'Volumes' && covered.has(one.target)) continue;
          const same = after.some(
            (other) =>
              JSON.stringify(one.sent) === JSON.stringify(other.sent) ||
              (one.mount !== undefined && other.mount !== undefined && sameMount(one.mount, other.mount)),
          );
          expect({ one, same, words }).toMatchObject({ same: true });
        }
        checked++;
        const info = infoOf(body);
        expect(compareMounts(answer.create, info, containerMounts(info, [], dialect), dialect)).toEqual([]);
      }),
      withSeed(2000),
    );
    expect(checked).toBeGreaterThan(100);
  });

  test('say what no flag can say', () => {
    const mount = { Type: 'volume', Source: 'v', Target: '/x', ClusterOptions: { Foo: 1 } };
    const body = bodyOf({ Mounts: [mount] });
    const mounts = containerMounts(infoOf(body), [], dialect);
    const { each } = containerFlags(mounts, body, undefined, { dialect, dialects: [dialect] });
    expect(each[0]!.losses).toEqual([
      { field: 'ClusterOptions', kind: 'impossible', why: 'no docker flag sets ClusterOptions' },
    ]);
  });

  test('keep exec of a tmpfs that only the API can say with --mount', () => {
    const mount = { Type: 'tmpfs', Target: '/x', TmpfsOptions: { Options: [['exec']], SizeBytes: 65536 } };
    expect(flagsOf(bodyOf({ Mounts: [mount as never] })).words).toEqual(['--tmpfs', '/x:exec,size=64k']);
  });
});

describe('the mounts of a container', () => {
  const volume = (destination: string, name: string) => ({
    Type: 'volume',
    Name: name,
    Source: `/var/lib/docker/volumes/${name}/_data`,
    Destination: destination,
    Driver: 'local',
    Mode: '',
    RW: true,
    Propagation: '',
  });
  const json = [
    {
      Id: 'c1',
      Name: '/web',
      Image: 'sha256:1',
      Config: { Image: 'img', Volumes: { '/own': {}, '/img/': {} } },
      HostConfig: {
        Binds: ['/srv:/app:ro'],
        Tmpfs: { '/t': 'size=1m' },
        VolumesFrom: ['db:ro'],
        Mounts: null,
      },
      Mounts: [
        { Type: 'bind', Source: '/srv', Destination: '/app', Mode: 'ro', RW: false, Propagation: 'rprivate' },
        volume('/own', 'a'.repeat(64)),
        volume('/img', 'b'.repeat(64)),
        volume('/db', 'dbdata'),
      ],
    },
    { Id: 'sha256:1', RepoTags: ['img:latest'], RootFS: {}, Config: { Volumes: { '/img/': {} } } },
  ];

  test('say where each is from', () => {
    const { containers, images } = readInspected(json)!;
    const mounts = containerMounts(containers[0]!, images, dialect);
    expect(mounts.map(({ target, origin, readOnly }) => [target, origin, readOnly])).toEqual([
      ['/app', '-v', true],
      ['/db', '--volumes-from', false],
      ['/img', 'image', false],
      ['/own', '-v', false],
      ['/t', '--tmpfs', false],
    ]);
    const flags = containerFlags(mounts, containers[0]!.body, 'mount', { dialect, dialects: [dialect] });
    expect(flags.words).toEqual([
      '--mount',
      'type=bind,src=/srv,dst=/app,readonly,bind-create-src',
      '--mount',
      'type=volume,dst=/own',
      '--mount',
      'type=tmpfs,dst=/t,tmpfs-size=1m',
      '--volumes-from',
      'db:ro',
    ]);
  });

  test('differ from what was expected only where the effect does', () => {
    const { containers, images } = readInspected(json)!;
    const compare = (...args: string[]) => {
      const answer = answerCommand(['run', ...args, 'img'], { dialect, cwd: '/' });
      const mounts = containerMounts(containers[0]!, images, dialect);
      if (!answer.ok) throw new Error(JSON.stringify(answer));
      return compareMounts(answer.create, containers[0]!, mounts, dialect);
    };
    const rest = ['--volumes-from', 'db:ro', '-v', '/own'];
    const tmpfs = ['--mount', 'type=tmpfs,dst=/t,tmpfs-size=1048576'];
    expect(compare('--mount', 'type=bind,src=/srv/,dst=/app/,ro', ...tmpfs, ...rest)).toEqual([]);
    expect(compare('-v', '/srv:/app', ...tmpfs, ...rest)).toEqual([
      { target: '/app', field: 'access', expected: 'rw', actual: 'ro' },
    ]);
    expect(compare('-v', '/srv:/app:ro', '-v', 'vol:/y', '--tmpfs', '/t', ...rest)).toEqual([
      { target: '/y', field: 'mount', expected: 'volume vol rw' },
      { target: '/t', field: 'size', expected: 'none', actual: '1048576' },
    ]);
    expect(compare('-v', '/srv:/app:ro', ...tmpfs, '-v', '/own')).toEqual([
      { target: 'db', field: 'volumes-from', actual: 'ro' },
    ]);
  });

  test('reading is total', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (host, points) => {
        const read = readInspected([{ HostConfig: host, Mounts: points, Config: points }, host]);
        for (const info of read?.containers ?? []) containerMounts(info, [], dialect);
      }),
      withSeed(300),
    );
  });
});
