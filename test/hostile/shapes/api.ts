import { JSON_VALUES } from './json.js';
import { fill, list, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const body = (host: string) => `{"Image": "b", "HostConfig": {${host}}}`;

/** The JSON of containers: what is sent to the engine, and what \`docker inspect\` prints. */
export const API: readonly Shape[] = [
  ...Object.entries(JSON_VALUES).map(
    ([name, make]): Shape => ({
      name,
      path: 'a.json',
      make: (n) => body(`"Binds": ["/a:/b"], "Mounts": ${make(n)}`),
    }),
  ),
  ...shapesOf('a.json', {
    binds: (n) =>
      body(`"Binds": [${list(n, 14, (i, count) => `"/a${i}:/b${i}"${i < count - 1 ? ',' : ''}`)}]`),
    'binds that are wrong': (n) => body(`"Binds": [${fill(n, '"a:b:c:d",')}"x"]`),
    'binds at one target': (n) => body(`"Binds": [${fill(n, (i) => `"/a${i}:/b",`)}"/a:/b"]`),
    'one bind with many modes': (n) => body(`"Binds": ["/a:/b:${fill(n, 'ro,')}"]`),
    mounts: (n) =>
      body(
        `"Mounts": [${fill(n, (i) => `{"Type": "bind", "Source": "/a${i}", "Target": "/b${i}"},`)}{"Type": "tmpfs", "Target": "/c"}]`,
      ),
    'mounts that are wrong': (n) =>
      body(`"Mounts": [${fill(n, '{"Type": "bnd", "Sorce": "a", "Target": 1},')}{}]`),
    'a mount with many keys': (n) => body(`"Mounts": [{${fill(n, (i) => `"K${i}": 1,`)}"Type": "bind"}]`),
    'a volume with many labels': (n) =>
      body(
        `"Mounts": [{"Type": "volume", "Target": "/b", "VolumeOptions": {"Labels": {${fill(n, (i) => `"k${i}": "v",`)}"a": "b"}}}]`,
      ),
    'volumes with other options each': (n) =>
      body(
        `"Mounts": [${fill(n, (i) => `{"Type": "volume", "Source": "v", "Target": "/b${i}", "VolumeOptions": {"Labels": {"a": "${i}"}}},`)}{"Type": "tmpfs", "Target": "/c"}]`,
      ),
    tmpfs: (n) => body(`"Tmpfs": {${fill(n, (i) => `"/b${i}": "size=1m",`)}"/c": ""}`),
    'a tmpfs with many options': (n) => body(`"Tmpfs": {"/b": "${fill(n, 'size=1m,')}"}`),
    volumes: (n) => `{"Image": "b", "Volumes": {${fill(n, (i) => `"/b${i}": {},`)}"/c": {}}}`,
    containers: (n) =>
      `[${fill(n, (i) => `{"Id": "${i}", "Name": "/c${i}", "HostConfig": {"Binds": ["/a:/b"]}, "Mounts": [{"Type": "bind", "Source": "/a", "Destination": "/b", "RW": true}]},`)}{"Id": "x", "HostConfig": {}, "Mounts": []}]`,
    'a container with many mounts': (n) =>
      `[{"Id": "a", "Name": "/a", "HostConfig": {"Binds": [${fill(n / 2, (i) => `"/a${i}:/b${i}",`)}"/a:/c"]}, "Config": {"Volumes": {"/x": {}}}, "Mounts": [${fill(n / 2, (i) => `{"Type": "bind", "Source": "/a${i}", "Destination": "/b${i}", "Mode": "", "RW": true, "Propagation": "rprivate"},`)}{"Type": "bind", "Source": "/a", "Destination": "/c", "RW": true}]}]`,
    'images of a container': (n) =>
      `[{"Id": "a", "Image": "sha256:b", "HostConfig": {}, "Mounts": []}${fill(n, (i) => `,{"Id": "sha256:${i}", "RepoTags": [], "Config": {"Volumes": {"/b${i}": {}}}}`)}]`,
    'containers and images': (n) =>
      `[${fill(n / 2, (i) => `{"Id": "c${i}", "Image": "sha256:${i}", "HostConfig": {}, "Mounts": [{"Type": "volume", "Name": "v", "Source": "/a", "Destination": "/b", "RW": true}]},`)}${fill(n / 2, (i) => `{"Id": "sha256:${i}", "RepoTags": [], "Config": {"Volumes": {"/b": {}}}},`)}{"Id": "x", "HostConfig": {}, "Mounts": []}]`,
    'volumes from others': (n) => body(`"VolumesFrom": [${fill(n, (i) => `"c${i}:rx",`)}"d"]`),
    'bodies behind one another': (n) => fill(n, `${body('"Binds": ["/a:/b"]')}\n`),
  }),
];
