// Loaded before the program: writes what it has used of the processor, in seconds, and of memory, in megabytes, to a file.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const { userCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(
    process.env.MOUNTC_REPORT_CPU,
    JSON.stringify({ seconds: userCPUTime / 1e6, megabytes: maxRSS / 1024 }),
  );
});
