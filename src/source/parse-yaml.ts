import {
  Composer,
  type Document,
  type DocumentOptions,
  isScalar,
  Lexer,
  type ParsedNode,
  type ParseOptions,
  Parser,
  type SchemaOptions,
  visit,
  YAMLParseError,
} from 'yaml';
import { MOST_CHARACTERS, MOST_DEPTH, TOO_DEEP, TOO_LONG } from './bounds.js';

type Options = ParseOptions & DocumentOptions & SchemaOptions;

/** The documents of a YAML text, or why it is not read, and where. */
type YamlDocuments =
  | { readonly documents: readonly Document.Parsed<ParsedNode>[] }
  | { readonly why: string; readonly at: number };

/**
 * Parses a YAML text; the errors of a document are in it. A text that is longer or deeper than the library can take is not read.
 * With `isOne` there is a document also where the text has none.
 */
export function parseYamlDocuments(text: string, options: Options, isOne = false): YamlDocuments {
  if (text.length > MOST_CHARACTERS) return { why: TOO_LONG, at: 0 };
  // The library may make an error for each of a million characters; what counts is what each of them says.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return compose(text, options, isOne);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function compose(text: string, options: Options, isOne: boolean): YamlDocuments {
  const parser = new Parser();
  // To find keys that stand twice, the library compares each with all before it.
  const composer = new Composer({ ...options, prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  const documents: Document.Parsed<ParsedNode>[] = [];
  const take = (made: Iterable<Document.Parsed<ParsedNode>>) => {
    for (const document of made) documents.push(document);
  };
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) take(composer.next(token));
    if (parser.stack.length > MOST_DEPTH) return { why: TOO_DEEP, at: parser.offset };
  }
  for (const token of parser.end()) take(composer.next(token));
  take(composer.end(isOne, text.length));
  if (options.uniqueKeys !== false) documents.forEach(findTwins);
  return { documents };
}

function findTwins(document: Document.Parsed<ParsedNode>): void {
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value) && key.range)
          document.errors.push(
            new YAMLParseError([key.range[0], key.range[1]], 'DUPLICATE_KEY', 'Map keys must be unique'),
          );
        seen.add(key.value);
      }
    },
  });
}
