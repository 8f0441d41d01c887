/** mountc as a library: docker's mount specs as trees, as what docker would do with them, and in other forms. No I/O. */

export type { FlagConversion } from './convert/convert-command.js';
export type { ContainerForm, ContainerKind, ConvertedContainers } from './convert/convert-containers.js';
export type { ConvertedMount, ConvertedMounts } from './convert/convert-mounts.js';
export type { UnitFile } from './convert/quadlet-output.js';
export type { RewrittenText } from './convert/rewrite-text.js';
export type { DocumentKind } from './convert/text-mounts.js';
export type { ApiAnswer } from './dialects/docker/client/answer.js';
export { type ApiMount, type CreateBody, type Sent, stringifyApi } from './dialects/docker/client/api.js';
export type { CommandVerdict } from './dialects/docker/engine/command.js';
export { judgeEngine, judgeSent, type SentVerdict } from './dialects/docker/engine/judge.js';
export type {
  EnginePlace,
  EngineRefusal,
  EngineRefusalKind,
  EngineVerdict,
  OpenQuestion,
} from './dialects/docker/engine/refusal.js';
export type { PathPropagation, PathState, System } from './dialects/docker/engine/system.js';
export { lowerSpec } from './dialects/docker/lower.js';
export type { Dialect, DialectInput, EngineOs } from './dialects/docker/tables/dialect.js';
export { makeDialect } from './dialects/docker/tables/dialect.js';
export { portableDialects } from './dialects/docker/tables/fleet.js';
export { NEWEST, OLDEST, readVersion, showVersion, type Version } from './dialects/docker/tables/version.js';
export type { LowerContext, Lowered } from './dialects/lower-result.js';
export type { Completion, ListFolder } from './editor/completion.js';
export type { PlaceConversion, PlaceForm } from './editor/conversions.js';
export type { ExplainedMount, MountPicture } from './editor/explain-mounts.js';
export type { Hover } from './editor/hover.js';
export type { PathLink } from './editor/links.js';
export type { NamedVolume } from './editor/volumes.js';
export type { SpecExplanation } from './explain/explain-spec.js';
export {
  type ConvertContext,
  convertSpec,
  type SpecConversion,
} from './forms/convert-spec.js';
export type { Loss, LossKind, MountForm, TargetForm } from './forms/loss.js';
export {
  type CompileAnswer,
  type Converted,
  compile,
  convert,
  convertMounts,
  explain,
  lint,
  type MountsOfText,
  parse,
} from './library.js';
export { type ConversionOptions, type DockerOptions, dialectOf } from './library-options.js';
export {
  completeAt,
  conversionsAt,
  convertContainers,
  convertText,
  disableFindings,
  explainText,
  fixText,
  hoverAt,
  kindOfText,
  type LintTextOptions,
  linksOf,
  lintText,
  listMounts,
  readConfig,
  renameVolume,
  type TextKind,
  type TextOptions,
  volumesOf,
} from './library-text.js';
export type { ConfigOverride, ConfigPart, FailOn, LintConfig } from './lint/config.js';
export type { ConfigProblem } from './lint/config-node.js';
export type { ListedMount } from './lint/inventory.js';
export { sameMount } from './mount/equal.js';
export type {
  BindMount,
  ClusterMount,
  ImageMount,
  Mount,
  NpipeMount,
  TmpfsMount,
  VolumeMount,
} from './mount/mount.js';
export { findRule, RULES } from './rules/index.js';
export type { RuleSettings } from './rules/lint-command.js';
export type { Rule } from './rules/rule.js';
export type { ExtraCommands } from './source/engine.js';
export type { FileKind } from './source/file-kinds.js';
export type { HostView } from './source/host.js';
export type {
  MountField,
  MountSpec,
  Part,
  SpecForm,
  SpecNode,
  SyntaxProblem,
  TmpfsOption,
  TmpfsSpec,
  VolumeSpec,
} from './spec/ast.js';
export { printSpec } from './spec/print.js';
export type { Diagnostic, Fix, Related, Severity } from './text/diagnostic.js';
export { applyEdits, type TextEdit } from './text/edit.js';
export type { Range } from './text/range.js';
