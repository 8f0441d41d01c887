import { type CreateBody, stringifyApi } from '../dialects/docker/client/api.js';
import { makeDialect } from '../dialects/docker/tables/dialect.js';
import { portableDialects } from '../dialects/docker/tables/fleet.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { TargetForm } from '../forms/loss.js';
import { compareMounts, type MountDifference } from '../inspect/compare-mounts.js';
import { type ContainerFlags, containerFlags, type MountFlag } from '../inspect/container-flags.js';
import type { ContainerInfo, ImageInfo } from '../inspect/container-json.js';
import { type ContainerMount, containerMounts } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { exact, join, json, lines, NOTHING, pasted, type Shown, show } from '../text/shown.js';
import { orBug } from './bug.js';
import { type ChosenDialect, chooseDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import { differenceText, expectedBody } from './inspect-expect.js';
import { INSPECT_HELP, INSPECT_OPTIONS } from './inspect-help.js';
import { askContainers, readInspectFile } from './inspect-input.js';
import { mountTable } from './inspect-table.js';
import type { Command } from './io.js';
import { oneOf, readFlags, UsageError } from './usage.js';

type Form = TargetForm | 'api' | undefined;

export { INSPECT_OPTIONS as options };

/** `mountc inspect`. */
export const run: Command = async (argv, io) => {
  const { flags, words, rest } = readFlags(INSPECT_OPTIONS, argv);
  if (flags['--help']) {
    await io.stdout.write(exact(INSPECT_HELP));
    return EXIT.ok;
  }
  const to = oneOf('--to', flags['--to'], ['mount', 'volume', 'tmpfs', 'api'] as const);
  const format = oneOf('--format', flags['--format'], ['text', 'json'] as const) ?? 'text';
  const file = flags['--file'] ?? (words.length === 0 || words[0] === '-' ? '-' : undefined);
  const names = words.filter((word) => word !== '-');
  if (file !== undefined && names.length > 0) throw new UsageError('give containers or a file, not both');
  if (file === '-' && flags['--file'] === undefined && words.length === 0 && io.stdinIsTerminal)
    throw new UsageError('there is no container to inspect', 'example: mountc inspect web');
  if (rest !== undefined && (flags['--expect'] !== undefined || rest.length === 0))
    throw new UsageError('what is expected goes after --expect or after --');
  const chosen = await chooseDialect(flags, io);
  const expect = flags['--expect'] ?? rest;
  const expected = expect === undefined ? undefined : await expectedBody(expect, chosen, io);
  const input = file === undefined ? await askContainers(names, io) : await readInspectFile(file, io);
  if ('problem' in input) {
    await io.stderr.write(lines(input.problem.split('\n').map((line) => `mountc inspect: ${line}`)));
    return input.exit;
  }
  const isApart = expected === undefined && to !== 'api';
  const looked: Looked[] = [];
  let hasBug = false;
  for (const info of input.containers) {
    const bug = await orBug(() => looked.push(look(info, input.images, to, chosen, expected)));
    if (bug === undefined) continue;
    hasBug = true;
    await io.stderr.write(show`mountc inspect: ${info.name || info.id}: ${bug}\n`);
  }
  await io.stdout.write(
    format === 'json'
      ? json(`${stringifyApi(looked.map(asJson), 2)}\n`)
      : join(looked.map((one, i) => (i > 0 && isApart ? show`\n${asText(one, to)}` : asText(one, to)))),
  );
  if (hasBug) return EXIT.bug;
  return looked.some(({ differences }) => (differences?.length ?? 0) > 0) ? EXIT.findings : EXIT.ok;
};

interface Looked {
  readonly info: ContainerInfo;
  readonly mounts: readonly ContainerMount[];
  readonly flags: ContainerFlags;
  readonly differences?: readonly MountDifference[];
}

function look(
  info: ContainerInfo,
  images: readonly ImageInfo[],
  to: Form,
  chosen: ChosenDialect,
  expected: CreateBody | undefined,
): Looked {
  const { client, engine, hostOs } = chosen.dialect;
  const dialect =
    info.os === chosen.dialect.engineOs
      ? chosen.dialect
      : makeDialect({ client, engine, hostOs, engineOs: info.os });
  const mounts = containerMounts(info, images, dialect);
  // Flags that work everywhere are best, except where no version was asked for and Windows is meant.
  const dialects = chosen.isChosen || info.os === 'windows' ? [dialect] : portableDialects();
  const flags = containerFlags(mounts, info.body, to === 'api' ? undefined : to, { dialect, dialects });
  return expected === undefined
    ? { info, mounts, flags }
    : { info, mounts, flags, differences: compareMounts(expected, info, mounts, dialect) };
}

function asText({ info, mounts, flags, differences }: Looked, to: Form): Shown {
  if (differences !== undefined) return differenceText(info.name || info.id, differences);
  if (to === 'api') return json(`${stringifyApi(info.body, 2)}\n`);
  const lost = mounts.flatMap((mount, index) => lossLines(mount.target, flags.each[index]!, to));
  const words = flags.words.map(quoteShell).join(' ');
  const said = words === '' ? NOTHING : show`flags: ${pasted(words)}\n`;
  return join([mountTable(info, mounts), said, lines(lost)]);
}

/** What the flag of a mount does not say, or why it is not in the form that was asked for. */
function lossLines(target: string, { words, losses }: MountFlag, to: Form): string[] {
  const isLeft = words !== undefined && to !== undefined && to !== 'api' && words[0] !== FLAG_OF[to];
  const what = words === undefined ? 'not said' : isLeft ? `left as ${words[0]}` : 'changed';
  const told = losses.filter(({ kind }) => kind !== 'none-here');
  const type = told.find(({ field }) => field === 'type');
  return (type === undefined ? told : [type]).map(({ why }) => `  ${what}: ${target}: ${why}`);
}

function asJson({ info, mounts, flags, differences }: Looked): unknown {
  return {
    name: info.name,
    id: info.id,
    image: info.image,
    mounts: mounts.map((mount, index) => ({
      type: mount.type,
      source: mount.source ?? null,
      target: mount.target,
      readOnly: mount.readOnly,
      propagation: mount.propagation ?? null,
      driver: mount.driver ?? null,
      from: mount.origin,
      anonymous: mount.isAnonymous,
      options: mount.asked?.sent.slot === 'Tmpfs' ? mount.asked.sent.options : null,
      flag: flags.each[index]!.words ?? null,
      losses: flags.each[index]!.losses,
    })),
    volumesFrom: info.body.VolumesFrom ?? [],
    flags: flags.words,
    api: info.body,
    ...(differences === undefined ? {} : { differences, asExpected: differences.length === 0 }),
  };
}
