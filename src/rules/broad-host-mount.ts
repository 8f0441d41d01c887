import { cleanPath } from '../go/path.js';
import { isHome, soleHole } from '../mount/paths.js';
import { showPart, type ViewPart } from '../mount/view.js';
import type { Rule } from './rule.js';

/** The whole host, or the whole home directory, mounted to be written. */
export const broadHostMount: Rule = {
  code: 'MC215',
  name: 'broad-host-mount',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: "the host's root or a whole home directory, read-write",
  why:
    'A container that can write to `/` or to a home directory can change everything there: it is as good as root on the ' +
    'host, or as its user.',
  sources: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface'],
  valid: [
    'docker run -v /:/host:ro alpine',
    'docker run -v $HOME/.cache:/cache alpine',
    'docker run -v "$HOME":/home/me:ro alpine',
    'docker run --mount type=bind,src=/,dst=/host,readonly alpine',
    'docker run -v /:/host:$MODE alpine',
  ],
  invalid: [
    'docker run -v /:/host alpine',
    'docker run -v $HOME:/home/me alpine',
    'docker run -v ~/:/home/me:z alpine',
    'docker run --mount type=bind,src=/,dst=/host alpine',
  ],
  checkMount({ source, isPartial }, report, { meaning }) {
    if (meaning.type !== 'bind' || meaning.isReadonly !== false || isPartial || source === undefined) return;
    if (!isBroad(source)) return;
    report({
      range: source.place,
      message: `the container may write everything below \`${showPart(source)}\``,
      help: 'mount only what it needs, or read-only',
    });
  },
};

function isBroad({ host, text, range }: ViewPart): boolean {
  if (text !== undefined) return text.startsWith('/') && cleanPath(text) === '/';
  const hole = soleHole(host, range);
  return hole !== undefined && isHome(hole);
}
