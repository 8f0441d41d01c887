import { at } from './places.js';
import type { Rule } from './rule.js';

/** A tmpfs where the engine runs Windows containers. */
export const tmpfsOnWindowsEngine: Rule = {
  code: 'MC301',
  name: 'tmpfs-on-windows-engine',
  severity: 'error',
  since: '0.1.0',
  summary: 'a tmpfs mount on an engine that runs Windows containers',
  why: 'tmpfs is a file system of Linux. A Windows engine reports `mount type unknown`.',
  sources: ['https://docs.docker.com/engine/storage/tmpfs/#limitations-of-tmpfs-mounts'],
  valid: [
    'docker run --tmpfs /run alpine',
    'docker run --mount type=tmpfs,dst=/run alpine',
    { command: "docker run -v 'c:\\a:d:\\b' img", engineOs: 'windows' },
  ],
  invalid: [
    { command: 'docker run --tmpfs /run img', engineOs: 'windows' },
    { command: "docker run --mount 'type=tmpfs,dst=c:\\run' img", engineOs: 'windows' },
    { command: 'docker run --tmpfs /run:size=$SIZE img', engineOs: 'windows' },
  ],
  checkMount({ host }, report, { dialect, meaning }) {
    if (dialect.engineOs !== 'windows' || meaning.type !== 'tmpfs') return;
    report({
      range: at(host),
      message: 'a Windows engine has no tmpfs: it refuses this mount',
      help: 'use a volume',
    });
  },
};
