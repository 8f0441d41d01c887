// A tree of shell scripts as repositories hold them, the same in every run: half of them below 1.4 kB, none above 12 kB, which is
// what 375 scripts of nine public repositories are, but for the few longest; every third names docker, every sixth mounts
// something, the usual mix of functions, loops, conditions, heredocs and comments.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'build',
  'deploy',
  'release',
  'check',
  'setup',
  'backup',
  'fetch',
  'render',
  'migrate',
  'report',
];
const THINGS = [
  'config',
  'cache',
  'archive',
  'package',
  'index',
  'version',
  'target',
  'branch',
  'module',
  'log',
];

/** Blocks of a script; `n` makes their names differ. */
const BLOCKS = [
  (n, a, b) => `# ${a} the ${b}, unless somebody did it before
${a}_${b}_${n}() {
  local ${b}_dir="\${1:-/var/lib/${b}}" count=0
  if [[ ! -d "$${b}_dir" ]]; then
    mkdir -p "$${b}_dir" || return 1
  fi
  for file in "$${b}_dir"/*.${a}; do
    [[ -e "$file" ]] || continue
    count=$((count + 1))
    echo "${a}: $file" >&2
  done
  printf '%s\\n' "$count"
}
`,
  (n, a, b) => `while read -r line; do
  case "$line" in
    ${a}*) echo "\${line#${a}}" | tr -d ' ' ;;
    '#'*) continue ;;
    *) ${b}_list+=("$line") ;;
  esac
done < "$ROOT/${a}-${n}.txt"
`,
  (n, a, b) => `if ! command -v ${a}-tool >/dev/null 2>&1; then
  echo "${a}-tool is missing" >&2
  exit ${(n % 7) + 1}
elif [ "$(id -u)" -eq 0 ] && [ -z "$ALLOW_ROOT" ]; then
  warn "do not ${a} the ${b} as root"
fi
`,
  (n, a, b) => `cat > "$OUT/${b}-${n}.conf" <<EOF
# made by $0
${a}_level = \${LEVEL:-3}
${b}_name = $(hostname -s)
EOF
`,
  (n, a, b) => `export ${a.toUpperCase()}_${b.toUpperCase()}=\${${a.toUpperCase()}_${b.toUpperCase()}:-${n}}
git rev-parse --short HEAD > "$OUT/${b}.rev"
find "$ROOT" -name '*.${b}' -newer "$OUT/${b}.rev" -print0 | xargs -0 -r sha256sum | sort > "$OUT/${b}.sums"
curl -fsSL --retry 3 "https://example.org/${a}/${b}-${n}.tar.gz" | tar -xz -C "$OUT" --strip-components=1
`,
  (n, a, b) => `trap 'rm -rf "$TMP_${n}"' EXIT
TMP_${n}=$(mktemp -d)
sed -e "s/@${a}@/$VERSION/g" -e 's,/usr,/opt,' "$ROOT/${b}.in" > "$TMP_${n}/${b}"
diff -u "$ROOT/${b}" "$TMP_${n}/${b}" || { echo "${b} differs"; failed=1; }
`,
];

const DOCKER = [
  (n, _a, b) => `docker run --rm -it \\
  -v "$PWD":/src:ro --mount type=volume,src=${b}-${n},dst=/cache \\
  --tmpfs /run:size=64m -e VERSION alpine make
`,
  (_n, a, b) => `ARGS=(--rm -v "$ROOT/${b}:/work" -w /work)
docker run "\${ARGS[@]}" "$IMAGE" ./${a}.sh
`,
];

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What scripts that mount nothing do with docker. */
const OTHERS = [
  (n, a, b) => `command -v docker >/dev/null || { echo "docker is missing" >&2; exit 1; }
docker build -t "${a}/${b}:${n}" --build-arg VERSION="$VERSION" "$ROOT"
docker push "${a}/${b}:${n}"
`,
  (_n, a, b) => `for id in $(docker ps -q --filter "name=${a}-${b}"); do
  docker logs "$id" > "$OUT/$id.log" 2>&1
done
`,
];

/** The n-th script. */
export function makeScript(n) {
  const next = random(n + 1);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const lines = Math.round(9 * 34 ** (next() ** 1.3));
  const blocks = n % 6 === 0 ? DOCKER : n % 3 === 0 ? OTHERS : undefined;
  const parts = [
    '#!/bin/bash\n# Part of the build; see README.md\nset -euo pipefail\nROOT=$(cd "$(dirname "$0")" && pwd)\nOUT=${OUT:-"$ROOT/out"}\nwarn() { echo "warning: $*" >&2; }\n',
  ];
  let length = 6;
  for (let i = 0; length < lines; i++) {
    const block = pick(blocks !== undefined && i % 9 === 3 ? blocks : BLOCKS)(i, pick(NAMES), pick(THINGS));
    parts.push(block);
    length += block.split('\n').length - 1;
  }
  if (blocks !== undefined) parts.push(blocks[0](n, 'build', 'cache'));
  return parts.join('\n');
}

/** Writes `count` scripts, a hundred a folder; answers their paths. */
export function writeScripts(folder, count) {
  const files = [];
  for (let n = 0; n < count; n++) {
    const sub = join(folder, `part-${Math.floor(n / 100)}`);
    if (n % 100 === 0) mkdirSync(sub, { recursive: true });
    const file = join(sub, `script-${n}.sh`);
    writeFileSync(file, makeScript(n));
    files.push(file);
  }
  return files;
}
