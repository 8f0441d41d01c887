import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { isFlagForm, viewMounts } from '../lint/view-mounts.js';
import type { MountView } from '../mount/view.js';
import { readFindings } from '../readers/index.js';
import type { ExtraCommands } from '../source/engine.js';
import type { FileKind } from '../source/file-kinds.js';
import { viewListed } from '../source/file-view.js';
import type { Findings, FoundForm, FoundMount } from '../source/frontend.js';
import type { CommandView, Site } from '../source/site.js';
import { viewCommand } from '../source/view-command.js';
import type { Range } from '../text/range.js';
import { sourceRange } from '../text/spec-text.js';

/** A text that is open in an editor, and by which docker it is read. */
export interface OpenText {
  readonly kind: FileKind;
  readonly text: string;
  readonly path?: string;
  readonly dialect?: Dialect;
  readonly commands?: ExtraCommands;
}

/** A mount of a text, wherever it stands. */
export interface PlacedMount {
  /** Its spec, or all of its object. */
  readonly range: Range;
  readonly form: FoundForm;
  readonly view: MountView;
  /** Where it is the value of a flag, or handed on as one. */
  readonly flag?: { readonly site: Site; readonly command: CommandView };
  /** Where it stands outside of a command. */
  readonly found?: FoundMount;
}

/** All mounts of a text, and what else was found in it. Any text gives an answer. */
export async function placeMounts(
  open: OpenText,
): Promise<{ readonly mounts: readonly PlacedMount[]; readonly findings: Findings }> {
  const { kind, text, path, commands, dialect = makeDialect() } = open;
  const findings = await readFindings(kind, text, { path, commands });
  const mounts: PlacedMount[] = [];
  for (const found of findings.commands) {
    const command = viewCommand(found, { dialect });
    for (const site of command.sites)
      mounts.push({
        range: sourceRange(site.text),
        form: site.form,
        view: site.view,
        flag: { site, command },
      });
  }
  for (const found of findings.mounts) {
    const { range, form } = found;
    const [made] = HANDED_ON.has(form) || isFlagForm(found) ? viewMounts([found], { dialect }) : [];
    const site = made?.view.sites[0];
    const view = form === 'devcontainer' && found.fields === undefined ? site?.view : viewListed(found);
    const flag = site && { site, command: made!.view };
    if (view !== undefined || site !== undefined)
      mounts.push({ range, form, view: view ?? site!.view, flag, found });
  }
  return { mounts: mounts.sort((a, b) => a.range.start - b.range.start), findings };
}

/** Forms of files that docker gets as the value of a flag. */
const HANDED_ON: ReadonlySet<FoundForm> = new Set(['devcontainer', 'compose-tmpfs']);
