#!/bin/bash
# Other releases of Node for the tests of the package, from the npm registry (node-<system>-<machine>, the real binaries).
#
#   scripts/nodes.sh [MAJOR…]   get the newest of these major releases (default: 16 18 22 24)
#
# They are kept below $MOUNTC_ENGINES/node (default ~/.cache/mountc-engines/node); nothing is installed.
# Exit status: 0 all are there, 1 one of them could not be had.
set -euo pipefail
ROOT=${MOUNTC_ENGINES:-$HOME/.cache/mountc-engines}/node
PACKAGE=node-$(node -p 'process.platform + "-" + process.arch')
[ $# -gt 0 ] || set -- 16 18 22 24

status=0
for major in "$@"; do
  dir=$ROOT/$major
  if [ ! -x "$dir/bin/node" ]; then
    rm -rf "$dir"
    mkdir -p "$dir"
    if ! (cd "$dir" && npm pack --silent "$PACKAGE@$major" >/dev/null && tar -xzf "$PACKAGE"-*.tgz --strip-components=1 package/bin); then
      echo "nodes: $PACKAGE@$major cannot be had" >&2
      rm -rf "$dir"
      status=1
      continue
    fi
    rm -f "$dir"/*.tgz
  fi
  echo "$major: $("$dir/bin/node" --version)"
done
exit $status
