import { basename } from 'node:path';
import { main } from './main.js';
import { processIo } from './process-io.js';

// Started through a link named `docker`, it is docker.
const name = basename(process.argv[1] ?? '').replace(/\.(c?js|exe|cmd)$/, '');
const argv = process.argv.slice(2);

// Not process.exit: output that is still on its way to a pipe would be cut off.
main(name === 'docker' ? ['docker', ...argv] : argv, processIo()).then((code) => {
  process.exitCode = code;
});
