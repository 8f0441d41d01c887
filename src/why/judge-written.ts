import { cleanPath } from '../go/path.js';
import { quoteShell } from '../text/shell-quote.js';
import type { Evidence } from './evidence.js';
import { factsOf, isWithin } from './file-view.js';
import type { TroubleFinding } from './finding.js';

/** What the Compose file of a service says by now, and its container was not made with. */
export function judgeWritten({ service, mounts, engine, host }: Evidence, path?: string): TroubleFinding[] {
  if (service === undefined) return [];
  const { folder, project, service: name } = service;
  const up = [engine, 'compose', '--project-directory', folder, '-f', service.path];
  const remedy = {
    kind: 'run',
    commands: [
      [...up, ...(project === '' ? [] : ['-p', project]), 'up', '-d', name].map(quoteShell).join(' '),
    ],
  } as const;
  return service.mounts.flatMap(({ source, target: written }): TroubleFinding[] => {
    const target = cleanPath(written);
    if (path !== undefined && !isWithin(path, target)) return [];
    const made = mounts.find((mount) => mount.target === target);
    const base = { cause: 'not-as-written', severity: 'error', target, remedy } as const;
    if (made === undefined)
      return [
        {
          ...base,
          message: `\`${service.path}\` has a mount at \`${target}\`, and the container of \`${name}\` was made without it`,
        },
      ];
    if (source === undefined || made.type !== 'bind' || made.source === undefined) return [];
    // One folder may have two names.
    const [there, here] = [factsOf(host, made.source), factsOf(host, source)];
    const isSame = there !== undefined && there.identity === here?.identity;
    return isSame || cleanPath(made.source) === cleanPath(source)
      ? []
      : [
          {
            ...base,
            message: `\`${service.path}\` mounts \`${source}\` at \`${target}\`, and the container of \`${name}\` was made with \`${made.source}\``,
          },
        ];
  });
}
