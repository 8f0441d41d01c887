// The types of what grammar/mount.peggy builds; copied beside the generated parser.
import type { MountField, Part, TmpfsOption } from '../ast.js';

export interface RawMount {
  readonly blank: number;
  readonly fields: (MountField & { readonly broken?: true })[];
  readonly problem: { readonly kind: 'bare-quote'; readonly at: number } | undefined;
  readonly rest: number;
}

export interface RawTmpfs {
  readonly target: Part;
  readonly options: TmpfsOption[] | undefined;
}

export declare function parse(input: string, options: { startRule: 'VolumeSpec' }): Part[];
export declare function parse(input: string, options: { startRule: 'MountSpec' }): RawMount;
export declare function parse(input: string, options: { startRule: 'TmpfsSpec' }): RawTmpfs;
