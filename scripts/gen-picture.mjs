// Writes docs/mountc.svg: a terminal in which mountc corrects a command, finds a mistake in a file and converts one, from real runs of the built
// program. `--check` says whether it is up to date.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'docs/mountc.svg');
const folder = mkdtempSync(join(tmpdir(), 'mountc-picture-'));

/** A docker that says its version and runs nothing, as the tests have it: the picture is the same on every machine. */
const [{ text: fake }] = (
  await build({
    entryPoints: [join(root, 'test/support/fake-docker.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
).outputFiles;
const { writeDocker } = await import(`data:text/javascript,${encodeURIComponent(fake)}`);

const COLUMNS = 96;

/** What is typed, and what of mountc runs it. */
const SCENES = [
  ['docker run --rm -v src/app:/app alpine ls /app', 'docker'],
  ['mountc lint deploy.sh', undefined],
  ["mountc convert --to compose 'docker run -d --name web -p 8080:80 -v data:/data:ro nginx'", undefined],
];
writeDocker(join(folder, 'docker'), { client: '28.2.2', engine: '28.2.2', api: '1.50' });
execFileSync('mkdir', ['-p', join(folder, 'src/app')]);
writeFileSync(
  join(folder, 'deploy.sh'),
  "#!/bin/sh\ndocker run -d --mount 'type=bind, src=/srv/data, target=/data' app\n",
);

function run([typed, behind]) {
  const program = `${process.execPath} ${join(root, 'bin/mountc.js')}`;
  const line = behind === undefined ? typed.replace(/^mountc/, program) : `${program} ${typed}`;
  // On a terminal of its own: what people see there is shorter than what goes into a file.
  const { stdout } = spawnSync('script', ['-qec', `stty cols ${COLUMNS}; ${line}`, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: `${folder}:/usr/bin:/bin`, HOME: folder, TERM: 'xterm-256color' },
  });
  return stdout.replaceAll('\r', '').trimEnd().split('\n');
}

const [CHARACTER, LINE, LEFT, TOP] = [8.43, 20, 18, 52];
const xml = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const COLORS = { 31: 'r', 32: 'g', 33: 'y', 34: 'b', 36: 'c', 1: 'w', 91: 'r', 92: 'g', 93: 'y', 2: 'd' };

/** A line with the terminal's colours as SVG has them. */
function spans(text) {
  let style = '';
  return text
    .split(/\u001b\[([\d;]*)m/)
    .map((part, i) => {
      if (i % 2 === 1) {
        const names = part.split(';').map((code) => COLORS[code] ?? '');
        style = names.filter(Boolean).join(' ');
        return '';
      }
      return part === '' ? '' : style === '' ? xml(part) : `<tspan class="${style}">${xml(part)}</tspan>`;
    })
    .join('');
}

/** Long commands go on in the next line, as a terminal shows them. */
const folded = (text) => text.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [''];

const SCENE_SECONDS = 7;
const whole = SCENES.length * SCENE_SECONDS;
const scenes = SCENES.map((scene) => ({ typed: folded(`$ ${scene[0]}`), said: run(scene) }));
rmSync(folder, { recursive: true });
const rows = Math.max(...scenes.map(({ typed, said }) => typed.length + said.length));
const width = Math.ceil(COLUMNS * CHARACTER + 2 * LEFT);
const height = TOP + rows * LINE + 10;

const percent = (seconds) => `${((seconds / whole) * 100).toFixed(2)}%`;
const keyframes = (name, from, to) =>
  `@keyframes ${name}{0%,${percent(Math.max(from - 0.01, 0))}{opacity:${from === 0 ? 1 : 0}}${percent(from)},${percent(to - 0.01)}{opacity:1}${percent(to)},100%{opacity:0}}`;
const styles = [];
const groups = scenes.map(({ typed, said }, i) => {
  const start = i * SCENE_SECONDS;
  const end = start + SCENE_SECONDS;
  styles.push(keyframes(`t${i}`, start, end), `.t${i}{animation:t${i} ${whole}s infinite}`);
  styles.push(keyframes(`s${i}`, start + 1.2, end), `.s${i}{animation:s${i} ${whole}s infinite}`);
  const line = (content, row) =>
    `<text x="${LEFT}" y="${TOP + row * LINE}" xml:space="preserve">${content}</text>`;
  return `<g class="t${i}">${typed.map((text, row) => line(`<tspan class="w">${xml(text)}</tspan>`, row)).join('')}</g>
<g class="s${i}">${said.map((text, row) => line(spans(text), typed.length + row)).join('')}</g>`;
});
const title =
  'mountc in a terminal: a docker command corrected, a mistake found in a script, a command made a Compose file';
const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<title>${title}</title>
<style>
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#c9d1d9}
.w{fill:#f0f6fc;font-weight:600}.r{fill:#ff7b72}.g{fill:#7ee787}.y{fill:#e3b341}.b{fill:#79c0ff}.c{fill:#76e3ea}.d{fill:#8b949e}
${styles.join('\n')}
@media (prefers-reduced-motion:reduce){svg g[class]{animation:none;opacity:0}svg g.t0,svg g.s0{opacity:1}}
</style>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="20" cy="18" r="5.5" fill="#ff5f56"/><circle cx="38" cy="18" r="5.5" fill="#ffbd2e"/><circle cx="56" cy="18" r="5.5" fill="#27c93f"/>
${groups.join('\n')}
</svg>
`;
if (!process.argv.includes('--check')) writeFileSync(file, svg);
else if (readFileSync(file, 'utf8') !== svg) {
  console.error('docs/mountc.svg is not what mountc prints: npm run docs');
  process.exitCode = 1;
}
