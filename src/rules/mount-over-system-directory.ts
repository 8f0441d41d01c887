import { PROGRAM_DIRECTORIES } from '../dialects/docker/tables/program-directories.js';
import { cleanPath } from '../go/path.js';
import type { Rule } from './rule.js';

/** A mount over a directory that the image's programs live in. */
export const mountOverSystemDirectory: Rule = {
  code: 'MC214',
  name: 'mount-over-system-directory',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: "a mount over the image's /usr, /bin, /lib or /sbin",
  why: 'A mount hides what the image has at its target. Without `/usr`, `/bin` or `/lib` nothing of the image runs.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#bind-mounting-over-existing-data'],
  valid: [
    'docker run -v /a:/usr/local/bin alpine',
    'docker run -v /usr:/usr:ro alpine',
    'docker run -v /a:/etc alpine',
    'docker run -v /usr:/host/usr:ro alpine',
    'docker run -v $DIR:/usr alpine',
  ],
  invalid: [
    'docker run -v /a:/usr alpine',
    'docker run -v data:/bin/ alpine',
    'docker run --mount type=bind,src=/a,dst=/lib alpine',
    'docker run --tmpfs /sbin alpine',
  ],
  checkMount({ source, target: part }, report) {
    const target = part?.text;
    if (target === undefined || !target.startsWith('/') || !PROGRAM_DIRECTORIES.has(cleanPath(target)))
      return;
    if (source?.text !== undefined && cleanPath(source.text) === cleanPath(target)) return;
    // A hole may be the same directory.
    if (source !== undefined && source.isAbsolute === undefined) return;
    report({
      range: part!.place,
      message: `this mount hides the image's \`${cleanPath(target)}\`: its programs will not run`,
      help: 'mount at a directory that the image does not use',
    });
  },
};
