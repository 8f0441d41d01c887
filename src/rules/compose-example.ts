/** A Compose file whose one service has this entry: for the examples of rules. */
export const composeEntry = (volume: string): string => `services:\n  a:\n    volumes:\n      - ${volume}\n`;
