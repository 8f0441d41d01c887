/** What mountc's own exit codes mean; `mountc docker` answers docker's. */
export const EXIT = {
  ok: 0,
  /** Findings, refusals. */
  findings: 1,
  usage: 2,
  /** Something that is not mountc's or the command line's fault: no docker, an unreadable file. */
  environment: 3,
  bug: 70,
  /** What docker itself exits with when it refuses a command line. */
  dockerRefuses: 125,
  notFound: 127,
} as const;
