import { quoteGo } from '../../go/text.js';
import type { Part } from '../../spec/ast.js';
import { type PodmanMount, type PodmanVerdict, refuse } from './verdict.js';
import type { PodmanFacts } from './versions.js';
import { checkWords, isRefusal } from './words.js';

/** The parts of a text between separators, with their places. */
export function splitParts(text: string, separator: string, start = 0): Part[] {
  return text.split(separator).map((value) => {
    const part = { value, range: { start, end: start + value.length } };
    start += value.length + separator.length;
    return part;
  });
}

/** What `podman create -v SPEC` says. Whether a source is there is for the machine to say. Total. */
export function judgeVolume(spec: string, podman: PodmanFacts): PodmanVerdict {
  const sections = splitParts(spec, ':');
  const whole = { start: 0, end: spec.length };
  if (sections.length > 3) {
    const range = { start: sections[3]!.range.start - 1, end: spec.length };
    return refuse(`${spec}: incorrect volume format, should be [host-dir:]ctr-dir[:option]`, range);
  }
  const isAlone = sections.length === 1;
  const source = isAlone ? undefined : sections[0];
  const target = sections[isAlone ? 0 : 1]!;
  const words = sections[2] === undefined ? [] : splitParts(sections[2].value, ',', sections[2].range.start);
  const kept = checkWords(words, podman);
  if (isRefusal(kept)) return kept;
  if (source?.value === '') return refuse('host directory cannot be empty', whole);
  if (target.value === '') return refuse('container directory cannot be empty', whole);
  // Alone, a path from here is made absolute before it is looked at.
  const isMadeAbsolute = isAlone && target.value.startsWith('./');
  if (!target.value.startsWith('/') && !isMadeAbsolute)
    return refuse(`invalid container path ${quoteGo(target.value)}, must be an absolute path`, target.range);
  const isBind = source !== undefined && /^[/.]/.test(source.value);
  const isOverlay = kept.includes('O');
  const hasUpper = kept.some((word) => word.includes('upperdir'));
  const hasWork = kept.some((word) => word.includes('workdir'));
  const layers = words.find(({ value }) => /upperdir|workdir/.test(value));
  if (isBind && isOverlay) {
    const others = kept.filter((word) => word !== 'O' && !/upperdir|workdir/.test(word));
    if (hasUpper !== hasWork) return refuse('must set both `upperdir` and `workdir`', layers!.range);
    const fits = hasUpper ? others.length === 0 : others.length === 0 || others.join() === 'U';
    if (!fits) return refuse("can't use 'O' with other options", sections[2]!.range);
  } else if (layers !== undefined && !isOverlay) {
    return refuse(`unknown mount option ${quoteGo(layers.value)}: invalid mount option`, layers.range);
  }
  if (!isBind && source !== undefined && !isVolumeName(source.value)) return refuseName(source);
  const mount: PodmanMount = {
    type: isBind ? 'bind' : 'volume',
    source: source?.value,
    target: target.value,
    words: kept,
    ...(isOverlay && { isOverlay }),
  };
  return { kind: 'accepted', mount };
}

const isVolumeName = (name: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name);

function refuseName({ value, range }: Part): PodmanVerdict {
  return refuse(
    `creating named volume ${quoteGo(value)}: running volume create option: names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument`,
    range,
  );
}

/** The refusal of a named volume's name, if podman has one. */
export const checkVolumeName = (name: Part): PodmanVerdict | undefined =>
  isVolumeName(name.value) ? undefined : refuseName(name);
