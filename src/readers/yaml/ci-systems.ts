import type { CiSystemKind } from '../../source/file-kinds.js';
import type { ShellKind } from '../../source/frontend.js';

/** The kinds of YAML files that hold scripts. */
export type CiKind = CiSystemKind | 'taskfile' | 'yaml';

/** Where a CI system keeps its scripts and its containers. Sets and maps are of keys. */
export interface CiSystem {
  /** A shell reads the strings below; a list of strings is one script, line after line. */
  readonly scripts: ReadonlySet<string>;
  /** Which shell reads what these hold. */
  readonly shells?: ReadonlyMap<string, ShellKind>;
  /** What reads a script that nothing is said of. */
  readonly defaultShell?: (text: string) => ShellKind | undefined;
  /** Containers that the system makes: one, a list, or one by each name. */
  readonly containers?: ReadonlySet<string>;
  /** Tasks by name, of which one may be nothing but its script. */
  readonly tasks?: string;
  /** What the system fills in, and a shell would take for its own. */
  readonly fillsIn?: 'macros' | 'parameters' | 'variables';
  /** Steps that run actions, whose inputs may be options of docker or scripts. */
  readonly hasActions?: true;
  /** Nobody knows which system it is: the words of commands, build steps and plugins are looked for too. */
  readonly isUnknown?: true;
}

const keys = (text: string) => new Set(text.split(' '));
const OWN_SHELL = new Map<string, ShellKind>([
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
  ['bash', 'bash'],
]);

// All that the systems without a row of their own are known to use: Ansible, Buildkite, cloud-init, Drone, lefthook, Travis, …
const ANY_SCRIPT = keys(
  'run script scripts before_script after_script bash shell cmd cmds commands command runcmd bootcmd argv ' +
    'install before_install after_success after_failure before_deploy after_deploy entrypoint args ' +
    'inlineScript sh build test exec ansible.builtin.shell ansible.builtin.command pre post hooks steps ' +
    'powershell pwsh',
);

/** Every CI system that is known by name; a new one is a row here and a row of `FILE_KINDS`. */
export const CI_SYSTEMS: Readonly<Record<CiKind, CiSystem>> = {
  github: {
    scripts: keys('run'),
    containers: keys('container containers services'),
    hasActions: true,
  },
  gitlab: { scripts: keys('script before_script after_script pre_get_sources_script') },
  circleci: { scripts: keys('run command'), fillsIn: 'parameters' },
  azure: {
    scripts: keys('script bash inlineScript powershell pwsh'),
    shells: OWN_SHELL,
    containers: keys('container containers services'),
    fillsIn: 'macros',
  },
  // It names the shell of each line, and on Windows runs those that say nothing in `cmd`.
  appveyor: {
    scripts: ANY_SCRIPT,
    shells: new Map<string, ShellKind>([
      ['cmd', 'cmd'],
      ['ps', 'powershell'],
      ['pwsh', 'powershell'],
      ['sh', 'bash'],
    ]),
    defaultShell: (text) => (/\b(?:ubuntu|macos)/i.test(text) ? undefined : 'cmd'),
  },
  // Steps were `pipeline` before 2.0; their volumes are those of `docker run -v`.
  woodpecker: {
    scripts: keys('commands'),
    containers: keys('steps services clone pipeline'),
    fillsIn: 'variables',
  },
  taskfile: { scripts: keys('cmds cmd defer sh status'), tasks: 'tasks' },
  yaml: { scripts: ANY_SCRIPT, shells: OWN_SHELL, isUnknown: true },
};
