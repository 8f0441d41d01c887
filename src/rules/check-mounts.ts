import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { meaningOf } from '../dialects/programs.js';
import type { MountView } from '../mount/view.js';
import type { CommandView, Site } from '../source/site.js';
import { isConditional } from './conditional.js';
import { untilEnough } from './enough.js';
import type { MountContext, Report, Rule } from './rule.js';

/** The mounts of one container, each with what is known of it: found once, for all rules. */
export interface ContainerMounts {
  readonly mounts: readonly { readonly view: MountView; readonly context: MountContext }[];
  readonly dialect: Dialect;
  readonly command?: CommandView;
  /** Whether another container of the file mounts the same source, as it is written, to write into. */
  readonly isWritten?: (source: string) => boolean;
}

/** Looks at the mounts of one container, each with its flag where it is one. */
export function makeContainer(
  mounts: readonly { readonly view: MountView; readonly site?: Site }[],
  dialect: Dialect,
  {
    command,
    ...file
  }: { readonly command?: CommandView } & Pick<MountContext, 'declared' | 'mayBeStack'> = {},
): ContainerMounts {
  const cwd = command?.cwd;
  const isService = command?.invocation?.path.startsWith('service') ?? false;
  const isUnsure = (command?.source.words[0]?.holes.length ?? 0) > 0;
  return {
    mounts: mounts.map(({ view, site }) => {
      const meaning = meaningOf(view, dialect);
      return { view, context: { ...file, dialect, command, cwd, isService, isUnsure, site, meaning } };
    }),
    dialect,
    command,
  };
}

/** Runs a rule's checks of mounts over those of one container. */
export function checkMounts(
  { checkMount, checkContainer }: Pick<Rule, 'checkMount' | 'checkContainer'>,
  { mounts, dialect, command, isWritten }: ContainerMounts,
  report: Report,
): void {
  if (checkMount !== undefined)
    for (const { view, context } of mounts)
      untilEnough(view.host.value.length, report, (limited) => checkMount(view, limited, context));
  const [first] = mounts;
  if (checkContainer === undefined || first === undefined) return;
  const { cwd, isService, isUnsure } = first.context;
  let contexts: ReadonlyMap<MountView, MountContext> | undefined;
  const contextOf = (view: MountView) => {
    contexts ??= new Map(mounts.map((one) => [one.view, one.context]));
    return contexts.get(view);
  };
  checkContainer(
    mounts.map(({ view }) => view),
    report,
    {
      dialect,
      command,
      cwd,
      isService,
      isUnsure,
      isWritten: isWritten ?? (() => false),
      meaning: (view) => contextOf(view)?.meaning ?? meaningOf(view, dialect),
      isConditional: (view) => {
        const site = contextOf(view)?.site;
        return site !== undefined && command !== undefined && isConditional(site, command);
      },
    },
  );
}
