/** mountc as a library: docker's mount specs as trees, as what docker would do with them, and in other forms. No I/O. */
export type { FlagConversion } from './convert/convert-command.js';
export type { Diagnostic, Fix, Related, Severity } from './diagnostic/diagnostic.js';
export type { Dialect, DialectInput, EngineOs } from './dialect/dialect.js';
export { makeDialect } from './dialect/dialect.js';
export { NEWEST, OLDEST, readVersion, showVersion, type Version } from './dialect/version.js';
export {
  type CompileAnswer,
  type Converted,
  compile,
  convert,
  type DockerOptions,
  dialectOf,
  lint,
  parse,
} from './library.js';
export type { ApiAnswer } from './model/answer.js';
export { type ApiMount, type CreateBody, type Sent, stringifyApi } from './model/api.js';
export type { CommandVerdict } from './model/engine/command.js';
export { judgeEngine, judgeSent, type SentVerdict } from './model/engine/judge.js';
export type {
  EnginePlace,
  EngineRefusal,
  EngineRefusalKind,
  EngineVerdict,
  OpenQuestion,
} from './model/engine/refusal.js';
export type { PathPropagation, PathState, System } from './model/engine/system.js';
export { sameMount } from './model/equal.js';
export type { Loss, LossKind, TargetForm } from './model/loss.js';
export { lowerSpec } from './model/lower.js';
export type { LowerContext, Lowered } from './model/lowered.js';
export type {
  BindMount,
  ClusterMount,
  ImageMount,
  Mount,
  NpipeMount,
  TmpfsMount,
  VolumeMount,
} from './model/mount.js';
export {
  type ConvertContext,
  convertSpec,
  portableDialects,
  type SpecConversion,
} from './print/convert-spec.js';
export { findRule, RULES } from './rules/index.js';
export type { RuleSettings } from './rules/lint-command.js';
export type { Rule } from './rules/rule.js';
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
} from './syntax/ast.js';
export { printSpec } from './syntax/print.js';
export { applyEdits, type TextEdit } from './text/edit.js';
export type { Range } from './text/range.js';
