import { type ApiAnswer, answerCommand } from '../dialects/docker/client/answer.js';
import { stringifyApi } from '../dialects/docker/client/api.js';
import { json } from '../text/shown.js';
import { bugSentence } from './bug.js';
import type { ChosenDialect } from './choose-dialect.js';
import { EXIT } from './exit-codes.js';
import type { CliIo } from './io.js';

const BATCH = 1 << 16;

/**
 * Answers commands, one JSON line each, in order and in constant memory. A line that mountc itself fails with is answered so, and
 * the others are answered all the same.
 */
export async function answerLines(io: CliIo, chosen: ChosenDialect): Promise<number> {
  let rest = '';
  let out = '';
  let code: number = EXIT.ok;
  const answer = (line: string): string => {
    try {
      return stringifyApi(answerLine(line, chosen));
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
  for await (const chunk of io.stdinChunks()) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.trim() === '') continue;
      out += `${answer(line)}\n`;
      if (out.length > BATCH && !(await flush())) return code;
    }
    if (!(await flush())) return code;
  }
  if (rest.trim() !== '') out += `${answer(rest)}\n`;
  await flush();
  return code;
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
