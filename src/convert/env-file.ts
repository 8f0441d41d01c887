import type { ComposeProject, ComposeService } from './compose-output.js';

/** A project without the values of its variables, and the files that hold them. */
interface MovedOut {
  readonly project: ComposeProject;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Variables whose values stay in the file, though no shell has to fill them in. */
  readonly kept: readonly string[];
}

/**
 * Moves the values of variables out of a file that others may see. Of several services each gets a file of its own, since all that is
 * in a file reaches the container. What such a file cannot say, and what only the shell knows, stays.
 */
export function moveToEnvFile(project: ComposeProject, name: string): MovedOut {
  const files: { name: string; text: string }[] = [];
  const kept: string[] = [];
  const several = project.services.filter((service) => moved(service).length > 0).length > 1;
  const services = project.services.map((service): ComposeService => {
    const out = moved(service);
    const { environment = {}, env_file = [], ...rest } = service.keys ?? {};
    const keys = new Set(out.map(([key]) => key));
    const left = Object.entries(environment as object).filter(([key]) => !keys.has(key));
    for (const [key, value] of left)
      if (typeof value === 'string' && !value.replaceAll('$$', '').includes('$')) kept.push(key);
    if (out.length === 0) return service;
    const file = several ? `${name}.${service.name}` : name;
    files.push({ name: file, text: out.map(([key, value]) => `${key}=${value}\n`).join('') });
    return {
      ...service,
      keys: {
        ...rest,
        env_file: [...(env_file as readonly string[]), file],
        ...(left.length > 0 && { environment: Object.fromEntries(left) }),
      },
    };
  });
  return { project: { ...project, services }, files, kept };
}

/** The variables that can be moved, each as a line of the file has it. */
function moved({ keys = {} }: ComposeService): (readonly [string, string])[] {
  const { environment } = keys;
  if (typeof environment !== 'object' || environment === null || Array.isArray(environment)) return [];
  return Object.entries(environment).flatMap(([key, value]: [string, unknown]) => {
    const text = typeof value === 'string' && /^[A-Za-z_][\w.-]*$/.test(key) ? quoted(value) : undefined;
    return text === undefined ? [] : [[key, text] as const];
  });
}

/** A value between single quotes, where Compose fills in nothing; a backslash before such a quote is not to be had. */
function quoted(value: string): string | undefined {
  // What is left of `$` is a variable of Compose's.
  const known = value.replaceAll('$$', '');
  if (known.includes('$') || /\\(?:'|$)/.test(value) || value.includes('\r')) return undefined;
  const text = value.replaceAll('$$', '$');
  return /^[\w./:@,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "\\'")}'`;
}

/** A line without anything that Compose reads by rules of its own: quotes, `$`, blanks at an end, a comment after a value. */
const PLAIN_LINE = /^(?:#.*|[A-Za-z_]\w*=[^\s"'$#\\`]*(?: [^\s"'$#\\`]+)*)?$/;

/** Whether a file of variables says the same to docker, which takes each line as it is, and to Compose. */
export const isPlainEnvFile = (text: string | undefined): boolean =>
  text?.split('\n').every((line) => PLAIN_LINE.test(line)) ?? false;
