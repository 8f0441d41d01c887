import { resolve } from 'node:path';
import { helpOf } from '../docker/examine.js';
import { findDocker } from '../docker/find.js';
import { askInspect } from '../docker/inspect.js';
import { readTextFile, type TextResult } from '../files/open-file.js';
import { decodeText } from '../files/text-bytes.js';
import { type InspectedObjects, readInspected } from '../inspect/container-json.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';
import { UsageError } from './usage.js';

/** What there is to show, or why there is nothing. */
export type InspectInput = InspectedObjects | { readonly problem: string; readonly exit: number };

/** In bytes: all containers of a large host. */
const LARGEST = 64 * 1024 * 1024;

/** Reads what `docker inspect` printed, from a file or standard input. */
export async function readInspectFile(file: string, io: CliIo): Promise<InspectInput> {
  const read: TextResult =
    file === '-'
      ? { text: decodeText(await io.readStdin()) }
      : readTextFile(resolve(io.cwd, file), { limit: LARGEST });
  if (!('text' in read)) return { problem: `${file}: ${read.why}`, exit: EXIT.environment };
  const { text } = read;
  const where = file === '-' ? 'standard input' : file;
  if (text.trim() === '')
    throw new UsageError(
      `${where} is empty`,
      'give the name of a container, or what docker says of one: docker inspect web | mountc inspect',
    );
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return {
      problem: `${where} is not the JSON that \`docker inspect NAME\` prints`,
      exit: EXIT.environment,
    };
  }
  const found = readInspected(value);
  if (found === undefined || (found.containers.length === 0 && (found.others > 0 || found.images.length > 0)))
    return { problem: `there is no container in ${where}`, exit: EXIT.environment };
  return found;
}

/** What an engine says of a container that it does not have: its exit code is the same when there is no engine. */
export const NOT_THERE = /no such (?:container|object)/i;

/** Asks docker about containers, and about their images for what those bring along. */
export async function askContainers(names: readonly string[], io: CliIo): Promise<InspectInput> {
  const bad = names.find((name) => name === '');
  if (bad !== undefined) throw new UsageError('the name of a container is empty');
  const docker = findDocker({
    env: io.env,
    cwd: io.cwd,
    selves: process.argv[1] === undefined ? [] : [process.argv[1]],
    isAside: true,
  });
  if (docker.path === undefined) return { problem: docker.missing, exit: EXIT.environment };
  return askEngine(docker.path, names, io);
}

/** The same of a docker or podman that was found. */
export async function askEngine(
  engine: string,
  names: readonly string[],
  io: CliIo,
  patience?: number,
): Promise<InspectInput> {
  const answer = await askInspect(engine, 'container', names, io.env, patience);
  if (!answer.ok) {
    const { stderr } = answer;
    if (NOT_THERE.test(stderr)) return { problem: stderr, exit: EXIT.findings };
    const help = /docker/i.test(stderr) ? helpOf(stderr) : undefined;
    return {
      problem: help === undefined ? stderr : `${stderr.trimEnd()}; ${help}`,
      exit: EXIT.environment,
    };
  }
  const read = readInspected(answer.value);
  if (read === undefined)
    return { problem: 'docker inspect answered something else', exit: EXIT.environment };
  const ids = [...new Set(read.containers.map(({ imageId }) => imageId).filter((id) => id !== ''))];
  if (ids.length === 0) return read;
  // An image may be gone already; then it stays open what it brought.
  const images = await askInspect(engine, 'image', ids, io.env, patience);
  return images.ok ? { ...read, images: readInspected(images.value)?.images ?? [] } : read;
}
