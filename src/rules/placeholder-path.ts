const ROLE =
  /^(?:(?:host|local|full|abs(?:olute)?)[_-]?)?(?:path|your|some)(?:[\W_].*)?\/|^(?:host|local)\/(?:path|dir|folder|file)/i;
/** The same in other languages. */
const FOREIGN_ROLE =
  /^(?:pfad\/zu[mr]?|chemin\/(?:vers|de|du)|ruta\/(?:a|al|de|del|hacia)|caminho\/(?:para|d[aeo])|percorso\/(?:d[aei]l?|a|alla?)|pad\/naar|put\/k)\//i;
const CAPITALS =
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\/|^(?:YOUR|CHANGE|PATH|FOLDER|DIR|VOLUMES?|HOST|LOCAL)[A-Z]*\//;

/** Whether a relative path says what is meant to stand there: `path/to/data`, `YOUR_DATA_DIR/conf`. */
export function isPlaceholderPath(path: string): boolean {
  return ROLE.test(path) || FOREIGN_ROLE.test(path) || CAPITALS.test(path);
}
