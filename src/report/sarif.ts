import { ruleUrl } from '../site.js';
import type { Diagnostic, Severity } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { json, NOTHING } from '../text/shown.js';
import { makeFingerprints } from './fingerprint.js';
import type { MakeReporter, RuleInfo } from './reporter.js';
import { shownFix } from './shown-fix.js';
import { pathToUri } from './uri.js';
import { withHelp } from './with-help.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** SARIF 2.1.0, for code scanning: exact regions in UTF-16 units, fixes, and a help text for each rule that found something. */
export const sarif: MakeReporter = ({ version, ruleInfo, site = '' }) => {
  const rules: string[] = [];
  let count = 0;
  const head =
    '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"utf16CodeUnits","results":[';
  return {
    file({ path, text, diagnostics }) {
      if (diagnostics.length === 0) return NOTHING;
      const lines = new LineIndex(text);
      const fingerprint = makeFingerprints(path, lines);
      const found = diagnostics
        .map((diagnostic) => {
          if (!rules.includes(diagnostic.rule)) rules.push(diagnostic.rule);
          const one = {
            ...result(diagnostic, path, lines),
            ruleIndex: rules.indexOf(diagnostic.rule),
            partialFingerprints: { 'mountc/v1': fingerprint(diagnostic) },
          };
          return `${count++ === 0 ? head : ','}\n${JSON.stringify(one)}`;
        })
        .join('');
      return json(found);
    },
    end() {
      const driver = {
        name: 'mountc',
        version,
        semanticVersion: version,
        ...(site !== '' && { informationUri: site }),
        rules: rules.map((name) => describeRule(name, ruleInfo(name), site)),
      };
      return json(`${count === 0 ? head : ''}\n],"tool":${JSON.stringify({ driver })}}]}\n`);
    },
  };
};

function result(
  { rule, severity, message, help, range, related = [], fix: whole }: Diagnostic,
  path: string | undefined,
  lines: LineIndex,
) {
  const fix = shownFix(whole);
  const artifactLocation = { uri: pathToUri(path ?? 'command') };
  const location = (where: Range) => ({
    physicalLocation: { artifactLocation, region: region(where, lines) },
  });
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: withHelp({ message, help }) },
    locations: [location(range)],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        message: { text: other.message },
        ...location(other.range),
      })),
    }),
    ...(fix !== undefined &&
      fix.edits.length > 0 && {
        fixes: [
          {
            // The format knows no fixes that have to be looked at.
            description: {
              text: fix.safety === 'safe' ? fix.title : `${fix.title} (unsafe: look at it first)`,
            },
            properties: { safety: fix.safety },
            artifactChanges: [
              {
                artifactLocation,
                replacements: fix.edits.map((edit) => ({
                  deletedRegion: region(edit.range, lines),
                  insertedContent: { text: edit.text },
                })),
              },
            ],
          },
        ],
      }),
  };
}

function region({ start, end }: Range, lines: LineIndex) {
  const from = lines.position(start);
  const to = lines.position(end);
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
}

function describeRule(name: string, info: RuleInfo | undefined, site: string) {
  if (info === undefined) return { id: name };
  const helpUri = ruleUrl({ rule: name, code: info.code }, site);
  return {
    id: name,
    name: name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: info.summary },
    fullDescription: { text: info.why },
    help: { text: info.why, markdown: info.why },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: LEVELS[info.severity] },
    properties: { code: info.code, tags: ['docker', 'mount'] },
  };
}
