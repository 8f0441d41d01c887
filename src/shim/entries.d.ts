// What the check needs only when there is something to say or to do is a bundle of its own beside it.
declare module '#entry/full-check' {
  export const checkFully: typeof import('./full-check.js').checkFully;
  export const checkCommand: typeof import('./check-command.js').checkCommand;
}

declare module '#entry/speak' {
  export const checkCompose: typeof import('./check-compose.js').checkCompose;
  export const speakOfRefusal: typeof import('./speak.js').speakOfRefusal;
  export const speakOfWarnings: typeof import('./speak.js').speakOfWarnings;
}

declare module '#entry/rewrite' {
  export const rewriteArgs: typeof import('./rewrite.js').rewriteArgs;
  export const rewriteScript: typeof import('./rewrite.js').rewriteScript;
  export const rewrittenArgs: typeof import('./rewrite.js').rewrittenArgs;
}

declare module '#entry/probe' {
  export const probeCompose: typeof import('../docker/probe.js').probeCompose;
  export const probeDocker: typeof import('../docker/probe.js').probeDocker;
}
