import type { MountView } from '../../mount/view.js';
import type { Range } from '../../text/range.js';
import { sourceRange } from '../../text/spec-text.js';
import type { Meaning, PlacedVerdict, VerdictContext } from '../program.js';
import { type JudgedField, judgeFields } from './mount-fields.js';
import type { Dialect } from './tables/dialect.js';
import { showVersion } from './tables/version.js';

/** What this client or engine does not have yet. */
export function notYet(view: MountView, { type }: Meaning, context: VerdictContext): PlacedVerdict[] {
  const { dialect } = context;
  const { client, engine } = dialect;
  const place = (range: Range) => sourceRange(view.host, range);
  const fields = judgeFields(view, context);
  const verdicts = fields.flatMap((judged): PlacedVerdict[] => {
    const { field, key, name } = judged;
    if (key?.since !== undefined && client < key.since)
      return [
        {
          place: place(field.key.range),
          message: `\`${name}\` came with docker ${showVersion(key.since)}: this client (${showVersion(client)}) refuses it`,
          help: 'remove it, or use a newer docker',
        },
      ];
    const lost = lostOnEngine(judged, dialect);
    return lost === undefined
      ? []
      : [
          {
            place: place(field.range),
            message: `the engine (${showVersion(engine)}) does not know \`${name}\`: ${lost}`,
            help: 'use a newer engine',
            severity: name === 'bind-create-src' ? 'warning' : undefined,
          },
        ];
  });
  const isRefused = type === 'image' && dialect.engineOs === 'linux' && !dialect.engineHas.knowsImageMounts;
  const named = isRefused ? fields.findLast(({ name }) => name === 'type') : undefined;
  if (named !== undefined)
    verdicts.push({
      place: place(named.field.range),
      message: `image mounts came with docker 28.0: this engine (${showVersion(engine)}) refuses them`,
      help: 'use a newer docker',
    });
  return verdicts;
}

function lostOnEngine({ name, value }: JudgedField, dialect: Dialect): string | undefined {
  const { engineHas } = dialect;
  if (name === 'volume-subpath' && value !== '' && !engineHas.knowsSubpath)
    return 'it mounts the whole volume';
  if (name === 'bind-recursive' && value === 'readonly' && !engineHas.knowsReadonlyRecursion)
    return 'submounts stay writable';
  if (name === 'bind-create-src' && value !== 'false' && value !== '0' && !dialect.createsSource)
    return 'a missing source is an error';
  return undefined;
}
