// Which words docker takes for the name of an image. It reads them after every flag and refuses most slips of the
// shell here, so its words matter. Behaviour: distribution/reference, which each docker/cli release vendors.
import { lowerGo } from '../../../go/text.js';
import { mapOf } from '../../../text/map-of.js';

/** What differs between the versions of the reference library. */
export interface ImageRules {
  /** `Registry/x`: a first part with an upper-case letter is a registry. */
  readonly upperCaseRegistry: boolean;
  /** `[::1]:5000/x`. */
  readonly ipv6Registry: boolean;
  /** The message about upper case shows the name. */
  readonly namesUpperCase: boolean;
  /** 255 characters are the limit of the path alone, not of registry and path. */
  readonly limitsPathOnly: boolean;
}

const INVALID = 'invalid reference format';
const LONGEST_NAME = 255;
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = `${COMPONENT}(?:/${COMPONENT})*`;
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = `${LABEL}(?:\\.${LABEL})*`;
const TAIL =
  '(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?' +
  '(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?';
const REFERENCE = new RegExp(`^((?:${HOST}(?::[0-9]+)?/)?(${PATH}))${TAIL}$`);
const REFERENCE_IPV6 = new RegExp(`^((?:(?:${HOST}|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?/)?(${PATH}))${TAIL}$`);
// Hex digits of each algorithm that docker links.
const DIGEST_LENGTHS = mapOf<number>({ sha256: 64, sha384: 96, sha512: 128 });

/** Why docker refuses the word as an image, in its own words; undefined when it takes it. */
export function refuseImage(image: string, rules: ImageRules): string | undefined {
  if (/^[a-f0-9]{64}$/.test(image) || refuseDigest(image) === undefined) return undefined;
  const { registry, rest } = splitRegistry(image, rules);
  const colon = rest.indexOf(':');
  const name = colon === -1 ? rest : rest.slice(0, colon);
  if (hasUpperCase(name)) {
    return `${INVALID}: repository name ${rules.namesUpperCase ? `(${name}) ` : ''}must be lowercase`;
  }
  const pattern = rules.ipv6Registry ? REFERENCE_IPV6 : REFERENCE;
  const full = `${registry}/${rest}`;
  const match = pattern.exec(full);
  if (match === null) return pattern.test(lowerGo(full)) ? 'repository name must be lowercase' : INVALID;
  const [, whole = '', path = '', , digest] = match;
  if ((rules.limitsPathOnly ? path : whole).length > LONGEST_NAME) {
    return `repository name must not be more than ${LONGEST_NAME} characters`;
  }
  return digest === undefined ? undefined : refuseDigest(digest);
}

function splitRegistry(image: string, rules: ImageRules): { registry: string; rest: string } {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const isRegistry =
    slash !== -1 &&
    (/[.:]/.test(first) || first === 'localhost' || (rules.upperCaseRegistry && hasUpperCase(first)));
  const named = isRegistry ? first : 'docker.io';
  const registry = named === 'index.docker.io' ? 'docker.io' : named;
  const rest = isRegistry ? image.slice(slash + 1) : image;
  return { registry, rest: registry === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest };
}

function refuseDigest(digest: string): string | undefined {
  const [, algorithm, encoded = ''] =
    /^([a-z0-9]+(?:[.+_-][a-z0-9]+)*):([a-zA-Z0-9=_-]+)$/.exec(digest) ?? [];
  if (algorithm === undefined) return 'invalid checksum digest format';
  const length = DIGEST_LENGTHS.get(algorithm);
  if (length === undefined) return 'unsupported digest algorithm';
  if (encoded.length !== length) return 'invalid checksum digest length';
  return /^[a-f0-9]+$/.test(encoded) ? undefined : 'invalid checksum digest format';
}

const hasUpperCase = (text: string): boolean => lowerGo(text) !== text;
