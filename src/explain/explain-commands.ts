import { FLAG_OF } from '../forms/convert-spec.js';
import type { CommandView } from '../source/site.js';
import { append } from '../text/append.js';
import { displayText, hasHole, literal } from '../text/spec-text.js';
import { explainPodman } from './explain-podman.js';
import { explainSpec } from './explain-spec.js';
import { asMountKeys, type CreatedVolume, describeCreated, readVolumeCreate } from './volume-create.js';

/** Says what the mounts of commands do, one after the other; a volume that one of them creates is known to those after it. */
export function explainCommands(
  views: readonly CommandView[],
  cwd: string,
): { lines: string[]; isRefused: boolean } {
  const lines: string[] = [];
  const created = new Map<string, CreatedVolume>();
  let isRefused = false;
  for (const view of views) {
    const words = view.source.words.map((word) => literal(word) ?? displayText(word));
    const volume = readVolumeCreate(words);
    if (volume !== undefined) {
      append(lines, explainCreated(volume));
      if (volume.name !== undefined) created.set(volume.name, volume);
      continue;
    }
    for (const site of view.sites) {
      const flag = `${FLAG_OF[site.form]} ${displayText(site.text)}`;
      if (hasHole(site.text)) {
        const holes = site.text.holes.map(({ text }) => `\`${text}\``).join(', ');
        lines.push(flag, `  - what it does depends on ${holes}`);
        continue;
      }
      const told =
        view.source.engine === 'podman'
          ? explainPodman(site.form, site.text.value, { podman: view.dialect.podman, cwd })
          : explainSpec(site.form, site.text.value, { dialect: view.dialect, cwd });
      isRefused ||= told.isRefused;
      lines.push(`${flag}: ${told.heading}`, ...told.sentences.map((one) => `  - ${one}`));
      const known = told.source === undefined ? undefined : created.get(told.source);
      const special = known && describeCreated(known);
      if (special)
        lines.push(
          `  - the volume was created with ${special}; the volume options of this flag would be ignored`,
        );
      append(
        lines,
        told.others.map((one) => `  ${one}`),
      );
    }
    if (view.compiled?.refusal !== undefined) {
      isRefused = true;
      lines.push(`docker refuses the command: ${view.compiled.refusal.stderr}`);
    }
  }
  return { lines, isRefused };
}

function explainCreated(volume: CreatedVolume): string[] {
  const special = describeCreated(volume);
  const keys = asMountKeys(volume);
  return [
    volume.name === undefined
      ? 'a new volume with a random name'
      : `the volume \`${volume.name}\`, created now if it is missing`,
    ...(special === '' ? [] : [`  - with ${special}; an existing volume is not changed`]),
    ...(keys === ''
      ? []
      : [
          `  the same when the volume is first mounted: --mount type=volume,src=${volume.name ?? 'NAME'},dst=…,${keys}`,
        ]),
  ];
}
