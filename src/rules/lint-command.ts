import type { Program } from '../mount/view.js';
import type { CommandView, Site } from '../source/site.js';
import { mayBePodman, viewCommand } from '../source/view-command.js';
import type { Diagnostic, Severity } from '../text/diagnostic.js';
import { makeRangeSet } from '../text/range-set.js';
import { checkMounts, makeContainer } from './check-mounts.js';
import { discreet } from './discreet.js';
import { untilEnough } from './enough.js';
import { isFlagAndValue } from './flag-and-value-in-one-word.js';
import { RULES } from './index.js';
import { isSingleDashName } from './misspelt-mount-flag.js';
import type { Report, Rule } from './rule.js';

/** Which rules run, and how grave their findings are; a rule that is not named has its own severity. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

const NO_SETTINGS: RuleSettings = {};
const DOCKER_ALONE: readonly Program[] = ['docker'];

/** The severity of a rule under these settings; undefined when it is off. A rule may be named by its code. */
export function severityOf(
  rule: Pick<Rule, 'code' | 'name' | 'severity' | 'isOptional'>,
  settings: RuleSettings = {},
): Severity | undefined {
  const set = settings[rule.name] ?? settings[rule.code];
  if (set === 'off') return undefined;
  return set ?? (rule.isOptional ? undefined : rule.severity);
}

/** Runs the rules over one command; findings in order of place. */
export function lintCommand(command: CommandView, settings: RuleSettings = NO_SETTINGS): Diagnostic[] {
  const found = runRules(command, settings);
  if (!mayBePodman(command.source) || found.every(({ severity }) => severity === 'info')) return found;
  // What docker alone refuses is not a mistake of who has podman.
  const { source, ...options } = command;
  const other = runRules(viewCommand({ ...source, engine: 'podman' }, options), settings);
  const grave = makeRangeSet(other.filter(({ severity }) => severity !== 'info').map(({ range }) => range));
  return found.filter(({ severity, range }) => severity === 'info' || grave.touches(range));
}

function runRules(command: CommandView, settings: RuleSettings): Diagnostic[] {
  // What a rule that is switched off finds still counts as said, so that no other rule says it instead.
  const said: Diagnostic[] = [];
  const shown: Diagnostic[] = [];
  const sites = command.sites.filter((site) => isSurelyMount(site, command));
  const { engine } = command.source;
  const program = sites[0]?.view.program;
  const container = makeContainer(
    sites.map((site) => ({ site, view: site.view })),
    command.dialect,
    { command },
  );
  let current: SetRule;
  const report: Report = (finding) => {
    const { rule, severity, isSet } = current;
    const own = finding.severity ?? rule.severity;
    const diagnostic = { ...discreet(finding), code: rule.code, rule: rule.name, severity: own };
    said.push(diagnostic);
    if (severity !== undefined) shown.push(isSet ? { ...diagnostic, severity } : diagnostic);
  };
  for (current of rulesOfCommands(settings)) {
    const { rule, engines, checkCommand, checkFlag, checkRest, looksAtMounts } = current;
    if (engines !== 'any' && !engines.includes(engine)) continue;
    if (checkCommand !== undefined) checkCommand(command, report);
    if (looksAtMounts && (engines === 'any' || program === undefined || engines.includes(program)))
      checkMounts(rule, container, report);
    if (checkFlag !== undefined)
      for (const site of sites)
        untilEnough(site.text.value.length, report, (limited) => checkFlag(site, limited, command));
    if (checkRest !== undefined) checkRest(command, [...said], report);
  }
  return shown.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** A rule under some settings. They all have the same fields in the same order, which makes them quick to go through. */
interface SetRule extends Pick<Rule, 'checkCommand' | 'checkFlag' | 'checkRest'> {
  readonly rule: Rule;
  readonly engines: 'any' | readonly Program[];
  readonly looksAtMounts: boolean;
  readonly severity: Severity | undefined;
  readonly isSet: boolean;
}

const setRules = new WeakMap<RuleSettings, readonly SetRule[]>();

/** The rules that look at commands, those that only ever keep others from speaking included. */
function rulesOfCommands(settings: RuleSettings): readonly SetRule[] {
  let rules = setRules.get(settings);
  if (rules === undefined) {
    rules = RULES.flatMap((rule): SetRule[] => {
      const severity = severityOf(rule, settings);
      const isSet = settings[rule.name] !== undefined || settings[rule.code] !== undefined;
      const { checkCommand, checkFlag, checkRest } = rule;
      const looksAtMounts = rule.checkMount !== undefined || rule.checkContainer !== undefined;
      if (!looksAtMounts && !checkCommand && !checkFlag && !checkRest) return [];
      if (severity === undefined && !isSet) return [];
      const engines = rule.engines ?? DOCKER_ALONE;
      return [{ rule, severity, isSet, engines, looksAtMounts, checkCommand, checkFlag, checkRest }];
    });
    setRules.set(settings, rules);
  }
  return rules;
}

// After a word that may be the image already, only what looks like a mount is one.
function isSurelyMount({ use, form, text }: Site, command: CommandView): boolean {
  if (isSingleDashName(command, use.word)) return false;
  if (isFlagAndValue(command.source.words[use.word + 1]?.value ?? '')) return false;
  return !use.uncertain || form !== 'volume' || looksLikeMount(text);
}

function looksLikeMount({ value, holes }: Site['text']): boolean {
  if (/:[/\\]|=|^(?:\.{0,2}\/|[A-Za-z]:\\).*:/.test(value)) return true;
  const [first] = holes;
  return first?.range.start === 0 && first.absolute === true && value.includes(':');
}
