import type { FlagUse } from '../dialects/docker/client/flag-word.js';
import { CONTAINER_FLAGS } from '../dialects/docker/tables/docker-flags.js';
import { everyPodman } from '../dialects/podman/every.js';
import { DOCKER_ALONE } from '../dialects/podman/run-keys.js';
import { type EngineConversion, toDocker, toPodman } from '../forms/between-engines.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { Loss } from '../forms/loss.js';
import { knownText } from '../source/new-text.js';
import { replaceFlag } from '../source/replace-flag.js';
import type { CommandView, Site } from '../source/site.js';
import { append } from '../text/append.js';
import type { TextEdit } from '../text/edit.js';
import { displayText, hasHole, sourceRange } from '../text/spec-text.js';
import {
  type CommandConversion,
  type ConvertOptions,
  containersOwn,
  crowdedTargets,
  type FlagConversion,
  leaveFlag,
} from './convert-command.js';
import { dockersFlag } from './podman-values.js';

/** An engine that a command can be written for. */
export type RunEngine = 'docker' | 'podman';

/** What the mount flag of a command is with another engine. */
export function siteFor(
  view: CommandView,
  site: Site,
  to: RunEngine,
  { dialects, cwd }: Pick<ConvertOptions, 'dialects'> & { readonly cwd: string },
): EngineConversion {
  const { form, text } = site;
  const from = view.source.engine;
  if (from === to) return { flag: { form, text: text.value }, losses: [] };
  const podmans = everyPodman(view.dialect.podman);
  if (hasHole(text)) return withHoles(site, to);
  return to === 'podman'
    ? toPodman(form, text.value, { dialect: dialects.at(-1)!, podmans, cwd })
    : toDocker(form, text.value, { podman: podmans.at(-1)!, dialects, cwd });
}

/** Of what is not known, a path and a target stay what they are. */
function withHoles({ form, text, node }: Site, to: RunEngine): EngineConversion {
  const isPlain =
    form === 'volume' &&
    node.kind === 'volume' &&
    node.sections.length === 2 &&
    text.holes[0]?.absolute === true;
  if (
    !isPlain ||
    text.holes.some(({ range }, index) => index > 0 && range.start > 0 && text.value[range.start - 1] === ':')
  )
    return {
      losses: [
        { field: 'spec', kind: 'impossible', why: `what \`${displayText(text)}\` holds is not known` },
      ],
    };
  const why =
    to === 'podman'
      ? 'docker creates a missing host directory; podman refuses to create the container without it'
      : 'podman refuses a missing host path; docker -v creates a directory there';
  return { flag: { form, text: text.value }, losses: [{ field: 'createSource', kind: 'changed', why }] };
}

/** Writes a command of one engine for another: its own word, and every mount flag; the other words stay. */
export function convertEngine(
  view: CommandView,
  to: RunEngine,
  options: ConvertOptions & { readonly cwd: string },
): CommandConversion {
  const { source, invocation, sites } = view;
  const edits: TextEdit[] = [];
  const conversions: FlagConversion[] = [];
  if (source.engine === to || invocation === undefined) return { edits, conversions };
  if (invocation.isPod) {
    const [word] = source.words;
    return { edits, conversions: [leftOut(displayText(word!), sourceRange(word!), 'docker has no pods')] };
  }
  const word = source.words[0]!;
  const isOther = (source.engine === 'docker' || source.engine === 'podman') && !hasHole(word);
  const rename = isOther
    ? word.edit({ start: 0, end: word.value.length }, { value: to, holes: [] })
    : undefined;
  if (rename !== undefined) edits.push(rename);
  else
    conversions.push(
      leftOut(
        displayText(word),
        sourceRange(word),
        `it is not a command of docker or podman that can be rewritten`,
      ),
    );
  const crowded = crowdedTargets(sites);
  for (const site of sites) {
    const why =
      containersOwn(view, site) ??
      (crowded.has(site)
        ? 'another mount has the same target, and the engines differ in which holds'
        : undefined);
    const one = why === undefined ? convertFlag(view, site, to, options) : leaveFlag(site, [refusal(why)]);
    conversions.push(one);
    if (one.edit !== undefined) edits.push(one.edit);
  }
  for (const use of invocation.flags)
    if (to === 'podman' ? DOCKER_ALONE.has(use.flag.name) : !OF_DOCKER.has(use.flag.name))
      conversions.push(
        leftOut(
          `--${use.flag.name}`,
          sourceRange(source.words[use.word + 1]!),
          `${to} run has no --${use.flag.name}`,
        ),
      );
    else {
      const one = convertValue(view, use, to);
      if (one === undefined) continue;
      conversions.push(one.conversion);
      append(edits, one.edits);
    }
  return { edits, conversions };
}

/** A flag whose value the engines read each in its own way; undefined where they agree. */
function convertValue(
  view: CommandView,
  use: FlagUse,
  to: RunEngine,
): { readonly conversion: FlagConversion; readonly edits: readonly TextEdit[] } | undefined {
  const { source, invocation } = view;
  const own = dockersFlag(use.flag.name, use.value.value);
  if (own === undefined) return undefined;
  const from = `--${use.flag.name} ${displayText(use.value)}`;
  const range = sourceRange(source.words[use.valueWord + 1]!);
  const lose = (why: string) => ({ conversion: leftOut(from, range, why), edits: [] });
  if ('why' in own) return lose(to === 'docker' ? own.why : 'podman has a meaning of its own for it');
  if (to === 'podman') return lose('podman reads a list in it, docker one text');
  if (hasHole(use.value)) return lose('it is a list for podman, and part of it is not known');
  const fresh = own.flag === undefined ? [`--${use.flag.name}`, ...own.values] : [`--${own.flag}`];
  const at = (invocation?.image ?? -1) + 1;
  const image = source.words[at];
  const behind = (own.words ?? []).map(knownText);
  const edits = [
    use.clustered ? undefined : source.replaceWords?.(use.word + 1, use.valueWord + 2, fresh.map(knownText)),
    ...(behind.length === 0
      ? []
      : [at > 0 && image && source.replaceWords?.(at, at + 1, [image, ...behind])]),
  ].map((edit) => edit || undefined);
  if (edits.includes(undefined)) return lose('it cannot be written correctly there');
  const losses = [
    ...(own.lost ?? []).map((why): Loss => ({ field: 'value', kind: 'changed', why })),
    ...(own.notes ?? []).map((why): Loss => ({ field: 'value', kind: 'none-here', why })),
  ];
  return {
    conversion: { from, to: fresh.join(' '), exact: (own.lost ?? []).length === 0, losses, range },
    edits: edits as TextEdit[],
  };
}

const OF_DOCKER: ReadonlySet<string> = new Set([...CONTAINER_FLAGS.map(({ name }) => name), 'help']);
function convertFlag(
  view: CommandView,
  site: Site,
  to: RunEngine,
  options: ConvertOptions & { readonly cwd: string },
): FlagConversion {
  const { flag, losses } = siteFor(view, site, to, options);
  if (flag === undefined || (options.strict && losses.some(({ kind }) => kind === 'changed')))
    return leaveFlag(site, losses);
  const exact = losses.every(({ kind }) => kind === 'none-here');
  if (flag.form === site.form && flag.text === site.text.value) return leaveFlag(site, losses, exact);
  const edit = replaceFlag(view, site, FLAG_OF[flag.form], { value: flag.text, holes: [] });
  if (edit === undefined) return leaveFlag(site, [refusal('it cannot be written correctly there')]);
  return { ...leaveFlag(site, losses, exact), to: `${FLAG_OF[flag.form]} ${flag.text}`, edit };
}

const refusal = (why: string): Loss => ({ field: 'spec', kind: 'impossible', why });

const leftOut = (from: string, range: FlagConversion['range'], why: string): FlagConversion => ({
  from,
  to: from,
  exact: false,
  losses: [refusal(why)],
  range,
});
