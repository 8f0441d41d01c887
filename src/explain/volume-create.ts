import { quoteCsv } from '../forms/print-mount.js';

/** What `docker volume create` makes. */
export interface CreatedVolume {
  /** Absent where docker makes up a name. */
  readonly name?: string;
  readonly driver?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

const FLAG = /^(?:(-d|--driver)|(-o|--opt)|(--label)|(--name))(?:=(.*))?$/s;

/** Reads `docker volume create …` (docker's own word first); undefined for any other command, and for flags not known here. */
export function readVolumeCreate(words: readonly string[]): CreatedVolume | undefined {
  const at = words.indexOf('volume');
  if (at < 1 || words[at + 1] !== 'create') return undefined;
  let name: string | undefined;
  let driver: string | undefined;
  const options: [string, string][] = [];
  const labels: [string, string][] = [];
  for (let i = at + 2; i < words.length; i++) {
    const word = words[i]!;
    const attached = /^-([do])(?!=)(.+)$/s.exec(word);
    const match = FLAG.exec(attached ? `-${attached[1]}=${attached[2]}` : word);
    if (match === null) {
      if (word.startsWith('-') || name !== undefined) return undefined;
      name = word;
      continue;
    }
    const value = match[5] ?? words[++i];
    if (value === undefined) return undefined;
    if (match[1]) driver = value;
    else if (match[4]) name = value;
    else (match[2] ? options : labels).push(splitPair(value));
  }
  return { name, driver, options: Object.fromEntries(options), labels: Object.fromEntries(labels) };
}

function splitPair(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The keys of `--mount` that would make the same volume, where docker has yet to make it. */
export function asMountKeys({ driver, options, labels }: CreatedVolume): string {
  return [
    ...(driver === undefined ? [] : [`volume-driver=${driver}`]),
    ...Object.entries(options).map(([key, value]) => `volume-opt=${key}=${value}`),
    ...Object.entries(labels).map(([key, value]) => `volume-label=${key}=${value}`),
  ]
    .map(quoteCsv)
    .join(',');
}

/** What is special about the volume, for a person; empty for a plain one. */
export function describeCreated({ driver, options, labels }: CreatedVolume): string {
  const list = (map: Readonly<Record<string, string>>) =>
    Object.entries(map)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ');
  return [
    ...(driver === undefined ? [] : [`the driver \`${driver}\``]),
    ...(Object.keys(options).length === 0 ? [] : [`the options ${list(options)}`]),
    ...(Object.keys(labels).length === 0 ? [] : [`the labels ${list(labels)}`]),
  ].join(' and ');
}
