// What the check only needs when it has something to say is a bundle of its own beside it.
declare module '#entry/speak' {
  export const speakOfRefusal: typeof import('./speak.js').speakOfRefusal;
  export const speakOfWarnings: typeof import('./speak.js').speakOfWarnings;
}
