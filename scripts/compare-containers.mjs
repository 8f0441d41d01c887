// Whole commands through composerize, decomposerize and rekcod, beside mountc: what the real docker client asks its engine for
// because of the command, and what is asked for because of what a converter made of it. For scripts/compare-converters.mjs.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const PARTS = `
export { realMounts } from './test/differential/compose-bodies.ts';
export { differences, fieldsOf, isNamed } from './test/differential/container-bodies.ts';
export { startClientPool } from './test/support/ask-client.ts';
export { findClients } from './test/support/clients.ts';
export { findComposes } from './test/support/compose.ts';
export { startComposeEngine } from './test/support/compose-engine.ts';
export { detached, VARIABLES, wordsOfCommands } from './test/support/readme-commands.ts';
`;

const MOUNTC = join(process.cwd(), 'bin/mountc.js');

/** The section about whole commands; undefined where docker or Compose are not here. */
export async function compareContainers({ require, folder, table, oneCell }) {
  const outfile = join(folder, 'parts.mjs');
  const stdin = { contents: PARTS, resolveDir: process.cwd(), loader: 'ts' };
  await build({ stdin, bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' });
  const parts = await import(pathToFileURL(outfile).href);
  const client =
    parts.findClients().findLast(({ version }) => version === '28.5.2') ?? parts.findClients()[0];
  const compose = parts.findComposes().at(-1);
  if (client === undefined || compose === undefined) return undefined;
  const home = join(folder, 'home');
  const project = join(home, 'proj');
  const fresh = () => {
    rmSync(project, { recursive: true, force: true });
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, '.tf.env'), 'TF_VAR_a="quoted"\n');
    writeFileSync(join(project, 'plain.env'), 'A=b\n');
    writeFileSync(join(project, 'labels.txt'), 'a.b=c\n');
  };
  fresh();
  const engine = await parts.startComposeEngine(compose.path, home, /^/);
  const pool = await parts.startClientPool(1);
  const env = { ...parts.VARIABLES, HOME: home, PWD: project, PATH: process.env.PATH };
  const bash = (script) => parts.wordsOfCommands(script, env, project);
  const typed = readFileSync('fixtures/containers/commands.sh', 'utf8')
    .split(/^(?=docker |sudo )/m)
    .slice(1);
  const commands = typed.map((text) => text.replace(/\n\n?(?:#.*\n?)*$/, ''));

  /** What docker asks for. */
  const asked = async (words) => {
    rmSync(join(project, 'app.cid'), { force: true });
    const { body, query, stderr } = await pool.ask(client, parts.detached(words), { cwd: project, env });
    return body === undefined ? { refused: stderr.split('\n')[0] } : { body, query };
  };
  const hasNetwork = (words) => words.some((word) => /^--net(?:work)?(?:=|$)/.test(word));
  const view = (call, own, isInOwn) => {
    const fields = parts.fieldsOf(call, own, isInOwn);
    const { HostConfig, Volumes } = call.body;
    const mounts = parts
      .realMounts({ services: { a: { ...HostConfig, Volumes } }, volumes: call.volumes ?? [] })
      .sort();
    return { fields, mounts: mounts.join('\n') };
  };
  const compare = (expected, got, named) => {
    const found = parts.differences(expected.fields, got.fields).map(({ path }) => path);
    if (expected.mounts !== got.mounts) found.push('mounts');
    const silent = found.filter((path) => !named(path));
    return { found, silent };
  };
  /** What Compose asks for because of a file with one service. */
  const byCompose = async (text, expected, words, named) => {
    fresh();
    writeFileSync(join(project, 'compose.yaml'), text.replace(/^name:.*\n/m, ''));
    const real = await engine.create(project, [], true, env);
    const [call, ...more] = real.calls;
    if (real.exit !== 0 || call === undefined || more.length > 0)
      return { refused: real.said || 'no container' };
    const service = call.body.Labels['com.docker.compose.service'];
    const query = new URLSearchParams(call.query);
    if (!expected.fields.has('?name')) query.delete('name');
    const own = [service, `p-${service}-1`, String(expected.fields.get('?name'))];
    return compare(expected, view({ ...call, query, volumes: real.volumes }, own, !hasNetwork(words)), named);
  };
  const byDocker = async (line, expected, words) => {
    const [other] = bash(line);
    if (other === undefined) return { refused: 'no command' };
    const got = await asked(other);
    if ('refused' in got) return got;
    const seen = view(got, [], !hasNetwork(words));
    // docker makes up a name where none was typed, and a converter finds that.
    if (!expected.fields.has('?name')) seen.fields.delete('?name');
    return compare(expected, seen, () => false);
  };
  const attempt = async (work) => {
    try {
      return await work();
    } catch (error) {
      return { refused: String(error.message).split('\n')[0] };
    }
  };

  const columns = { composerize: [], mountc: [], decomposerize: [], rekcod: [] };
  const rows = [];
  for (const command of commands) {
    const [words] = bash(command);
    const call = await asked(words);
    if ('refused' in call) continue;
    const expected = view(call, [], !hasNetwork(words));
    const plain = command.replace(/^sudo /, '');
    const theirs = await attempt(async () => {
      const text = require('composerize')(plain);
      const ignored = [...text.matchAll(/^# (?:ignored options for.*|--?([\w-]+).*)$/gm)]
        .map(([, flag]) => flag)
        .filter(Boolean);
      return byCompose(
        text,
        expected,
        words,
        (path) => ignored.includes('rm') && path === 'HostConfig.AutoRemove',
      );
    });
    const run = spawnSync(
      process.execPath,
      [MOUNTC, 'convert', '--to', 'compose', '--format', 'json', command],
      { encoding: 'utf8', env, cwd: project },
    );
    const { output, conversions } = JSON.parse(run.stdout);
    const lost = conversions.flatMap(({ losses, flag }) =>
      losses.filter(({ kind }) => kind !== 'none-here').map(({ field }) => ({ field, flag })),
    );
    const own = await byCompose(output, expected, words, (path) =>
      path === 'mounts'
        ? lost.some(({ flag }) => flag === undefined || /^--(?:volume|mount|tmpfs)/.test(flag))
        : lost.some(({ field }) => parts.isNamed(path, field)),
    );
    fresh();
    // Its own syntax of mounts is the short one.
    const short = spawnSync(process.execPath, [MOUNTC, 'convert', '--to', 'compose', '--short', command], {
      encoding: 'utf8',
      env,
      cwd: project,
    }).stdout;
    const back = await attempt(() =>
      byDocker(
        String(require('decomposerize')(short)).replace(/^[\s\S]*?(?=docker run)/, ''),
        expected,
        words,
      ),
    );
    const inspected = inspectOf(call);
    writeFileSync(join(project, 'inspect.json'), JSON.stringify([inspected]));
    const again = await attempt(() => {
      const line = execFileSync(
        process.execPath,
        [join(folder, 'node_modules/rekcod/cli.js'), join(project, 'inspect.json')],
        { encoding: 'utf8', stdio: 'pipe' },
      );
      return byDocker((/docker run[\s\S]*/.exec(line)?.[0] ?? '').trim(), expected, words);
    });
    columns.composerize.push(theirs);
    columns.mountc.push(own);
    columns.decomposerize.push(back);
    columns.rekcod.push(again);
    const name = command.replace(/\s+/g, ' ');
    rows.push([`\`\`${name.length > 90 ? `${name.slice(0, 90)}…` : name} \`\``, show(theirs), show(own)]);
  }
  await engine.stop();
  await pool.stop();
  const summary = Object.entries(columns).map(([name, all]) => [
    name,
    ...['equal', 'named', 'silent', 'refused'].map(
      (kind) => all.filter((one) => kindOf(one) === kind).length,
    ),
    worst(all),
  ]);
  return `## Whole commands (all three)

${commands.length} commands as documentation of images has them (\`fixtures/containers/commands.sh\`), given to composerize and mountc; what mountc
made of them to decomposerize; and what \`docker inspect\` says of such a container to rekcod. The request of docker ${client.version} for the command
is compared with that of Compose ${compose.version} for the file, or of docker for the new command, field by field, without Compose's own labels,
names and default network. "Another request" differs in a field, or in the mounts, of which nothing was said.

${table(['', 'the same request', 'differs where it was said', 'another request', 'refused', 'what differs most often'], summary)}
${table(
  ['command', 'composerize', 'mountc'],
  rows.map((one) => one.map(oneCell)),
)}`;
}

const kindOf = ({ refused, found, silent }) =>
  refused !== undefined ? 'refused' : found.length === 0 ? 'equal' : silent.length === 0 ? 'named' : 'silent';

function show(one) {
  const kind = kindOf(one);
  if (kind === 'equal') return 'the same';
  if (kind === 'refused')
    return `refused: ${one.refused
      .replace(/validating \S+ ?/, '')
      .replace(/\/tmp\/mountc-compare-\w+\/home\/proj/g, '$PWD')
      .slice(0, 80)}`;
  return kind === 'named' ? `said: ${fields(one.found)}` : `another: ${fields(one.silent)}`;
}

const fields = (paths) =>
  [
    ...new Set(
      paths.map((path) => path.replace(/^HostConfig\.|^NetworkingConfig\.EndpointsConfig\.[^.]+\./, '')),
    ),
  ].join(', ');

function worst(all) {
  const count = new Map();
  for (const { silent = [] } of all)
    for (const one of new Set(fields(silent).split(', ').filter(Boolean)))
      count.set(one, (count.get(one) ?? 0) + 1);
  return [...count]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
}

/** What docker would say of a container that was asked for so. */
function inspectOf({ body, query }) {
  const { HostConfig, NetworkingConfig, ...Config } = body;
  return {
    Name: `/${query.get('name') ?? 'x'}`,
    Image: Config.Image,
    Config: { ...Config, Env: Config.Env ?? [], Labels: Config.Labels ?? {} },
    HostConfig,
    Mounts: [],
    NetworkSettings: { Networks: NetworkingConfig?.EndpointsConfig ?? {}, Ports: {} },
  };
}
