import type { Engine, FoundMount, MountForm } from '../frontends/frontend.js';
import type { CommandSource, CommandView } from '../rules/site.js';
import { type ViewOptions, viewCommand } from '../rules/view-command.js';
import type { EditableText } from '../text/editable-text.js';

/** The flag that each form of a mount would be the value of; the other forms have readers of their own. */
const FLAGS: Partial<Record<MountForm, string>> = {
  volume: '--volume',
  mount: '--mount',
  tmpfs: '--tmpfs',
  // Compose hands the text on as docker does.
  'compose-tmpfs': '--tmpfs',
};

/** Whether a mount is written as the value of one of docker's flags. */
export function isFlagForm(mount: FoundMount): boolean {
  return flagOf(mount) !== undefined;
}

function flagOf({ form, fields }: Pick<FoundMount, 'form' | 'fields'>): string | undefined {
  // A devcontainer's text is handed to `docker run --mount` as it is.
  return form === 'devcontainer' && fields === undefined ? '--mount' : FLAGS[form];
}

/** Mounts outside a command that are written as docker's flags are: one view for each container. */
export function viewMounts(mounts: readonly FoundMount[], options: ViewOptions): CommandView[] {
  const groups = new Map<string, { readonly engine: Engine; readonly flags: EditableText[] }>();
  for (const { form, spec, group, fields, engine = 'docker' } of mounts) {
    const flag = flagOf({ form, fields });
    if (flag === undefined) continue;
    const known = groups.get(group) ?? { engine, flags: [] };
    known.flags.push(impliedWord(flag, spec.map.endSource), spec);
    groups.set(group, known);
  }
  return [...groups.values()].map(({ engine, flags }): CommandView => {
    const end = flags[0]!.map.endSource;
    const words = [
      impliedWord('docker', end),
      impliedWord('create', end),
      ...flags,
      impliedWord('image', end),
    ];
    const source: CommandSource = { engine, shell: 'exec', words };
    return viewCommand(source, options);
  });
}

/** A word that nobody wrote. */
function impliedWord(value: string, endSource: number): EditableText {
  return { value, map: { segments: [], endSource }, holes: [], edit: () => undefined };
}
