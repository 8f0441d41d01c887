// Loaded before the program (`node --require`): kills it, lets calls fail or meddles with the file at one of the calls by which it
// changes the file system. MOUNTC_FS_PLAN says what happens: { folder, log } counts, and with `at` (a number from 1) and `how`, that
// call is not made (`before`), is the last one (`after`), writes half of its bytes first (`half`), or fails with that code.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const plan = JSON.parse(process.env.MOUNTC_FS_PLAN);
const real = { ...fs };
const opened = new Set();
let count = 0;

const CHANGING = [
  ...['openSync', 'writeSync', 'fsyncSync', 'ftruncateSync', 'fchownSync', 'fchmodSync', 'closeSync'],
  ...['renameSync', 'linkSync', 'unlinkSync', 'writeFileSync', 'mkdirSync', 'chmodSync', 'chownSync'],
];
for (const name of CHANGING) fs[name] = (...args) => call(name, args);
syncBuiltinESMExports();

function call(name, args) {
  const run = () => real[name](...args);
  const isOurs = typeof args[0] === 'number' ? opened.has(args[0]) : String(args[0]).startsWith(plan.folder);
  if (!isOurs) return run();
  count++;
  if (plan.log) real.appendFileSync(plan.log, `${name}\n`);
  meddle(name, 'before');
  const isNow = plan.at === count;
  if (isNow && plan.how === 'half' && name === 'writeSync') real.writeSync(args[0], args[1], 0, args[3] >> 1);
  if (isNow && (plan.how === 'before' || plan.how === 'half')) die();
  if (isNow && plan.how !== 'after') {
    // What cannot be closed is closed all the same.
    if (name === 'closeSync') run();
    throw Object.assign(new Error(plan.how), { code: plan.how });
  }
  // Somebody who has the file open writes to it when it has another name, or none, and again when the program has ended.
  const isHeld = plan.held !== undefined && name === 'renameSync';
  const held = isHeld ? real.openSync(args[1], 'a') : undefined;
  const result = run();
  if (isHeld) {
    const [now, later = ''] = plan.held;
    delete plan.held;
    real.writeSync(held, now);
    process.on('exit', () => real.writeSync(held, later));
  }
  if (name === 'openSync') opened.add(result);
  if (name === 'closeSync') opened.delete(args[0]);
  if (isNow) die();
  meddle(name, 'after');
  return result;
}

/** { before|after: { call, script } }: what somebody else does at the first call of that name. */
function meddle(name, when) {
  const what = plan[when];
  if (what === undefined || what.call !== name) return;
  delete plan[when];
  require('node:child_process').execFileSync('/bin/sh', ['-ec', what.script], { cwd: plan.folder });
}

function die() {
  process.kill(process.pid, 'SIGKILL');
  // The first process of a container lives on.
  while (process.pid !== 1);
  process.reallyExit(137);
}
