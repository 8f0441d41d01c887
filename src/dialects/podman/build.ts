import type { Version } from '../docker/tables/version.js';
import { everyPodman, judgeFlag } from './every.js';

/** What every podman that is meant refuses of `build -v`, in its words; it has rules of its own for all but the options. */
export function refusedByBuild(text: string, podman: Version | undefined): string | undefined {
  const [source = '', target = '', options] = text.split(':');
  if (target === '') return `incorrect volume format "${text}", should be host-dir:ctr-dir[:option]`;
  if (!source.startsWith('/')) return `invalid host path, must be an absolute path "${source}"`;
  if (!target.startsWith('/')) return `invalid container path "${target}", must be an absolute path`;
  if (options === undefined) return undefined;
  let message: string | undefined;
  for (const facts of everyPodman(podman)) {
    const verdict = judgeFlag('volume', `/a:/b:${options}`, facts);
    if (verdict.kind !== 'refused') return undefined;
    message = verdict.message;
  }
  return message;
}
