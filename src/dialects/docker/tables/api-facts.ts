/** Since which minor version of the Engine API (1.x) an engine reads or checks something; one row a fact. */
export const API_FACTS = {
  createMountpoint: { since: 42, evidence: '§0.2: engines ignore BindOptions.CreateMountpoint below' },
  optionsOfType: { since: 42, evidence: '§0.2, §3.7: the router refuses options of another type' },
  recursiveReadonly: {
    since: 44,
    evidence: '§0.2, §3.8: below, a read-only bind is never recursively so, and nobody can ask for it',
  },
  subpath: { since: 45, evidence: '§0.2: new engines refuse VolumeOptions.Subpath below' },
  tmpfsWords: { since: 46, evidence: '§0.2: engines ignore TmpfsOptions.Options below' },
  imageMounts: { since: 48, evidence: '§0.2: new engines refuse the type below' },
} as const satisfies Record<string, { readonly since: number; readonly evidence: string }>;
