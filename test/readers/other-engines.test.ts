import { describe, expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { judgeText } from '../../src/lint/judge-text.js';
import { displayText } from '../../src/text/spec-text.js';

async function judge(command: string, kind: 'shell' | 'markdown' = 'shell') {
  const text = kind === 'shell' ? `${command}\n` : `\`\`\`sh\n${command}\n\`\`\`\n`;
  const { views, diagnostics } = await judgeText(kind, text, 'x', {
    dialect: makeDialect(),
    rules: {},
    keepsViews: true,
  });
  return {
    engines: views.map(({ source }) => source.engine),
    mounts: views.flatMap(({ sites }) => sites.map((site) => `${site.form} ${displayText(site.text)}`)),
    errors: diagnostics.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule),
  };
}

describe('mounts behind flags that only another engine has', () => {
  test.each([
    [
      'podman',
      'podman run --uidmap=1000:0:1 --uidmap 0:1:1000 --replace --systemd always -v /a:/b:U,Z -it img',
    ],
    ['podman', 'podman --root /r -r create --pod p --tz local --rmi -q -v /a:/b:U,Z img -v /not:/this'],
    ['nerdctl', 'nerdctl -n k8s.io --debug run --snapshotter stargz --umask 022 -v /a:/b:U,Z img'],
    ['compose', 'docker compose run --rm -T -v /a:/b:U,Z web sh -c x'],
    ['compose', 'docker --context far compose -f a.yml --profile p run --no-deps -v /a:/b:U,Z web'],
    ['compose', 'docker-compose -p x run --service-ports --volume=/a:/b:U,Z web'],
    ['compose', 'podman compose run -v /a:/b:U,Z web'],
  ])('%s: %s', async (engine, command) => {
    expect(await judge(command)).toMatchObject({ engines: [engine], mounts: ['volume /a:/b:U,Z'] });
  });

  test.each([
    'docker compose up -d',
    'docker compose create web',
    'docker compose exec web run -v /a:/b x',
    'docker-compose down -v',
    'podman service create -v /a:/b x',
    'podman run --no-such-flag -v /a:/b x',
  ])('none: %s', async (command) => {
    expect((await judge(command)).mounts).toEqual([]);
  });

  test('a container called compose is none', async () => {
    expect(await judge('docker run -v /a:/b compose run')).toMatchObject({
      engines: ['docker'],
      mounts: ['volume /a:/b'],
    });
  });
});

// Each was given to podman 4.3.1, which refuses those with an error and takes the others.
describe('what podman refuses', () => {
  test.each([
    ['--mount type=bind,src=/etc,dst=/b,RO', ['mount-unknown-option']],
    ['--mount type=bind,src=/etc,dst=/b,foo', ['mount-unknown-option']],
    ["--mount 'type=bind, src=/etc,dst=/b'", ['mount-field-whitespace']],
    ['--mount type=bind,source=/etc,dst=b', ['target-not-absolute']],
    ['-v data:b', ['target-not-absolute']],
    ['-v /etc:/b:Z:ro', ['volume-too-many-colons']],
    ['-v a/b:/c', ['relative-source-without-dot']],
    ['--mount type=bind,src=/etc,dst=/b,U=true,relabel=shared,idmap,ro=true', []],
    ['--mount type=bind,src=a/b,dst=/b,rslave,exec,suid', []],
    ['--mount type=tmpfs,dst=/b,tmpfs-size=1m,tmpfs-mode=700,notmpcopyup', []],
    ['--mount type=devpts,dst=/b,uid=0,gid=0,mode=700,max=3', []],
    ['--mount type=image,src=x,dst=/b,rw=true', []],
    ['--mount type=volume,src=v,dst=/b,volume-opt=a=b,U', []],
    ['-v ./etc:/c:ro,z', []],
  ])('%s', async (flags, rules) => {
    expect((await judge(`podman run ${flags} img`)).errors).toEqual(rules);
  });
});

// From the table of nerdctl's own test of its parser, which only warns of an unknown option.
test.each([
  ['-v /a:/b:ro,undefined', ['volume-unknown-mode']],
  ['-v /a:/b:', []],
])('what nerdctl leaves out: %s', async (flags, rules) => {
  const { errors, warnings } = await judge(`nerdctl run ${flags} img`);
  expect(errors).toEqual([]);
  expect(warnings).toEqual(rules);
});

// `SplitVolumeString` of podman's pkg/specgen/volumes.go looks for drives on Windows and WSL alone.
test('podman has no drives', async () => {
  expect(await judge('podman run -v v:/b:ro img')).toMatchObject({ errors: [], warnings: [] });
});
