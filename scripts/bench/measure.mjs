// Measuring whole commands: CPU by the shell's own `times`, so that what else the machine does counts for little.
import { spawnSync } from 'node:child_process';

const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;
const milliseconds = (text) => {
  const [, minutes, seconds] = /(\d+)m([\d.,]+)s/.exec(text);
  return (Number(minutes) * 60 + Number(seconds.replace(',', '.'))) * 1000;
};

/** CPU milliseconds (user and system) and wall milliseconds of one run of the command, from `count` runs in a row. */
export function measure(command, { count = 10, input = '/dev/null', env = {}, cwd } = {}) {
  const script = `for i in $(seq ${count}); do ${command.map(quote).join(' ')} <${quote(input)} >/dev/null 2>&1; done; times`;
  const start = process.hrtime.bigint();
  const { stdout } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd,
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e6 / count;
  const [user, system] = stdout.trim().split('\n').at(-1).split(' ').map(milliseconds);
  return { cpu: (user + system) / count, wall };
}

/** Measures several commands in turn, over and over, and takes each one's least CPU time: load comes and goes for all alike. */
export function measureTogether(commands, { rounds = 5, ...options } = {}) {
  const best = new Map();
  for (let round = 0; round < rounds; round++) {
    for (const [name, command] of Object.entries(commands)) {
      const now = measure(command, options);
      const old = best.get(name);
      best.set(name, {
        cpu: Math.min(now.cpu, old?.cpu ?? Infinity),
        wall: Math.min(now.wall, old?.wall ?? Infinity),
      });
    }
  }
  return Object.fromEntries(best);
}

/** Microseconds of CPU that one call takes, after warming up. */
export function perCall(call, { count = 20_000 } = {}) {
  for (let i = 0; i < Math.min(count, 2_000); i++) call(i);
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) call(i);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

/** Prints rows in columns. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]),
        )
        .join('  '),
    );
}
