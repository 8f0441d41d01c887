// Troubles with mounts, each built for real: the cause comes first, what is offered mends it, and then nothing is said.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CauseName } from '../../src/explain/causes.js';
import { runMountc } from '../support/cli.js';
import { findClients } from '../support/clients.js';
import { wantedDaemons } from '../support/daemons.js';
import { findPodman, type RealEngine, Stage } from '../support/why.js';

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
  /** By what this engine alone does or says. */
  readonly only?: 'docker';
}

const TROUBLES: readonly Trouble[] = [
  {
    title: 'a source with a wrong name, the right one next to it',
    only: 'docker',
    build: (s) => {
      s.sh('mkdir site && echo hi > site/index.html');
      s.run('-v "$H"/sit:/www');
    },
    cause: 'made-by-engine',
    says: /was made|created an empty directory/,
  },
  {
    title: 'a source that is nowhere',
    only: 'docker',
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
  {
    title: 'a folder of the host onto a file of the image',
    only: 'docker',
    build: (s) => s.run('-v "$H"/passwd:/bin/busybox'),
    cause: 'file-and-folder',
    says: /docker creates one where nothing exists/,
    after: (s) => s.run(''),
  },
  {
    title: 'a folder that docker made, the file next to it',
    only: 'docker',
    build: (s) => {
      s.sh('cp /etc/hostname config.json');
      s.run('-v "$H"/confg.json:/bin/cat');
    },
    cause: 'file-and-folder',
    says: /config\.json/,
  },
  {
    title: 'a file of the host onto a folder of the image',
    only: 'docker',
    build: (s) => {
      s.sh('echo 1 > f');
      s.run('-v "$H"/f:/etc');
    },
    cause: 'file-and-folder',
  },
  {
    title: 'a mount in a read-only one that has no place for it',
    only: 'docker',
    build: (s) => {
      s.sh('mkdir ro child');
      s.run('-v "$H"/ro:/ro:ro -v "$H"/child:/ro/child:ro');
    },
    cause: 'no-mount-point',
  },
  {
    title: 'a propagation that needs a shared mount',
    only: 'docker',
    build: (s) => {
      s.sh('mkdir p && mount -t tmpfs none p && mount --make-private p && mkdir p/x');
      s.finally('umount p');
      s.run('-v "$H"/p/x:/x:rshared,ro');
    },
    cause: 'not-shared',
  },
  {
    title: 'a volume whose options the kernel refuses',
    only: 'docker',
    build: (s) => {
      s.sh('"$D" volume create -o type=nosuchfs -o device=x -o o=password=geheim "$V"');
      s.run('-v "$V":/x');
    },
    cause: 'bad-volume-options',
    says: /^(?!.*geheim)/,
    mends: false,
  },
  {
    title: 'a mount over the folder of the programs',
    only: 'docker',
    build: (s) => {
      s.sh('mkdir app && chmod 777 app');
      s.run('-v "$H"/app:/bin');
    },
    cause: 'hidden-command',
  },
  {
    title: 'a script that may not be run',
    only: 'docker',
    build: (s) => {
      s.sh("printf '#!/bin/sh\\nsleep 600\\n' > start.sh");
      s.run('-v "$H"/start.sh:/start.sh:ro', '/start.sh');
    },
    cause: 'hidden-command',
    says: /no `x`/,
  },
  {
    title: 'a script in a file system that runs none',
    only: 'docker',
    build: (s) => {
      s.sh(
        "mkdir n && mount -t tmpfs -o noexec none n && printf '#!/bin/sh\\nsleep 600\\n' > n/s.sh && chmod +x n/s.sh",
      );
      s.finally('umount n');
      s.run('-v "$H"/n:/n', '/n/s.sh');
    },
    cause: 'hidden-command',
    says: /noexec/,
  },
  {
    title: 'a source of --mount that went away',
    build: (s) => {
      s.sh('mkdir gone');
      s.run('--mount type=bind,src="$H"/gone,dst=/gone');
      s.sh('"$D" stop "$C" && rmdir gone');
    },
    cause: 'missing-source',
  },
  {
    title: 'a file system that was mounted on the source later',
    build: (s) => {
      s.sh('mkdir m && chmod 777 m');
      s.run('-v "$H"/m:/m');
      s.sh('mount -t tmpfs none m && echo 1 > m/x');
      s.finally('umount -l m');
    },
    cause: 'later-mount',
  },
  {
    title: 'a file system that was mounted below the source later',
    build: (s) => {
      s.sh('mkdir -p m/usb && echo 1 > m/x');
      s.run('-v "$H"/m:/m');
      s.sh('mount -t tmpfs none m/usb && echo 1 > m/usb/x');
      s.finally('umount -l m/usb');
    },
    path: '/m/usb/x',
    severity: 'error',
    cause: 'later-mount',
    says: /\/m\/usb/,
  },
  {
    title: 'a file system that was unmounted from the source',
    build: (s) => {
      s.sh('mkdir m && mount -t tmpfs none m && echo 1 > m/x');
      s.run('-v "$H"/m:/m');
      s.sh('umount m && echo 2 > m/y');
    },
    cause: 'later-mount',
  },
  {
    title: 'a source that was removed',
    build: (s) => {
      s.sh('mkdir m && echo 1 > m/x');
      s.run('-v "$H"/m:/m');
      s.sh('mv m elsewhere');
    },
    cause: 'replaced-source',
    says: /removed or renamed/,
    mends: false,
  },
  {
    title: 'a mount that was taken away inside',
    build: (s) => {
      s.sh('mkdir m && echo 1 > m/x');
      s.run('-v "$H"/m:/m --cap-add SYS_ADMIN');
      s.sh('"$D" exec "$C" umount /m');
    },
    cause: 'not-mounted',
  },
  {
    title: 'a mount over the parent, made later inside',
    build: (s) => {
      s.sh('mkdir m && echo 1 > m/x');
      s.run('-v "$H"/m:/a/m --cap-add SYS_ADMIN');
      s.sh('"$D" exec "$C" mount -t tmpfs none /a');
    },
    cause: 'not-mounted',
    says: /mounted over/,
  },
  {
    title: 'a tmpfs over a volume',
    only: 'docker',
    build: (s) => s.run('--mount src="$V",dst=/data --tmpfs /data'),
    cause: 'hidden-by-mount',
  },
  {
    title: 'node_modules of the image under a bind',
    build: (s) => {
      s.image(
        'mkdir -p /app/node_modules/left-pad && echo 1 > /app/node_modules/left-pad/index.js && echo 2 > /app/main.js',
      );
      s.sh('mkdir src && echo 2 > src/main.js');
      s.run('-v "$H"/src:/app');
    },
    cause: 'hidden-by-mount',
    says: /node_modules/,
  },
  {
    title: 'a file of the image under a bind, asked for by its path',
    build: (s) => {
      s.image('mkdir -p /etc/app && echo 1 > /etc/app/default.conf');
      s.sh('mkdir conf && echo 2 > conf/mine.conf');
      s.run('-v "$H"/conf:/etc/app');
    },
    path: '/etc/app/default.conf',
    cause: 'hidden-by-mount',
    mends: false,
  },
  {
    title: 'a volume where the folder next to was meant',
    build: (s) => {
      s.sh('mkdir "$V" && echo 1 > "$V"/x');
      s.run('-v "$V":/src');
    },
    cause: 'volume-for-folder',
  },
  {
    title: 'a volume that an older image has filled',
    build: (s) => {
      s.image('mkdir /app && echo 1 > /app/main.js');
      s.run('-v "$V":/app');
      s.sh('"$D" rm -f "$C"; sleep 1.1');
      s.image('echo 22 > /app/main.js; echo 3 > /app/new.js');
      s.run('-v "$V":/app');
    },
    cause: 'old-volume',
    says: /main\.js.*new\.js/,
  },
  {
    title: 'a home in the image that only root may pass',
    build: (s) => {
      s.image('mkdir -p /root/.x && chmod 700 /root');
      s.sh('mkdir d && chmod 777 d && echo 1 > d/x');
      s.run('-u 1000 -v "$H"/d:/root/d');
    },
    cause: 'denied-above',
  },
  {
    title: 'a volume of the image in a folder that is mounted',
    only: 'docker',
    build: (s) => {
      s.image('mkdir -p /pg/data', 'VOLUME /pg/data');
      s.sh('mkdir d');
      s.run('-v "$H"/d:/pg', "sh -c 'echo 1 > /pg/data/base; exec sleep 600'");
      s.sh('sleep 0.5');
    },
    cause: 'anonymous-volume',
    severity: 'warning',
    says: /does not arrive in/,
  },
  {
    title: 'a volume without a name that came with an older container',
    only: 'docker',
    build: (s) => {
      s.image('mkdir /app && echo 1 > /app/a');
      s.run('-v /app', 'sleep 600', 'old');
      s.sh('sleep 1.1');
      s.image('echo 2 > /app/b');
      s.run(`--volumes-from ${s.name('old')}`);
    },
    cause: 'old-volume',
    says: /renew-anon-volumes/,
  },
  {
    title: 'an empty folder over what the image has',
    build: (s) => {
      s.image('mkdir /site && echo 1 > /site/index.html');
      s.sh('mkdir site; sleep 0.2');
      s.run('-v "$H"/site:/site:ro');
    },
    cause: 'hidden-by-mount',
    severity: 'warning',
    says: /index\.html/,
  },
  {
    title: 'a file that is mounted by itself, and a program that renames over it',
    build: (s) => {
      s.sh('mkdir c && echo 1 > c/app.conf');
      s.run('-v "$H"/c/app.conf:/conf/app.conf', "sh -c 'sed -i s/1/2/ /conf/app.conf && exec sleep 600'");
      s.wait();
    },
    cause: 'busy-mount-point',
    severity: 'error',
  },
  {
    title: 'a rename from one mount to another',
    build: (s) => {
      s.image(
        `printf '%s\\n' '#!/bin/sh' 'echo "EXDEV: cross-device link not permitted, rename $1 -> $2" >&2; exit 1' > /move; chmod +x /move`,
      );
      s.sh('mkdir a b');
      s.run('-v "$H"/a:/a -v "$H"/b:/b', '/move /a/x /b/x');
      s.wait();
    },
    cause: 'two-file-systems',
    says: /`\/a`.*`\/b`/,
    mends: false,
  },
  {
    title: 'a tmpfs that is full',
    build: (s) => {
      s.run(
        '--tmpfs /tmp:size=65536',
        "sh -c 'dd if=/dev/zero of=/tmp/x bs=1k count=100 || exit 1; exec sleep 600'",
      );
      s.wait();
    },
    cause: 'no-space',
    says: /64|65536/,
  },
  {
    title: 'a key that others may read',
    build: (s) => {
      s.sh('echo k > key && chmod 644 key');
      s.run(
        '-v "$H"/key:/k',
        `sh -c 'ls -l /k | grep -q ^-rw------- || { echo "Permissions 0644 for /k are too open."; exit 1; }; exec sleep 600'`,
      );
      s.wait();
    },
    cause: 'refused-owner',
  },
  {
    title: 'a data folder of somebody else',
    build: (s) => {
      s.sh('mkdir data && chown 999:999 data && chmod 777 data && echo 1 > data/x');
      s.run(
        '-u 70:70 -v "$H"/data:/data',
        `sh -c '[ -O /data ] || { echo "FATAL: data directory \\"/data\\" has wrong ownership"; exit 1; }; exec sleep 600'`,
      );
      s.wait();
    },
    cause: 'refused-owner',
  },
  {
    title: 'a link that leads out of the mount, while the container runs',
    build: (s) => {
      s.sh('mkdir -p archive live && echo cert > archive/c.pem && ln -s ../archive/c.pem live/c.pem');
      s.run('-v "$H"/live:/certs');
    },
    path: '/certs/c.pem',
    cause: 'broken-link',
    says: /\/archive\/c\.pem/,
  },
  {
    title: 'a link that leads out of the mount, of a program that ended',
    build: (s) => {
      s.sh('mkdir -p archive live && echo cert > archive/c.pem && ln -s ../archive/c.pem live/c.pem');
      s.run('-v "$H"/live:/certs:ro', "sh -c 'cat /certs/c.pem && exec sleep 600'");
      s.wait();
    },
    cause: 'broken-link',
    severity: 'error',
  },
  {
    title: 'a path that is not in the mount, one like it next to',
    build: (s) => {
      s.sh('mkdir site && echo 1 > site/index.html');
      s.run('-v "$H"/site:/www:ro');
    },
    path: '/www/index.htm',
    cause: 'not-there',
    severity: 'warning',
    says: /`\/www\/index\.html` meant/,
    mends: false,
  },
  {
    title: 'a script with the ends of lines of Windows',
    build: (s) => {
      s.sh("printf '#!/bin/sh\\r\\nsleep 600\\r\\n' > s.sh && chmod +x s.sh");
      s.run('-v "$H"/s.sh:/s.sh:ro', '/s.sh');
      s.wait();
    },
    cause: 'hidden-command',
    says: /CRLF/,
  },
  {
    title: 'a script without a first line for the kernel',
    build: (s) => {
      s.sh("printf 'exec sleep 600\\n' > s.sh && chmod +x s.sh");
      s.run('-v "$H"/s.sh:/s.sh:ro', '/s.sh');
      s.wait();
    },
    cause: 'hidden-command',
    says: /#!/,
  },
  {
    title: 'a program in a tmpfs that runs none',
    build: (s) => {
      s.image("printf '#!/bin/sh\\nexec sleep 600\\n' > /s && chmod +x /s");
      s.run('--tmpfs /tmp', "sh -c 'cp /s /tmp/s && /tmp/s'");
      s.wait();
    },
    cause: 'hidden-command',
    says: /noexec/,
  },
  {
    title: 'a read-only container that writes where nothing is mounted',
    build: (s) => {
      s.image('mkdir -p /var/app');
      s.run('--read-only -v "$V":/data', "sh -c 'echo 1 > /var/app/pid && exec sleep 600'");
      s.wait();
    },
    cause: 'container-layer',
    severity: 'error',
  },
  {
    title: 'a socket of a group',
    build: (s) => {
      s.sh(
        'mkdir k; python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\'k/s\')" && chown 0:2375 k/s && chmod 660 k/s',
      );
      s.run('-u 1000:1000 -v "$H"/k/s:/run/s');
    },
    cause: 'denied-by-mode',
    says: /socket/,
  },
  {
    title: 'root without its capabilities',
    build: (s) => {
      s.sh('mkdir d && chown 1000:1000 d && chmod 700 d && echo 1 > d/x');
      s.run('--cap-drop ALL -v "$H"/d:/d:ro');
    },
    cause: 'denied-by-mode',
    says: /DAC_OVERRIDE/,
  },
  {
    title: 'a file that only the first of several processes may read',
    build: (s) => {
      s.image("echo 'www:x:33:33::/:/bin/sh' >> /etc/passwd");
      s.sh('mkdir w && echo 1 > w/page && chmod 600 w/page');
      s.run('-v "$H"/w:/w', `sh -c "su www -c 'sleep 600'; exit"`);
      s.sh('sleep 0.5');
    },
    path: '/w/page',
    cause: 'denied-by-mode',
    severity: 'warning',
    says: /user 33 .*`sleep`|user 33 .*`sh`/,
  },
  {
    title: 'what root of the container wrote to the folder of somebody',
    build: (s) => {
      s.sh('mkdir d && chown 1000:1000 d');
      s.run('-v "$H"/d:/d', "sh -c 'mkdir /d/out && echo 1 > /d/out/x; exec sleep 600'");
      s.sh('sleep 0.5');
    },
    cause: 'owned-by-container',
    severity: 'info',
  },
  {
    title: 'what is written where nothing is mounted',
    only: 'docker',
    build: (s) => s.run('', "sh -c 'mkdir -p /data && echo 1 > /data/db && exec sleep 600'"),
    cause: 'container-layer',
    severity: 'info',
    mends: false,
  },
  {
    title: 'a path where nothing is mounted',
    build: (s) => s.run('-v "$V":/var/lib/data'),
    path: '/var/lib/date/db',
    cause: 'container-layer',
    mends: false,
  },
  {
    title: 'a volume without a name',
    build: (s) => s.run('-v /data', "sh -c 'echo 1 > /data/db && exec sleep 600'"),
    cause: 'anonymous-volume',
    severity: 'info',
    mends: false,
  },
  {
    title: 'data in memory',
    build: (s) => s.run('--tmpfs /data', "sh -c 'echo 1 > /data/db && exec sleep 600'"),
    cause: 'memory-only',
    severity: 'info',
    mends: false,
  },
];

interface Healthy {
  readonly title: string;
  readonly build: (stage: Stage) => void;
}

const HEALTHY: Healthy[] = [
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
    title: 'all of node_modules in a volume of its own',
    build: (s) => {
      s.image('mkdir -p /app/node_modules/x && echo 1 > /app/node_modules/x/i.js && echo 2 > /app/main.js');
      s.sh('mkdir src && echo 2 > src/main.js');
      s.run('-v "$H"/src:/app -v "$V":/app/node_modules');
    },
  },
  {
    title: 'a volume that the same image has filled',
    build: (s) => {
      s.image('mkdir /app && echo 1 > /app/main.js');
      s.run('-v "$V":/app');
      s.sh('"$D" rm -f "$C"');
      s.run('-v "$V":/app');
    },
  },
  {
    title: 'a volume whose files the program has changed',
    build: (s) => {
      s.image('mkdir /app && echo 1 > /app/conf');
      s.run(
        '-v "$V":/app',
        "sh -c 'echo mine > /app/conf; rm -f /app/x; echo 1 > /app/data; exec sleep 600'",
      );
    },
  },
  {
    title: 'what only the system of the container writes',
    build: (s) =>
      s.run('', "sh -c 'echo 1 > /tmp/x; mkdir -p /var/log; echo 1 > /var/log/x; exec sleep 600'"),
  },
  {
    title: 'a mount in a mount',
    build: (s) => {
      s.sh('mkdir -p a b a/b && echo 1 > a/x && echo 2 > b/y');
      s.run('-v "$H"/a:/a -v "$H"/b:/a/b --tmpfs /a/b/t');
    },
  },
  {
    title: 'a file system below the source that was there before',
    build: (s) => {
      s.sh('mkdir -p m/usb && mount -t tmpfs none m/usb && echo 1 > m/usb/x');
      s.finally('umount -l m/usb');
      s.run('-v "$H"/m:/m');
    },
  },
  {
    title: 'a later mount that the propagation carries',
    build: (s) => {
      s.sh('mkdir m && mount --bind m m && mount --make-shared m && mkdir m/usb');
      s.finally('umount -l m/usb; umount -l m');
      s.run('-v "$H"/m:/m:rslave');
      s.sh('mount -t tmpfs none m/usb && echo 1 > m/usb/x');
    },
  },
  {
    title: 'a target after a link of the image',
    build: (s) => {
      s.image('mkdir /real && ln -s /real /link');
      s.sh('mkdir d && echo 1 > d/x');
      s.run('-v "$H"/d:/link');
    },
  },
  {
    title: 'a source after a link',
    build: (s) => {
      s.sh('mkdir d && echo 1 > d/x && ln -s d l');
      s.run('-v "$H"/l:/l:ro');
    },
  },
  {
    title: 'a socket',
    build: (s) => s.run('-v "${DOCKER_HOST#unix://}":/var/run/docker.sock'),
  },
  { title: 'a device', build: (s) => s.run('-v /dev/null:/x -u 1000') },
  {
    title: 'a stopped container',
    build: (s) => {
      s.sh('mkdir d');
      s.run('-v "$H"/d:/d -v "$V":/v');
      s.sh('"$D" stop "$C"');
    },
  },
  {
    title: 'a container that was made and not started',
    build: (s) => {
      s.sh('mkdir d; "$D" create --name "$C" -u 1000 -v "$H"/d:/d:ro "$I" true');
      s.keep();
    },
  },
  {
    title: 'a container that ended well',
    build: (s) => {
      s.sh('mkdir d');
      s.run('-u 1000 -v "$H"/d:/d', 'true');
    },
  },
  {
    title: 'a read-only root with places to write',
    build: (s) => s.run('--read-only --tmpfs /tmp -v "$V":/data'),
  },
  {
    title: 'volumes of another container',
    build: (s) => {
      s.run('-v "$V":/data', 'sleep 600', 'other');
      s.run(`--volumes-from ${s.name('other')}`);
    },
  },
  {
    title: 'a file that is edited in place',
    build: (s) => {
      s.sh('echo 1 > conf');
      s.run('-v "$H"/conf:/conf');
      s.sh('echo 2 >> conf');
    },
  },
];

// What resembles a trouble: words of programs that nobody has to mend, other users, links, the whole machine.
HEALTHY.push(
  {
    title: 'the whole machine, read-only',
    build: (s) => s.run('-v /:/rootfs:ro -v /proc:/host/proc:ro -v /sys:/host/sys:ro'),
  },
  {
    title: 'the whole machine, as it was',
    build: (s) => {
      s.run('-v "$V":/v', 'sleep 600', 'other');
      s.run('-v /:/rootfs:ro');
    },
  },
  {
    title: 'a file that a server was asked for and has not',
    build: (s) => {
      s.sh('mkdir w && echo 1 > w/index.html');
      s.run(
        '-v "$H"/w:/w:ro',
        `sh -c 'echo "open() /w/favicon.ico failed (2: No such file or directory)" >&2; exec sleep 600'`,
      );
    },
  },
  {
    title: 'a URL that was not found',
    build: (s) => {
      s.sh('mkdir w && echo 1 > w/index.html');
      s.run('-v "$H"/w:/w:ro', `sh -c 'echo "GET /w/x 404 not found"; exit 1'`);
      s.wait();
    },
  },
  {
    title: 'words about what is allowed by now',
    build: (s) => {
      s.sh('mkdir w && echo 1 > w/x && chmod 644 w/x');
      s.run('-u 1000 -v "$H"/w:/w:ro', `sh -c 'echo "/w/x: Permission denied" >&2; exec sleep 600'`);
    },
  },
  {
    title: 'words about a file elsewhere that is busy',
    build: (s) => {
      s.sh('mkdir w && echo 1 > w/x');
      s.run('-v "$H"/w:/w', `sh -c 'echo "EBUSY: resource busy or locked, unlink /w/x" >&2; exit 1'`);
      s.wait();
    },
  },
  {
    title: 'no more watches',
    build: (s) => {
      s.sh('mkdir w && echo 1 > w/x');
      s.run(
        '-v "$H"/w:/w --tmpfs /tmp:size=1m',
        `sh -c 'echo "ENOSPC: System limit for number of file watchers reached, watch /w/x" >&2; exit 1'`,
      );
      s.wait();
    },
  },
  {
    title: 'another user next to the first process, and nobody has asked',
    build: (s) => {
      s.image("echo 'www:x:33:33::/:/bin/sh' >> /etc/passwd");
      s.sh('mkdir w && echo 1 > w/key && chmod 600 w/key');
      s.run('-v "$H"/w:/w:ro', `sh -c "su www -c 'sleep 600'; exit"`);
    },
  },
  {
    title: 'links that stay in the mount',
    build: (s) => {
      s.sh(
        'mkdir -p w/releases/1 && echo 1 > w/releases/1/x && ln -s releases/1 w/current && ln -s /w/releases w/all',
      );
      s.run('-v "$H"/w:/w', "sh -c 'cat /w/current/x /w/all/1/x; cat /w/nothing; exit 0'");
      s.wait();
    },
  },
  {
    title: 'what root writes to the folder of root',
    build: (s) => {
      s.sh('mkdir d');
      s.run('-v "$H"/d:/d', "sh -c 'echo 1 > /d/x; exec sleep 600'");
    },
  },
  {
    title: 'what somebody writes to a folder of their own',
    build: (s) => {
      s.sh('mkdir d && chown 1000:1000 d');
      s.run('-u 1000:1000 -v "$H"/d:/d', "sh -c 'mkdir /d/a; echo 1 > /d/a/x; exec sleep 600'");
    },
  },
  {
    title: 'a mount on a folder of somebody, in whom a volume lies',
    build: (s) => {
      s.sh('mkdir d && chown 1000:1000 d && echo 1 > d/x');
      s.run('-v "$H"/d:/d -v "$V":/d/node_modules');
    },
  },
  {
    title: 'a container that was ended by force',
    build: (s) => {
      s.sh('mkdir d && echo 1 > d/x');
      s.run('-v "$H"/d:/d', "sh -c 'ls /d/x /d/y; exec sleep 600'");
      s.sh('"$D" kill "$C"');
    },
  },
  {
    title: 'a volume that is a folder of the host by its options',
    build: (s) => {
      s.sh('mkdir d && echo 1 > d/x && "$D" volume create -o type=none -o o=bind -o device="$H"/d "$V"');
      s.run('-v "$V":/d');
    },
  },
  {
    title: 'root without capabilities, and what is its own',
    build: (s) => {
      s.sh('mkdir d && echo 1 > d/x && chmod 700 d');
      s.run('--cap-drop ALL -v "$H"/d:/d -v "$V":/v');
    },
  },
  {
    title: 'a folder of the system for another user',
    build: (s) => s.run('-u 1000 -v /etc/hostname:/etc/host-name:ro -v /usr/share:/share:ro'),
  },
);

const client = findClients()[0];
const isRoot = process.getuid?.() === 0;

const daemons = await wantedDaemons();

describe.each(daemons)('docker $version', (daemon) => {
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
  // One daemon sees them all, the others what differs between releases.
  const isFirst = daemon === daemons[0];
  tryAll(engine, isFirst ? TROUBLES : TROUBLES.slice(0, 12), isFirst ? HEALTHY : HEALTHY.slice(0, 6));
  if (!isFirst) return;
  tryCommands(engine);
  test('the README shows what is printed', async () => {
    const stage = new Stage(engine);
    try {
      stage.sh('mkdir site && echo hi > site/index.html');
      stage.run('-v "$H"/sit:/usr/share/nginx/html');
      const { stdout } = await runMountc(['why', stage.name()], { cwd: stage.dir, env: stage.env() });
      const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
      const [, shown] = /^```text\n\$ mountc why web\n(.*?)^```$/ms.exec(readme)!;
      // Columns are as wide as the folder's name.
      const plain = (text: string) => text.trim().replace(/ {2,}/g, '  ');
      const printed = stdout.replaceAll(stage.dir, '/srv').replaceAll(stage.name(), 'web');
      expect(plain(printed.replaceAll(engine.image, 'nginx'))).toBe(plain(shown!));
    } finally {
      stage.end();
    }
  });
});

const OF_PODMAN =
  /directory of root for another user|takes away|was replaced|read-only file system|on the source later|taken away|node_modules|folder next to|older image|without a name|wrong name/;

// All that differs from docker: namespaces of users, and that nothing is made where nothing is.
const PODMANS_TROUBLES: readonly Trouble[] = [
  {
    title: 'root of a namespace, to whom a directory of root is not given',
    build: (s) => {
      s.sh('mkdir d');
      s.run('--uidmap 0:100000:5000 --gidmap 0:100000:5000 -v "$H"/d:/d');
    },
    cause: 'denied-by-mode',
    says: /user 0 of the container \(100000 on the host\)/,
  },
  {
    title: 'a source that went away',
    build: (s) => {
      s.sh('mkdir d dd && echo 1 > dd/x');
      s.run('-v "$H"/d:/d');
      s.sh('"$D" stop -t 0 "$C" && rmdir d');
    },
    cause: 'missing-source',
    says: /podman does not create it/,
  },
];

const PODMANS_HEALTHY: readonly Healthy[] = [
  { title: 'a new volume, which podman gives to the user', build: (s) => s.run('-u 1234 -v "$V":/data') },
  {
    title: 'a directory of the user of the namespace',
    build: (s) => {
      s.sh('mkdir d && chown 100007:100007 d');
      s.run('--uidmap 0:100000:5000 --gidmap 0:100000:5000 -u 7:7 -v "$H"/d:/d');
    },
  },
  {
    title: 'a directory that is given to the user by U',
    build: (s) => {
      s.sh('mkdir d');
      s.run('-u 7:7 -v "$H"/d:/d:U');
    },
  },
  {
    title: 'an overlay that keeps nothing',
    build: (s) => {
      s.sh('mkdir d && echo 1 > d/x');
      s.run('-v "$H"/d:/d:O');
    },
  },
];

const podman = findPodman();

describe('podman', () => {
  if ('missing' in podman) {
    test.skip(`why (${podman.missing})`, () => {});
    return;
  }
  tryAll(
    podman,
    [
      ...TROUBLES.filter(({ only, title }) => only === undefined && OF_PODMAN.test(title)),
      ...PODMANS_TROUBLES,
    ],
    [...HEALTHY.slice(0, 8), ...PODMANS_HEALTHY],
  );
});

function tryCommands(engine: RealEngine): void {
  const COMMANDS: readonly {
    readonly title: string;
    readonly prepare: string;
    readonly flags: string;
    readonly command?: string;
    readonly cause?: CauseName;
    /** Whether docker is run first, and what it says is given. */
    readonly isRun?: boolean;
    readonly says?: RegExp;
  }[] = [
    {
      title: 'a source with a wrong name',
      prepare: 'mkdir site && echo 1 > site/x',
      flags: '-v ./sit:/www',
      cause: 'missing-source',
      says: /site`/,
    },
    {
      title: 'a missing file for a file of the image',
      prepare: 'true',
      flags: '-v "$H"/nowhere:/bin/cat',
      cause: 'missing-source',
      says: /the image has a file/,
    },
    {
      title: 'a missing source of --mount',
      prepare: 'true',
      flags: '--mount type=bind,src="$H"/nowhere,dst=/x',
      cause: 'missing-source',
      isRun: true,
    },
    { title: 'another user', prepare: 'mkdir d', flags: '-u 1000 -v "$H"/d:/d', cause: 'denied-by-mode' },
    {
      title: 'a file onto a folder',
      prepare: 'echo 1 > f',
      flags: '-v "$H"/f:/etc',
      cause: 'file-and-folder',
      isRun: true,
    },
    {
      title: 'a program that may not write',
      prepare: 'mkdir d && echo 1 > d/x',
      flags: '-u 1000 -v "$H"/d:/d',
      command: "sh -c 'echo 1 > /d/new'",
      cause: 'denied-by-mode',
      isRun: true,
    },
    {
      title: 'a program that writes to a read-only mount',
      prepare: 'mkdir d && echo 1 > d/x',
      flags: '-v "$H"/d:/d:ro',
      command: "sh -c 'echo 1 > /d/new'",
      cause: 'read-only-mount',
      isRun: true,
    },
    { title: 'nothing', prepare: 'mkdir d && echo 1 > d/x', flags: '-v "$H"/d:/d:ro -v "$V":/v' },
    {
      title: 'nothing about mounts',
      prepare: 'mkdir d && echo 1 > d/x',
      flags: '-v "$H"/d:/d:ro',
      command: "sh -c 'cat /nowhere; echo /d/x: all is well >&2; exit 3'",
      isRun: true,
    },
  ];
  test.each(COMMANDS)(
    'a command: $title',
    async ({ prepare, flags, command = 'true', cause, isRun, says }) => {
      const stage = new Stage(engine);
      try {
        stage.sh(prepare);
        const stdin = isRun ? stage.stderrOf(flags, command) : '';
        const { told, code } = await stage.whyOf(flags, command, stdin);
        expect({ cause: told[0]?.cause, code }).toEqual({ cause, code: cause === undefined ? 0 : 1 });
        if (says !== undefined) expect(`${told[0]!.message}; ${told[0]!.help}`).toMatch(says);
      } finally {
        stage.end();
      }
    },
  );

  test('a service of Compose by its name, whose file has changed', async () => {
    const stage = new Stage(engine);
    try {
      const service = stage.name('web');
      const file = (volume: string) =>
        `printf 'services:\\n  ${service}:\\n    image: x\\n    volumes:\\n      - ./a:/a\\n      - ${volume}\\n' > compose.yaml`;
      stage.sh(`mkdir a b c; echo 1 > a/x; echo 1 > b/x; echo 1 > c/x; ${file('./b:/b')}`);
      const labels = {
        service,
        project: 'p',
        'project.working_dir': stage.dir,
        'project.config_files': `${stage.dir}/compose.yaml`,
      };
      const flags = Object.entries(labels).map(([key, value]) => `-l com.docker.compose.${key}=${value}`);
      stage.run(`${flags.join(' ')} -v "$H"/a:/a -v "$H"/b:/b`);
      expect(await stage.why(service)).toEqual({ told: [], code: 0, stderr: '' });
      stage.sh(file('./c:/b'));
      expect((await stage.why(service)).told).toMatchObject([
        { cause: 'not-as-written', target: '/b', remedy: { commands: [expect.stringMatching(/ up -d /)] } },
      ]);
      stage.sh(file('./c:/new'));
      expect((await stage.why(service)).told).toMatchObject([{ cause: 'not-as-written', target: '/new' }]);
      // What only Compose knows is left alone.
      stage.sh(file('$' + '{DIR}:/b'));
      expect((await stage.why(service)).told).toEqual([]);
    } finally {
      stage.end();
    }
  });

  test('a volume: who uses it', async () => {
    const stage = new Stage(engine);
    try {
      stage.run('-v "$V":/data');
      const ask = async () => {
        const { stdout, code } = await runMountc(['why', '--engine', engine.name, stage.name('v')], {
          env: stage.env(),
        });
        expect(code).toBe(0);
        return stdout;
      };
      expect(await ask()).toMatch(new RegExp(`used by ${stage.name()}\\n.*leaves it alone`));
      stage.sh('"$D" rm -f "$C"');
      expect(await ask()).toMatch(/no container uses it\n.*takes it/);
      expect(await stage.why(stage.name('nothing'))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('no container, no service and no volume'),
      });
    } finally {
      stage.end();
    }
  });

  test('a container that died of a mount', async () => {
    const stage = new Stage(engine);
    try {
      stage.sh('mkdir d && echo 1 > d/x');
      stage.run('-v "$H"/d:/d:ro', "sh -c 'echo 1 > /d/new; exit 1'");
      stage.sh('"$D" wait "$C"');
      const { told } = await stage.why();
      expect(told[0]).toMatchObject({ cause: 'read-only-mount', severity: 'error' });
      stage.mend(told[0]!);
      stage.sh('"$D" wait "$C"; cat d/new');
      expect((await stage.why()).told).toEqual([]);
    } finally {
      stage.end();
    }
  });
}

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
      if (says !== undefined) expect(`${told[0]!.message}; ${told[0]!.help}`).toMatch(says);
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
