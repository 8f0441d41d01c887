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
    'Of an object the CLI hands on `type`, `source` and `target` alone: with `"readonly": true` the mount is writable all the same. ' +
    'Written as a text, a mount can have every key that `--mount` has.',
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
    for (const { form, fields = [] } of mounts) {
      if (form !== 'devcontainer') continue;
      for (const { key, keyRange } of fields) {
        if (!MEANT.test(key)) continue;
        report({
          range: keyRange,
          message: `\`${key}\` is dropped: of an object only \`type\`, \`source\` and \`target\` are handed on`,
          help: 'write the mount as a text: `"type=bind,source=…,target=…,readonly"`',
        });
      }
    }
  },
};

/** What would change the mount; `external` is for the CLI itself, and others are for people. */
const MEANT = /^(?:read[-_]?only|ro|consistency|relabel|[zZ]|options?|(?:bind|volume|tmpfs)-[\w-]+)$/i;
