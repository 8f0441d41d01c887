// What a docker behind a shim may notice. Each row is an sh script that starts docker as "$@" and prints what happened; its
// output must be the same for the plain docker, through the launcher, and (unless the row says what differs) `mountc docker`.

/** One thing to compare. */
export interface Row {
  readonly name: string;
  readonly script: string;
  /** The docker that is run: the text of an sh script, or a program to copy. */
  readonly stub?: string | { readonly copyOf: string };
  /** What is different behind the launcher, and behind `mountc docker`, for the documentation; left out where nothing is. */
  readonly launcher?: string;
  readonly door?: string;
  /** Too slow to be worth it behind a new Node each time. */
  readonly launcherOnly?: boolean;
}

/** Prints its arguments, each behind its length. */
const ARGV = `printf '%s:' "$#"; for word; do printf '<%s>' "$word"; done; echo`;
const RUN = 'run -v data:/data img';
const STREAM = Number(process.env['MOUNTC_STREAM_MB'] ?? 32);

export const ROWS: readonly Row[] = [
  {
    name: 'arguments: newlines, spaces, empty words, quotes, patterns',
    stub: ARGV,
    script: `"$@" ${RUN} 'a b' '' '
' '*' '$(x)' "'" '"' '\\' '-v' é✓ ''; "$@" ps '' 'a
' ; "$@"; "$@" ''`,
  },
  {
    name: 'arguments: bytes that are not UTF-8',
    stub: ARGV,
    script: `"$@" ${RUN} "$(printf 'x\\377\\200y')" | od -c; "$@" ps "$(printf '\\377')" | od -c`,
    door: 'such bytes become U+FFFD: Node cannot pass them on',
  },
  {
    name: 'arguments: 100,000 words',
    stub: 'printf "%s\\n" "$#" "$1" "$100000"; printf "%s " "$@" | cksum',
    script: `set -- "$@" ${RUN}; "$@" $(seq 100000)`,
  },
  {
    name: 'arguments: a word of 100 kB, and one that the system refuses',
    stub: 'printf "%s" "$*" | cksum',
    script: `big=$(head -c 100000 /dev/zero | tr '\\0' x); "$@" ${RUN} "$big"; "$@" ${RUN} "$big$big" 2>/dev/null; echo $?`,
  },
  {
    name: 'environment: odd values, no PWD, a wrong PWD, no PATH',
    stub: { copyOf: 'printenv' },
    script: `for each in X=1 PWD=/wrong OLDPWD=/wrong SHLVL=7 "V=a
b" "W=a
PWD=/wrong" E= IFS=: NODE_OPTIONS=--no-such-option NODE_EXTRA_CA_CERTS=/none; do
  env -i MOUNTC_DOCKER="$MOUNTC_DOCKER" PATH=/usr/bin:/bin "$each" "$@" -0 | tr '\\0' '\\n' | sort; echo "= $?"
done; env -i MOUNTC_DOCKER="$MOUNTC_DOCKER" "$@"`,
    door: 'NODE_OPTIONS acts on mountc’s own Node too',
    launcherOnly: true,
  },
  {
    name: 'environment: names that are no names in sh (`A.B`), and those that sh keeps for itself (OPTIND, PPID)',
    stub: { copyOf: 'printenv' },
    script: 'env A.B=c OPTIND=7 PPID=1 "$@" -0 A.B OPTIND PPID | tr "\\0" "\\n"',
    launcher: 'as sh leaves them: it may drop the first, and sets the others',
    launcherOnly: true,
  },
  {
    name: 'environment: values that are not UTF-8',
    stub: { copyOf: 'printenv' },
    script: `env X="$(printf '\\377')" "$@" X | od -c`,
    door: 'Node cannot pass them on',
    launcherOnly: true,
  },
  {
    name: 'working directory, also through a symlink',
    stub: 'pwd; pwd -P; echo "$PWD"',
    script: `mkdir -p real; ln -sfn real link; cd link; "$@" ${RUN} | sed 's,.*/,,'`,
  },
  {
    name: 'working directory whose name is not UTF-8',
    stub: 'pwd -P',
    script: `mkdir -p "$(printf 'caf\\351')"; cd "$(printf 'caf\\351')"; "$@" ${RUN} | sed 's,.*/,,' | od -c; "$@" ps | sed 's,.*/,,' | od -c`,
  },
  {
    name: 'standard input: pipe, file, /dev/null, closed',
    stub: `readlink /proc/$$/fd/0 2>/dev/null | sed 's/[0-9][0-9]*//; s,.*/,,' || echo none; cat 2>/dev/null`,
    script: `echo piped | "$@" ${RUN}; echo filed >in; "$@" ${RUN} <in; "$@" ${RUN} </dev/null; "$@" ps <in`,
  },
  {
    name: 'standard input closed',
    stub: `if [ -e /proc/$$/fd/0 ]; then echo open; else echo closed; fi`,
    script: `"$@" ${RUN} <&-; "$@" ps <&-`,
    door: 'Node opens /dev/null in its place',
  },
  {
    name: 'standard output and error: file, closed',
    stub: 'echo out; echo err >&2; exit 3',
    script: `"$@" ${RUN} >o 2>e; echo $?; cat o e; "$@" ${RUN} >o 2>&1; cat o; "$@" ${RUN} 2>&-; echo $?`,
  },
  {
    name: 'standard output closed',
    stub: `if [ -e /proc/$$/fd/1 ]; then echo open >&2; else echo closed >&2; fi`,
    script: `"$@" ${RUN} >&- 2>&1 2>e; cat e; "$@" ${RUN} 2>e >&-; cat e; "$@" ps 2>e >&-; cat e`,
    door: 'Node opens /dev/null in its place',
  },
  {
    name: 'further file descriptors',
    // The shell lists them itself: a pipeline would open some of its own, now and then still there.
    stub: 'cat <&3; echo seven >&7; for f in /proc/$$/fd/*; do case $f in */10) ;; *) printf "%s " "${f##*/}" ;; esac; done',
    script: `echo three >in; "$@" ${RUN} 3<in 7>out 5</dev/null; cat out; exec 9<in; "$@" ps 3<in 7>out`,
    door: 'files, sockets and pipes that were there are passed on, /dev/null above 2 is not',
  },
  {
    name: 'streaming through standard input and output',
    stub: 'cat',
    script: `head -c ${STREAM}M /dev/zero | "$@" ${RUN} | cksum`,
  },
  {
    name: 'exit codes 0 to 255',
    stub: 'exit "$2"',
    script: 'i=0; while [ $i -lt 256 ]; do "$@" ps $i; printf "%s " $?; i=$((i + 1)); done',
    launcherOnly: true,
  },
  {
    name: 'exit codes 0, 1, 42, 125, 126, 127, 137, 255 with a mount',
    stub: 'exit "$4"',
    script: 'for i in 0 1 42 125 126 127 137 255; do "$@" run -v data:/data $i; printf "%s " $?; done',
  },
  {
    name: 'death by signal',
    stub: 'kill -"$5" $$',
    script: `ulimit -c 0; for s in HUP INT QUIT ABRT KILL SEGV PIPE TERM; do (exec "$@" run -v data:/data img $s) 2>/dev/null; echo "$s $?"; done 2>/dev/null`,
  },
  {
    name: 'signals that were ignored stay ignored (nohup)',
    stub: 'kill -HUP $$; echo alive',
    script: `trap '' HUP; "$@" ${RUN}; echo $?; "$@" ps`,
    door: 'Node sends them up again',
  },
  {
    name: 'limits, umask',
    stub: 'ulimit -a; ulimit -Ha; umask',
    script: `umask 027; ulimit -S -n 200; ulimit -c 0; "$@" ${RUN}`,
    door: 'Node raises the number of open files to the hard limit',
  },
  {
    name: 'process identity: docker is the process that was started',
    stub: 'echo $$',
    script: `"$@" ${RUN} >pid & first=$!; wait; [ "$first" = "$(cat pid)" ] && echo same`,
    door: 'docker is a child',
  },
  {
    name: 'no other process while docker runs, none after it',
    stub: 'n=0; for each in /proc/[0-9]*; do read -r _ _ _ p _ 2>/dev/null <"$each/stat" && [ "$p" = "$TOP" ] && n=$((n + 1)); done; echo "$n"; awk \'/^PPid/ { print $2 == ENVIRON["TOP"] }\' /proc/$$/status',
    script: `TOP=$$; export TOP; "$@" ${RUN}`,
    door: 'mountc waits for it',
  },
];
