// Troubles with mounts, each built for real: the cause comes first, what is offered mends it, and then nothing is said.
import { describe, expect, test } from 'vitest';
import type { CauseName } from '../../src/explain/causes.js';
import { findClients } from '../support/clients.js';
import { wantedDaemons } from '../support/daemons.js';
import { type RealEngine, Stage } from '../support/why.js';

interface Trouble {
  readonly title: string;
  readonly build: (stage: Stage) => void;
  readonly cause: CauseName;
  readonly severity?: 'error' | 'warning' | 'info';
  /** Part of what is said. */
  readonly says?: RegExp;
  readonly path?: string;
  /** After what was offered was done, instead of looking at the same container again. */
  readonly after?: (stage: Stage) => void;
  readonly mends?: false;
}

const TROUBLES: readonly Trouble[] = [
  {
    title: 'a source with a wrong name, the right one beside it',
    build: (s) => {
      s.sh('mkdir site && echo hi > site/index.html');
      s.run('-v "$H"/sit:/www');
    },
    cause: 'made-by-engine',
    says: /was made|made an empty directory/,
  },
  {
    title: 'a source that is nowhere',
    build: (s) => s.run('-v "$H"/nowhere:/data:ro'),
    cause: 'made-by-engine',
    after: (s) => {
      s.sh('mkdir nowhere && echo 1 > nowhere/x');
      s.run('-v "$H"/nowhere:/data:ro');
    },
  },
  {
    title: 'a directory of root for another user',
    build: (s) => {
      s.sh('mkdir data && chmod 755 data');
      s.run('-u 1000:1000 -v "$H"/data:/data');
    },
    cause: 'denied-by-mode',
    severity: 'error',
  },
  {
    title: 'a new volume of root for another user',
    build: (s) => s.run('-u 1234 -v "$V":/data'),
    cause: 'denied-by-mode',
  },
  {
    title: 'a file that only its owner may read',
    build: (s) => {
      s.sh('echo key > key && chown 1001 key && chmod 600 key');
      s.run('-u 1000 -v "$H"/key:/run/key:ro');
    },
    cause: 'denied-by-mode',
    says: /may not read/,
  },
  {
    title: 'a file in a directory that can be read',
    build: (s) => {
      s.sh('mkdir -p c/d && echo 1 > c/d/secret && chmod 700 c/d && chown 1000 c/d/secret');
      s.run('-u 1000 -v "$H"/c:/c');
    },
    path: '/c/d/secret',
    cause: 'denied-by-mode',
    says: /look into `\/c\/d`/,
  },
  {
    title: 'an access list that takes away',
    build: (s) => {
      s.sh('mkdir acl && setfacl -m u:1000:--- acl && chmod o+rx acl');
      s.run('-u 1000 -v "$H"/acl:/acl:ro');
    },
    cause: 'denied-by-mode',
    says: /access list/,
  },
  {
    title: 'a file that was replaced',
    build: (s) => {
      s.sh('echo 1 > conf');
      s.run('-v "$H"/conf:/conf:ro');
      s.sh('echo 2 > new && mv new conf');
    },
    cause: 'replaced-source',
  },
  {
    title: 'a directory that was made anew',
    build: (s) => {
      s.sh('mkdir dist && echo 1 > dist/x');
      s.run('-v "$H"/dist:/dist');
      s.sh('mv dist old; mkdir dist; echo 2 > dist/x');
    },
    cause: 'replaced-source',
  },
  {
    title: 'a mount that is read-only, and was asked to be',
    build: (s) => {
      s.sh('mkdir ro');
      s.run('-v "$H"/ro:/ro:ro');
    },
    path: '/ro',
    cause: 'read-only-mount',
  },
  {
    title: 'a source in a read-only file system',
    build: (s) => {
      s.sh('mkdir fs && mount -t tmpfs -o ro none fs');
      s.finally('umount fs');
      s.run('-v "$H"/fs:/fs');
    },
    cause: 'read-only-source',
  },
  {
    title: 'a source in a mount that is read-only',
    build: (s) => {
      s.sh('mkdir a b && mount --bind a b && mount -o remount,bind,ro b && echo 1 > a/x');
      s.finally('umount b');
      s.run('-v "$H"/b:/b');
    },
    cause: 'read-only-source',
  },
];

const HEALTHY: readonly { readonly title: string; readonly build: (stage: Stage) => void }[] = [
  { title: 'no mounts', build: (s) => s.run('') },
  { title: 'a volume for root', build: (s) => s.run('-v "$V":/data') },
  {
    title: 'a file that is only read',
    build: (s) => {
      s.sh('echo 1 > conf');
      s.run('-u 1000 -v "$H"/conf:/conf:ro');
    },
  },
  {
    title: 'a directory that another user may read',
    build: (s) => {
      s.sh('mkdir site && echo 1 > site/x');
      s.run('-u 101:101 -v "$H"/site:/www');
    },
  },
  {
    title: 'an empty directory of the user',
    build: (s) => {
      s.sh('mkdir out && chown 1000 out');
      s.run('-u 1000 -v "$H"/out:/out');
    },
  },
  {
    title: 'an empty directory that was there before',
    build: (s) => {
      s.sh('mkdir out');
      s.run('-v "$H"/out:/out');
    },
  },
  {
    title: 'a directory that an access list opens',
    build: (s) => {
      s.sh('mkdir acl && chmod 700 acl && setfacl -m u:1000:rwx acl');
      s.run('-u 1000 -v "$H"/acl:/acl');
    },
  },
  {
    title: 'a group that may write',
    build: (s) => {
      s.sh('mkdir g && chgrp 2000 g && chmod 2775 g');
      s.run('-u 1000:1000 --group-add 2000 -v "$H"/g:/g');
    },
  },
  { title: 'a tmpfs for another user', build: (s) => s.run('-u 1000 --tmpfs /t') },
  {
    title: 'a file that is edited in place',
    build: (s) => {
      s.sh('echo 1 > conf');
      s.run('-v "$H"/conf:/conf');
      s.sh('echo 2 >> conf');
    },
  },
];

const client = findClients()[0];
const isRoot = process.getuid?.() === 0;

describe.each(await wantedDaemons())('docker $version', (daemon) => {
  const missing =
    'missing' in daemon
      ? daemon.missing
      : client === undefined
        ? 'no docker client'
        : isRoot
          ? undefined
          : 'not root';
  if (missing !== undefined) {
    test.skip(`why (${missing})`, () => {});
    return;
  }
  const engine: RealEngine = {
    name: 'docker',
    path: client!.path,
    image: 'busybox:local',
    env: { DOCKER_HOST: 'host' in daemon ? daemon.host : '', DOCKER_CONFIG: '/nonexistent' },
    runArgs: [],
  };
  tryAll(engine, TROUBLES, HEALTHY);
});

function tryAll(engine: RealEngine, troubles: typeof TROUBLES, healthy: typeof HEALTHY): void {
  test.each(troubles)('$title', async ({ build, cause, severity, says, path, after, mends }) => {
    const stage = new Stage(engine);
    try {
      build(stage);
      const words = [stage.name(), ...(path === undefined ? [] : [path])];
      const { told, stderr, code } = await stage.why(...words);
      expect({ cause: told[0]?.cause, stderr }).toEqual({ cause, stderr: '' });
      expect(code).toBe(told[0]!.severity === 'error' ? 1 : 0);
      if (severity !== undefined) expect(told[0]).toMatchObject({ severity });
      if (says !== undefined) expect(told[0]!.message).toMatch(says);
      if (mends === false) return;
      stage.mend(told[0]!);
      after?.(stage);
      expect(await stage.why(...words)).toMatchObject({ told: [], code: 0 });
    } finally {
      stage.end();
    }
  });

  test.each(healthy)('silent: $title', async ({ build }) => {
    const stage = new Stage(engine);
    try {
      build(stage);
      expect(await stage.why()).toEqual({ told: [], code: 0, stderr: '' });
    } finally {
      stage.end();
    }
  });
}
