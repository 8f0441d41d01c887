import { parseFor } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import { MOUNT_KEY_BY_NAME } from '../dialects/docker/tables/mount-keys.js';
import { quoteCsv } from '../forms/print-mount.js';
import { readFindings } from '../readers/index.js';
import { entryValue, parseJson } from '../readers/json/tree.js';
import type { FoundField, FoundMount } from '../source/frontend.js';
import { viewCommand } from '../source/view-command.js';
import { displayText } from '../text/spec-text.js';
import { commandMounts } from './command-mounts.js';
import { type ConvertOptions, unknownPart } from './convert-command.js';
import {
  type DescribedMount,
  HoleTable,
  type MountList,
  type OmittedMount,
  TOO_MANY_HOLES,
} from './described-mount.js';
import { fieldObject } from './field-object.js';
import { dividingWhy } from './variables.js';

/** The mounts of a devcontainer.json: `mounts` and `workspaceMount`, values of `--mount` or objects, and flags in `runArgs`. */
export async function devcontainerMounts(text: string, options: ConvertOptions): Promise<MountList> {
  const dialect = options.dialects.at(-1)!;
  const found = await readFindings('devcontainer', text, {});
  const mounts: DescribedMount[] = [];
  const omitted: OmittedMount[] = [];
  for (const one of found.mounts) {
    if (one.form !== 'devcontainer') continue;
    const described = describe(one, options);
    if ('why' in described) omitted.push(described);
    else mounts.push(described);
  }
  if (entryValue(parseJson(text), 'dockerComposeFile') !== undefined)
    omitted.push({
      from: 'dockerComposeFile',
      why: 'the container is a service of that file: convert the mounts that it has there with `-f FILE --service NAME`',
    });
  // Of the flags in `runArgs` the image is still to come.
  const views = found.commands
    .filter(({ language, partial }) => language === 'devcontainer' && partial)
    .map((command) => viewCommand(command, { dialect }));
  const flags = views.map((view) => commandMounts(view, options));
  return {
    mounts: [...mounts, ...flags.flatMap((list) => list.mounts)],
    taken: flags.flatMap((list) => list.taken ?? []),
    omitted: [...omitted, ...flags.flatMap((list) => list.omitted)],
  };
}

/** A mount as it is written, or why it is none that is known. */
function describe({ spec, fields }: FoundMount, options: ConvertOptions): DescribedMount | OmittedMount {
  const dialect = options.dialects.at(-1)!;
  const table = new HoleTable('devcontainer');
  const from =
    fields === undefined
      ? displayText(spec)
      : fields.map(({ key, value }) => `${key}=${value ? displayText(value) : ''}`).join(',');
  const value = fields === undefined ? table.absorb(spec) : asFlag(fields, table);
  if (value === undefined) return { from, why: 'part of it is not known' };
  const unknown = table.isFull
    ? TOO_MANY_HOLES
    : fields === undefined
      ? unknownPart({ node: parseFor('mount', spec.value, dialect), host: spec })
      : dividingWhy(table.holes.values());
  if (unknown !== undefined) return { from, why: unknown };
  const lowered = lowerSpec(parseFor('mount', value, dialect), {
    dialect,
    sourceKind: table.holes.size === 0 ? undefined : (source) => table.kindOf(source, options.assume),
  });
  if (!lowered.ok) return { from, why: table.display(lowered.why) };
  const why = table.lostIn(lowered.mount);
  if (why !== undefined) return { from, why };
  return {
    from,
    form: 'devcontainer',
    mount: lowered.mount,
    holes: table.holes,
    lost: (fields ?? []).filter(isDropped).map(({ key }) => ({
      field: 'dropped',
      kind: 'changed',
      why: `the devcontainer CLI passes on only type, source and target of an object: \`${key}\` does nothing`,
    })),
  };
}

/** The value of `--mount` that an object becomes; undefined where a part of it is not known. */
function asFlag(fields: readonly FoundField[], table: HoleTable): string | undefined {
  const object = fieldObject(
    fields.filter((field) => !isDropped(field)),
    table,
  );
  return (
    object &&
    Object.entries(object)
      .map(([key, item]) => quoteCsv(`${key}=${String(item)}`))
      .join(',')
  );
}

/** Keys of `--mount` that the CLI does not hand on; of others nobody knows what they mean. */
const isDropped = ({ key }: FoundField): boolean =>
  !['type', 'source', 'target'].includes(key) && (MOUNT_KEY_BY_NAME.has(key) || key === 'external');
