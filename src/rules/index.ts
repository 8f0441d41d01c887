import { dockerRefuses } from './docker-refuses.js';
import { flagSyntaxMixup } from './flag-syntax-mixup.js';
import { mountEmptyValue } from './mount-empty-value.js';
import { mountFieldWhitespace } from './mount-field-whitespace.js';
import { mountInvalidValue } from './mount-invalid-value.js';
import { mountMissingTarget } from './mount-missing-target.js';
import { mountOptionsWrongType } from './mount-options-wrong-type.js';
import { mountQuoting } from './mount-quoting.js';
import { mountSourceNotAbsolute } from './mount-source-not-absolute.js';
import { mountSpecAsImage } from './mount-spec-as-image.js';
import { mountTypePathMismatch } from './mount-type-path-mismatch.js';
import { mountUnknownOption } from './mount-unknown-option.js';
import { mountUnknownType } from './mount-unknown-type.js';
import { nocopyOnBind } from './nocopy-on-bind.js';
import { oneLetterVolumeName } from './one-letter-volume-name.js';
import { propagationOnVolume } from './propagation-on-volume.js';
import { relativeSourceWithoutDot } from './relative-source-without-dot.js';
import type { Rule } from './rule.js';
import { targetIsRoot } from './target-is-root.js';
import { targetNotAbsolute } from './target-not-absolute.js';
import { volumeConflictingModes } from './volume-conflicting-modes.js';
import { volumeEmptySection } from './volume-empty-section.js';
import { volumeTooManyColons } from './volume-too-many-colons.js';
import { volumeUnknownMode } from './volume-unknown-mode.js';

/** Every rule, by code; the last one looks at what the others left. */
export const RULES: readonly Rule[] = [
  mountFieldWhitespace,
  mountQuoting,
  mountUnknownOption,
  mountEmptyValue,
  mountMissingTarget,
  mountInvalidValue,
  mountUnknownType,
  flagSyntaxMixup,
  mountSpecAsImage,
  volumeEmptySection,
  volumeTooManyColons,
  volumeUnknownMode,
  volumeConflictingModes,
  mountTypePathMismatch,
  mountSourceNotAbsolute,
  mountOptionsWrongType,
  nocopyOnBind,
  propagationOnVolume,
  targetNotAbsolute,
  targetIsRoot,
  relativeSourceWithoutDot,
  oneLetterVolumeName,
  dockerRefuses,
];

/** A rule by its name or code. */
export function findRule(nameOrCode: string): Rule | undefined {
  const wanted = nameOrCode.toLowerCase();
  return RULES.find((rule) => rule.name === wanted || rule.code.toLowerCase() === wanted);
}
