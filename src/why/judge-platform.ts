import type { ContainerMount } from '../inspect/container-mounts.js';
import { quoteShell } from '../text/shell-quote.js';
import { mayAccess } from './access.js';
import { type Evidence, hostPathOf, lineAt, lineOnHost } from './evidence.js';
import { factsOf } from './file-view.js';
import type { TroubleFinding } from './finding.js';
import { changeMount } from './flag-words.js';
import { isOfSystem } from './system-paths.js';

/** What depends on the machine: whose files it are, SELinux, file systems that another machine answers for. */
export function judgePlatform(evidence: Evidence, mount: ContainerMount, path?: string): TroubleFinding[] {
  if (mount.type !== 'bind') return [];
  return [
    ...otherMachine(evidence, mount),
    ...selinux(evidence, mount),
    ...squashed(evidence, mount, path),
    ...silentChanges(evidence, mount, path),
  ];
}

/** The source is here, and the engine looks for it elsewhere. */
function otherMachine({ elsewhere }: Evidence, mount: ContainerMount): TroubleFinding[] {
  const source = hostPathOf(mount);
  if (elsewhere === undefined || source === undefined || elsewhere.isShared(source)) return [];
  const facts = factsOf(elsewhere.here, source);
  // Only what somebody has here can have been meant.
  const isHere =
    facts?.kind === 'file' || (facts?.kind === 'directory' && elsewhere.here.names(source)?.length !== 0);
  if (!isHere) return [];
  return [
    {
      cause: 'other-machine',
      severity: 'warning',
      target: mount.target,
      message: `\`${mount.target}\` shows \`${source}\` of another machine than this one, where it is as well: ${elsewhere.why}`,
      help: 'a bind never carries files over: copy them there, put them into the image, or into a volume (docker cp)',
    },
  ];
}

// What the policy of container-selinux lets no container read.
const FOREIGN_TYPES: ReadonlySet<string> = new Set([
  'user_home_t',
  'user_home_dir_t',
  'admin_home_t',
  'home_root_t',
  'user_tmp_t',
  'tmp_t',
  'default_t',
  'var_t',
  'httpd_sys_content_t',
]);
const OWN_TYPES: ReadonlySet<string> = new Set(['container_file_t', 'svirt_sandbox_file_t']);
function selinux(evidence: Evidence, mount: ContainerMount): TroubleFinding[] {
  const { info, host, isEnforcing } = evidence;
  const source = hostPathOf(mount);
  const process = readLabel(info.process.processLabel);
  if (!isEnforcing || source === undefined || process === undefined || info.process.isPrivileged) return [];
  if (!/^(?:container|svirt_lxc_net)_t$/.test(process.type)) return [];
  const text = host?.label(source);
  const label = text === undefined ? undefined : readLabel(text);
  if (label === undefined) return [];
  const isForeign = FOREIGN_TYPES.has(label.type);
  const isOfOthers =
    OWN_TYPES.has(label.type) && label.categories.some((one) => !process.categories.includes(one));
  if (!isForeign && !isOfOthers) return [];
  const isSystem = isOfSystem(source);
  const relabelled = isSystem
    ? undefined
    : changeMount(
        mount,
        (wanted) =>
          wanted.type === 'bind' || wanted.type === 'volume' ? { ...wanted, relabel: 'z' } : wanted,
        evidence,
      );
  const chcon = `${evidence.sudo}chcon -R -t container_file_t -l s0 ${quoteShell(source)}`;
  const remedy = relabelled ?? (isSystem ? undefined : ({ kind: 'run', commands: [chcon] } as const));
  return [
    {
      cause: 'selinux-label',
      severity: 'error',
      target: mount.target,
      message: isForeign
        ? `SELinux keeps the container (\`${process.type}\`) from \`${source}\`, whose label is \`${label.type}\`: that is not \`container_file_t\``
        : `SELinux keeps the container from \`${source}\`, which \`:Z\` gave to another one: its categories are \`${label.categories.join(',')}\`, those of the container \`${process.categories.join(',') || 'none'}\``,
      help: isSystem
        ? 'do not relabel that, the system needs its labels: --security-opt label=disable, or mount a folder of your own'
        : '`z` labels it for all containers, `Z` for this one alone',
      ...(remedy && { remedy }),
    },
  ];
}

/** `system_u:system_r:container_t:s0:c1,c2`. */
function readLabel(
  text: string,
): { readonly type: string; readonly categories: readonly string[] } | undefined {
  const [, , type, , categories = ''] = text.trim().split(':');
  if (type === undefined || type === '') return undefined;
  return { type, categories: categories.split(',').filter((one) => one !== '') };
}

/** Root is nobody to most servers of NFS. */
function squashed(evidence: Evidence, mount: ContainerMount, path: string | undefined): TroubleFinding[] {
  const { who, inside, host, said } = evidence;
  const source = hostPathOf(mount);
  if (source === undefined || who?.uid !== 0 || (path === undefined && said === undefined)) return [];
  const line = lineAt(evidence, mount.target)?.line ?? lineOnHost(evidence, source);
  if (line === undefined || !/^nfs4?$/.test(line.fsType)) return [];
  const facts = factsOf(inside, path ?? mount.target) ?? factsOf(host, source);
  if (facts === undefined) return [];
  const nobody = { ...who, uid: 65534, gid: 65534, groups: [], overrides: false, readsAll: false };
  const bits = facts.kind === 'directory' ? 7 : mount.readOnly ? 4 : 6;
  if (mayAccess(nobody, facts, bits, undefined)) return [];
  return [
    {
      cause: 'root-squash',
      severity: 'warning',
      target: mount.target,
      message: `\`${path ?? mount.target}\` is on NFS, and to most servers root is nobody (root_squash): it belongs to ${facts.uid}:${facts.gid}, and others may not`,
      help: `run the container as its owner: --user ${facts.uid}:${facts.gid}`,
    },
  ];
}

/** File systems that tell nobody of a change which was made on their other side. */
const WITHOUT_EVENTS = /^(?:9p|nfs4?|cifs|smb3?|vboxsf|prl_fs|osxfs|fuse\.(?:sshfs|grpcfuse|osxfs|s3fs))$/;

function silentChanges(
  evidence: Evidence,
  mount: ContainerMount,
  path: string | undefined,
): TroubleFinding[] {
  if (path === undefined) return [];
  const line = lineAt(evidence, mount.target)?.line;
  if (line === undefined || !WITHOUT_EVENTS.test(line.fsType)) return [];
  return [
    {
      cause: 'no-change-events',
      severity: 'info',
      target: mount.target,
      message: `\`${mount.target}\` is on ${line.fsType}: a change that is made on its other side can be read, but no event (inotify) tells of it`,
      help: 'let the program look for changes by itself (polling: CHOKIDAR_USEPOLLING=true, watchman, --poll)',
    },
  ];
}
