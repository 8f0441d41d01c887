import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../src/text/edit.js';
import { readShellFile, shownCommands, writtenIn } from '../support/frontends.js';

/** The words after `docker run` of every command found, holes as written. */
function found(text: string): string[] {
  return shownCommands(readShellFile(text)).map((words) => words.join(' | '));
}

describe('commands are found wherever a shell runs them', () => {
  test.each([
    ['docker run -v /a:/b img', 'docker | run | -v | /a:/b | img'],
    ['sudo -E -u root docker run i', 'docker | run | i'],
    ['env A=b -u C docker run i', 'docker | run | i'],
    ['A=b C=d docker run i', 'docker | run | i'],
    ['time docker run i', 'docker | run | i'],
    ['exec nohup nice -n 5 timeout -k 5 10s docker run i', 'docker | run | i'],
    ['/usr/bin/docker run i', '/usr/bin/docker | run | i'],
    ['nvidia-docker run i', 'nvidia-docker | run | i'],
    ['docker.exe run i', 'docker.exe | run | i'],
    ['if docker run i; then :; fi', 'docker | run | i'],
    ['while ! docker run i; do :; done', 'docker | run | i'],
    ['f() { docker run i; }', 'docker | run | i'],
    ['case x in a) docker run i;; esac', 'docker | run | i'],
    ['x=$(docker run i)', 'docker | run | i'],
    ['x=`docker run i`', 'docker | run | i'],
    ['true && docker run i | cat', 'docker | run | i'],
    ['echo "$(docker run i)"', 'docker | run | i'],
    ['$DOCKER run i', '$DOCKER | run | i'],
    ['${CONTAINER_ENGINE:-docker} run i', '${CONTAINER_ENGINE:-docker} | run | i'],
    ['$SUDO docker run i', 'docker | run | i'],
    ["bash -c 'docker run i'", 'docker | run | i'],
    ["sh -euo pipefail -c 'docker run i' sh x", 'docker | run | i'],
    ['eval "docker run i"', 'docker | run | i'],
    ["ssh -p 22 host 'docker run i'", 'docker | run | i'],
    ['ssh host docker run "-v /a:/b" i', 'docker | run | -v | /a:/b | i'],
    ["su - me -c 'docker run i'", 'docker | run | i'],
    ["alias d='docker run -v /a:/b'", 'docker | run | -v | /a:/b'],
    ["trap 'docker run i' EXIT", 'docker | run | i'],
    ['find . -exec docker run -v {}:/x i \\;', 'docker | run | -v | {}:/x | i'],
    ['find . -exec echo {} \\; -exec docker run {}:/x \\; -print', 'docker | run | {}:/x'],
    ['wsl -d U -e docker run i', 'docker | run | i'],
    ['ls | xargs -I{} docker run -v {}:/x i', 'docker | run | -v | {}:/x | i'],
    ["bash <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ['cat <<EOF | ssh h\ndocker run $A \\$B\nEOF\n', 'docker | run | $A | $B'],
    ["ssh -T $O u@h -p 1 <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ["ssh $O $H <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ["ssh h 'cd x && sudo -u y bash -se' <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ["ssh h sudo su - y <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ["bash -eu /dev/stdin x <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ['bash <<< "docker run $A \\$B"', 'docker | run | $A | $B'],
    ['C="docker run -v $A:/b i"\nsudo sh <<< "$C"', 'docker | run | -v | $A:/b | i'],
    ["cat <<<'docker run i' | ssh h", 'docker | run | i'],
    ['echo -e "docker run $A" i | sudo -E bash -', 'docker | run | $A | i'],
    ["printf '%s\\n' 'set -e' 'docker run i' | bash -s", 'docker | run | i'],
    ["printf 'docker run i\\n' | ssh u@h", 'docker | run | i'],
    ['(echo set -x; echo docker run i) | tee log | sh', 'docker | run | i'],
    ['retry() { "$@"; }\nretry docker run i', 'docker | run | i'],
    ['@test "x {" {\n  run docker run i\n}\n', 'docker | run | i'],
    ['docker run \\\r\n  i\r\n', 'docker | run | i'],
    ['winpty docker run i', 'docker | run | i'],
    ['systemd-run --scope -p MemoryMax=1G docker run i', 'docker | run | i'],
    ['multipass exec -d /x vm docker run i', 'docker | run | i'],
    ['lxc exec c1 -- docker run i', 'docker | run | i'],
    ['claude mcp add x -- docker run i', 'docker | run | i'],
    ['chroot /host docker run i', 'docker | run | i'],
    ['nsenter -t 1 -m -u docker run i', 'docker | run | i'],
    ['parallel -j 4 docker run -v {}:/x i ::: a b', 'docker | run | -v | {}:/x | i'],
    ['gnome-terminal --tab -- docker run i', 'docker | run | i'],
    ["xterm -T x -e 'docker run i'", 'docker | run | i'],
    ['screen -dmS x docker run i', 'docker | run | i'],
    ["sg docker 'docker run i'", 'docker | run | i'],
    ["sg docker -c 'docker run i'", 'docker | run | i'],
    ["vagrant ssh vm -c 'docker run i'", 'docker | run | i'],
    ["gcloud compute ssh vm --zone=z --command 'docker run i'", 'docker | run | i'],
    ["newgrp docker <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ['docker exec -it dind docker run i', 'docker | run | i'],
    ['docker $A "${B[@]}" run i', 'docker | $A | ${B[@]} | run | i'],
    ["S='sshpass -p x ssh -o A=b'\n$S host 'docker run i'", 'docker | run | i'],
    ['timeout 5 ssh -o A=b host docker run i', 'docker | run | i'],
    ["sshpass -p x ssh host <<'EOF'\ndocker run i\nEOF\n", 'docker | run | i'],
    ['r() { ssh -i k h "$@"; }\nr docker run i', 'docker | run | i'],
    ['r() { local c=$1; ssh h "$c"; }\nr \'docker run i\'', 'docker | run | i'],
    ['s() { echo "$1"; shift; "$@"; }\ns docker docker run i', 'docker | run | i'],
    ['C="docker run -v \\"$A b\\":/c"\neval "$C i"', 'docker | run | -v | $A b:/c | i'],
    ['C=\'docker run\'\nD="sudo $C i"\nsh -c "cd x && $D"', 'docker | run | i'],
    ['$(which docker) run i', '$(which docker) | run | i'],
    ['if a; then D=docker; else D="sudo docker"; fi\n$D run i', 'docker | run | i'],
    ['docker run $([ -f x ] && echo "-v $A:/b -t") i', 'docker | run | -v | $A:/b | -t | i'],
    ['docker run $(if [ -t 1 ]; then echo -d; else echo "--rm"; fi) i', 'docker | run | -d | --rm | i'],
    ['docker run $(cat x; echo "-v a:/b") i', 'docker | run | $(cat x; echo "-v a:/b") | i'],
    ['docker run ${A:+"-v" "$A:/b"} i', 'docker | run | -v | $A:/b | i'],
    ['$DOCKER_COMPOSE run s', '$DOCKER_COMPOSE | run | s'],
    ['load helpers\nrun_podman run i', 'run_podman | run | i'],
    ['load helpers\nrun_podman 0 run i', '0 | run | i'],
    ['e() { echo "$1"; eval "$1"; }\ne "docker run i"', 'docker | run | i'],
    ['set -- -v /a:/b i\ndocker run "$@"', 'docker | run | -v | /a:/b | i'],
    ['B="docker run -t"\nC="$B -v a:b i"\n$C', 'docker | run | -t | -v | a:b | i'],
    ['M="-v a:b"\nO="-t $M $X"\ndocker run $O i', 'docker | run | -t | -v | a:b | $X | i'],
    ['A="-t"\nB="$A"\nA="$B $A"\ndocker run $B i', 'docker | run | -t | i'],
    ['docker run ${A:+-v "$A b":/c\\ d -t} i', 'docker | run | -v | $A b:/c d | -t | i'],
    ['docker run ${A+\\\n -v a:/b \\\n} i', 'docker | run | -v | a:/b | i'],
    ['docker run ${A:--v a:/b} ${B:-i}', 'docker | run | ${A:--v a:/b} | -v | a:/b | ${B:-i}'],
    ['docker run ${A:+-v ~/a:/b} "${A:+-v a:/b}" i', 'docker | run | -v | ~/a:/b | ${A:+-v a:/b} | i'],
  ])('%j', (text, words) => {
    expect(found(text)).toEqual([words]);
  });

  test.each([
    ['ls | xargs docker run -v a:/b i', true],
    ['ls | xargs -0 -n 1 sudo docker run -v a:/b', true],
    ['ls | parallel docker run -v a:/b', true],
    ['fd . -x docker run -v a:/b i', true],
    ['ls | xargs -I{} docker run -v {}:/b i', false],
    ['ls | xargs -0 -n1 -J % docker run -v %:/b i', false],
    ['ls | xargs --replace docker run -v {}:/b i', false],
    ['parallel docker run -v {1//}:/b i ::: a', false],
    ['fd -x docker run -v {.}:/b i', false],
    ['find . -exec docker run -v {}:/b i {} +', false],
    ['docker run -v {1}:/b i', false],
  ])('more words follow where nothing says where they go: %j is %j', (text, partial) => {
    const [command, ...others] = readShellFile(text).commands;
    expect([command?.partial ?? false, others]).toEqual([partial, []]);
  });

  test.each([
    ['ls | xargs -I X docker run -v X:/b -e XX=1 i', ['X']],
    ['ls | xargs -0I % docker run -v %:/b i', ['%']],
    ['ls | xargs --replace=@@ docker run -v @@:/b i', ['@@']],
    ['parallel docker run -v {1//}:/{2} i ::: a ::: b', ['{1//}', '{2}']],
    ['fdfind . --exec docker run -v {/.}:/b ${1} i', ['{/.}', '${1}']],
    ['parallel a ${1} | docker run i', []],
    ['docker run -v {1}:/b i', []],
  ])('what is filled in is unknown: %j', (text, holes) => {
    const { words } = readShellFile(text).commands[0]!;
    expect(words.flatMap((word) => word.holes.map((hole) => hole.text))).toEqual(holes);
  });

  test.each([
    ['d() { sudo docker "$@"; }\nd run -v a:/b i', 'd | run | -v | a:/b | i'],
    ['d() { docker --context c "$@"; }\nd run -v a:/b i', 'd | run | -v | a:/b | i'],
    ['d() { docker run --rm "$@"; }\nd -v a:/b i', 'd | run | -v | a:/b | i'],
    ['d() { docker run --rm "$@" i; }\nd -v a:/b', 'd | run | -v | a:/b'],
    ['d() { local n=$1; shift; docker run --name "$n" "$@"; }\nd x -v a:/b i', 'd | run | -v | a:/b | i'],
    ['d() { podman container run $* ; }\nd -v a:/b i', 'd | container | run | -v | a:/b | i'],
    ['d() { docker compose -f x "$@"; }\nd run -v a:/b s', 'd | run | -v | a:/b | s'],
  ])('functions that hand on their arguments: %j', (text, words) => {
    expect(found(text).at(-1)).toEqual(words);
  });

  test.each([
    ['after the image', 'd() { docker run i "$@"; }\nd -v a:/b'],
    ['fewer in some runs', 'd() { if [ "$1" = x ]; then shift; fi; docker run "$@"; }\nd -v a:/b'],
    ['others', 'd() { set -- x; docker run "$@"; }\nd -v a:/b'],
  ])('functions that do not: %s', (_, text) => {
    expect(found(text)).toHaveLength(1);
  });

  test('a function has arguments of its own', () => {
    expect(found('f() { docker run "$@"; }\nset -- -v a:/b\nf')).toEqual(['docker | run | $@', 'f | run']);
  });

  test("flags that a broken line cuts off are still docker's", () => {
    const text = 'docker run -t \\  # why\n  -v a:b \\ \n  --rm\n  --mount=c i\nls\n-v no:no\n';
    expect(found(text)).toEqual([
      'docker | run | -t |  ',
      'docker | run | -v | a:b |  ',
      'docker | run | --mount=c | i',
    ]);
  });

  test.each([
    '# docker run -v /a:/b i',
    'echo docker run -v /a:/b i',
    'cat <<EOF\ndocker run -v /a:/b i\nEOF\n',
    'x="docker run -v /a:/b i"',
    'command -v docker',
    'grep docker run',
    'apt-get install docker run',
    'echo "docker run i" | tee x.sh',
    'printf "%s" \'bash -c "docker run i"\'',
    "ssh u@h 'cat > x.sh' <<EOF\ndocker run i\nEOF\n",
    'ssh $O u@h tee x.sh <<EOF\ndocker run i\nEOF\n',
    'tee x.sh <<< "docker run i"',
    'bash x.sh <<< "docker run i"',
    'echo "docker run i" | bash x.sh',
    'echo "docker run i" > x.sh | sh',
    'x "$(echo docker run i)" | sh',
    "printf '%s; docker run i' x | sh",
    'buildah run -v /a:/b x',
  ])('%j holds none', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test.each([
  ['for f (*.txt(N) b) docker run -v $f:/x i', '$f:/x'],
  ['for f (a b); do docker run -v $f:/x i; done', '$f:/x'],
  ['docker run -v =(echo a):/x i', '=(echo a):/x'],
  ['docker run -v $f:h:/x i', '$f:h:/x'],
  ['docker run -v "$0:A:h/y:/x" i', '$0:A:h/y:/x'],
  ['docker run -v ${0:A:h}:/x i', '${0:A:h}:/x'],
  ['docker run -v $^dirs/y:/x i', '$^dirs/y:/x'],
  ['repeat 3 docker run -v /a*(/N):/x i', '/a*(/N):/x'],
  ['noglob docker run -v $PWD:/x i', '$PWD:/x'],
])("zsh's own syntax: %j", (text, word) => {
  const after = readShellFile(`${text}\ndocker run after\n`, { path: 'a.zsh' });
  expect(shownCommands(after).map((words) => words.slice(2))).toEqual([['-v', word, 'i'], ['after']]);
  expect(after.commands.every(({ shell }) => shell === 'zsh')).toBe(true);
});

test.each([
  ['for f in *; docker run -v $f:/x i; end'],
  ['if a; docker run -v $f:/x i; else; b "; end"; end; and c'],
  ['a | while read -l f; not docker run -v $f:/x i; end'],
  ['switch (a); case b "c d"; docker run -v $f:/x i; end'],
  ['begin; and docker run \\\n  # -v a:b\n  # c\n  -v $f:/x i; end | cat'],
])("fish's blocks in one line: %j", (text) => {
  const { commands } = readShellFile(`${text}\ndocker run after\n`, { path: 'a.fish' });
  expect(commands.map(({ words }) => words.slice(2).map(({ value }) => value.length))).toEqual([
    [2, 4, 1],
    [5],
  ]);
});

test.each([
  'alias d "docker run -v (pwd):/x"',
  "abbr -a d 'docker run -v (pwd):/x'",
  'abbr d docker run -v (pwd):/x',
])("fish's short names: %s", (text) => {
  expect(shownCommands(readShellFile(text, { path: 'a.fish' }))).toEqual([
    ['docker', 'run', '-v', '(pwd):/x'],
  ]);
});

describe('variables that the file itself assigns', () => {
  test.each([
    ['A=(-v "$PWD:/s" # c\n -v b:/c)\ndocker run "${A[@]}" i', 'docker | run | -v | $PWD:/s | -v | b:/c | i'],
    ['A=(-it)\nA+=(-v a:/b)\ndocker run "${A[@]}" i', 'docker | run | -it | -v | a:/b | i'],
    ['V="-v /a:/b  -v /c:/d"\ndocker run $V i', 'docker | run | -v | /a:/b | -v | /c:/d | i'],
    ['V=/a:/b\ndocker run -v "$V" i', 'docker | run | -v | /a:/b | i'],
    ['V=\nif x; then V="-v /a:/b"; fi\ndocker run $V i', 'docker | run | -v | /a:/b | i'],
    ['V="-it"\nV="$V -v /a:/b"\ndocker run $V i', 'docker | run | -it | -v | /a:/b | i'],
    ['A=(-v a:/b)\nf() { local A=(-v c:/d); docker run "${A[@]}" i; }', 'docker | run | -v | c:/d | i'],
    ['V="-v /a:/b"\nV="-it $V"\ndocker run $V i', 'docker | run | -it | -v | /a:/b | i'],
    [
      'A=(-v a:/b)\nA=(--rm "${A[@]}" -it)\ndocker run "${A[@]}" i',
      'docker | run | --rm | -v | a:/b | -it | i',
    ],
    // Flags stay whole words, whichever of them are there.
    [
      'if x; then V="-v /a:/b"; else V="-v /c:/d"; fi\ndocker run $V i',
      'docker | run | -v | /a:/b | -v | /c:/d | i',
    ],
    ['if x; then A=(-it); else A=(); fi\ndocker run "${A[@]}" i', 'docker | run | -it | i'],
    ['if x; then D=(docker); else D=(sudo docker); fi\n"${DOCKER[@]}" run i', '${DOCKER[@]} | run | i'],
    ['docker run ${A[@]+"${A[@]}"} i', 'docker | run | ${A[@]+"${A[@]}"} | i'],
    ['A=(-v a:/b)\ndocker run ${A[@]+"${A[@]}"} i', 'docker | run | -v | a:/b | i'],
    ['C="sudo docker"\n$C run i', 'docker | run | i'],
    // Not settled: they stay holes.
    ['if x; then V=a; else V=b; fi\ndocker run $V i', 'docker | run | $V | i'],
    ['if x; then V="-v /a:/b"; else V=b; fi\ndocker run $V i', 'docker | run | $V | i'],
    ['V="-v /a:/b"\nV="$V:ro"\ndocker run $V i', 'docker | run | $V | i'],
    ['read V\ndocker run $V i', 'docker | run | $V | i'],
    ['for V in a b; do docker run $V i; done', 'docker | run | $V | i'],
    ['docker run $V i\nV=x', 'docker | run | $V | i'],
    ['A=(a b)\ndocker run "${A[*]}" i', 'docker | run | ${A[*]} | i'],
    ['docker run "$@"', 'docker | run | $@'],
  ])('%j', (text, words) => {
    expect(found(text)).toEqual([words]);
  });

  test('their words are known by where they were written', () => {
    const text = 'A=(-v "$PWD:/s")\nV="-v /c:/d"\ndocker run "${A[@]}" $V i';
    const words = readShellFile(text).commands[0]!.words;
    expect(words.map((word) => writtenIn(text, word))).toEqual([
      'docker',
      'run',
      '-v',
      '$PWD:/s',
      '-v',
      '/c:/d',
      'i',
    ]);
    expect(words.map((word) => word.via)).toEqual([undefined, undefined, 'A', 'A', 'V', 'V', undefined]);
  });

  test('words of an `if` are marked', () => {
    const text = 'A=()\nif x; then A+=(-v a:/b); fi\ndocker run "${A[@]}" i';
    expect(readShellFile(text).commands[0]!.words.map((word) => word.conditional ?? false)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('holes', () => {
  /** The holes of the word after `-v`: kind, then `"` when quoted, `/` when absolute. */
  function holes(text: string, shell?: 'sh' | 'bash'): string[] {
    const words = readShellFile(text, shell === undefined ? {} : { shell }).commands[0]!.words;
    const word = words[words.findIndex(({ value }) => value === '-v' || value === '--mount') + 1]!;
    return word.holes.map((hole) => `${hole.kind}${hole.quoted ? '"' : ''}${hole.absolute ? '/' : ''}`);
  }

  test.each([
    ['docker run -v $PWD:/x i', ['variable/']],
    ['docker run -v "${PWD}:/x" i', ['variable"/']],
    ['docker run -v "$(pwd)":/x i', ['command"/']],
    ['docker run -v `pwd`:/x i', ['command/']],
    ['docker run -v $(git rev-parse --show-toplevel)/a:/x i', ['command/']],
    ['docker run -v $(readlink -f ./a):/x i', ['command/']],
    ['docker run -v $(cat a):/x i', ['command']],
    ['docker run -v $(pwd | sed s,/,,):/x i', ['command']],
    ['docker run -v $A:/x i', ['variable']],
    ['A=$(pwd)/x\ndocker run -v $A:/x i', ['variable/']],
    ['A=/x\nB="$A/y"\ndocker run -v $B:/x i', ['variable/']],
    ['A=$B\nB=$A\ndocker run -v $B:/x i', ['variable']],
    ['A=x\ndocker run -v $A:/x i', ['variable']],
    ['A=$1\ndocker run -v $A:/x i', ['variable']],
    ['docker run -v ~/a:/x i', ['tilde/']],
    ['docker run -v ~:/x i', ['tilde/']],
    ['docker run -v "~/a:/x" i', []],
    ['docker run -v /a:~/x i', []],
    ['docker run --mount src=~/a,dst=/x i', ['tilde/']],
    ['docker run --mount type=bind,src=~/a,dst=/x i', []],
    ['docker run --mount src=/a\\:~/b i', []],
    ['docker run --mount src=/a\\\\:~/b i', ['tilde/']],
    ['docker run -v ${{ github.workspace }}:/x i', ['template/']],
    ['docker run -v "{{ path }}:/x" i', ['template"']],
    ['docker run -v /a/{b,c}:/x i', ['glob']],
    ['docker run -v @DIR@:/x i', ['template']],
  ])('%j', (text, expected) => {
    expect(holes(text)).toEqual(expected);
  });

  test('a POSIX shell expands no tilde after `=`', () => {
    expect(holes('docker run --mount src=~/a,dst=/x i', 'sh')).toEqual([]);
  });

  test('`<path>` is a hole in documentation only', () => {
    const words = readShellFile('docker run -v <my path>:/x i', { placeholders: true }).commands[0]!.words;
    expect(words[3]!.holes[0]!.kind).toBe('placeholder');
    expect(words[3]!.value.slice(1)).toBe(':/x');
  });
});

describe('edits', () => {
  /** The file after `from` in the word number `index` was replaced by `to`. */
  function edited(text: string, index: number, from: string, to: string): string | undefined {
    const word = readShellFile(text).commands[0]!.words[index]!;
    const start = word.value.indexOf(from);
    const edit = word.edit({ start, end: start + from.length }, { value: to, holes: [] });
    return edit && applyEdits(text, [edit]);
  }

  test.each([
    ['docker run -v /a:/b i', 3, '/a', '/a b', "docker run -v '/a b':/b i"],
    ['docker run -v "/a:/b" i', 3, '/a', '/a "$b', 'docker run -v "/a \\"\\$b:/b" i'],
    ["docker run -v '/a:/b' i", 3, '/a', "it's", "docker run -v 'it'\\''s:/b' i"],
    ['docker run -v "$A"/b:/c i', 3, '/b', '/q r', 'docker run -v "$A"\'/q r\':/c i'],
    ["bash -c 'docker run -v /a:/b i'", 3, '/a', "/a b'", `bash -c 'docker run -v "/a b'\\''":/b i'`],
    ['bash -c "docker run -v /a:/b i"', 3, '/a', '/$x', `bash -c "docker run -v '/\\$x':/b i"`],
    ['docker run -v "/a"\' b\':/c i', 3, 'a b', 'x', 'docker run -v "/x"\'\':/c i'],
    ['V="-v /a:/b"\ndocker run $V i', 3, '/a', '/c"', 'V="-v /c\\":/b"\ndocker run $V i'],
    ['docker run \\\r\n -v /a:/b i\r\n', 3, '/a', '/c', 'docker run \\\r\n -v /c:/b i\r\n'],
  ])('%j', (text, index, from, to, expected) => {
    expect(edited(text, index, from, to)).toBe(expected);
  });

  test('words of a split string take no spaces', () => {
    expect(edited('V="-v /a:/b"\ndocker run $V i', 3, '/a', '/a b')).toBeUndefined();
  });

  test.each([
    ['eval "docker run $V i"', true],
    ['echo "run: $V"\nC="docker run $V i"\nsh -c "$C"', true],
    ['eval "docker run $V i"\nlog $V', false],
    ['docker run $V j\neval "docker run $V i"', false],
    ['C="docker run $V i"\neval $C\n$C', false],
  ])('quotes go into a value only where nothing sends them as they are: %j', (uses, isWritten) => {
    const text = `V="-v $A/b:/c"\n${uses}\n`;
    const { words } = readShellFile(text).commands.find((one) => one.words.at(-1)?.value === 'i')!;
    const word = words.find(({ value }) => value.endsWith(':/c'))!;
    const edit = (value: string) => word.edit({ start: 1, end: 3 }, { value, holes: [] });
    expect(edit("/it's")?.text).toBe(isWritten ? '\\"/it\'s\\"' : undefined);
    expect(edit('/d')?.text).toBe('/d');
  });

  test('whole words are replaced where they stand, with the line ends between them', () => {
    const text = 'docker run \\\n  -v \\\n  "$PWD/a b":/c \\\n  i\n';
    const command = readShellFile(text).commands[0]!;
    const value = command.words[3]!;
    const hole = value.holes[0]!;
    const mount = {
      value: `src=${value.value[0]},dst=/c`,
      holes: [{ ...hole, range: { start: 4, end: 5 } }],
    };
    const edit = command.replaceWords(2, 4, [{ value: '--mount', holes: [] }, mount]);
    expect(edit && applyEdits(text, [edit])).toBe(
      'docker run \\\n  --mount \\\n  "src=$PWD,dst=/c" \\\n  i\n',
    );
  });

  test('a tilde that leaves the start of a word is spelled out', () => {
    const text = 'docker run -v ~/x:/y i';
    const command = readShellFile(text).commands[0]!;
    const hole = command.words[3]!.holes[0]!;
    const mount = { value: 'src=?/x,dst=/y', holes: [{ ...hole, range: { start: 4, end: 5 } }] };
    const edit = command.replaceWords(2, 4, [{ value: '--mount', holes: [] }, mount]);
    expect(edit && applyEdits(text, [edit])).toBe('docker run --mount "src=$HOME/x,dst=/y" i');
    const same = command.replaceWords(2, 4, [{ value: '--volume', holes: [] }, command.words[3]!]);
    expect(same && applyEdits(text, [same])).toBe('docker run --volume ~/x:/y i');
  });

  test('words of two places are not replaced as one', () => {
    const command = readShellFile('A=(/a:/b)\ndocker run -v "${A[@]}" i').commands[0]!;
    expect(command.replaceWords(2, 4, [{ value: 'x', holes: [] }])).toBeUndefined();
  });
});

test('directives are comments, not strings', () => {
  const text =
    '# mountc-disable-file a\necho "# mountc-disable-file b" # mountc-disable-line c\ncat <<E\n# mountc-x\nE\n';
  expect(readShellFile(text).comments.map((comment) => comment.text)).toEqual([
    'mountc-disable-file a',
    'mountc-disable-line c',
  ]);
});
