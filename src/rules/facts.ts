import { isExpanded } from '../dialects/docker/client/client-volume.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { lowerGo, parseGoBool, trimGoSpace, trimmedGo } from '../go/text.js';
import type { Site } from '../source/site.js';
import type { MountSpec, VolumeSpec } from '../spec/ast.js';
import type { Range } from '../text/range.js';
import { literal, type SpecText } from '../text/spec-text.js';
import { isAbsoluteIn, isWindowsPath } from './paths.js';

/** A path or name of a mount as far as it is known. */
export interface PathFact {
  /** In the site's value. */
  readonly range: Range;
  /** As it stands there, holes as marks. */
  readonly value: string;
  /** The same, when there is no hole in it. */
  readonly text?: string;
  /** Undefined when its beginning is not known. */
  readonly isAbsolute?: boolean;
}

/** What a mount flag says, whatever its form; what is not known is absent. */
export interface MountFacts {
  /** `bind`, `volume`, `tmpfs`, … as docker will take it, in lower case; undefined when it is not known. */
  readonly type?: string;
  readonly source?: PathFact;
  readonly target?: PathFact;
  readonly isReadonly?: boolean;
  /** A part that is unknown as a whole may say anything: what seems to be left out may be there. */
  readonly isPartial: boolean;
}

/** The facts of a site; undefined where docker's own parser gives up on it. `dialect` is that of its command. */
export function factsOf(site: Site, dialect: Dialect): MountFacts | undefined {
  const known = factsOfSite.get(site);
  if (known !== undefined) return known;
  const facts = readFacts(site, dialect);
  if (facts !== undefined) factsOfSite.set(site, facts);
  return facts;
}

// A dozen rules ask for the same.
const factsOfSite = new WeakMap<Site, MountFacts>();

function readFacts({ node, text }: Site, dialect: Dialect): MountFacts | undefined {
  switch (node.kind) {
    case 'volume':
      return node.problem === undefined ? volumeFacts(node, text, dialect) : undefined;
    case 'mount':
      return node.problem === undefined ? mountFacts(node, text) : undefined;
    case 'tmpfs':
      return {
        type: 'tmpfs',
        target: pathFact(text, node.target.range),
        isReadonly: node.options?.some(({ key }) => key.value === 'ro') ?? false,
        isPartial: false,
      };
  }
}

function volumeFacts(node: VolumeSpec, text: SpecText, dialect: Dialect): MountFacts {
  const source = node.source && pathFact(text, node.source.range);
  const target = node.target && pathFact(text, node.target.range);
  const type = source === undefined ? 'volume' : volumeType(source, dialect);
  const isReadonly = node.options.some(({ value }) => value === 'ro');
  const isOpen = node.options.some(({ range }) => literal(text, range) === undefined);
  return { type, source, target, isReadonly: isReadonly || (isOpen ? undefined : false), isPartial: false };
}

function volumeType(source: PathFact, dialect: Dialect): string | undefined {
  if (isWindowsPath(source.value)) return dialect.engineOs === 'windows' ? 'bind' : undefined;
  if (source.isAbsolute === undefined) return undefined;
  return source.isAbsolute || isExpanded(source.value, dialect) ? 'bind' : 'volume';
}

function mountFacts(node: MountSpec, text: SpecText): MountFacts {
  let type: string | undefined = 'volume';
  let source: PathFact | undefined;
  let target: PathFact | undefined;
  let isReadonly: boolean | undefined = false;
  let isPartial = false;
  for (const { key, value } of node.fields) {
    if (literal(text, key.range) === undefined) {
      isPartial = true;
      continue;
    }
    const known = value && literal(text, value.range) !== undefined ? trimmedGo(value.value) : undefined;
    switch (lowerGo(trimmedGo(key.value))) {
      case 'type':
        type = value === undefined || known === undefined ? undefined : lowerGo(known);
        break;
      case 'source':
      case 'src':
        source = value && fieldFact(text, value.range);
        break;
      case 'target':
      case 'dst':
      case 'destination':
        target = value && fieldFact(text, value.range);
        break;
      case 'readonly':
      case 'ro':
        isReadonly = value === undefined ? true : known === undefined ? undefined : parseGoBool(known);
        break;
    }
  }
  if (!isPartial) return { type, source, target, isReadonly, isPartial };
  const isSaid = node.fields.some(({ key }) => lowerGo(key.value) === 'type');
  return { type: isSaid ? type : undefined, source, target, isReadonly: isReadonly || undefined, isPartial };
}

/** The fact of a stretch of a text. */
function pathFact(text: SpecText, range: Range): PathFact {
  return {
    range,
    value: text.value.slice(range.start, range.end),
    text: literal(text, range),
    isAbsolute: isAbsoluteIn(text, range),
  };
}

// Blanks in front of a path make docker refuse it, which is said of them and not of the path.
function fieldFact(text: SpecText, { start, end }: Range): PathFact {
  const blanks = trimGoSpace(text.value.slice(start, end)).start;
  return pathFact(text, { start: start + blanks, end });
}
