import type { FlagConversion } from '../convert/convert-command.js';

/** How many mounts had which outcome. */
export interface FlagCount {
  /** Written in the new form, with the same effect. */
  readonly exact: number;
  /** Written in the new form, with an effect that was named. */
  readonly changed: number;
  readonly left: number;
  /** Had the form before. */
  readonly same: number;
}

/** Whether the mount was left as it was although another form was asked for. */
export function isLeft({ from, to, losses }: FlagConversion): boolean {
  return from === to && losses.some(({ kind }) => kind !== 'none-here');
}

/** Counts outcomes. */
export function countFlags(conversions: readonly FlagConversion[]): FlagCount {
  const left = conversions.filter(isLeft).length;
  const moved = conversions.filter(({ from, to }) => from !== to);
  const exact = moved.filter((one) => one.exact).length;
  return { exact, changed: moved.length - exact, left, same: conversions.length - moved.length - left };
}

/** The count in words. */
export function showCount({ exact, changed, left, same }: FlagCount): string {
  const parts = [`${exact} exact`, `${changed} with a changed effect`, `${left} left unchanged`];
  return `mounts: ${parts.join(', ')}${same > 0 ? `, ${same} in that form already` : ''}`;
}

/** A line for each thing that a conversion changes or cannot say; differences without effect are not reported. */
export function warnings(conversion: FlagConversion): string[] {
  const left = isLeft(conversion);
  return conversion.losses
    .filter(({ kind }) => kind !== 'none-here')
    .map(({ why }) => `\`${conversion.from}\`: ${left ? 'left unchanged' : 'changes its effect'}: ${why}`);
}
