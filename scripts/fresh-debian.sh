#!/bin/bash
# A fresh Debian with git, Node and npm, and nothing else: for trying the README and the image on a machine that knows nothing.
#
#   scripts/fresh-debian.sh tree FOLDER [NODE]        make it in FOLDER, which must be missing (NODE: major release, default 20)
#   scripts/fresh-debian.sh run FOLDER DIR COMMAND    run a shell command there, in DIR, as root with a home of its own
#
# Needs root and debootstrap. Debian as it was unpacked is kept below $MOUNTC_ENGINES/debian (default ~/.cache/mountc-engines).
# Exit status of `tree`: 0 it is there, 1 it cannot be had.
set -euo pipefail
cd "$(dirname "$0")/.."
KEPT=${MOUNTC_ENGINES:-$HOME/.cache/mountc-engines}
PRISTINE=$KEPT/debian
MIRROR=${MOUNTC_DEBIAN_MIRROR:-http://deb.debian.org/debian}
CERTIFICATES=/etc/ssl/certs/ca-certificates.crt

die() {
  echo "fresh-debian: $*" >&2
  exit 1
}

tree() {
  local folder=$1 major=${2:-20}
  [ ! -e "$folder" ] || die "$folder is there already"
  [ "$(id -u)" = 0 ] || die 'debootstrap and chroot need root'
  if [ ! -f "$PRISTINE/.complete" ]; then
    command -v debootstrap >/dev/null || die 'there is no debootstrap here'
    rm -rf "$PRISTINE"
    mkdir -p "$KEPT"
    debootstrap --variant=minbase --include=git,ca-certificates bookworm "$PRISTINE" "$MIRROR" >&2 || die 'debootstrap failed'
    touch "$PRISTINE/.complete"
  fi
  scripts/nodes.sh "$major" >&2 || exit 1
  cp -a "$PRISTINE" "$folder"
  local lib=$folder/usr/local/lib/node_modules/npm
  mkdir -p "$lib"
  cp "$KEPT/node/$major/bin/node" "$folder/usr/local/bin/node"
  # The npm that comes with this release of Node.
  local npm=10
  [ "$major" -lt 24 ] || npm=11
  (cd "$lib" && npm pack --silent "npm@$npm" >/dev/null && tar -xzf npm-*.tgz --strip-components=1 && rm npm-*.tgz) ||
    die "npm $npm cannot be had"
  for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$folder/usr/local/bin/$name"; done
  # The way to the network is this machine's.
  cp -L /etc/resolv.conf "$folder/etc/resolv.conf"
  [ ! -f $CERTIFICATES ] || cp $CERTIFICATES "$folder$CERTIFICATES"
}

run() {
  # shellcheck disable=SC2016 # the shell inside expands them
  unshare --mount --pid --fork bash -c 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$1" \
    /usr/bin/env -i HOME=/root SHELL=/bin/bash TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_EXTRA_CA_CERTS="$4" bash -c "cd \"\$1\" && eval \"\$2\"" - "$2" "$3"' - "$1" "$2" "$3" $CERTIFICATES
}

case ${1:-} in
  tree) tree "${@:2}" ;;
  run) run "${@:2}" ;;
  *) die 'tree FOLDER [NODE], or run FOLDER DIR COMMAND' ;;
esac
