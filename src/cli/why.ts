import { askFacts } from '../docker/engine-facts.js';
import { findDocker } from '../docker/find.js';
import { writtenService } from '../docker/why/compose-file.js';
import {
  type Asked,
  type Engine,
  type EngineFiles,
  engineFiles,
  gather,
  recordedFiles,
} from '../docker/why/gather.js';
import { lastWords } from '../docker/why/last-words.js';
import type { ContainerInfo, ImageInfo } from '../inspect/container-json.js';
import type { FailOn } from '../lint/config.js';
import { SEVERITIES } from '../text/diagnostic.js';
import { quoteShell } from '../text/shell-quote.js';
import { exact, join, json, lines, type Shown, show } from '../text/shown.js';
import { type Evidence, hostPathOf } from '../why/evidence.js';
import { isWithin, moveBelow } from '../why/file-view.js';
import type { Unseen } from '../why/finding.js';
import { judgeContainer } from '../why/judge-container.js';
import { orBug } from './bug.js';
import { EXIT } from './exit-codes.js';
import { readInspectFile } from './inspect-input.js';
import { type CliIo, type Command, wantsColor } from './io.js';
import { failing } from './lint-verdict.js';
import { oneOf, readFlags, UsageError } from './usage.js';
import { planContainer } from './why-command.js';
import { WHY_HELP, WHY_OPTIONS } from './why-help.js';
import { type Found, findContainers } from './why-names.js';
import { type Answered, whyJson, whyText } from './why-text.js';
import { volumeText } from './why-volume.js';

export { WHY_OPTIONS as options };

/** `mountc why`. */
export const run: Command = async (argv, io) => {
  const { flags, words, rest } = readFlags(WHY_OPTIONS, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(WHY_HELP));
    return EXIT.ok;
  }
  const format = oneOf('--format', flags['--format'], ['text', 'json'] as const) ?? 'text';
  const failOn = oneOf('--fail-on', flags['--fail-on'], [...SEVERITIES, 'never'] as const) ?? 'error';
  const wanted = oneOf('--engine', flags['--engine'], ['docker', 'podman'] as const);
  const names = words.filter((word) => !isPath(word));
  const paths = words.filter(isPath);
  if (paths.length > 1) throw new UsageError(`give one path, not \`${paths.join('` and `')}\``);
  if (names.includes('')) throw new UsageError('the name of a container is empty');
  const file = flags['--file'];
  if (file !== undefined && names.length > 0) throw new UsageError('give containers or a file, not both');
  if (rest !== undefined && (names.length > 0 || file !== undefined || flags['--all']))
    throw new UsageError('give containers or a command, not both');
  if (rest?.length === 0)
    throw new UsageError('there is no command after --', 'example: mountc why -- docker run -v /a:/b alpine');
  if (file === undefined && names.length === 0 && !flags['--all'] && rest === undefined)
    throw new UsageError('there is no container to ask about', 'example: mountc why web');
  const input =
    rest !== undefined
      ? await planContainer(rest, enginesFor(wanted, io), io)
      : file === undefined
        ? await findContainers(names, { all: flags['--all'] === true, engines: enginesFor(wanted, io) }, io)
        : await readRecorded(file, wanted, io);
  await io.stderr.write(lines(input.problems.map((problem) => `mountc why: ${problem}`)));
  const color = wantsColor(io.stdout, io.env, flags['--color']);
  const total = input.found.reduce((sum, { containers }) => sum + containers.length, 0);
  const texts: Shown[] = [];
  const objects: unknown[] = [];
  let hasBug = false;
  let hasFailed = false;
  for (const { engine, containers, images, said, unseen, isRecord } of input.found) {
    const facts = isRecord ? {} : await askFacts(engine, io.env);
    const files = isRecord ? recordedFiles() : engineFiles(engine, io.env, facts);
    for (const info of containers) {
      // Of many, nobody waits for the last words of each.
      const told = said ?? (total > MOST_LAST_WORDS ? undefined : await lastWords(engine, info, io.env));
      const service = isRecord ? undefined : await writtenService(info, files.reach);
      // What was looked at is not kept: only what is said of it.
      const bug = await orBug(() => {
        const one = answer(engine, info, images, files, paths[0], {
          cwd: io.cwd,
          said: told,
          service,
          facts,
          unseen,
        });
        if (format === 'json') objects.push(whyJson(one));
        else texts.push(texts.length > 0 ? show`\n${whyText(one, color)}` : whyText(one, color));
        hasFailed ||= fails(one, failOn);
      });
      if (bug === undefined) continue;
      hasBug = true;
      await io.stderr.write(show`mountc why: ${info.name || info.id}: ${bug}\n`);
    }
  }
  for (const volume of input.volumes ?? []) {
    if (format === 'json') objects.push(volume);
    else texts.push(volumeText(volume));
  }
  await io.stdout.write(format === 'json' ? json(`${JSON.stringify(objects, null, 2)}\n`) : join(texts));
  if (hasBug) return EXIT.bug;
  if (input.problems.length > 0) return input.exit;
  return hasFailed ? EXIT.findings : EXIT.ok;
};

const MOST_LAST_WORDS = 20;

function answer(
  engine: Engine,
  info: ContainerInfo,
  images: readonly ImageInfo[],
  files: EngineFiles,
  given: string | undefined,
  asked: Asked,
): Answered {
  const evidence = gather(engine, info, images, files, asked);
  const path = given === undefined ? undefined : insidePath(evidence, given.replace(/(?<=.)\/+$/, ''));
  const findings = judgeContainer(evidence, path);
  const silent = evidence.silentMounts().map(
    (point): Unseen => ({
      what: `\`${point}\``,
      why: 'its file system did not answer within 2 s, or is mounted when it is looked at',
      command: `ls -la ${quoteShell(point)}`,
    }),
  );
  return { evidence: { ...evidence, unseen: [...evidence.unseen, ...silent] }, path, findings };
}

/** A path as the container has it: somebody may name the one of the host. */
function insidePath({ mounts }: Evidence, path: string): string {
  if (mounts.some(({ target }) => isWithin(path, target))) return path;
  for (const mount of mounts) {
    const source = hostPathOf(mount);
    if (source !== undefined && isWithin(path, source)) return moveBelow(path, source, mount.target);
  }
  return path;
}

const isPath = (word: string): boolean => /^(?:\/|[A-Za-z]:[\\/])/.test(word);

const fails = ({ findings }: Answered, failOn: FailOn): boolean => failing(findings, failOn).length > 0;

function enginesFor(wanted: Engine['name'] | undefined, io: CliIo): Engine[] {
  const options = {
    env: io.env,
    cwd: io.cwd,
    selves: process.argv[1] === undefined ? [] : [process.argv[1]],
    isAside: true,
  };
  const find = (engine: Engine['name']) => {
    const found = findDocker({ ...options, engine });
    // A docker that is podman by another name does not answer as docker does.
    return found.path === undefined || (engine === 'docker' && found.kind.otherEngine)
      ? undefined
      : { name: engine, path: found.path };
  };
  return (['docker', 'podman'] as const)
    .filter((name) => wanted === undefined || wanted === name)
    .flatMap((name) => find(name) ?? []);
}

async function readRecorded(file: string, wanted: Engine['name'] | undefined, io: CliIo): Promise<Found> {
  const input = await readInspectFile(file, io);
  if ('problem' in input) return { found: [], problems: input.problem.split('\n'), exit: input.exit };
  const engine: Engine = { name: wanted ?? 'docker', path: '' };
  return { found: [{ engine, ...input, isRecord: true }], problems: [], exit: EXIT.ok };
}
