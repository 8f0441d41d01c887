import { isAbsoluteIn } from '../mount/paths.js';
import { displayText } from '../text/spec-text.js';
import { isMountFlag } from './host-path-without-target.js';
import { isSingleDashName } from './misspelt-mount-flag.js';
import { looksLikeMountSpec } from './mixed-syntax.js';
import { at } from './places.js';
import type { Rule } from './rule.js';
import { findSplit } from './split-value.js';
import { findSplitVolume, isCutInTwo, isCutOffMode } from './split-volume.js';

/** Where podman takes images from besides registries. */
const PODMAN_TRANSPORT =
  /^(?:dir|oci|oci-archive|docker-archive|docker-daemon|containers-storage|sif|ostree):/;

/** A mount where the image goes. */
export const mountSpecAsImage: Rule = {
  code: 'MC109',
  name: 'mount-spec-as-image',
  severity: 'error',
  engines: 'any',
  since: '0.1.0',
  summary: 'a mount is where the image name should be',
  why:
    'The first word that is not a flag is the image: `invalid reference format`. Either `-v` is missing before it, or an ' +
    'unquoted space in a path splits the value of `-v` in two.',
  sources: ['https://github.com/moby/moby/issues/32778'],
  valid: [
    'docker run registry:5000/img:1.0',
    'docker run $REGISTRY:$TAG',
    'docker run $' + '{IMAGE}:$' + '{TAG} -v /a:/b',
    'docker run $OPTS $IMAGE /a:/b',
    'docker run -v /a:/b localhost:5000/a/b:latest',
    'podman run --rootfs -v /a /b',
    'podman run -v /a:/b docker-archive:/tmp/image.tar',
  ],
  invalid: [
    { command: 'docker run -it /a:/b alpine', fixed: 'docker run -it -v /a:/b alpine' },
    { command: 'docker run -v /a:/b "$PWD":/c alpine', fixed: 'docker run -v /a:/b -v "$PWD:/c" alpine' },
    'docker run -v /my dir:/x alpine',
    'docker run -v /my b:/x alpine',
    {
      command: 'docker run -v "$A":"$A" "$B":"$B" alpine',
      fixed: 'docker run -v "$A":"$A" -v "$B:$B" alpine',
    },
    {
      command: 'docker run --tmpfs /t size=64m alpine',
      fixed: 'docker run --tmpfs /t:size=64m alpine',
    },
    'docker run -v ./a : /b alpine',
    { command: 'docker run -v /a:/b :ro alpine', fixed: 'docker run -v /a:/b:ro alpine' },
    { command: 'docker run -v ./a :/b alpine', fixed: 'docker run -v ./a:/b alpine' },
    { command: 'docker run -v "$PWD"/a: /b:ro alpine', fixed: 'docker run -v "$PWD"/a:/b:ro alpine' },
    { command: 'docker run -v ./a /b:ro alpine', fixed: 'docker run -v ./a:/b:ro alpine' },
    {
      command: 'docker run type=bind,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
  ],
  checkCommand(command, report) {
    const { invocation, source } = command;
    if (invocation?.image === undefined || invocation.opaque !== undefined) return;
    if (invocation.path.startsWith('service') || invocation.command < 0) return;
    const index = invocation.image + 1;
    const word = source.words[index];
    if (word === undefined) return;
    // Cut off a value of --mount by a blank: another rule's.
    if (command.sites.some((site) => site.use.valueWord === index - 2 && findSplit({ site, command })))
      return;
    // `-volume /a:/b` and `-v -v /a:/b`: other rules', too.
    if (isSingleDashName(command, index - 2)) return;
    if (command.sites.some(({ use, text }) => use.valueWord === index - 2 && isMountFlag(text.value))) return;
    const { value } = word;
    const site = command.sites.find(({ use }) => use.valueWord === index - 2);
    const split = site && findSplitVolume(site, command);
    if (split !== undefined) {
      report({
        range: split.range,
        message: `the space ends the value of \`-v\`: \`${displayText(word)}\` is where the image name should be`,
        help: split.help,
        fix: split.fix,
      });
      return;
    }
    if (source.engine === 'podman' && PODMAN_TRANSPORT.test(value)) return;
    const isMount = looksLikeMountSpec(value);
    const before = source.words[index - 1];
    const isTmpfs = site?.form === 'tmpfs' && /^(?:size|mode|uid|gid|nr_\w+)=[\w%,=]+$/.test(value);
    const isVolume =
      isTmpfs ||
      (site?.form === 'volume' && value === ':') ||
      isCutOffMode(value) ||
      (/:\//.test(value) &&
        !value.includes('://') &&
        // After a mount, `b:/x` is the end of a path that a blank has cut.
        (site !== undefined || !/^[A-Za-z]:\/[^:]*$/.test(value)));
    // `"$A":"$A"`: nobody's image is called like its own tag.
    const isTwice =
      /^(.):(.)$/su.test(value) && word.holes.length === 2 && word.holes[0]!.text === word.holes[1]!.text;
    const isPair = site?.form === 'volume' && source.engine === 'docker' && isCutInTwo(site.text, value);
    if (!isMount && !isVolume && !isTwice && !isPair) return;
    const isWhole =
      !isPair &&
      (isMount ||
        isTwice ||
        isAbsoluteIn(word, { start: 0, end: value.length }) === true ||
        /^\.\.?\//.test(value));
    const flag = isMount ? '--mount' : '-v';
    const joined = { value: `${before?.value}:${value}`, holes: [] };
    const edit = isWhole
      ? source.replaceWords?.(index, index + 1, [{ value: flag, holes: [] }, word])
      : isTmpfs && before?.holes.length === 0 && word.holes.length === 0
        ? source.replaceWords?.(index - 1, index + 1, [joined])
        : undefined;
    report({
      range: at(word),
      message: `\`${displayText(word)}\` is where the image name should be`,
      help: isWhole
        ? `put \`${flag}\` before it`
        : isPair || value === ':'
          ? 'write a colon between the source and the target'
          : isTmpfs
            ? 'write a colon between the path and its options'
            : 'quote the path before it: a space ends a word',
      fix: edit && {
        title: isTmpfs ? 'write a colon' : `put \`${flag}\` in front`,
        safety: 'unsafe',
        edits: [edit],
      },
    });
  },
};
