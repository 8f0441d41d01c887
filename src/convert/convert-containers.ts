import { applyEdits } from '../text/edit.js';
import type { NoMounts } from './compose-mounts.js';
import { composeRuns } from './compose-runs.js';
import { composeUnits } from './compose-units.js';
import type { ConvertOptions } from './convert-command.js';
import { convertEngine } from './convert-engine.js';
import type { ConvertedMount, ConvertedMounts } from './convert-mounts.js';
import { inspectRuns } from './inspect-runs.js';
import { unitCommand } from './quadlet-input.js';
import { quadletUnits, type UnitFile } from './quadlet-output.js';
import type { ReadProjectFile } from './read-project-file.js';
import { shellCommands } from './text-mounts.js';

/** A form of whole containers: commands of an engine, or units. */
export type ContainerForm = 'run' | 'docker-run' | 'podman-run' | 'quadlet';

/** What containers are written down as. */
export type ContainerKind = 'command' | 'compose' | 'quadlet' | 'api';

/** Containers in another form. */
export interface ConvertedContainers extends ConvertedMounts {
  /** The units that `text` shows one after the other, where there are several or one has a name of its own. */
  readonly files?: readonly UnitFile[];
}

/** Where a text stands, and what it may name. */
interface ContainersPlace {
  readonly path: string;
  readonly over: readonly string[];
  readonly read: ReadProjectFile;
  readonly service?: string;
  readonly project?: string;
}

/** Writes the containers of a text in another form; a sentence where the text has none that can be. */
export async function convertContainers(
  text: string,
  kind: ContainerKind,
  to: ContainerForm,
  place: ContainersPlace,
  options: ConvertOptions & { readonly cwd: string },
): Promise<ConvertedContainers | NoMounts> {
  const { path, over, service, project } = place;
  const read: ReadProjectFile = async (one) => (one === path ? text : place.read(one));
  switch (kind) {
    case 'command':
      return to === 'run' ? NO_WAY : commandTo(text, to, options);
    case 'compose': {
      if (to === 'run') return composeRuns([path, ...over], { service, project }, options, read);
      return to === 'quadlet'
        ? unitsOf(await composeUnits([path, ...over], { service, project }, options, read))
        : NO_WAY;
    }
    case 'api':
      return (to === 'run' ? inspectRuns(text, options) : undefined) ?? NO_WAY;
    case 'quadlet': {
      if (to !== 'docker-run' && to !== 'podman-run') return NO_WAY;
      const engine = to === 'docker-run' ? 'docker' : 'podman';
      const command = await unitCommand(text, {
        path,
        read,
        engine,
        podman: options.dialects.at(-1)!.podman,
      });
      if (typeof command === 'string') return { why: command };
      const lost = command.losses.map(({ from, why, isNote }) => conversion(from, why, isNote !== true));
      if (engine === 'podman') return { text: `${command.text}\n`, conversions: lost };
      const made = await commandTo(`${command.text}\n`, to, options);
      return 'why' in made ? made : { ...made, conversions: [...lost, ...made.conversions] };
    }
  }
}

const NO_WAY: NoMounts = { why: 'no conversion from its form to that form' };

async function commandTo(
  text: string,
  to: Exclude<ContainerForm, 'run'>,
  options: ConvertOptions & { readonly cwd: string },
): Promise<ConvertedContainers | NoMounts> {
  const views = (await shellCommands(text, options)).filter(({ invocation }) => invocation !== undefined);
  const [view, ...more] = views;
  if (view === undefined) return { why: 'there is no docker command' };
  if (to === 'quadlet') {
    if (more.length > 0) return { why: 'a unit is made of one command, and these are several' };
    return unitsOf(quadletUnits(view, { ...options, withVolumes: true }));
  }
  const made = views.map((one) => convertEngine(one, to === 'docker-run' ? 'docker' : 'podman', options));
  const edits = made.flatMap((one) => one.edits);
  return {
    text: applyEdits(text, edits) ?? text,
    conversions: made
      .flatMap((one) => one.conversions)
      .map(({ from, exact, losses, edit }) => ({
        from,
        written: exact || edit !== undefined || losses.every(({ kind }) => kind !== 'impossible'),
        exact,
        losses,
      })),
  };
}

function unitsOf(
  units: Awaited<ReturnType<typeof composeUnits>> | ReturnType<typeof quadletUnits>,
): ConvertedContainers | NoMounts {
  if (typeof units === 'string') return { why: units };
  if ('why' in units) return units;
  const { files, losses } = units;
  return {
    files,
    text:
      files.length === 1 ? files[0]!.text : files.map(({ name, text }) => `# ${name}\n${text}`).join('\n'),
    conversions: losses.map(({ from, loss, isLeftOut }) => ({
      from,
      written: !isLeftOut,
      exact: loss.kind === 'none-here',
      losses: [loss],
    })),
  };
}

const conversion = (from: string, why: string, isLost: boolean): ConvertedMount => ({
  from,
  written: !isLost,
  exact: !isLost,
  losses: [{ field: 'spec', kind: isLost ? 'impossible' : 'none-here', why }],
});
