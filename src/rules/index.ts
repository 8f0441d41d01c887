import { anonymousVolumeWithoutRm } from './anonymous-volume-without-rm.js';
import { bareSourceLooksLikePath } from './bare-source-looks-like-path.js';
import { bindSourceMissing } from './bind-source-missing.js';
import { broadHostMount } from './broad-host-mount.js';
import { brokenContinuation } from './broken-continuation.js';
import { buildahRefuses } from './buildah-refuses.js';
import { childUnderReadonlyParent } from './child-under-readonly-parent.js';
import { composeRefuses } from './compose-refuses.js';
import { composeUndeclaredVolume } from './compose-undeclared-volume.js';
import { composeUnknownKey } from './compose-unknown-key.js';
import { composeUnusedVolume } from './compose-unused-volume.js';
import { devcontainerDroppedKey } from './devcontainer-dropped-key.js';
import { dindPath } from './dind-path.js';
import { dockerRefuses } from './docker-refuses.js';
import { duplicateTarget } from './duplicate-target.js';
import { fileWhereDirectory } from './file-where-directory.js';
import { flagAfterImage } from './flag-after-image.js';
import { flagAndValueInOneWord } from './flag-and-value-in-one-word.js';
import { flagSyntaxMixup } from './flag-syntax-mixup.js';
import { gitBashConverted } from './git-bash-converted.js';
import { hostPathWithoutTarget } from './host-path-without-target.js';
import { invisibleCharacter } from './invisible-character.js';
import { localVolumeOptions } from './local-volume-options.js';
import { makefileExportedPwd } from './makefile-exported-pwd.js';
import { makefileShellPwd } from './makefile-shell-pwd.js';
import { misspeltMountFlag } from './misspelt-mount-flag.js';
import { mountEmptyValue } from './mount-empty-value.js';
import { mountFieldWhitespace } from './mount-field-whitespace.js';
import { mountInvalidValue } from './mount-invalid-value.js';
import { mountKeyStyle } from './mount-key-style.js';
import { mountKeyTwice } from './mount-key-twice.js';
import { mountMissingTarget } from './mount-missing-target.js';
import { mountOptionsWrongType } from './mount-options-wrong-type.js';
import { mountOverSystemDirectory } from './mount-over-system-directory.js';
import { mountQuoting } from './mount-quoting.js';
import { mountSourceNotAbsolute } from './mount-source-not-absolute.js';
import { mountSpecAsImage } from './mount-spec-as-image.js';
import { mountTypePathMismatch } from './mount-type-path-mismatch.js';
import { mountUnknownOption } from './mount-unknown-option.js';
import { mountUnknownType } from './mount-unknown-type.js';
import { nerdctlRefuses } from './nerdctl-refuses.js';
import { noMountFlagHere } from './no-mount-flag-here.js';
import { nocopyOnBind } from './nocopy-on-bind.js';
import { notEveryDocker } from './not-every-docker.js';
import { obsoleteConsistency } from './obsolete-consistency.js';
import { oneLetterVolumeName } from './one-letter-volume-name.js';
import { optionNotInThisVersion } from './option-not-in-this-version.js';
import { optionsInTarget } from './options-in-target.js';
import { podmanRefuses } from './podman-refuses.js';
import { powershellBackslashContinuation } from './powershell-backslash-continuation.js';
import { powershellSplitWord } from './powershell-split-word.js';
import { preferMountSyntax } from './prefer-mount-syntax.js';
import { propagationOnVolume } from './propagation-on-volume.js';
import { quadletMissingUnit } from './quadlet-missing-unit.js';
import { quadletRefuses } from './quadlet-refuses.js';
import { readonlySpelling } from './readonly-spelling.js';
import { redundantRw } from './redundant-rw.js';
import { relativeSourceWithoutDot } from './relative-source-without-dot.js';
import { remoteDaemonBind } from './remote-daemon-bind.js';
import { removedBindNonrecursive } from './removed-bind-nonrecursive.js';
import type { Rule } from './rule.js';
import { runMountHome } from './run-mount-home.js';
import { selinuxRelabelSystemPath } from './selinux-relabel-system-path.js';
import { serviceCreateVolumeFlag } from './service-create-volume-flag.js';
import { singleFileBind } from './single-file-bind.js';
import { snapPath } from './snap-path.js';
import { socketMount } from './socket-mount.js';
import { socketReadonlyIllusion } from './socket-readonly-illusion.js';
import { strayQuoteOrBlank } from './stray-quote-or-blank.js';
import { syntaxError } from './syntax-error.js';
import { targetIsRoot } from './target-is-root.js';
import { targetNotAbsolute } from './target-not-absolute.js';
import { tildeNotExpanded } from './tilde-not-expanded.js';
import { tmpfsCommaOptions } from './tmpfs-comma-options.js';
import { tmpfsDecimalMode } from './tmpfs-decimal-mode.js';
import { tmpfsOnWindowsEngine } from './tmpfs-on-windows-engine.js';
import { tmpfsUnknownOption } from './tmpfs-unknown-option.js';
import { typographicDashOrQuote } from './typographic-dash-or-quote.js';
import { unquotedExpansion } from './unquoted-expansion.js';
import { unquotedWindowsBackslash } from './unquoted-windows-backslash.js';
import { volumeBesideDirectory } from './volume-beside-directory.js';
import { volumeConflictingModes } from './volume-conflicting-modes.js';
import { volumeEmptySection } from './volume-empty-section.js';
import { volumeInstruction } from './volume-instruction.js';
import { volumeTooManyColons } from './volume-too-many-colons.js';
import { volumeUnknownMode } from './volume-unknown-mode.js';
import { wrongSeparator } from './wrong-separator.js';
import { wrongShellCwd } from './wrong-shell-cwd.js';

/** Every rule, by code; the last one looks at what the others left. */
export const RULES: readonly Rule[] = [
  syntaxError,
  mountFieldWhitespace,
  mountQuoting,
  mountUnknownOption,
  mountEmptyValue,
  mountMissingTarget,
  mountInvalidValue,
  mountUnknownType,
  flagSyntaxMixup,
  misspeltMountFlag,
  mountSpecAsImage,
  volumeEmptySection,
  volumeTooManyColons,
  volumeUnknownMode,
  volumeConflictingModes,
  mountKeyTwice,
  tmpfsCommaOptions,
  optionsInTarget,
  strayQuoteOrBlank,
  wrongSeparator,
  tmpfsUnknownOption,
  tmpfsDecimalMode,
  typographicDashOrQuote,
  invisibleCharacter,
  flagAfterImage,
  serviceCreateVolumeFlag,
  noMountFlagHere,
  composeUndeclaredVolume,
  composeUnusedVolume,
  composeUnknownKey,
  devcontainerDroppedKey,
  runMountHome,
  volumeInstruction,
  mountTypePathMismatch,
  mountSourceNotAbsolute,
  mountOptionsWrongType,
  nocopyOnBind,
  propagationOnVolume,
  localVolumeOptions,
  targetNotAbsolute,
  targetIsRoot,
  relativeSourceWithoutDot,
  oneLetterVolumeName,
  duplicateTarget,
  hostPathWithoutTarget,
  childUnderReadonlyParent,
  socketReadonlyIllusion,
  mountOverSystemDirectory,
  broadHostMount,
  bareSourceLooksLikePath,
  tmpfsOnWindowsEngine,
  selinuxRelabelSystemPath,
  bindSourceMissing,
  fileWhereDirectory,
  remoteDaemonBind,
  gitBashConverted,
  snapPath,
  dindPath,
  volumeBesideDirectory,
  removedBindNonrecursive,
  optionNotInThisVersion,
  notEveryDocker,
  brokenContinuation,
  makefileShellPwd,
  wrongShellCwd,
  tildeNotExpanded,
  flagAndValueInOneWord,
  unquotedExpansion,
  unquotedWindowsBackslash,
  powershellBackslashContinuation,
  powershellSplitWord,
  makefileExportedPwd,
  obsoleteConsistency,
  redundantRw,
  socketMount,
  mountKeyStyle,
  readonlySpelling,
  preferMountSyntax,
  singleFileBind,
  anonymousVolumeWithoutRm,
  dockerRefuses,
  podmanRefuses,
  nerdctlRefuses,
  quadletRefuses,
  quadletMissingUnit,
  buildahRefuses,
  composeRefuses,
];

/** A rule by its name or code. */
export function findRule(nameOrCode: string): Rule | undefined {
  const wanted = nameOrCode.toLowerCase();
  return RULES.find((rule) => rule.name === wanted || rule.code.toLowerCase() === wanted);
}
