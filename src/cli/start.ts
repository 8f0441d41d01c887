import { main } from './main.js';
import { processIo } from './process-io.js';

// Not process.exit: output that is still on its way to a pipe would be cut off.
main(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
