import type { HostedText } from '../../source/hosted-text.js';
import { type Mask, maskText } from '../../source/mask.js';

/** CircleCI fills in `<< parameters.x >>`, which a shell would take for a heredoc. */
export function maskParameters(host: HostedText): HostedText {
  const pattern = /<<\s*[#^/]?\s*(?:parameters|pipeline|matrix)\b[^<>\n]{0,200}>>/g;
  const masks = [...host.value.matchAll(pattern)].map(({ index, 0: { length } }): Mask => {
    return { range: { start: index, end: index + length }, kind: 'template' };
  });
  return maskText(host, masks);
}

/** Azure fills in `$(Build.SourcesDirectory)`; what has no dot in it may be the shell's. */
export function maskMacros(host: HostedText): HostedText {
  const masks: Mask[] = [];
  for (const match of host.value.matchAll(/\$\((?:[A-Za-z_]\w*\.[\w.]+|[A-Z]\w*)\)/g)) {
    const absolute =
      /^\$\((?:Build\.(?:Sources|Binaries|Artifact\w*)\w*Directory|Agent\.\w*Directory|System\.DefaultWorkingDirectory|Pipeline\.Workspace|Build\.Repository\.LocalPath)\)$/i;
    const range = { start: match.index, end: match.index + match[0].length };
    masks.push({ range, kind: 'template', ...(absolute.test(match[0]) && { absolute: true }) });
  }
  return maskText(host, masks);
}

/** Woodpecker fills in `${CI_WORKSPACE}` and `$CI_REPO` before it reads the file; `$$` is a dollar sign. */
export function maskVariables(host: HostedText): HostedText {
  const masks = [...host.value.matchAll(/\$\$|\$(?:\w+|\{[^{}\n]{0,500}\})/g)].flatMap(
    ({ index, 0: text }): Mask[] =>
      text === '$$' ? [] : [{ range: { start: index, end: index + text.length }, kind: 'variable' }],
  );
  return maskText(host, masks);
}
