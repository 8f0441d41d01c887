// Runs the program that is named, and writes what that has used of the processor, in seconds, and of memory, in megabytes, to a
// file. It is not preloaded: Node would read the package.json of the folder for that, which may be a shape.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  const used = { seconds: userCPUTime / 1e6, megabytes: maxRSS / 1024 };
  writeFileSync(process.env.MOUNTC_REPORT_CPU, JSON.stringify(used));
});
process.argv.splice(1, 1);
require(process.argv[1]);
