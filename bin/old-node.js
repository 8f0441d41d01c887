// A Node that is too old for mountc says so; docker behind an alias runs all the same. Written for any Node.
// biome-ignore lint/style/useNodejsImportProtocol: an old one does not know it
const path = require('path');
// biome-ignore lint/style/useNodejsImportProtocol: an old one does not know it
const childProcess = require('child_process');

const problem = `mountc needs Node 20 or newer; this is ${process.versions.node} (${process.execPath})`;
const words = process.argv.slice(2);
const isDocker = path.basename(process.argv[1] || '').replace(/\.js$/, '') === 'docker';

if ((isDocker || words[0] === 'docker') && process.platform !== 'win32') {
  console.error(`${problem}; docker runs unchecked`);
  runDocker(isDocker ? words : words.slice(1));
} else {
  console.error(`${problem}\ninstall a newer one: https://nodejs.org`);
  process.exitCode = 3;
}

/** The launcher finds the docker that is not mountc, and leaves the check out for this Node. */
function runDocker(args) {
  const launcher = [path.join(__dirname, 'docker')];
  const child = childProcess.spawn('/bin/sh', launcher.concat(args), { stdio: 'inherit' });
  // The terminal sends these to docker as well; this ends when docker has.
  for (const signal of ['SIGINT', 'SIGQUIT']) process.on(signal, () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`mountc: docker does not start: ${error.message}`);
    process.exitCode = 127;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
