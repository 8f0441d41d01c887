// Runs command lines through a real client and through mountc, and collects where they differ.
import type { ClientPool } from '../support/ask-client.js';
import type { Client } from '../support/clients.js';
import { type Answer, readClientAnswer, writeAnswer } from './answer.js';
import { findKnownDifference } from './known-differences.js';
import { shrinkCommand } from './shrink.js';

/** A command line and the directory it is run in. */
export interface Case {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** What mountc says about a case. */
export type AskMountc = (oneCase: Case) => Answer;

/** The outcome of many cases with one client. */
export interface Tally {
  readonly total: number;
  /** Created by the client. */
  readonly accepted: number;
  /** Where mountc said that it cannot know, each with its reason. */
  readonly unknown: readonly string[];
  /** Known differences met, by reason. */
  readonly known: ReadonlyMap<string, number>;
  /** The disagreements made short, at most {@link SHOWN} of them. */
  readonly report: string;
  readonly disagreements: number;
}

const SHOWN = 20;
const ASK_AGAIN = 24;

/** Compares every case; the pool decides how many run at once. */
export async function runCases(
  client: Client,
  pool: ClientPool,
  cases: readonly Case[],
  ask: AskMountc,
): Promise<Tally> {
  const unknown: string[] = [];
  const known = new Map<string, number>();
  const wrong: Case[] = [];
  let accepted = 0;
  await Promise.all(
    cases.map(async (oneCase) => {
      const real = readClientAnswer(await pool.ask(client, oneCase.args, oneCase));
      if (real.verdict === 'create') accepted++;
      const ours = ask(oneCase);
      if (ours.verdict === 'unknown') {
        // Where docker only prints help there is nothing to know.
        if (real.verdict !== 'other') unknown.push(`${ours.why}: ${JSON.stringify(oneCase.args)}`);
        return;
      }
      const reason = findKnownDifference({ client, args: oneCase.args, real, ours });
      if (reason !== undefined) known.set(reason, (known.get(reason) ?? 0) + 1);
      else if (!(await agrees(client, pool, oneCase, real, ours))) wrong.push(oneCase);
    }),
  );
  const lines = await describeWrong(client, pool, wrong.slice(0, SHOWN), ask);
  return {
    total: cases.length,
    accepted,
    unknown,
    known,
    report: lines.join('\n'),
    disagreements: wrong.length,
  };
}

// Which of several bad -v is reported is random (a Go map): the client is asked again until it names ours.
async function agrees(
  client: Client,
  pool: ClientPool,
  oneCase: Case,
  real: Answer,
  ours: Answer,
): Promise<boolean> {
  const expected = writeAnswer(ours);
  let current = real;
  for (let again = 0; again < ASK_AGAIN; again++) {
    if (writeAnswer(current) === expected) return true;
    if (!isVolumeError(current) || !isVolumeError(ours)) return false;
    current = readClientAnswer(await pool.ask(client, oneCase.args, oneCase));
  }
  return false;
}

const isVolumeError = (answer: Answer): boolean =>
  answer.verdict === 'refused' && /^docker: invalid (spec: |empty volume spec)/.test(answer.line);

async function describeWrong(
  client: Client,
  pool: ClientPool,
  wrong: readonly Case[],
  ask: AskMountc,
): Promise<string[]> {
  return Promise.all(
    wrong.map(async ({ args, cwd }) => {
      const fails = async (candidate: readonly string[]): Promise<boolean> => {
        const real = readClientAnswer(await pool.ask(client, candidate, { cwd }));
        const ours = ask({ args: candidate, cwd });
        if (ours.verdict === 'unknown' || findKnownDifference({ client, args: candidate, real, ours }))
          return false;
        return !(await agrees(client, pool, { args: candidate, cwd }, real, ours));
      };
      const short = await shrinkCommand(args, fails);
      const real = readClientAnswer(await pool.ask(client, short, { cwd }));
      const ours = ask({ args: short, cwd });
      return `${JSON.stringify(short)}\n    docker: ${writeAnswer(real)}\n    mountc: ${writeAnswer(ours)}`;
    }),
  );
}
