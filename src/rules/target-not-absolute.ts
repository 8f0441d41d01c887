import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { beginsWithDrive, hasDrive, isWindowsPath } from '../mount/paths.js';
import { type MountView, showPart, type ViewPart } from '../mount/view.js';
import { composeEntry } from './compose-example.js';
import { looksLikeMountSpec } from './mixed-syntax.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';
import { hasStrayEnd } from './stray-quote-or-blank.js';
import { sureTarget } from './sure-target.js';
import { isModeList } from './volume-modes-of.js';
import { findWrongSeparator } from './wrong-separator.js';

/** A target that is no absolute path. */
export const targetNotAbsolute: Rule = {
  code: 'MC206',
  name: 'target-not-absolute',
  severity: 'error',
  engines: ['docker', 'podman', 'compose'],
  since: '0.1.0',
  summary: 'a target that is not an absolute path in the container',
  why:
    "The engine refuses it: `invalid mount path: 'app' mount path must be absolute`. A mode in place of the target, " +
    '`-v /path:ro`, is refused as `invalid volume specification`.',
  sources: ['https://github.com/moby/moby/blob/docker-v29.7.2/daemon/volume/mounts/linux_parser.go'],
  valid: [
    'podman run -v v:/b:ro alpine',
    'docker run -v /a:/b alpine',
    'docker run -v /a:$DST alpine',
    "docker run -v 'vol:C:\\b' alpine",
    'docker run --mount type=bind,src=/a,dst=$' + '{DST}/b alpine',
    'docker run --tmpfs /run:size=1m alpine',
    'docker run -v data alpine',
    'docker run -v d:/b:ro alpine',
    { file: 'compose', command: composeEntry('./a:$' + '{DST}') },
    { file: 'compose', command: composeEntry('$' + '{A}:b') },
  ],
  invalid: [
    { command: 'podman run -v data:b alpine', fixed: 'podman run -v data:/b alpine' },
    { command: 'docker run -v /a:b alpine', fixed: 'docker run -v /a:/b alpine' },
    'docker run -v /a:ro alpine',
    {
      command: 'docker run --mount type=bind,src=/a,dst=b/c alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b/c alpine',
    },
    { command: 'docker run --tmpfs run alpine', fixed: 'docker run --tmpfs /run alpine' },
    'docker run -v /a:./b alpine',
    "docker run -v '/a:~/b' alpine",
    { file: 'compose', command: composeEntry('./a:b'), fixed: composeEntry('./a:/b') },
    { file: 'compose', command: composeEntry('./a:ro') },
    {
      file: 'compose',
      command: composeEntry('{type: bind, source: ./a, target: b}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b}'),
    },
  ],
  checkMount(view, report, { dialect, command }) {
    const { program, form, host, source } = view;
    const target = sureTarget(view);
    if (dialect.engineOs === 'windows' || target === undefined || target.isAbsolute !== false) return;
    if (
      findWrongSeparator(view) !== undefined ||
      hasStrayEnd(view, target) ||
      target.value.startsWith('\\') ||
      isWindowsPath(target.value)
    )
      return;
    if (!(program === 'compose' ? isJudgedInCompose(target) : isJudged(view, target, dialect))) return;
    const isMode =
      source !== undefined && (form === 'compose-short' || isCutInTwo(view)) && isModeList(target.value);
    const isPlain = /^\w/.test(target.value) && !isMode;
    const insertion = { start: target.range.start, end: target.range.start };
    report({
      range: target.place,
      message: isMode
        ? `\`${target.value}\` is where the target should be, and ${command === undefined ? 'there is none' : 'docker reads it as a mode without a target'}`
        : `the target \`${showPart(target)}\` is not an absolute path: the engine refuses it`,
      help: isMode
        ? `write \`source:/path:${target.value}\``
        : 'write the path in the container starting with `/`',
      fix: isPlain
        ? fixIn(
            form === 'compose-long' ? target.host : host,
            [{ range: insertion, text: '/' }],
            'prefix it with `/`',
            'unsafe',
          )
        : undefined,
    });
  },
};

/** Whether there are a source and a target, and nothing else. */
const isCutInTwo = ({ node }: MountView): boolean => node?.kind === 'volume' && node.sections.length === 2;

// Unknown parts, and nothing at all, are for other rules there.
const isJudgedInCompose = ({ text }: ViewPart): boolean => text !== undefined && text !== '';

function isJudged({ node, source, program }: MountView, target: ViewPart, dialect: Dialect): boolean {
  if (node?.kind === 'volume') {
    // podman has no drives: `v:/b:ro` is the volume `v` for it.
    if (program !== 'docker' && beginsWithDrive(node.text)) return false;
    // Nor has a Linux engine: `d:/b:ro` is a volume `d` for it, and `/b` the target, whatever the client thinks.
    if (dialect.hostOs !== 'windows' && hasDrive(node.text)) return false;
    // An anonymous volume at a relative path is accepted.
    if (source === undefined || (beginsWithDrive(source.value) && source.value.endsWith(':'))) return false;
    // With a path after it, it is half of a path with a colon.
    return !/^[/.~]/.test(node.sections[2]?.value ?? '');
  }
  if (node?.kind === 'mount') return target.value !== '';
  return !looksLikeMountSpec(target.host.value);
}
