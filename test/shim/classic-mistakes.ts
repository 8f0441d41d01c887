// Mistakes that people make with mounts, each of which every docker refuses, and what mountc offers instead.

/** One mistake. */
export interface ClassicMistake {
  readonly name: string;
  /** The flags, about an existing folder in which `src/app` exists. */
  readonly flags: (dir: string) => readonly string[];
  /** The same put right; absent where nobody can know what was meant. */
  readonly offered?: (dir: string) => readonly string[];
  /** It is a guess. */
  readonly isGuess?: boolean;
}

const volume = (name: string, wrong: string, right?: string, isGuess?: true): ClassicMistake => ({
  name,
  flags: (dir) => ['-v', wrong.replaceAll('DIR', dir)],
  ...(right === undefined ? {} : { offered: (dir: string) => ['-v', right.replaceAll('DIR', dir)] }),
  ...(isGuess ? { isGuess } : {}),
});
const mount = (name: string, wrong: string, right?: string, isGuess?: true): ClassicMistake => ({
  name,
  flags: (dir) => ['--mount', wrong.replaceAll('DIR', dir)],
  ...(right === undefined ? {} : { offered: (dir: string) => ['--mount', right.replaceAll('DIR', dir)] }),
  ...(isGuess ? { isGuess } : {}),
});
const tmpfs = (name: string, wrong: string, right?: string, isGuess?: true): ClassicMistake => ({
  name,
  flags: () => ['--tmpfs', wrong],
  ...(right === undefined ? {} : { offered: () => ['--tmpfs', right] }),
  ...(isGuess ? { isGuess } : {}),
});

export const CLASSIC_MISTAKES: readonly ClassicMistake[] = [
  volume('a relative target', 'DIR:b', 'DIR:/b', true),
  volume('a mistyped mode', 'DIR:/b:r0', 'DIR:/b:ro', true),
  volume('a mode in capitals', 'DIR:/b:RO', 'DIR:/b:ro'),
  volume('the word of --mount as a mode', 'DIR:/b:readonly', 'DIR:/b:ro'),
  volume('a mode between colons', 'DIR:/b:ro:z', 'DIR:/b:ro,z'),
  volume('a path where the mode goes', 'DIR:/b:/c'),
  volume('two modes that exclude each other', 'DIR:/b:ro,rw'),
  volume('an option of mount(8)', 'DIR:/b:rw,uid=1000'),
  volume('an empty mode', 'DIR:/b:ro,', 'DIR:/b:ro'),
  volume('a mode and no target', 'DIR:ro'),
  volume('no target after the colon', 'DIR:'),
  volume('a relative source without a dot', 'src/app:/app', './src/app:/app'),
  volume('a tilde that no shell expanded', '~/app:/app'),
  volume('the root as target', 'DIR:/'),
  volume('nocopy for a path', 'DIR:/b:nocopy', 'DIR:/b'),
  volume('propagation for a volume', 'cache:/b:rshared', 'cache:/b'),
  mount('spaces behind the commas', 'type=bind, src=DIR, target=/b', 'type=bind,src=DIR,target=/b'),
  mount('no type for a path', 'src=DIR,dst=/b', 'type=bind,src=DIR,dst=/b'),
  mount('a mistyped type', 'type=bnd,src=DIR,dst=/b', 'type=bind,src=DIR,dst=/b'),
  mount('a source for a tmpfs', 'type=tmpfs,src=x,dst=/b', 'type=tmpfs,dst=/b'),
  mount('no target', 'type=bind,src=DIR'),
  mount('no source', 'type=bind,dst=/b'),
  mount('a relative target of --mount', 'type=bind,src=DIR,dst=b', 'type=bind,src=DIR,dst=/b', true),
  mount('a mode of -v', 'type=bind,src=DIR,dst=/b,rw', 'type=bind,src=DIR,dst=/b'),
  mount(
    'a boolean that is none',
    'type=bind,src=DIR,dst=/b,readonly=yes',
    'type=bind,src=DIR,dst=/b,readonly=true',
  ),
  mount('an unknown propagation', 'type=bind,src=DIR,dst=/b,bind-propagation=foo'),
  {
    name: '--mount with the syntax of -v',
    flags: (dir) => ['--mount', `${dir}:/b`],
    offered: (dir) => ['-v', `${dir}:/b`],
  },
  {
    name: 'two mounts on one target',
    flags: (dir) => ['-v', `${dir}:/b`, '--mount', `type=bind,src=${dir}/src,dst=/b`],
  },
  tmpfs('a relative tmpfs', 't', '/t', true),
  tmpfs('a size as people write it', '/t:size=64MiB', '/t:size=64m'),
  tmpfs('an option in capitals', '/t:RO', '/t:ro'),
  tmpfs('an option that does not exist', '/t:huge=always'),
];
