import type { Version } from '../dialects/docker/tables/version.js';
import { podmanEffect } from '../dialects/podman/effect.js';
import { judgeFlag } from '../dialects/podman/every.js';
import { NEWEST_PODMAN, podmanFacts, podmansOf, showPodman } from '../dialects/podman/versions.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import type { SpecForm } from '../spec/ast.js';
import type { SpecExplanation } from './explain-spec.js';
import { describePodman, podmanSentences } from './podman-sentences.js';

/** Says what a mount flag of podman does: with the podman that is meant, or the newest, and where older ones differ. */
export function explainPodman(
  form: SpecForm,
  text: string,
  { podman, cwd }: { readonly podman: Version | undefined; readonly cwd?: string },
): SpecExplanation {
  const version = podman ?? NEWEST_PODMAN;
  const verdict = judgeFlag(form, text, podmanFacts(version));
  const older = podman === undefined ? differences(form, text) : [];
  if (verdict.kind === 'refused')
    return {
      heading: `${FLAG_OF[form]} ${text}`,
      sentences: [`podman ${showPodman(version)} refuses it: ${verdict.message}`, ...older],
      others: [],
      isRefused: true,
    };
  const effect = podmanEffect(form, text, podmanFacts(version))!;
  const unread = form === 'mount' && /(?:^|,)(?:ro|readonly)=(?!(?:true|false)(?:,|$))/i.test(text);
  return {
    heading: describePodman(effect),
    sentences: [
      ...podmanSentences(effect, cwd),
      ...(unread && !effect.isReadonly && effect.type !== 'image'
        ? [
            'podman since 4.6 takes only `true` and `false`, and passes over any other value of `readonly`: it is writable',
          ]
        : []),
      ...older,
    ],
    others: [],
    isRefused: false,
    source: effect.type === 'volume' ? effect.source : undefined,
  };
}

/** Where older podmans refuse it, take it, or make something else of it. */
function differences(form: SpecForm, text: string): string[] {
  const told: string[] = [];
  const say = (version: Version) => {
    const verdict = judgeFlag(form, text, podmanFacts(version));
    if (verdict.kind === 'refused') return `refuses it: ${verdict.message}`;
    const effect = podmanEffect(form, text, podmanFacts(version))!;
    return `makes ${describePodman(effect)}`;
  };
  let last: string | undefined;
  const newest = say(NEWEST_PODMAN);
  for (const version of podmansOf(undefined)) {
    const said = say(version);
    if (said !== last && said !== newest) told.push(`podman ${showPodman(version)} ${said}`);
    last = said;
  }
  return told;
}
