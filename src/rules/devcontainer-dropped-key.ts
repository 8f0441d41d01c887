import type { Rule } from './rule.js';

const FILE = (mount: string) => ({
  file: 'devcontainer' as const,
  command: `{"image": "a", "mounts": [${mount}]}\n`,
});

/** A key of a mount object of a devcontainer that its CLI does not hand on. */
export const devcontainerDroppedKey: Rule = {
  code: 'MC148',
  name: 'devcontainer-dropped-key',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a key of a mount object of a devcontainer other than type, source and target, which is dropped',
  why:
    'The CLI passes on only `type`, `source` and `target` of an object: with `"readonly": true` the mount is writable all the same. ' +
    'Written as a string, a mount can have every key that `--mount` has.',
  sources: [
    'https://containers.dev/implementors/json_reference/#general-properties',
    'https://github.com/devcontainers/cli/blob/main/src/spec-node/utils.ts',
  ],
  valid: [
    FILE('{"type": "bind", "source": "/a", "target": "/b"}'),
    FILE('{"type": "volume", "source": "data", "target": "/b", "external": true}'),
    FILE('"type=bind,source=/a,target=/b,readonly"'),
  ],
  invalid: [
    FILE('{"type": "bind", "source": "/a", "target": "/b", "readonly": true}'),
    FILE('{"type": "bind", "source": "/a", "target": "/b", "consistency": "cached"}'),
    FILE('{"type": "volume", "source": "data", "target": "/b", "volume-nocopy": true}'),
  ],
  checkFile({ mounts }, report) {
    for (const { form, fields = [], isByCompose } of mounts) {
      if (form !== 'devcontainer') continue;
      for (const { key, keyRange } of fields) {
        if (!MEANT.test(key)) continue;
        report({
          range: keyRange,
          message: `\`${key}\` is dropped: the devcontainer CLI passes on only \`type\`, \`source\` and \`target\` of an object`,
          help: isByCompose
            ? 'write the mount under `volumes` of the service in the Compose file'
            : 'write the mount as a string: `"type=bind,source=…,target=…,readonly"`',
        });
      }
    }
  },
};

/** What would change the mount; `external` is for the CLI itself, and others are for people. */
const MEANT = /^(?:read[-_]?only|ro|consistency|relabel|[zZ]|options?|(?:bind|volume|tmpfs)-[\w-]+)$/i;
