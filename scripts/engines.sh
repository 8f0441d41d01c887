#!/bin/bash
# Real docker clients and private daemons for the tests, from Debian's packages. Needs root on a Debian machine.
#
#   scripts/engines.sh provision [SUITE…]   get docker of these Debian releases (default: bookworm trixie)
#   scripts/engines.sh start SUITE          run a private daemon of it; prints its DOCKER_HOST
#   scripts/engines.sh restart SUITE        end the daemon that runs and start it again with its data
#   scripts/engines.sh stop [SUITE…]        end it and remove its data (default: all that run)
#   scripts/engines.sh compose [SUITE…]     get docker compose of these (default: trixie, 2.26; sid has a newer one)
#   scripts/engines.sh podman [SUITE…]      get podman and its Quadlet of these (default: trixie, 5.4; sid has a newer one)
#   scripts/engines.sh editors              get Neovim and Emacs of trixie, to try the language server with
#   scripts/engines.sh vscode               get code-server's VS Code of npm, to try the extension in (needs Node 24: scripts/nodes.sh)
#   scripts/engines.sh list                 what is here: SUITE, client, daemon, DOCKER_HOST or "stopped"
#
# SUITE is bookworm (20.10), trixie (26.1) or sid (28 or newer). The machine's own release is installed as usual;
# the others are unpacked below $MOUNTC_ENGINES (default ~/.cache/mountc-engines) and leave the system alone.
# Every step may be repeated. Exit status: 0 done, 1 failed, 2 usage, 3 not possible on this machine.
set -euo pipefail
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
ROOT=${MOUNTC_ENGINES:-$HOME/.cache/mountc-engines}
ARCH=$(uname -m)

fail() { echo "engines: $2" >&2; exit "$1"; }
usage() { sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"; exit "$1"; }

# Runs a command with its output in a log that is shown only when it fails.
quietly() {
  local log=$ROOT/log
  "$@" >"$log" 2>&1 || { tail -n 25 "$log" >&2; fail 1 "failed: $*"; }
}

known_suite() {
  case $1 in bookworm | trixie | sid) ;; *) fail 2 "unknown suite $1 (bookworm, trixie or sid)" ;; esac
}

need_debian_root() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then fail 3 'this is no Debian machine'; fi
  [ "$(id -u)" = 0 ] || fail 3 'needs root'
}

# shellcheck source=/dev/null
own_suite() { (. /etc/os-release && [ "${ID:-}" = debian ] && echo "${VERSION_CODENAME:-}") 2>/dev/null || true; }

# Where the binaries of a suite are, or nothing.
bin_of() {
  if [ -x "$ROOT/$1/bin/dockerd" ]; then
    echo "$ROOT/$1/bin"
  elif [ "$1" = "$(own_suite)" ] && [ -x /usr/sbin/dockerd ] && [ -x /usr/bin/docker ]; then
    echo /usr/bin
  fi
}

### provision

# One-line source of another suite on the mirror that this machine uses itself (deb822 and one-line lists are read).
source_of() {
  local uri key file
  uri=$(for file in /etc/apt/sources.list.d/*.sources; do
    [ -f "$file" ] || continue
    awk '/^Enabled:[ \t]*no/ { exit } /^URIs:/ && $2 ~ /^[a-z+]+:/ && $2 !~ /security/ { print $2; exit }' "$file"
  done | head -n 1)
  if [ -z "$uri" ]; then
    uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
      awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:/ && $i !~ /security/) { print $i; exit } }')
  fi
  [ -n "$uri" ] || fail 3 'no Debian mirror is named under /etc/apt'
  for key in /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/debian-archive-keyring.pgp; do
    [ ! -f "$key" ] || break
  done
  echo "deb [signed-by=$key] $uri $1 main"
}

# apt with lists of its own, so that the machine's are left as they are.
apt_of() {
  local suite=$1 tool=$2
  shift 2
  "$tool" -q -o Dir::Etc::sourcelist="$ROOT/$suite/apt/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$ROOT/$suite/apt/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
    -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User=root "$@"
}

own_lists() { apt-cache show "$1" >/dev/null 2>&1 || quietly apt-get -q -o Acquire::Retries=3 update; }

# A tool from this machine's own release, unpacked and not installed; prints where its root is.
tool_root() {
  local package=$1 probe=$2
  if [ ! -x "$ROOT/tools/$probe" ]; then
    mkdir -p "$ROOT/tools"
    own_lists "$package"
    (cd "$ROOT/tools" && quietly apt-get -q -o Acquire::Retries=3 -o APT::Sandbox::User=root download "$package" &&
      quietly dpkg -x "$package"_*.deb . && rm -f "$package"_*.deb)
  fi
  [ -x "$ROOT/tools/$probe" ] || fail 1 "no $probe in $package"
}

unpack_suite() {
  local suite=$1 dir=$ROOT/$1 package packages=()
  rm -rf "$dir"
  mkdir -p "$dir/apt/lists/partial" "$dir/debs" "$dir/root"
  source_of "$suite" >"$dir/apt/sources.list"
  quietly apt_of "$suite" apt-get update
  # Package names differ by release: the client was part of docker.io once, tini-static was part of tini.
  for package in docker.io docker-cli containerd runc libc6 libseccomp2 tini tini-static; do
    if apt_of "$suite" apt-cache show "$package" >/dev/null 2>&1; then packages+=("$package"); fi
  done
  (cd "$dir/debs" && quietly apt_of "$suite" apt-get download "${packages[@]}")
  for package in "$dir"/debs/*.deb; do quietly dpkg -x "$package" "$dir/root"; done
  rm -rf "$dir/debs" "$dir/apt"
  link_suite "$suite"
}

# One folder with everything that dockerd looks for on PATH. `runc` comes last: its presence means "complete".
link_suite() {
  local bin=$ROOT/$1/bin root=$ROOT/$1/root file lib loader
  mkdir -p "$bin"
  for file in usr/bin/docker usr/sbin/dockerd usr/sbin/docker-proxy usr/bin/docker-proxy usr/bin/containerd \
    usr/bin/containerd-shim-runc-v2; do
    if [ -e "$root/$file" ]; then ln -sf "../root/$file" "$bin/${file##*/}"; fi
  done
  if [ -e "$root/usr/bin/tini-static" ]; then ln -sf ../root/usr/bin/tini-static "$bin/docker-init"; fi
  # runc may need a newer C library than this machine has. It starts /proc/self/exe anew, which a wrapper around the
  # loader cannot survive, so loader and library path are written into a copy of it.
  tool_root patchelf usr/bin/patchelf
  lib=$(dirname "$(find "$root" -path "*$ARCH-linux-gnu/libc.so.6" | head -n 1)")
  loader=$(find "$lib" -name 'ld-linux-*.so.*' | head -n 1)
  cp "$root/usr/sbin/runc" "$bin/runc.new"
  quietly "$ROOT/tools/usr/bin/patchelf" --set-interpreter "$loader" --set-rpath "$lib" "$bin/runc.new"
  quietly "$bin/runc.new" --version
  mv "$bin/runc.new" "$bin/runc"
}

provision() {
  local suite
  need_debian_root
  [ $# -gt 0 ] || set -- bookworm trixie
  for suite in "$@"; do known_suite "$suite"; done
  mkdir -p "$ROOT"
  for suite in "$@"; do
    if [ "$suite" = "$(own_suite)" ]; then
      if [ -z "$(bin_of "$suite")" ]; then
        own_lists docker.io
        quietly apt-get -qy --no-install-recommends install docker.io
      fi
    elif [ ! -x "$ROOT/$suite/bin/runc" ]; then
      unpack_suite "$suite"
    fi
    echo "$suite: $("$(bin_of "$suite")/docker" --version)"
  done
  tool_root busybox-static bin/busybox
}

# The compose plugin by itself: a program of one file that needs no daemon to read files.
compose() {
  local suite dir
  need_debian_root
  [ $# -gt 0 ] || set -- trixie
  for suite in "$@"; do known_suite "$suite"; done
  for suite in "$@"; do
    dir=$ROOT/compose-$suite
    if [ ! -x "$dir/docker-compose" ]; then
      rm -rf "$dir"
      mkdir -p "$dir/apt/lists/partial" "$dir/root"
      source_of "$suite" >"$dir/apt/sources.list"
      quietly apt_of "compose-$suite" apt-get update
      (cd "$dir" && quietly apt_of "compose-$suite" apt-get download docker-compose)
      quietly dpkg -x "$dir"/docker-compose_*.deb "$dir/root"
      cp "$dir/root/usr/libexec/docker/cli-plugins/docker-compose" "$dir/docker-compose"
      rm -rf "$dir/apt" "$dir/root" "$dir"/*.deb
    fi
    "$dir/docker-compose" version
  done
}

# podman and its Quadlet, which need a newer C library than this machine may have: a loader in front of each starts them.
podman() {
  local suite dir package packages
  need_debian_root
  [ $# -gt 0 ] || set -- trixie
  for suite in "$@"; do known_suite "$suite"; done
  for suite in "$@"; do
    dir=$ROOT/podman-$suite
    if [ ! -x "$dir/podman" ]; then
      rm -rf "$dir"
      mkdir -p "$dir/apt/lists/partial" "$dir/debs" "$dir/root"
      source_of "$suite" >"$dir/apt/sources.list"
      quietly apt_of "podman-$suite" apt-get update
      packages=()
      # What podman is linked to; the names of two of them have changed.
      for package in podman conmon netavark libc6 libgpgme11t64 libgpgme45 libassuan9 libgpg-error0 libseccomp2 libsqlite3-0 \
        libsubid5 libsubid6 libsystemd0 libglib2.0-0t64 libcap2 libpcre2-8-0; do
        if apt_of "podman-$suite" apt-cache show "$package" >/dev/null 2>&1; then packages+=("$package"); fi
      done
      (cd "$dir/debs" && quietly apt_of "podman-$suite" apt-get download "${packages[@]}")
      for package in "$dir"/debs/*.deb; do quietly dpkg -x "$package" "$dir/root"; done
      rm -rf "$dir/debs" "$dir/apt"
      link_podman "$dir"
      printf '[engine]\nhelper_binaries_dir = ["%s/root/usr/lib/podman"]\n' "$dir" >"$dir/containers.conf"
    fi
    "$dir/podman" --version
  done
}

# What a library needs is looked for by the older kind of path alone.
link_podman() {
  local dir=$1 lib loader name file
  tool_root patchelf usr/bin/patchelf
  lib=$(dirname "$(find "$dir/root" -path "*$ARCH-linux-gnu/libc.so.6" | head -n 1)")
  loader=$(find "$lib" -name 'ld-linux-*.so.*' | head -n 1)
  for name in quadlet conmon podman; do
    file=$(find "$dir/root" -type f -name "$name" -perm -u+x | head -n 1)
    [ -n "$file" ] || continue
    cp "$file" "$dir/$name.new"
    quietly "$ROOT/tools/usr/bin/patchelf" --set-interpreter "$loader" --force-rpath --set-rpath "$lib" "$dir/$name.new"
    mv "$dir/$name.new" "$dir/$name"
  done
}

# Neovim and Emacs with every library that they are linked to, started by the loader that belongs to those.
editors() {
  local dir=$ROOT/editors-trixie package packages lib loader share helpers lisp
  need_debian_root
  if [ ! -x "$dir/emacs" ]; then
    rm -rf "$dir"
    mkdir -p "$dir/apt/lists/partial" "$dir/debs" "$dir/root"
    source_of trixie >"$dir/apt/sources.list"
    quietly apt_of editors-trixie apt-get update
    mapfile -t packages < <(apt_of editors-trixie apt-cache depends --recurse --no-recommends --no-suggests \
      --no-conflicts --no-breaks --no-replaces --no-enhances neovim emacs-nox | grep -E '^(lib|neovim|emacs|lua)' |
      grep -vE '^(libc-bin|liblocale|libperl)' | sort -u)
    (cd "$dir/debs" && quietly apt_of editors-trixie apt-get download "${packages[@]}")
    for package in "$dir"/debs/*.deb; do quietly dpkg -x "$package" "$dir/root"; done
    rm -rf "$dir/debs" "$dir/apt"
    lib=$dir/root/usr/lib/$ARCH-linux-gnu
    loader=$(find "$lib" -name 'ld-linux-*.so.*' | head -n 1)
    start_by "$dir/nvim" "VIMRUNTIME='$dir/root/usr/share/nvim/runtime'" "$loader" "$lib" "$dir/root/usr/bin/nvim"
    share=$(find "$dir/root/usr/share/emacs" -maxdepth 1 -name '[0-9]*')
    helpers=$(find "$dir/root/usr/libexec/emacs" -maxdepth 2 -name '*-linux-gnu')
    lisp=$(find "$share/lisp" -type d | paste -sd :)
    start_by "$dir/emacs" "EMACSDATA='$share/etc' EMACSDOC='$share/etc' EMACSPATH='$helpers' EMACSLOADPATH='$lisp'" \
      "$loader" "$lib" "$dir/root/usr/bin/emacs-nox" --dump-file="$(find "$helpers" -name '*.pdmp')"
  fi
  "$dir/nvim" --version | head -n 1
  "$dir/emacs" --version | head -n 1
}

# VS Code as npm has it. Nothing of it is compiled: the terminal and what else needs that is not tried.
vscode() {
  local dir=$ROOT/code-server node=$ROOT/node/24/bin/node
  [ -x "$node" ] || fail 3 'needs Node 24: scripts/nodes.sh'
  if [ ! -d "$dir/node_modules/code-server/lib/vscode/node_modules" ]; then
    rm -rf "$dir"
    mkdir -p "$dir"
    echo '{"private":true}' >"$dir/package.json"
    (cd "$dir" && quietly npm install --ignore-scripts --no-audit --no-fund code-server@4.139.1)
    (cd "$dir/node_modules/code-server/lib/vscode" &&
      quietly npm install --ignore-scripts --omit=dev --no-audit --no-fund)
  fi
  "$node" "$dir/node_modules/code-server/lib/vscode/out/server-main.js" --version | head -n 1
}

# FILE ENVIRONMENT LOADER LIBRARIES PROGRAM [ARGUMENT]
start_by() {
  printf '#!/bin/sh\n%s exec "%s" --library-path "%s" "%s" %s "$@"\n' "$2" "$3" "$4" "$5" "${6:-}" >"$1"
  chmod +x "$1"
}

### start, stop

run_dir() { echo "$ROOT/run/$1"; }
host_of() { echo "unix://$(run_dir "$1")/docker.sock"; }

# Runs the suite's own client against its daemon.
docker_of() {
  local suite=$1
  shift
  DOCKER_HOST=$(host_of "$suite") DOCKER_CONFIG=$(run_dir "$suite")/cli timeout 20 "$(bin_of "$suite")/docker" "$@"
}
is_up() { docker_of "$1" version --format '{{.Server.Version}}' 2>/dev/null; }

# busybox:local: one static binary and a name for each of its applets.
make_image() {
  local suite=$1 tree applet
  if docker_of "$suite" image inspect busybox:local >/dev/null 2>&1; then return; fi
  tool_root busybox-static bin/busybox
  tree=$(mktemp -d)
  mkdir -p "$tree/bin" "$tree/etc" "$tree/tmp"
  chmod 1777 "$tree/tmp"
  cp "$ROOT/tools/bin/busybox" "$tree/bin/busybox"
  for applet in $("$tree/bin/busybox" --list); do
    if [ "$applet" != busybox ]; then ln -sf busybox "$tree/bin/$applet"; fi
  done
  tar -C "$tree" -c . | docker_of "$suite" import - busybox:local >/dev/null
  rm -rf "$tree"
}

# Runs the daemon with what data it has, until it answers.
run_daemon() {
  local suite=$1 bin dir
  bin=$(bin_of "$suite")
  dir=$(run_dir "$suite")
  PATH=$bin:/usr/sbin:/usr/bin:/sbin:/bin setsid dockerd --host "$(host_of "$suite")" --pidfile "$dir/docker.pid" \
    --data-root "$dir/data" --exec-root "$dir/exec" --bridge none --iptables=false --ip6tables=false \
    --ip-masq=false >>"$dir/log" 2>&1 </dev/null &
  for _ in $(seq 120); do
    if is_up "$suite" >/dev/null; then return; fi
    sleep 0.25
  done
  tail -n 15 "$dir/log" >&2 || true
  stop "$suite"
  fail 1 "the daemon of $suite does not answer"
}

start() {
  local suite=$1
  known_suite "$suite"
  need_debian_root
  [ -n "$(bin_of "$suite")" ] || fail 3 "$suite is not provisioned"
  if ! is_up "$suite" >/dev/null; then
    stop "$suite"
    mkdir -p "$(run_dir "$suite")/cli"
    run_daemon "$suite"
  fi
  make_image "$suite"
  echo "DOCKER_HOST=$(host_of "$suite") # dockerd $(is_up "$suite")"
}

restart() {
  local suite=$1
  known_suite "$suite"
  is_up "$suite" >/dev/null || fail 1 "the daemon of $suite does not run"
  end_process "$(run_dir "$suite")/docker.pid"
  run_daemon "$suite"
}

# Ends the process of a pid file, by force if it must be.
end_process() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 0
  [ -n "$pid" ] || return 0
  kill "$pid" 2>/dev/null || return 0
  for _ in $(seq 80); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.25
  done
  kill -KILL "$pid" 2>/dev/null || true
}

stop() {
  local suite dir container
  if [ $# -eq 0 ]; then
    for dir in "$ROOT"/run/*/; do
      if [ -d "$dir" ]; then stop "$(basename "$dir")"; fi
    done
    return
  fi
  for suite in "$@"; do
    known_suite "$suite"
    dir=$(run_dir "$suite")
    [ -d "$dir" ] || continue
    if is_up "$suite" >/dev/null; then
      for container in $(docker_of "$suite" ps -aq 2>/dev/null); do
        docker_of "$suite" rm -f "$container" >/dev/null 2>&1 || true
      done
    fi
    end_process "$dir/docker.pid"
    end_process "$dir/exec/containerd/containerd.pid"
    # The deepest mount first.
    awk -v dir="$dir/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do
      umount -l "$(printf '%b' "$mount")" 2>/dev/null || true
    done
    rm -rf "$dir"
  done
}

list() {
  local suite bin version
  for suite in bookworm trixie sid; do
    bin=$(bin_of "$suite")
    if [ -z "$bin" ]; then continue; fi
    if version=$(is_up "$suite"); then version="$version $(host_of "$suite")"; else version=stopped; fi
    echo "$suite $("$bin/docker" --version | sed -E 's/^Docker version ([^,]+),.*/\1/') $version"
  done
}

case ${1:-} in
  provision | stop | compose | podman) "$@" ;;
  editors | vscode) [ $# -eq 1 ] || usage 2 >&2; "$1" ;;
  start | restart) [ $# -eq 2 ] || usage 2 >&2; "$@" ;;
  list) [ $# -eq 1 ] || usage 2 >&2; list ;;
  -h | --help) usage 0 ;;
  *) usage 2 >&2 ;;
esac
