import { type ApiAnswer, answerCommand } from '../dialects/docker/client/answer.js';
import { stringifyApi } from '../dialects/docker/client/api.js';
import { json } from '../text/shown.js';
import { bugSentence } from './bug.js';
import type { ChosenDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';

const BATCH = 1 << 16;
/** In characters. No system passes a command line that is as long. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Answers commands, one JSON line each, in order and in constant memory. A line that mountc itself fails with is answered so, and
 * the others are answered all the same.
 */
export async function answerLines(io: CliIo, chosen: ChosenDialect): Promise<number> {
  let out = '';
  let code: number = EXIT.ok;
  const answer = (line: string | undefined): string => {
    try {
      return stringifyApi(line === undefined ? TOO_LONG : answerLine(line, chosen));
    } catch (error) {
      code = EXIT.bug;
      return stringifyApi({ ok: null, why: bugSentence(error) });
    }
  };
  const flush = async (): Promise<boolean> => {
    const text = out;
    out = '';
    return text === '' || (await io.stdout.write(json(text)));
  };
  const lines = new Lines();
  for await (const chunk of io.stdinChunks()) {
    for (const line of lines.add(chunk)) {
      if (line?.trim() === '') continue;
      out += `${answer(line)}\n`;
      if (out.length > BATCH && !(await flush())) return code;
    }
    if (!(await flush())) return code;
  }
  for (const line of lines.add('\n')) if (line?.trim() !== '') out += `${answer(line)}\n`;
  await flush();
  return code;
}

const TOO_LONG: ApiAnswer = {
  ok: null,
  why: `not read: the line is longer than ${LONGEST_LINE / 1024 / 1024} MB`,
};

/** Puts lines together of the pieces that they come in. */
class Lines {
  #pieces: string[] = [];
  #length = 0;

  /** The lines that end in the piece; undefined for one that is too long. */
  *add(chunk: string): Generator<string | undefined> {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      this.#take(chunk.slice(from, end));
      const line = this.#length > LONGEST_LINE ? undefined : this.#pieces.join('');
      this.#pieces = [];
      this.#length = 0;
      yield line;
      from = end + 1;
    }
    this.#take(chunk.slice(from));
  }

  #take(piece: string): void {
    this.#length += piece.length;
    if (this.#length > LONGEST_LINE) this.#pieces = [];
    else this.#pieces.push(piece);
  }
}

/** One line: an array of docker's arguments, or `{"args": […], "cwd": "…"}`. */
function answerLine(line: string, { dialect, cwd }: ChosenDialect): ApiAnswer {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: null, why: 'the line is not JSON' };
  }
  if (isWords(value)) return answerCommand(value, { dialect, cwd });
  const { args, cwd: own } = (value ?? {}) as { args?: unknown; cwd?: unknown };
  if (!isWords(args) || (own !== undefined && typeof own !== 'string')) {
    return { ok: null, why: 'the line is neither an array of strings nor {"args": […], "cwd": "…"}' };
  }
  return answerCommand(args, { dialect, cwd: own ?? cwd });
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
