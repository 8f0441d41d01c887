import { refusedByBuild } from '../dialects/podman/build.js';
import { type FlaggedMount, MountsSoFar } from '../dialects/podman/conflicts.js';
import { judgeByAll } from '../dialects/podman/every.js';
import { refuseVolumesFrom } from '../dialects/podman/volumes-from.js';
import type { CommandWord } from '../source/command-source.js';
import { isBuildah } from '../source/engine.js';
import type { CommandView } from '../source/site.js';
import { sliceEditable } from '../text/editable-text.js';
import { makeRangeSet } from '../text/range-set.js';
import { hasHole } from '../text/spec-text.js';
import { hasConditional } from './conditional.js';
import { mountFlags } from './mount-flags.js';
import { at } from './places.js';
import type { Report, Rule } from './rule.js';

/** A mount that every podman refuses, and that no other rule says better. */
export const podmanRefuses: Rule = {
  code: 'MC134',
  name: 'podman-refuses',
  severity: 'error',
  engines: ['podman'],
  since: '0.1.0',
  summary: 'a mount that every podman from 4.3 to 6.1 refuses',
  why:
    "podman reads docker's flags with its own rules: `-v` has other words, which may not contradict each other, the keys " +
    'of `--mount` are case-sensitive and depend on the type, and of two mounts at one target most pairs are refused. What ' +
    'any podman from 4.3 to 6.1 accepts is not an error.',
  sources: [
    'https://docs.podman.io/en/latest/markdown/podman-run.1.html#volume-v-source-volume-host-dir-container-dir-options',
    'https://docs.podman.io/en/latest/markdown/podman-run.1.html#mount-type-type-type-specific-option',
  ],
  valid: [
    'podman run -v /a:/b:z,U,rslave alpine',
    'podman run -v v:/data alpine',
    'podman run -v data:/b:O,ro -v /a:/c:O,U alpine',
    'podman run --mount type=bind,src=rel,dst=/b,ro=1 --mount type=glob,src=/a/* alpine',
    'podman run -v data:/a -v data:/a:ro alpine',
    'podman run --tmpfs /t:size=1m --mount type=tmpfs,dst=/t alpine',
    'podman run -v $X:/b:$MODE --volumes-from $C alpine',
    'podman build --build-context -v:/x --target -v=data:/x .',
    'podman build -v /a:/b:ro,z -v $X:/c --volume /d:/e:U .',
    'buildah run -v a:/b c sh',
    'docker run --mount type=tmpfs,dst=/t,consistency=cached alpine',
  ],
  invalid: [
    'podman run -v /a:/b:ro,rw alpine',
    'podman run -v /a:/b:O,ro alpine',
    'podman run --mount type=volume,src=data,dst=/b,tmpfs-size=1m alpine',
    'podman run --mount type=bind,src=/a,dst=/b,z,Z alpine',
    'podman run --tmpfs /t:uid=1000 alpine',
    'podman run -v /a:/x -v /b:/x alpine',
    'podman run --volumes-from db:Z alpine',
    'podman build -v data:/x .',
    'podman build -t a --volume=/a:/b:consistent .',
    'buildah bud -v ./a:/b .',
  ],
  checkCommand({ source, invocation, dialect }, report) {
    const name = invocation === undefined ? buildOf(source.words) : undefined;
    if (name === undefined) return;
    for (const { flag, value, range } of mountFlags(source.words, 2)) {
      const text = sliceEditable(value, range);
      if (flag === '--mount' || hasHole(text)) continue;
      const message = refusedByBuild(text.value, dialect.podman);
      if (message !== undefined)
        report({
          range: at(text),
          message: `${name} refuses it: ${message}`,
          help: `${name}-build(1) describes the form of \`-v\`: HOST-DIR:CONTAINER-DIR[:OPTIONS], both absolute`,
        });
    }
  },
  checkRest(command, found, report) {
    const errors = found.filter(({ severity }) => severity === 'error');
    const said = makeRangeSet(errors.map(({ range }) => range));
    const mounts = reportFlags(command, report, (range) => said.touches(range));
    if (mounts !== undefined && !hasConditional(command)) reportTogether(command, mounts, report);
    reportVolumesFrom(command, report);
  },
};

/** The program, where the command makes an image. */
function buildOf(words: readonly CommandWord[]): string | undefined {
  const at = words[1]?.value === 'image' ? 2 : 1;
  const name = isBuildah(words) ? 'buildah' : 'podman';
  return /^(?:build|bud)$/.test(words[at]?.value ?? '') ? name : undefined;
}

/** Says what is wrong with each flag; the mounts, or undefined where some of them cannot be known. */
function reportFlags(
  command: CommandView,
  report: Report,
  isSaid: (range: { start: number; end: number }) => boolean,
): readonly (FlaggedMount & { readonly site: number })[] | undefined {
  const mounts: (FlaggedMount & { readonly site: number })[] = [];
  let isKnown = true;
  for (const [index, site] of command.sites.entries()) {
    if (hasHole(site.text) || site.use.uncertain) {
      isKnown &&= false;
      continue;
    }
    const { verdict, isRefusedByAll } = judgeByAll(site.form, site.text.value, command.dialect.podman);
    if (verdict.kind === 'accepted') mounts.push({ flag: site.form, mount: verdict.mount, site: index });
    if (verdict.kind !== 'refused' || !isRefusedByAll) continue;
    isKnown = false;
    if (isSaid(at(site.text))) continue;
    report({
      range: at(site.text, verdict.range),
      message: `podman refuses it: ${verdict.message}`,
      help: HELP,
    });
  }
  return isKnown ? mounts : undefined;
}

function reportTogether(
  command: CommandView,
  mounts: readonly (FlaggedMount & { readonly site: number })[],
  report: Report,
): void {
  const soFar = new MountsSoFar<(typeof mounts)[number]>();
  for (const mount of mounts) {
    const other = soFar.add(mount);
    if (other === undefined) continue;
    report({
      range: at(command.sites[mount.site]!.text),
      message: `podman refuses it: ${mount.mount.target}: duplicate mount destination`,
      help: 'give each mount a target of its own',
      related: [{ range: at(command.sites[other.site]!.text), message: 'the other mount' }],
    });
  }
}

function reportVolumesFrom({ source, invocation }: CommandView, report: Report): void {
  for (const use of invocation?.flags ?? []) {
    if (use.flag.name !== 'volumes-from' || hasHole(use.value)) continue;
    const refusal = refuseVolumesFrom(use.value.value);
    if (refusal === undefined) continue;
    const text = sliceEditable(source.words[use.valueWord + 1]!, use.valueRange);
    report({ range: at(text, refusal.range), message: `podman refuses it: ${refusal.message}`, help: HELP });
  }
}

const HELP = 'podman-run(1) lists the words and keys of each flag';
