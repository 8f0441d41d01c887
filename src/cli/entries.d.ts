// Each entry is a bundle of its own beside the main one; scripts/entries.json says what is in it.
declare module '#entry/shell' {
  export const readShell: typeof import('../frontends/shell/read-shell.js').readShell;
}

declare module '#entry/convert-files' {
  export const runFiles: typeof import('./convert-files.js').runFiles;
}

declare module '#entry/versions' {
  export const askVersions: typeof import('./versions.js').askVersions;
}

declare module '#entry/*' {
  export const run: import('./io.js').Command;
}

declare module '#entry/docker' {
  export const run: import('./io.js').Command;
  export const help: string;
}
