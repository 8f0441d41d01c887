import { hasDrive } from '../mount/paths.js';
import { at } from './places.js';
import { hasOtherDriver } from './relative-source-without-dot.js';
import type { Rule } from './rule.js';

/** A volume name of one character. */
export const oneLetterVolumeName: Rule = {
  code: 'MC209',
  name: 'one-letter-volume-name',
  severity: 'error',
  since: '0.1.0',
  summary: 'a volume name of one character',
  why:
    'docker reads `a:/x` as a Windows path on drive a, and silently creates an anonymous volume at `/a:/x`. Names need two ' +
    'characters anyway: `volume name is too short`.',
  sources: ['https://github.com/moby/moby/issues/20122'],
  valid: [
    'docker run -v ab:/x alpine',
    'docker run -v $V:/x alpine',
    "docker run -v 'C:\\data' alpine",
    { command: 'docker run -v c:/data alpine', engineOs: 'windows' },
  ],
  invalid: [
    'docker run -v a:/x alpine',
    'docker run -v a:/x:ro alpine',
    'docker run -v 1:/x alpine',
    'docker run --mount type=volume,src=v,dst=/x alpine',
  ],
  checkMount(view, report, context) {
    const { form, node, host, source: part } = view;
    const { dialect, meaning } = context;
    if (dialect.engineOs === 'windows') return;
    const isDrive = node?.kind === 'volume' && hasDrive(node.sections[0]?.value ?? '');
    const isSpec = isDrive && node.problem === undefined && isAlone(node.sections.map(({ value }) => value));
    if (isSpec && dialect.hostOs !== 'windows') {
      const isSilent = node.sections.length === 1;
      report({
        range: at(host, { start: 0, end: node.text.indexOf(':') }),
        message: isSilent
          ? `\`${node.text.slice(0, node.text.indexOf(':'))}\` is read as a drive letter: docker creates an anonymous volume at \`/${node.text}\``
          : `\`${node.text.slice(0, node.text.indexOf(':'))}\` is too short for a volume name`,
        help: 'use a name of two or more characters',
      });
      return;
    }
    const source = part?.text;
    if (form === 'tmpfs' || meaning.type !== 'volume' || source === undefined || isDrive) return;
    if ([...source].length !== 1 || /^[./\\~]$/.test(source) || hasOtherDriver(view, context)) return;
    report({
      range: part!.place,
      message: `\`${source}\` is too short for a volume name: the engine refuses it`,
      help: 'use a name of two or more characters',
    });
  },
};

// `C:/data:/x` is a Windows path; `a:/x` and `a:/x:ro` are not, unless somebody wants a volume in a Windows container.
function isAlone(sections: readonly string[]): boolean {
  return sections.length === 1 || (sections.length === 2 && !/[/\\]/.test(sections[1]!));
}
