import type { FileKind } from '../../source/file-kinds.js';

/** Programming languages whose lists of words and strings are read. */
export type CodeKind = Extract<
  FileKind,
  'python' | 'javascript' | 'go' | 'ruby' | 'java' | 'kotlin' | 'csharp' | 'rust' | 'php' | 'groovy'
>;

/** What a string holds besides characters: expressions in braces after a mark, or names after it too. */
type Interpolation = '${' | '$' | '{$' | '#{' | '{';

/** One way to write a string. The first row of a language that fits decides. */
export interface StringRow {
  /** What begins it, prefixes included; sticky. */
  readonly open: RegExp;
  readonly close: string;
  /**
   * `all`: a backslash and a letter stand for another character. `quote`: only before itself and the quote. `none`: it is one.
   * `kept`: it is one, and the quote after it does not end the string.
   */
  readonly escapes: 'all' | 'quote' | 'none' | 'kept';
  /** The closing mark twice stands for itself. */
  readonly isDoubled?: true;
  /** It may go over several lines. */
  readonly hasLines?: true;
  readonly holes?: Interpolation;
  /** A shell gets it, wherever it stands. */
  readonly runs?: true;
}

/** How a language is cut into strings, comments and brackets, and what runs commands in it. */
export interface Language {
  /** Blanks and comments; sticky. */
  readonly skipped: RegExp;
  readonly strings: readonly StringRow[];
  /** Characters and the like that hold quotes without being strings; sticky. */
  readonly opaque?: RegExp;
  /** A pattern may stand between slashes where no value ends. */
  readonly hasPatterns?: true;
  /** Calls that hand their first string to a shell. */
  readonly shells: ReadonlySet<string>;
  /** A call needs no brackets. */
  readonly isBare?: true;
  /** What new strings are written in, and those with expressions. */
  readonly plain: readonly [open: string, close: string];
  readonly filled?: readonly [open: string, close: string];
}

const words = (text: string) => new Set(text.split(' '));
const SLASHES = /(?:\s+|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$))+/y;
const HASHES = /(?:\s+|#[^\n]*)+/y;
const CHARACTER = /'(?:\\(?:u\{?[\da-fA-F]+\}?|x[\da-fA-F]+|.)|[^'\\\n])'/y;
const DOUBLE = { open: /"/y, close: '"', escapes: 'all' } as const;
const BLOCK = { open: /"""/y, close: '"""', escapes: 'all', hasLines: true } as const;

/** One row for each language. */
export const LANGUAGES: Readonly<Record<CodeKind, Language>> = {
  python: {
    skipped: /(?:\s+|#[^\n]*|\\\n)+/y,
    strings: [
      { open: /[bBuU]?[rR][bB]?"""/y, close: '"""', escapes: 'kept', hasLines: true },
      { open: /[bBuU]?[rR][bB]?'''/y, close: "'''", escapes: 'kept', hasLines: true },
      { open: /(?:[fF][rR]|[rR][fF])"""/y, close: '"""', escapes: 'kept', hasLines: true, holes: '{' },
      { open: /(?:[fF][rR]|[rR][fF])'''/y, close: "'''", escapes: 'kept', hasLines: true, holes: '{' },
      { open: /[fF]"""/y, close: '"""', escapes: 'all', hasLines: true, holes: '{' },
      { open: /[fF]'''/y, close: "'''", escapes: 'all', hasLines: true, holes: '{' },
      { open: /[bBuU]?"""/y, close: '"""', escapes: 'all', hasLines: true },
      { open: /[bBuU]?'''/y, close: "'''", escapes: 'all', hasLines: true },
      { open: /[bB]?[rR][bB]?"/y, close: '"', escapes: 'kept' },
      { open: /[bB]?[rR][bB]?'/y, close: "'", escapes: 'kept' },
      { open: /(?:[fF][rR]|[rR][fF])"/y, close: '"', escapes: 'kept', holes: '{' },
      { open: /(?:[fF][rR]|[rR][fF])'/y, close: "'", escapes: 'kept', holes: '{' },
      { open: /[fF]"/y, close: '"', escapes: 'all', holes: '{' },
      { open: /[fF]'/y, close: "'", escapes: 'all', holes: '{' },
      { open: /[bBuU]?"/y, close: '"', escapes: 'all' },
      { open: /[bBuU]?'/y, close: "'", escapes: 'all' },
    ],
    shells: words(
      'system popen run call check_call check_output Popen getoutput getstatusoutput shell split',
    ),
    plain: ['"', '"'],
    filled: ['f"', '"'],
  },
  javascript: {
    skipped: SLASHES,
    strings: [
      { open: /`/y, close: '`', escapes: 'all', hasLines: true, holes: '${' },
      DOUBLE,
      { open: /'/y, close: "'", escapes: 'all' },
    ],
    hasPatterns: true,
    shells: words(
      'exec execSync execAsync spawn spawnSync execCommand execaCommand execaCommandSync runCommand',
    ),
    plain: ["'", "'"],
    filled: ['`', '`'],
  },
  go: {
    skipped: SLASHES,
    strings: [{ open: /`/y, close: '`', escapes: 'none', hasLines: true }, DOUBLE],
    opaque: CHARACTER,
    shells: words(''),
    plain: ['"', '"'],
  },
  ruby: {
    skipped: HASHES,
    strings: [
      { ...DOUBLE, holes: '#{' },
      { open: /`/y, close: '`', escapes: 'all', hasLines: true, holes: '#{', runs: true },
      { open: /'/y, close: "'", escapes: 'quote' },
    ],
    hasPatterns: true,
    shells: words('system exec sh spawn popen capture2 capture2e capture3 run'),
    isBare: true,
    plain: ["'", "'"],
    filled: ['"', '"'],
  },
  java: {
    skipped: SLASHES,
    strings: [BLOCK, DOUBLE],
    opaque: CHARACTER,
    shells: words('exec'),
    plain: ['"', '"'],
  },
  kotlin: {
    skipped: SLASHES,
    strings: [
      { ...BLOCK, escapes: 'none', holes: '$' },
      { ...DOUBLE, holes: '$' },
    ],
    opaque: CHARACTER,
    shells: words('sh'),
    plain: ['"', '"'],
    filled: ['"', '"'],
  },
  csharp: {
    skipped: SLASHES,
    strings: [
      { open: /"""/y, close: '"""', escapes: 'none', hasLines: true },
      { open: /(?:\$@|@\$)"/y, close: '"', escapes: 'none', isDoubled: true, hasLines: true, holes: '{' },
      { open: /@"/y, close: '"', escapes: 'none', isDoubled: true, hasLines: true },
      { open: /\$"/y, close: '"', escapes: 'all', holes: '{' },
      DOUBLE,
    ],
    opaque: CHARACTER,
    shells: words(''),
    plain: ['"', '"'],
    filled: ['$"', '"'],
  },
  rust: {
    skipped: SLASHES,
    strings: [
      { open: /b?r"/y, close: '"', escapes: 'none', hasLines: true },
      { open: /b?r#"/y, close: '"#', escapes: 'none', hasLines: true },
      { open: /b?"/y, close: '"', escapes: 'all', hasLines: true },
    ],
    opaque: CHARACTER,
    shells: words(''),
    plain: ['"', '"'],
  },
  php: {
    skipped: /(?:\s+|\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$))+/y,
    strings: [
      { ...DOUBLE, hasLines: true, holes: '{$' },
      { open: /`/y, close: '`', escapes: 'all', hasLines: true, holes: '{$', runs: true },
      { open: /'/y, close: "'", escapes: 'quote', hasLines: true },
    ],
    shells: words('exec shell_exec system passthru popen proc_open fromShellCommandline'),
    plain: ["'", "'"],
    filled: ['"', '"'],
  },
  groovy: {
    skipped: SLASHES,
    strings: [
      { ...BLOCK, holes: '$' },
      { open: /'''/y, close: "'''", escapes: 'all', hasLines: true },
      { ...DOUBLE, holes: '$' },
      { open: /'/y, close: "'", escapes: 'all' },
    ],
    hasPatterns: true,
    shells: words('sh'),
    isBare: true,
    plain: ["'", "'"],
    filled: ['"', '"'],
  },
};
