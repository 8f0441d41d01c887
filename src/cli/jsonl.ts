import { type ApiAnswer, answerCommand } from '../dialects/docker/client/answer.js';
import { stringifyApi } from '../dialects/docker/client/api.js';
import type { ChosenDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';

const BATCH = 1 << 16;

/** Answers commands, one JSON line each, in order and in constant memory. */
export async function answerLines(io: CliIo, chosen: ChosenDialect): Promise<number> {
  let rest = '';
  let out = '';
  const flush = async (): Promise<boolean> => {
    const text = out;
    out = '';
    return text === '' || (await io.stdout.write(text));
  };
  for await (const chunk of io.stdinChunks()) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() === '') continue;
      out += `${stringifyApi(answerLine(line, chosen))}\n`;
      if (out.length > BATCH && !(await flush())) return EXIT.ok;
    }
    if (!(await flush())) return EXIT.ok;
  }
  if (rest.trim() !== '') out += `${stringifyApi(answerLine(rest, chosen))}\n`;
  await flush();
  return EXIT.ok;
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
