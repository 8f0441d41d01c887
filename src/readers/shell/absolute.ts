/** Variables that hold an absolute path wherever they are set by their owner: the shell, the login, a CI system. */
export const ABSOLUTE_VARIABLES: ReadonlySet<string> = new Set([
  'PWD',
  'OLDPWD',
  'HOME',
  'GITHUB_WORKSPACE',
  'RUNNER_TEMP',
  'RUNNER_WORKSPACE',
  'CI_PROJECT_DIR',
  'WORKSPACE_FOLDER',
  'BUILD_SOURCESDIRECTORY',
  'SYSTEM_DEFAULTWORKINGDIRECTORY',
  'AGENT_TEMPDIRECTORY',
  'PIPELINE_WORKSPACE',
  'BITBUCKET_CLONE_DIR',
  'TRAVIS_BUILD_DIR',
  'CIRRUS_WORKING_DIR',
  'XDG_RUNTIME_DIR',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_CACHE_HOME',
]);

const PRINTS_ABSOLUTE = [
  /(?:builtin\s+|\/bin\/)?pwd(?:\s+-[LP])?/.source,
  /realpath\s(?!.*--relative)[^|;&]*/.source,
  /readlink\s+(?:-\w*[fem]\w*|--canonicalize\S*)\s[^|;&]*/.source,
  /git\s+(?:-C\s+\S+\s+)?rev-parse\s+--show-toplevel/.source,
  /mktemp\s+(?:-d|--directory)/.source,
  /go\s+env\s+(?:GOPATH|GOCACHE|GOROOT|GOMODCACHE)/.source,
];
const ABSOLUTE_COMMAND = new RegExp(
  `^\\s*(?:[^|]*(?:&&|;)\\s*)?(?:${PRINTS_ABSOLUTE.join('|')})(?:\\s*2>\\s*/dev/null)?\\s*$`,
);

/** Whether a command in `$(…)` or backticks is known to print an absolute path. */
export function printsAbsolutePath(command: string): boolean {
  return command.length < 400 && ABSOLUTE_COMMAND.test(command);
}
