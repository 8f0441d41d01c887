import { composeEntry } from './compose-example.js';
import { composeMounts, sureTarget } from './compose-facts.js';
import { factsOf } from './facts.js';
import { looksLikeMountSpec } from './mixed-syntax.js';
import { hasDrive, isWindowsPath } from './paths.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';
import { isModeList } from './volume-modes-of.js';

/** A target that is no absolute path. */
export const targetNotAbsolute: Rule = {
  code: 'MC206',
  name: 'target-not-absolute',
  severity: 'error',
  engines: ['docker', 'podman'],
  since: '0.1.0',
  summary: 'a target that is no absolute path in the container',
  why:
    "The engine refuses it: `invalid mount path: 'app' mount path must be absolute`. A mode in the place of the target, " +
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
  checkMount(site, report, { dialect, source }) {
    const { node } = site;
    // podman has no drives: `v:/b:ro` is the volume `v` for it.
    if (node.kind === 'volume' && source.engine !== 'docker' && /^\p{L}:/u.test(node.text)) return;
    // Nor has a Linux engine: `d:/b:ro` is a volume `d` for it, and `/b` the target, whatever the client thinks.
    if (node.kind === 'volume' && dialect.hostOs !== 'windows' && hasDrive(node.text)) return;
    const facts = factsOf(site, dialect);
    const target = facts?.target;
    if (dialect.engineOs === 'windows' || target === undefined || target.isAbsolute !== false) return;
    // An anonymous volume at a relative path is accepted.
    if (node.kind === 'volume' && node.source === undefined) return;
    if (node.kind === 'mount' && target.value === '') return;
    if (
      target.value.startsWith('\\') ||
      isWindowsPath(target.value) ||
      /^\p{L}:$/u.test(facts?.source?.value ?? '')
    )
      return;
    if (node.kind === 'tmpfs' && looksLikeMountSpec(node.text)) return;
    // With a path behind it, it is half of a path with a colon.
    if (node.kind === 'volume' && /^[/.~]/.test(node.sections[2]?.value ?? '')) return;
    const isMode = node.kind === 'volume' && node.sections.length === 2 && isModeList(target.value);
    const isPlain = /^\w/.test(target.value) && !isMode;
    report({
      range: at(site.text, target.range),
      message: isMode
        ? `\`${target.value}\` stands where the target goes, and docker takes it for a mode without one`
        : `the target \`${shown(site, target.range)}\` is no absolute path: the engine refuses it`,
      help: isMode ? `write \`source:/path:${target.value}\`` : 'write the path in the container from `/` on',
      fix: isPlain
        ? replaceIn(
            site,
            [{ range: { start: target.range.start, end: target.range.start }, text: '/' }],
            'put `/` in front',
            'unsafe',
          )
        : undefined,
    });
  },
  checkFile(file, report) {
    if (file.dialect.engineOs === 'windows') return;
    for (const view of composeMounts(file)) {
      const { mount, facts } = view;
      const target = sureTarget(view);
      if (target === undefined || /^[/\\]|^$/.test(target.text) || isWindowsPath(target.text)) continue;
      const isMode = facts.node?.source !== undefined && isModeList(target.text);
      const text = mount.fields?.find(({ key }) => key === 'target')?.value ?? mount.spec;
      const start = facts.node?.target?.range.start ?? 0;
      const edit =
        isMode || !/^\w/.test(target.text)
          ? undefined
          : text.edit({ start, end: start }, { value: '/', holes: [] });
      report({
        range: target.range,
        message: isMode
          ? `\`${target.text}\` stands where the target goes, and there is none`
          : `the target \`${target.text}\` is no absolute path: the engine refuses it`,
        help: isMode
          ? `write \`source:/path:${target.text}\``
          : 'write the path in the container from `/` on',
        fix: edit && { title: 'put `/` in front', safety: 'unsafe', edits: [edit] },
      });
    }
  },
};
