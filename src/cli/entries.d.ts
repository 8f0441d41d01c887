// Each entry is a bundle of its own beside the main one; scripts/entries.json says what is in it.
declare module '#entry/*' {
  export const run: import('./io.js').Command;
}
