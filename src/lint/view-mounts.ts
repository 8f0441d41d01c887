import type { CommandSource } from '../source/command-source.js';
import type { Engine, FoundForm, FoundMount } from '../source/frontend.js';
import type { CommandView } from '../source/site.js';
import { type ViewOptions, viewCommand } from '../source/view-command.js';
import type { EditableText } from '../text/editable-text.js';
import { objectSpec } from './object-spec.js';

/** The command that a mount outside of commands would be in, and the flag that it would be the value of. */
interface ImpliedFlag {
  readonly command: keyof typeof COMMANDS;
  readonly flag: string;
  /** The form has parts of its own that are listed instead. */
  readonly isForeign?: true;
}

const COMMANDS = {
  docker: ['docker', 'create'],
  podman: ['podman', 'create'],
} as const;

/** The flag that each form of a mount would be the value of; the other forms have readers of their own. */
const FLAGS: Partial<Record<FoundForm, ImpliedFlag>> = {
  volume: { command: 'docker', flag: '--volume' },
  mount: { command: 'docker', flag: '--mount' },
  tmpfs: { command: 'docker', flag: '--tmpfs' },
  // Compose hands the text on as docker does.
  'compose-tmpfs': { command: 'docker', flag: '--tmpfs', isForeign: true },
  devcontainer: { command: 'docker', flag: '--mount', isForeign: true },
};

/** The mounts outside of a command that one container gets, as a command would give it them. */
interface MountsView {
  readonly view: CommandView;
  /** Whether its words are the mounts as they were written, and not only what they come to. */
  readonly isWritten: boolean;
}

/** Whether a mount is written as the value of one of docker's flags. */
export function isFlagForm(mount: FoundMount): boolean {
  const implied = flagOf(mount);
  return implied !== undefined && !implied.isForeign;
}

function flagOf({
  form,
  fields,
  engine,
}: Pick<FoundMount, 'form' | 'fields' | 'engine'>): ImpliedFlag | undefined {
  // podman-compose hands the text on to podman.
  if (form === 'compose-short' && engine === 'podman')
    return { command: 'podman', flag: '--volume', isForeign: true };
  // A devcontainer's text is handed to `docker run --mount` as it is.
  return form === 'devcontainer' && fields === undefined ? FLAGS.mount : FLAGS[form];
}

/** Mounts outside a command that are written as docker's flags are: one view for each container, made when it is asked for. */
export function* viewMounts(mounts: readonly FoundMount[], options: ViewOptions): Generator<MountsView> {
  const groups = new Map<
    string,
    { engine: Engine; isWritten: boolean; isSentAsIs?: true; words: EditableText[] }
  >();
  for (const { form, spec: text, group, fields, engine, isSentAsIs } of mounts) {
    const implied = flagOf({ form, fields, engine });
    const spec = form === 'devcontainer' && fields !== undefined ? objectSpec(fields) : text;
    if (implied === undefined || spec === undefined) continue;
    const { command, flag, isForeign } = implied;
    const end = spec.map.endSource;
    const key = `${command} ${isForeign} ${group}`;
    const known = groups.get(key) ?? {
      engine: engine ?? command,
      isWritten: isForeign !== true,
      words: COMMANDS[command].map((word) => impliedWord(word, end)),
    };
    known.words.push(impliedWord(flag, end), spec);
    groups.set(key, isSentAsIs ? { ...known, isSentAsIs } : known);
  }
  for (const { words, isWritten, ...whose } of groups.values()) {
    const image = impliedWord('image', words[0]!.map.endSource);
    const source: CommandSource = { ...whose, shell: 'exec', words: [...words, image] };
    yield { view: viewCommand(source, options), isWritten };
  }
}

/** A word that nobody wrote. */
function impliedWord(value: string, endSource: number): EditableText {
  return { value, map: { segments: [], endSource }, holes: [], edit: () => undefined };
}
