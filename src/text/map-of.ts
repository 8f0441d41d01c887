/** A table that knows its own words alone; an object would know `constructor` as well. */
export function mapOf<Value>(entries: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(entries));
}

/** The entries of all, of two of one name the last; a name may be `__proto__`. */
export function merged<Value>(
  all: readonly (Readonly<Record<string, Value>> | undefined)[],
): Record<string, Value> {
  return Object.fromEntries(all.flatMap((one = {}) => Object.entries(one)));
}
