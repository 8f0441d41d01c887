export { readDockerfile, readEarthfile } from './dockerfile/read-dockerfile.js';
export { readDevcontainer, readPackageJson } from './json/read-json.js';
export { readVscodeTasks } from './json/vscode-tasks.js';
export { readJustfile } from './justfile.js';
export { readMakefile } from './makefile/read-makefile.js';
export { readQuadlet } from './quadlet/read-quadlet.js';
export { readSystemd } from './systemd.js';
export { readUsage } from './usage.js';
export { readBatch, readPowershell } from './windows/read-windows.js';
