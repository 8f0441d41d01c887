/** What is made when it is first asked for, and kept: most runs need few of the tables, and starting is most of what they take. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
