import type { SpecForm } from '../../spec/ast.js';
import type { PodmanEffect } from './effect.js';
import { PROPAGATIONS } from './words.js';

/** A text, or why the form has none for it. */
type Printed = { readonly text: string } | { readonly why: string };

/** Writes what a mount does as the value of a flag of podman. Whether a podman reads it so, is for the caller to ask. */
export function printPodman(effect: PodmanEffect, form: SpecForm): Printed {
  if (form === 'mount') return printMount(effect);
  return form === 'volume' ? printVolume(effect) : printTmpfs(effect);
}

function printVolume({
  type,
  source,
  target,
  isReadonly,
  words,
  subpath,
  driverOptions,
}: PodmanEffect): Printed {
  if (type !== 'bind' && type !== 'volume') return { why: `-v has no ${type}` };
  if (subpath !== undefined) return { why: '-v has no subpath' };
  if (driverOptions.length > 0) return { why: '-v has no options for the driver of a volume' };
  if (source?.includes(':') || target.includes(':')) return { why: '-v splits at every colon' };
  const all = [...(isReadonly ? ['ro'] : []), ...words];
  if (source === undefined)
    return all.length === 0 ? { text: target } : { why: '-v has no modes for a volume without a name' };
  const path = type === 'bind' && !/^[/.]/.test(source) ? `./${source}` : source;
  return { text: [path, target, all.join(',')].filter(Boolean).join(':') };
}

function printTmpfs({ type, target, isReadonly, words }: PodmanEffect): Printed {
  if (type !== 'tmpfs') return { why: `--tmpfs makes no ${type}` };
  if (target.includes(':')) return { why: '--tmpfs splits at the first colon' };
  const all = [...(isReadonly ? ['ro'] : []), ...words];
  return { text: all.length === 0 ? target : `${target}:${all.join(',')}` };
}

function printMount(effect: PodmanEffect): Printed {
  const { type, source, target, isReadonly, words, subpath, driverOptions, others } = effect;
  const fields = [`type=${type}`, ...(source === undefined ? [] : [`src=${source}`]), `dst=${target}`];
  if (type === 'image' ? !isReadonly : isReadonly) fields.push(type === 'image' ? 'rw=true' : 'ro');
  for (const word of words) {
    const field = fieldOf(word, type);
    if (field === undefined) return { why: `--mount cannot express \`${word}\`` };
    fields.push(field);
  }
  if (subpath !== undefined) fields.push(`subpath=${subpath}`);
  const all = [...fields, ...driverOptions.map((one) => `volume-opt=${one}`), ...others];
  return { text: all.map(quote).join(',') };
}

function fieldOf(word: string, type: PodmanEffect['type']): string | undefined {
  if (word === 'z') return 'relabel=shared';
  if (word === 'Z') return 'relabel=private';
  if (word === 'bind') return type === 'bind' ? 'bind-nonrecursive' : undefined;
  if (PROPAGATIONS.has(word)) return type === 'bind' ? `bind-propagation=${word}` : word;
  if (/^(?:O|copy|nocopy|noatime)$|upperdir|workdir/.test(word)) return undefined;
  if (/^(?:size|mode)=/.test(word)) return `tmpfs-${word}`;
  return word;
}

const quote = (field: string) => (/[,"\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
