/** Signals sent from outside: which, to whom, and what is different behind `mountc docker`. */
export interface SignalRow {
  readonly name: string;
  readonly signal: NodeJS.Signals;
  readonly to: 'process' | 'group';
  readonly door?: string;
}

const TWICE = 'arrives twice: from the group, and passed on by mountc';

export const SIGNAL_ROWS: readonly SignalRow[] = [
  ...(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGWINCH'] as const).map((signal) => ({
    name: `${signal} to the process`,
    signal,
    to: 'process' as const,
  })),
  ...(['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal) => ({
    name: `${signal} to the process group, without a terminal`,
    signal,
    to: 'group' as const,
    door: TWICE,
  })),
];
