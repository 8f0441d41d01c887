/** What a text may be written as. */
export const FORMS = {
  mount: '--mount',
  volume: '-v',
  compose: 'Compose, long',
  'compose-short': 'Compose, short',
  service: 'Compose service',
  run: 'docker run',
  'docker-run': 'docker run',
  'podman-run': 'podman run',
  quadlet: 'Quadlet',
  api: 'API',
  devcontainer: 'devcontainer',
} as const;

/** A form by its name. */
export type Form = keyof typeof FORMS;

/** A text in another form. */
export interface Written {
  readonly text: string;
  readonly losses: readonly string[];
  /** Why it cannot be written so. */
  readonly problem?: string;
}

const OF_COMMANDS: readonly Form[] = [
  'mount',
  'volume',
  'compose',
  'compose-short',
  'service',
  'podman-run',
  'quadlet',
  'api',
  'devcontainer',
];
const OF_COMPOSE: readonly Form[] = [
  'mount',
  'volume',
  'compose',
  'compose-short',
  'run',
  'quadlet',
  'api',
  'devcontainer',
];
const OF_DEVCONTAINER: readonly Form[] = [
  'mount',
  'volume',
  'compose',
  'compose-short',
  'api',
  'devcontainer',
];
const OF_UNIT: readonly Form[] = ['podman-run', 'docker-run'];
const OF_API: readonly Form[] = ['mount', 'volume', 'compose', 'compose-short', 'run', 'devcontainer', 'api'];

/** The forms that a kind of text may be given, in the order of the tabs. */
export function formsFor(kind: string | undefined): readonly Form[] {
  switch (kind) {
    case 'compose':
      return OF_COMPOSE;
    case 'devcontainer':
      return OF_DEVCONTAINER;
    case 'quadlet':
      return OF_UNIT;
    case 'api':
      return OF_API;
    case 'shell':
      return OF_COMMANDS;
    default:
      return ['mount', 'volume'];
  }
}
