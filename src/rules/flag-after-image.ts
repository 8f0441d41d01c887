import type { CommandWord } from '../source/command-source.js';
import { displayText, hasHole } from '../text/spec-text.js';
import { isSingleDashName } from './misspelt-mount-flag.js';
import { isVolumeText, looksLikeMountSpec } from './mixed-syntax.js';
import { mountSpecAsImage } from './mount-spec-as-image.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

/** A mount flag after the image. */
export const flagAfterImage: Rule = {
  code: 'MC118',
  name: 'flag-after-image',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'a mount flag after the image: it goes to the container',
  why: 'Everything after the image is the command of the container. docker does not read it and mounts nothing.',
  sources: [
    'https://github.com/moby/moby/issues/32778',
    'https://github.com/distribution/distribution/issues/3733',
  ],
  valid: [
    'docker run -volume /a:/b -v /c:/d alpine',
    'docker run golang go build -v ./...',
    'docker run -v /a:/b alpine test -v name',
    'docker run jrottenberg/ffmpeg -v error -i http://x/y',
    'docker run docker:cli docker run -v /a:/b alpine',
    'docker run docker:cli run -v /a:/b alpine',
    'docker run $OPTS alpine -v /a:/b',
    'docker run /x:/y -v /a:/b alpine',
  ],
  invalid: [
    { command: 'docker run alpine -v /a:/b', fixed: 'docker run -v /a:/b alpine' },
    {
      command: 'docker run -it alpine --mount type=bind,src=/a,dst=/b',
      fixed: 'docker run -it --mount type=bind,src=/a,dst=/b alpine',
    },
    { command: 'docker run --rm alpine -v "$PWD:/b" sh', fixed: 'docker run --rm -v "$PWD:/b" alpine sh' },
    { command: 'docker run alpine --volume=/a:/b', fixed: 'docker run --volume=/a:/b alpine' },
  ],
  checkRest(command, found, report) {
    const { source, invocation } = command;
    // What docker takes for the image is none.
    if (found.some(({ rule }) => rule === mountSpecAsImage.name)) return;
    if (
      invocation?.image === undefined ||
      invocation.opaque !== undefined ||
      invocation.path.startsWith('service')
    )
      return;
    // `-volume /a:/b`: what docker takes for the image is not where the image was meant to be.
    if (isSingleDashName(command, invocation.image - 1)) return;
    const image = invocation.image + 1;
    for (let index = image + 1; index < source.words.length; index++) {
      const word = source.words[index]!;
      // The container runs an engine itself, or may do so.
      const isUnknown = word.value.length === 1 && hasHole(word);
      if (isUnknown || /(?:^|\/)(?:docker|podman|nerdctl|run|create)$/.test(word.value)) return;
      const length = mountFlagAt(source.words, index);
      if (length === 0) continue;
      const between = source.words.slice(image, index);
      const flag = source.words.slice(index, index + length);
      const edit = source.replaceWords?.(image, index + length, [...flag, ...between]);
      report({
        range: at(word),
        message: `\`${flag.map((one) => displayText(one)).join(' ')}\` comes after the image: it goes to the container`,
        help: 'put it before the image',
        fix: edit && { title: 'put it before the image', safety: 'unsafe', edits: [edit] },
      });
      return;
    }
  },
};

/** How many words from there on are a mount flag with something that is surely a mount; 0 for none. */
function mountFlagAt(words: readonly CommandWord[], index: number): number {
  const word = words[index]!;
  const attached = /^(-v=?|--volume=|--mount=)(?=.)/.exec(word.value)?.[1];
  if (
    attached !== undefined &&
    word.value !== '-v' &&
    isMount(word, attached.length, attached.startsWith('--m'))
  )
    return 1;
  const next = words[index + 1];
  if (next === undefined || !/^(?:-v|--volume|--mount)$/.test(word.value)) return 0;
  return isMount(next, 0, word.value === '--mount') ? 2 : 0;
}

function isMount(word: CommandWord, start: number, isMountFlag: boolean): boolean {
  const value = word.value.slice(start);
  if (isMountFlag) return looksLikeMountSpec(value);
  return /^[^:\s]+:\/[^/]/.test(value) && isVolumeText(word, { start, end: word.value.length });
}
