// Each entry is a bundle of its own beside the main one; scripts/entries.json says what is in it.
declare module '#entry/shell' {
  export const readShell: typeof import('../readers/shell/read-shell.js').readShell;
}

declare module '#entry/yaml-files' {
  export const isAlias: typeof import('../readers/yaml/readers.js').isAlias;
  export const isMap: typeof import('../readers/yaml/readers.js').isMap;
  export const isScalar: typeof import('../readers/yaml/readers.js').isScalar;
  export const isSeq: typeof import('../readers/yaml/readers.js').isSeq;
  export const parseDocument: typeof import('../readers/yaml/readers.js').parseDocument;
  export const readCi: typeof import('../readers/yaml/readers.js').readCi;
  export const readCompose: typeof import('../readers/yaml/readers.js').readCompose;
}

declare module '#entry/markdown-files' {
  export const readMarkdown: typeof import('../readers/markdown/read-markdown.js').readMarkdown;
}

declare module '#entry/small-files' {
  export const readBatch: typeof import('../readers/small-readers.js').readBatch;
  export const readDevcontainer: typeof import('../readers/small-readers.js').readDevcontainer;
  export const readDockerfile: typeof import('../readers/small-readers.js').readDockerfile;
  export const readMakefile: typeof import('../readers/small-readers.js').readMakefile;
  export const readPackageJson: typeof import('../readers/small-readers.js').readPackageJson;
  export const readPowershell: typeof import('../readers/small-readers.js').readPowershell;
  export const readSystemd: typeof import('../readers/small-readers.js').readSystemd;
}

declare module '#entry/convert-files' {
  export const runFiles: typeof import('./convert-files.js').runFiles;
}

declare module '#entry/convert-mounts' {
  export const runMounts: typeof import('./convert-mounts.js').runMounts;
}

declare module '#entry/judge' {
  export const judgeText: typeof import('./judge.js').judgeText;
  export const listMounts: typeof import('./judge.js').listMounts;
  export const makeDialect: typeof import('./judge.js').makeDialect;
  export const ruleInfo: typeof import('./judge.js').ruleInfo;
  export const ruleName: typeof import('./judge.js').ruleName;
  export const severityOf: typeof import('./judge.js').severityOf;
  export const RULE_NAMES: typeof import('./judge.js').RULE_NAMES;
  export const RULES: typeof import('./judge.js').RULES;
}

declare module '#entry/offer-fixes' {
  export const offerConversions: typeof import('../convert/offer-fixes.js').offerConversions;
}

declare module '#entry/lint-one-command' {
  export const lintOneCommand: typeof import('./lint-one-command.js').lintOneCommand;
}

declare module '#entry/lint-help' {
  export const LINT_HELP: string;
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
