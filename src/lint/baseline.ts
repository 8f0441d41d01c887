import type { Diagnostic } from '../text/diagnostic.js';
import { LineIndex } from '../text/line-index.js';
import type { Range } from '../text/range.js';
import { hideSecrets } from '../text/secrets.js';
import { parseJsonConfig } from './config-json.js';
import type { ConfigNode, ConfigProblem } from './config-node.js';
import { makeConfigReader } from './config-reader.js';

/** A finding of a baseline that is there less often than it says. */
interface StaleEntry {
  readonly path: string;
  readonly rule: string;
  /** How often it was found, and how often the baseline knows it. */
  readonly found: number;
  readonly known: number;
  /** In the text of the baseline. */
  readonly range: Range;
}

/** What is known of one rule and one line of a file. */
interface Entry {
  readonly rule: string;
  readonly text: string;
  known: number;
  found: number;
  /** Of an entry that was read. */
  readonly range: Range;
}

const VERSION = '1';
const NOWHERE: Range = { start: 0, end: 0 };

/**
 * Findings that a repository has already, each by its file, its rule and the text of its line, so that it stays known where the
 * line moves. Paths have forward slashes and are relative to the folder of the baseline.
 */
export class Baseline {
  /** By path, then by rule and text. */
  readonly #files = new Map<string, Map<string, Entry>>();
  readonly #seen = new Set<string>();

  /** Reads the text of one; a mistake in it leaves nothing of it. */
  static read(
    text: string,
  ): { readonly baseline: Baseline } | { readonly problems: readonly ConfigProblem[] } {
    const baseline = new Baseline();
    const { root, problems } = parseJsonConfig(text);
    if (problems.length > 0) return { problems };
    const found = baseline.#readAll(root ?? { kind: 'null', text: '', range: NOWHERE });
    return found.length > 0 ? { problems: found } : { baseline };
  }

  #readAll(root: ConfigNode): ConfigProblem[] {
    const problems: ConfigProblem[] = [];
    const reader = makeConfigReader(({ range }, message, help) => problems.push({ message, help, range }));
    const get = reader.keyed(root, 'a baseline', ['version', 'files']);
    const version = get('version');
    if (root.kind !== 'map' || version === undefined)
      problems.push({ message: 'this is not a baseline', help: HOW_TO_MAKE, range: root.range });
    else reader.word(version, '`version`', [VERSION]);
    const files = get('files');
    for (const [path, { value }] of files === undefined ? [] : reader.map(files, '`files`')) {
      const all = value.kind === 'list' ? value.items : [];
      if (value.kind !== 'list')
        problems.push({ message: 'this is not a list of findings', help: HOW_TO_MAKE, range: value.range });
      for (const item of all) {
        const read = reader.keyed(item, 'a finding', ['rule', 'text', 'count']);
        const rule = textOf(read('rule'));
        const line = textOf(read('text'));
        const count = read('count') === undefined ? 1 : countOf(read('count')!);
        if (rule === undefined || line === undefined || count === undefined) {
          const help = 'write `{ "rule": "name", "count": 1, "text": "its line" }`';
          problems.push({ message: 'this is not a finding', help, range: item.range });
        } else this.#add(path, rule, line, item.range).known += count;
      }
    }
    return problems.slice(0, 1);
  }

  /** Takes note of a file that was looked at, whatever is found in it. */
  see(path: string): void {
    this.#seen.add(path);
  }

  /** Of all findings of a file, those that are not known. */
  fresh(path: string, text: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
    this.see(path);
    const entries = this.#files.get(path);
    if (entries === undefined) return [...diagnostics];
    const lineOf = lineTexts(text);
    for (const entry of entries.values()) entry.found = 0;
    return diagnostics.filter((one) => {
      const entry = entries.get(keyOf(one.rule, lineOf(one)));
      if (entry === undefined) return true;
      entry.found++;
      return entry.found > entry.known;
    });
  }

  /** Makes all findings of a file known, and nothing else of it. */
  record(path: string, text: string, diagnostics: readonly Diagnostic[]): void {
    this.see(path);
    this.#files.delete(path);
    const lineOf = lineTexts(text);
    for (const one of diagnostics) this.#add(path, one.rule, lineOf(one), NOWHERE).known++;
  }

  /** What is known and was not found, of the files that were looked at and those that `isGone`. */
  stale(isGone: (path: string) => boolean): StaleEntry[] {
    return [...this.#files].flatMap(([path, entries]) =>
      this.#seen.has(path) || isGone(path)
        ? [...entries.values()]
            .filter(({ found, known }) => found < known)
            .map(({ rule, found, known, range }) => ({ path, rule, found, known, range }))
        : [],
    );
  }

  /** Forgets the files that are gone. */
  forget(isGone: (path: string) => boolean): void {
    for (const path of [...this.#files.keys()])
      if (!this.#seen.has(path) && isGone(path)) this.#files.delete(path);
  }

  /** How many findings are known, and in how many files. */
  count(): { readonly findings: number; readonly files: number } {
    let findings = 0;
    for (const entries of this.#files.values()) for (const { known } of entries.values()) findings += known;
    return { findings, files: this.#files.size };
  }

  /** The text of it: the same for the same findings, one on each line and all in order, so that two branches can be merged. */
  print(): string {
    const files = [...this.#files].sort(byFirst).map(([path, entries]) => {
      const lines = [...entries].sort(byFirst).map(([, { rule, known, text }]) => {
        const [name, line] = [rule, text].map((one) => JSON.stringify(one));
        return `      { "rule": ${name}, "count": ${known}, "text": ${line} }`;
      });
      return `    ${JSON.stringify(path)}: [\n${lines.join(',\n')}\n    ]`;
    });
    const all = files.length === 0 ? '{}' : `{\n${files.join(',\n')}\n  }`;
    return `{\n  "version": ${VERSION},\n  "files": ${all}\n}\n`;
  }

  #add(path: string, rule: string, text: string, range: Range): Entry {
    const entries = this.#files.get(path) ?? new Map<string, Entry>();
    this.#files.set(path, entries);
    const key = keyOf(rule, text);
    const entry = entries.get(key) ?? { rule, text, known: 0, found: 0, range };
    entries.set(key, entry);
    return entry;
  }
}

const HOW_TO_MAKE = 'mountc lint --baseline FILE --write-baseline makes one';

const keyOf = (rule: string, text: string) => `${rule}\0${text}`;

const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

function textOf(node: ConfigNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.text : undefined;
}

function countOf(node: ConfigNode): number | undefined {
  return node.kind === 'number' && /^[1-9]\d{0,8}$/.test(node.text) ? Number(node.text) : undefined;
}

/** No line that somebody wrote is longer; of one that a program made, what was found stands for it. */
const LONGEST = 2000;

/** The line of a finding: neither indenting, nor whether the command goes on after it, makes another of it. */
function lineTexts(text: string): (diagnostic: Diagnostic) => string {
  const lines = new LineIndex(text);
  return ({ range }) => {
    const whole = lines.line(lines.position(range.start).line);
    const end = Math.min(range.end, range.start + LONGEST);
    const line = whole.length > LONGEST ? text.slice(range.start, end) : whole;
    return hideSecrets(
      line
        .replace(/\s+/g, ' ')
        .replace(/ ?[\\`^] ?$/, '')
        .trim(),
      'source',
    );
  };
}
