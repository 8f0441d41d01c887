/** A path as a URI reference: relative ones stay relative, absolute ones become `file:` URIs. */
export function pathToUri(path: string): string {
  const encoded = path
    .split('/')
    .map((part) => encodeURIComponent(wellFormed(part)).replace(/%(?:40|2B|2C|3D)/g, decodeURIComponent))
    .join('/');
  if (path.startsWith('/')) return `file://${encoded}`;
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace('%3A', ':')}`;
  return encoded;
}

/** A lone surrogate cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}
