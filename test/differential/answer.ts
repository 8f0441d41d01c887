// Brings a real client's answer and mountc's into one form, and says whether they agree.
import type { ClientAnswer } from '../support/ask-client.js';
import type { LosslessJson } from '../support/lossless-json.js';

/** What a command line comes to, in a form in which equal answers are deeply equal. */
export type Answer =
  | { readonly verdict: 'create'; readonly body: Record<string, LosslessJson> }
  | { readonly verdict: 'refused'; readonly exit: number; readonly line: string }
  /** It ran and created nothing: help or the version was printed. */
  | { readonly verdict: 'other' }
  | { readonly verdict: 'unknown'; readonly why: string };

type JsonObject = { [key: string]: LosslessJson };
const isObject = (value: LosslessJson | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A client's answer; warnings of the log are left out, since they carry the time. */
export function readClientAnswer(answer: ClientAnswer): Answer {
  const body = answer.body;
  if (isObject(body)) {
    const host = isObject(body['HostConfig']) ? body['HostConfig'] : {};
    const create = normalizeCreate({ ...host, Volumes: body['Volumes'] ?? null });
    return { verdict: 'create', body: withUsualSocket(create, answer.socket) };
  }
  if (answer.exit === 0) return { verdict: 'other' };
  const line = answer.stderr.split('\n').find((text) => !/^time="[^"]*" level=|^WARNING: /.test(text)) ?? '';
  return { verdict: 'refused', exit: answer.exit, line };
}

// --use-api-socket of 28.1.0 to 28.3.1 sends the path of the client's own socket, which is the fake engine's here.
function withUsualSocket(create: Record<string, LosslessJson>, socket: string): Record<string, LosslessJson> {
  const mounts = create['Mounts'];
  if (!Array.isArray(mounts)) return create;
  const usual = (mount: LosslessJson): LosslessJson =>
    isObject(mount) && mount['Source'] === socket ? { ...mount, Source: '/var/run/docker.sock' } : mount;
  return { ...create, Mounts: mounts.map(usual) };
}

/** The six fields of a create body that mounts are in; absent, null and empty are one, Binds is a set. */
export function normalizeCreate(create: JsonObject): Record<string, LosslessJson> {
  const out: Record<string, LosslessJson> = {};
  for (const key of ['Binds', 'Mounts', 'Tmpfs', 'VolumeDriver', 'Volumes', 'VolumesFrom']) {
    const value = create[key] ?? null;
    const empty =
      value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
    if (value === null || empty) continue;
    out[key] = key === 'Binds' && Array.isArray(value) ? [...new Set(value.map(String))].sort() : value;
  }
  return out;
}

/** One line of text for an answer; equal answers have equal lines. */
export function writeAnswer(answer: Answer): string {
  switch (answer.verdict) {
    case 'create':
      return `creates ${canonical(answer.body)}`;
    case 'refused':
      return `exit ${answer.exit}: ${JSON.stringify(answer.line)}`;
    case 'other':
      return 'creates nothing, exit 0';
    case 'unknown':
      return `cannot know: ${answer.why}`;
  }
}

function canonical(value: LosslessJson): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
