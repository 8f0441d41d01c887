import { CLIENT_FACTS } from './client-facts.js';
import { type Dialect, makeDialect } from './dialect.js';
import { MOUNT_KEYS, type MountKey } from './mount-keys.js';
import { RELEASES, type Version } from './version.js';

/** Every era of the supported dockers: what holds for all of these holds everywhere. */
export function portableDialects(): readonly Dialect[] {
  portable ??= lastOfEachEra().map((client) => makeDialect({ client }));
  return portable;
}

// Made when first asked for: most runs have one dialect.
let portable: readonly Dialect[] | undefined;

/** One of each era from the dialect's oldest docker to its client; where it names no oldest one, it alone. */
export function fleetOf(dialect: Dialect): readonly Dialect[] {
  const { since, client } = dialect;
  if (since === undefined) return [dialect];
  const between = portableDialects().filter((one) => one.client > since && one.client < client);
  return [makeDialect({ client: since }), ...between, dialect];
}

/** The newest release of each era: between two of them some client changed how it reads a mount. */
function lastOfEachEra(): Version[] {
  const facts: readonly { since?: Version; until?: Version }[] = Object.values(CLIENT_FACTS);
  const changes = [
    ...facts.flatMap(({ since, until }) => [since, until]),
    ...MOUNT_KEYS.flatMap(({ since, removed }: MountKey) => [since, removed]),
  ];
  return RELEASES.map(({ version }) => version).filter((version, index) => {
    const next = RELEASES[index + 1]?.version;
    return (
      next === undefined ||
      changes.some((change) => change !== undefined && version < change && change <= next)
    );
  });
}
