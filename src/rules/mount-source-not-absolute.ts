import { isExpanded } from '../dialects/docker/client/client-volume.js';
import { expandsFrom } from '../dialects/docker/tables/relative-sources.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { hasStandIn } from '../dialects/stand-in.js';
import { isWindowsPath } from '../mount/paths.js';
import { showPart, type ViewPart } from '../mount/view.js';
import { reportLiteralVariable } from './literal-variable.js';
import { at, fixIn } from './places.js';
import { hasOtherDriver } from './relative-source-without-dot.js';
import type { Rule } from './rule.js';
import { findSplit } from './split-value.js';

/** A bind source that is not absolute when it reaches the engine. */
export const mountSourceNotAbsolute: Rule = {
  code: 'MC202',
  name: 'mount-source-not-absolute',
  severity: 'error',
  since: '0.1.0',
  summary: 'a bind mount whose source is not an absolute path, or is missing',
  why:
    'The engine has no working directory. The client makes `.` and `./…` absolute since 23.0, and everything else that ' +
    "starts with a dot since 28.2; it sends `data/x` unchanged: `invalid mount path: 'data/x' mount path must be absolute`.",
  sources: [
    'https://github.com/docker/cli/blob/v28.2.0/opts/mount.go',
    'https://docs.docker.com/engine/release-notes/23.0/',
  ],
  valid: [
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount type=bind,src=./a,dst=/b alpine',
    'docker run --mount type=bind,src=../a,dst=/b alpine',
    'docker run --mount type=bind,src=$DIR/a,dst=/b alpine',
    'docker run -v ./a:/b alpine',
    "docker run --mount 'type=bind,src=C:\\a,dst=/b' alpine",
  ],
  invalid: [
    {
      command: 'docker run --mount type=bind,src=data/x,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=./data/x,dst=/b alpine',
    },
    { command: 'docker run --mount type=bind,src=./a,dst=/b alpine', docker: '20.10.24' },
    { command: 'docker run -v ../a:/b alpine', docker: '27.5.1' },
    'docker run --mount type=bind,dst=/b alpine',
    "docker run --mount 'type=bind,src=$PWD/a,dst=/b' alpine",
  ],
  checkMount(view, report, context) {
    const { form, node, host, source, isPartial } = view;
    const {
      dialect,
      meaning: { type },
    } = context;
    if (source === undefined) {
      const isSaid =
        node?.kind === 'mount' && node.fields.some(({ key }) => /^(?:src|source)$/i.test(key.value));
      if (type !== 'bind' || isPartial || isSaid || findSplit(context) !== undefined) return;
      if (!hasStandIn(view, 'source'))
        report({
          range: at(host),
          message: 'a bind mount without a source',
          help: 'add `source=/host/path`',
        });
      return;
    }
    if (context.command?.source.isSentAsIs) {
      if (type !== 'bind' || !isJudged(source)) return;
      report({
        range: source.place,
        message: `Ansible passes \`${showPart(source)}\` to the engine unchanged, and the source of a bind mount must be an absolute path`,
        help: 'write an absolute path, such as `{{ playbook_dir }}/…`; only `volumes` accepts a path that begins with `.` or `~`',
      });
      return;
    }
    const isRelative = source.value.startsWith('.') && form !== 'tmpfs';
    if (isRelative) {
      if (hasOtherDriver(view, context) && type !== 'bind') return;
      if (isExpanded(source.value, dialect) || (form === 'mount' && type !== 'bind')) return;
      const since = expandsFrom(source.value, dialect.hostOs);
      report({
        range: source.place,
        message: `this docker does not make \`${showPart(source)}\` absolute`,
        help:
          since === undefined
            ? 'write an absolute path, such as `"$PWD"/…`'
            : `write an absolute path, such as \`"$PWD"/…\`, or use docker ${showVersion(since)} or newer`,
      });
      return;
    }
    if (form !== 'mount' || type !== 'bind' || !isJudged(source)) return;
    if (reportLiteralVariable(source, report, context.command?.source.shell)) return;
    const dotted = `./${source.value}`;
    report({
      range: source.place,
      message: `the source of a bind mount must be an absolute path, and \`${showPart(source)}\` is not`,
      help: dialect.has.expandsDotSlash
        ? `write \`./${showPart(source)}\` or an absolute path`
        : 'write an absolute path, such as `"$PWD"/…`',
      fix: isExpanded(dotted, dialect)
        ? fixIn(
            host,
            [{ range: { start: source.range.start, end: source.range.start }, text: './' }],
            'prefix it with `./`',
          )
        : undefined,
    });
  },
};

function isJudged({ value, isAbsolute }: ViewPart): boolean {
  // A backslash counts as a slash for the engine; a tilde is another rule's.
  return isAbsolute === false && value !== '' && !/^[\\~]/.test(value) && !isWindowsPath(value);
}
