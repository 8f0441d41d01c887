import { expect, test } from 'vitest';
import { makeDialect } from '../../src/dialects/docker/tables/dialect.js';
import { portableDialects } from '../../src/dialects/docker/tables/fleet.js';
import { MOUNT_KEYS, type MountKey } from '../../src/dialects/docker/tables/mount-keys.js';
import { RELEASES } from '../../src/dialects/docker/tables/version.js';

test('there is one portable dialect for each kind of docker that the tables tell apart, and no other', () => {
  const known = ({ client, has, createsSource }: ReturnType<typeof makeDialect>) =>
    JSON.stringify([
      has,
      createsSource,
      MOUNT_KEYS.map(({ since, removed }: MountKey) => [
        client >= (since ?? 0),
        client >= (removed ?? Number.POSITIVE_INFINITY),
      ]),
    ]);
  const all = new Set(RELEASES.map(({ version }) => known(makeDialect({ client: version }))));
  const portable = portableDialects().map(known);
  expect(new Set(portable)).toEqual(all);
  expect(portable.length).toBe(all.size);
});
