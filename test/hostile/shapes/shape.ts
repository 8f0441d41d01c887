/** A text that somebody may have made to keep mountc busy, in any size. */
export interface Shape {
  /** Unique among those of its kind. */
  readonly name: string;
  /** The name of the file, which says its kind. */
  readonly path: string;
  /** The text, about `n` characters of it; or several files by their paths, that of `path` among them. */
  make(n: number): string | Readonly<Record<string, string>>;
  /** What the last commit of a repository has of that file; without it there is no repository. */
  readonly committed?: (n: number) => string;
  /**
   * The command lines that it is run through, instead of those of its kind: `FILE` stands for its path, behind `<` for
   * standard input; `WORDS` for its lines, as arguments. The folder that it is in is the working directory. What stands behind ` && ` runs after it.
   */
  readonly runs?: readonly string[];
}

/** Pieces one behind the other until there are about `n` characters. */
export function fill(n: number, piece: string | ((index: number) => string)): string {
  if (typeof piece === 'string') return piece.repeat(Math.ceil(n / piece.length));
  const pieces: string[] = [];
  for (let length = 0; length < n; length += pieces.at(-1)!.length) pieces.push(piece(pieces.length));
  return pieces.join('');
}

/** `open` so often, `middle`, and `close` as often: about `n` characters. */
export function nest(n: number, open: string, middle: string, close = ''): string {
  const depth = Math.ceil(n / (open.length + close.length));
  return open.repeat(depth) + middle + close.repeat(depth);
}

/** As many pieces as there are in about `n` characters, for shapes of which a piece knows how many there are. */
export function list(n: number, length: number, piece: (index: number, count: number) => string): string {
  const count = Math.ceil(n / length);
  return Array.from({ length: count }, (_, index) => piece(index, count)).join('');
}
