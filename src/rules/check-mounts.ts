import type { Dialect } from '../dialects/docker/tables/dialect.js';
import type { VerdictContext } from '../dialects/program.js';
import { meaningOf } from '../dialects/programs.js';
import type { MountView } from '../mount/view.js';
import type { CommandView, Site } from '../source/site.js';
import { isConditional } from './conditional.js';
import { untilEnough } from './enough.js';
import type { Report, Rule } from './rule.js';

/** The mounts of one container, each with its flag where it is one. */
export interface ContainerMounts {
  readonly mounts: readonly { readonly view: MountView; readonly site?: Site }[];
  readonly dialect: Dialect;
  readonly command?: CommandView;
}

/** Runs a rule's checks of mounts over those of one container. */
export function checkMounts(
  { checkMount, checkContainer }: Pick<Rule, 'checkMount' | 'checkContainer'>,
  { mounts, dialect, command }: ContainerMounts,
  report: Report,
): void {
  const context = { dialect, command, ...readContext(command) };
  if (checkMount !== undefined)
    for (const { view, site } of mounts)
      untilEnough(view.host.value.length, report, (limited) =>
        checkMount(view, limited, { ...context, site, meaning: meaningOf(view, dialect) }),
      );
  if (checkContainer === undefined) return;
  const siteOf = new Map(mounts.map(({ view, site }) => [view, site]));
  checkContainer(
    mounts.map(({ view }) => view),
    report,
    {
      ...context,
      meaning: (view) => meaningOf(view, dialect),
      isConditional: (view) => {
        const site = siteOf.get(view);
        return site !== undefined && command !== undefined && isConditional(site, command);
      },
    },
  );
}

/** What the command says of how its mounts are read. */
function readContext(command: CommandView | undefined): Omit<VerdictContext, 'dialect'> {
  return {
    cwd: command?.cwd,
    isService: command?.invocation?.path.startsWith('service') ?? false,
    isUnsure: (command?.source.words[0]?.holes.length ?? 0) > 0,
  };
}
