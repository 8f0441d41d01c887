/** The text of `mountc --help`. */
export function mainHelp(version: string): string {
  return `mountc ${version}: reads docker's mounts as docker does, converts them, lints them, runs docker

Usage: mountc COMMAND [OPTIONS] …

Commands:
  convert    write mounts in another form: -v, --mount, Compose, devcontainer.json, the API's JSON
  lint       find mistakes in mounts, in a command or in files
  explain    explain what a mount does, or what a rule means
  lsp        language server for editors: findings as you type, fixes, hovers, completion
  docker     check a docker command, then run the real docker
  podman     check a podman command, then run the real podman
  inspect    show what is mounted in a container
  why        explain why a mount is empty, denied, stale or missing, and how to fix it
  last       show everything about the command that mountc stopped last
  doctor     show which docker mountc uses, and any problems with it
  shim       install a docker on PATH that checks commands first
  completion print or install completion for bash, zsh, fish or PowerShell

Examples:
  mountc convert --to mount 'docker run -v /srv/data:/data:ro alpine'
  mountc lint --command "docker run --mount 'type=bind, src=/a, target=/b' alpine"
  mountc explain 'type=bind,src=/etc,dst=/host/etc,ro'
  mountc docker run --rm -v "$PWD":/src alpine ls /src

Options:
  -h, --help     show this help; mountc COMMAND --help shows the help of a command
  -V, --version  print the version

Output is coloured only on a terminal; NO_COLOR, or --color auto|always|never after a command, changes that.

Exit codes: 0 clean, 1 findings or refusals, 2 usage, 3 environment, 70 a bug in mountc.
mountc docker exits as docker does, and with 125 when it refuses first.
`;
}
