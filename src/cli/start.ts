import { writeSync } from 'node:fs';
import { basename } from 'node:path';
import { reasonOf } from '../files/system-error.js';
import { EXIT } from './exit-codes.js';
import { main } from './main.js';
import { processIo } from './process-io.js';

// Started through a link named `docker` or `podman`, it is that.
const name = basename(process.argv[1] ?? '').replace(/\.(c?js|exe|cmd)$/, '');
const argv = process.argv.slice(2);

const io = processIo((error) => {
  // Now or later, whatever the command says itself: half an answer must not look like a whole one.
  process.once('exit', () => {
    process.exitCode = EXIT.environment;
    try {
      writeSync(2, `mountc: standard output: ${reasonOf(error).replace('read', 'written')}\n`);
    } catch {}
  });
});

// Not process.exit: output that is still on its way to a pipe would be cut off.
main(name === 'docker' || name === 'podman' ? [name, ...argv] : argv, io).then((code) => {
  process.exitCode = code;
});
