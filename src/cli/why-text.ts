import { CAUSES, causeKind } from '../explain/causes.js';
import { isObject } from '../forms/api-fields.js';
import { makePaint, SEVERITY_STYLE } from '../report/paint.js';
import { hideSecrets, withVariables } from '../text/secrets.js';
import { join, NOTHING, pasted, type Shown, show } from '../text/shown.js';
import type { Evidence } from '../why/evidence.js';
import { hostPathOf, nameOf } from '../why/evidence.js';
import type { TroubleFinding, Unseen } from '../why/finding.js';
import { mountTable } from './inspect-table.js';

/** A container that was looked at. */
export interface Answered {
  readonly evidence: Evidence;
  readonly findings: readonly TroubleFinding[];
  readonly path?: string;
}

/** What is wrong with a container's mounts, for people. */
export function whyText({ evidence, findings, path }: Answered, color: boolean): Shown {
  const { info, mounts, unseen } = evidence;
  const paint = makePaint(color);
  const where = path === undefined ? NOTHING : show` at \`${path}\``;
  const head =
    findings.length === 0
      ? show`${nameOf(info)}: no problem was found in its mounts${where}, as far as mountc checked\n`
      : NOTHING;
  return join([
    ...findings.map((finding) => findingText(nameOf(info), finding, paint)),
    head,
    mountTable(info, mounts, nameOf(info)),
    ...unseen.map(unseenText),
  ]);
}

function findingText(
  name: string,
  { severity, cause, message, help, remedy }: TroubleFinding,
  paint: ReturnType<typeof makePaint>,
): Shown {
  return join([
    show`${paint('bold', name)}: ${paint(SEVERITY_STYLE[severity], severity)} ${cause}: ${message}\n`,
    remedy === undefined
      ? NOTHING
      : remedy.kind === 'run'
        ? join(remedy.commands.map((command) => show`  run:    ${pasted(command)}\n`))
        : show`  change: ${pasted(remedy.from)}\n  to:     ${pasted(remedy.to)}\n`,
    help === undefined ? NOTHING : show`  help:   ${help}\n`,
    show`  see:    mountc explain ${cause}\n\n`,
  ]);
}

const unseenText = ({ what, why, command }: Unseen): Shown =>
  show`not checked: ${what}: ${why}${command === undefined ? NOTHING : show`; ${pasted(command)}`}\n`;

/** The same for programs; without secrets. */
export function whyJson({ evidence, findings, path }: Answered): unknown {
  const { info, mounts, unseen, who } = evidence;
  return withoutSecrets({
    engine: evidence.engine,
    name: info.name,
    id: info.id,
    image: info.image,
    status: info.state.status,
    path: path ?? null,
    user: who === undefined ? null : { uid: who.uid, gid: who.gid, groups: who.groups },
    mounts: mounts.map((mount) => ({
      type: mount.type,
      source: mount.source ?? null,
      hostPath: hostPathOf(mount) ?? null,
      target: mount.target,
      readOnly: mount.readOnly,
      from: mount.origin,
    })),
    findings: findings.map((finding) => ({
      cause: finding.cause,
      kind: causeKind(finding.cause),
      severity: finding.severity,
      target: finding.target ?? null,
      message: finding.message,
      help: finding.help ?? null,
      remedy: finding.remedy ?? null,
      about: CAUSES.get(finding.cause)!.summary,
    })),
    notLookedAt: unseen,
  });
}

/** What somebody pastes into a shell, by its name in the answer. */
const PASTED: ReadonlySet<string> = new Set(['commands', 'command', 'from', 'to']);

/** Every text in it as it is written for people: commands with variables in the place of secrets. */
function withoutSecrets(value: unknown, isPasted = false): unknown {
  if (typeof value === 'string') return isPasted ? withVariables(value) : hideSecrets(value);
  if (Array.isArray(value)) return value.map((one) => withoutSecrets(one, isPasted));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withoutSecrets(one, PASTED.has(key))]),
  );
}
