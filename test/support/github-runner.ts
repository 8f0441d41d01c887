// Runs the `run:` steps of a workflow or of a composite action as GitHub's runner does, and reads what they print.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A step of a workflow or of a composite action. */
export interface GithubStep {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

/** The parts of `action.yml` that running it needs. */
export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: 'composite'; readonly steps: readonly GithubStep[] };
}

/** What GitHub shows at a place of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly col?: number;
  readonly endColumn?: number;
}

/** What a job came to. */
export interface GithubRun {
  readonly code: number;
  readonly log: string;
  readonly annotations: readonly Annotation[];
}

/** What the steps run in. */
export interface GithubJob {
  /** The checkout. */
  readonly workspace: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Instead of this machine's PATH. */
  readonly path?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const SHELLS: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
  '': ['bash', '-e'],
};

/** Runs the steps in order; behind a failure only those with `if: always()`. Throws for what this runner does not know. */
export function runGithubSteps(steps: readonly GithubStep[], job: GithubJob): GithubRun {
  const { workspace, inputs = {} } = job;
  const temp = mkdtempSync(join(tmpdir(), 'mountc-runner-'));
  const files = Object.fromEntries(
    ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) => [
      name,
      join(temp, name),
    ]),
  );
  for (const file of Object.values(files)) writeFileSync(file, '');
  let log = '';
  let code = 0;
  try {
    for (const step of steps) {
      if (step.run === undefined) throw new Error(`this runner runs no ${step.uses}`);
      if (code !== 0 && step.if !== 'always()') continue;
      const script = join(temp, 'step.sh');
      writeFileSync(script, evaluate(step.run, inputs));
      const [program, ...args] = SHELLS[step.shell ?? '']!;
      const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text, inputs)]);
      const ran = spawnSync(program!, [...args, script], {
        cwd: resolve(workspace, evaluate(step['working-directory'] ?? '.', inputs)),
        encoding: 'utf8',
        env: {
          PATH: job.path ?? process.env['PATH'],
          HOME: temp,
          RUNNER_TEMP: temp,
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_WORKSPACE: workspace,
          ...files,
          ...job.env,
          ...Object.fromEntries(own),
        },
      });
      if (ran.error !== undefined) throw ran.error;
      log += ran.stdout + ran.stderr;
      code ||= ran.status ?? 99;
    }
    for (const name of ['GITHUB_ENV', 'GITHUB_PATH'])
      if (readFileSync(files[name]!, 'utf8') !== '') throw new Error(`this runner does not read ${name}`);
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
  return { code, log, annotations: annotationsOf(log, workspace) };
}

function evaluate(text: string, inputs: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/gs, (_, expression: string) => {
    const [, name] = /^inputs\.([\w-]+)$/.exec(expression) ?? [];
    const value = name === undefined ? undefined : inputs[name];
    if (value === undefined) throw new Error(`this runner does not know ${expression}`);
    return value;
  });
}

interface Matcher {
  readonly owner: string;
  readonly pattern: readonly [{ readonly regexp: string } & Readonly<Record<string, number | string>>];
}

/** Workflow commands, and lines that a problem matcher knows once it was added. */
function annotationsOf(log: string, workspace: string): Annotation[] {
  const matchers: Matcher[] = [];
  return log.split(/\r?\n/).flatMap((line): Annotation[] => {
    const [, command, list = '', data = ''] = /^::([\w-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (command === 'add-matcher') {
      const file = resolve(workspace, data);
      if (!existsSync(file)) throw new Error(`there is no problem matcher ${data}`);
      matchers.push(...JSON.parse(readFileSync(file, 'utf8')).problemMatcher);
      return [];
    }
    if (command === 'error' || command === 'warning' || command === 'notice') {
      const properties = Object.fromEntries(
        list.split(',').map((one) => {
          const [name = '', ...value] = one.split('=');
          return [name, decode(value.join('='), PROPERTY)];
        }),
      );
      return [annotation(command, properties, decode(data, DATA))];
    }
    return matchers.slice(0, 1).flatMap(({ pattern: [pattern] }) => {
      const found = new RegExp(pattern.regexp).exec(line);
      if (found === null) return [];
      const part = (name: string) => found[Number(pattern[name])];
      const level = part('severity');
      if (level !== 'error' && level !== 'warning' && level !== 'notice') return [];
      return [
        annotation(
          level,
          { file: part('file'), line: part('line'), col: part('column') },
          part('message') ?? '',
        ),
      ];
    });
  });
}

function annotation(
  level: Annotation['level'],
  { file = '', line, col, endColumn }: Readonly<Record<string, string | undefined>>,
  message: string,
): Annotation {
  return {
    level,
    file,
    line: Number(line),
    message,
    ...(col !== undefined && { col: Number(col) }),
    ...(endColumn !== undefined && { endColumn: Number(endColumn) }),
  };
}

const DATA = { '%0D': '\r', '%0A': '\n', '%25': '%' };
const PROPERTY = { ...DATA, '%3A': ':', '%2C': ',' };

function decode(text: string, table: Readonly<Record<string, string>>): string {
  return text.replace(/%[0-9A-F]{2}/g, (one) => table[one] ?? one);
}
