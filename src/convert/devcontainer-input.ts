import { parseFor } from '../dialects/docker/client/client-spec.js';
import { lowerSpec } from '../dialects/docker/lower.js';
import type { Dialect } from '../dialects/docker/tables/dialect.js';
import { quoteCsv } from '../forms/print-mount.js';
import { readFindings } from '../readers/index.js';
import { displayText } from '../text/spec-text.js';
import { unknownPart } from './convert-command.js';
import {
  type DescribedMount,
  HoleTable,
  type MountList,
  type OmittedMount,
  TOO_MANY_HOLES,
} from './described-mount.js';
import { fieldObject } from './field-object.js';

/** The `mounts` and the `workspaceMount` of a devcontainer.json: values of `--mount`, or objects. */
export async function devcontainerMounts(
  text: string,
  dialect: Dialect,
  assume: 'bind' | 'volume' | undefined,
): Promise<MountList> {
  const found = await readFindings('devcontainer', text, {});
  const mounts: DescribedMount[] = [];
  const omitted: OmittedMount[] = [];
  for (const { form, spec, fields } of found.mounts) {
    if (form !== 'devcontainer') continue;
    const table = new HoleTable();
    const object = fields && fieldObject(fields, table);
    const from =
      fields === undefined
        ? displayText(spec)
        : fields.map(({ key, value }) => `${key}=${value ? displayText(value) : ''}`).join(',');
    if (fields !== undefined && object === undefined) {
      omitted.push({ from, why: 'a part of it is not known' });
      continue;
    }
    const value =
      object === undefined
        ? table.absorb(spec)
        : Object.entries(object)
            .map(([key, item]) => quoteCsv(`${key}=${String(item)}`))
            .join(',');
    const node = parseFor('mount', value, dialect);
    const unknown = table.isFull
      ? TOO_MANY_HOLES
      : fields === undefined
        ? unknownPart({ node: parseFor('mount', spec.value, dialect), text: spec })
        : undefined;
    if (unknown !== undefined) {
      omitted.push({ from, why: unknown });
      continue;
    }
    const lowered = lowerSpec(node, {
      dialect,
      sourceKind: table.holes.size === 0 ? undefined : (source) => table.kindOf(source, assume),
    });
    if (lowered.ok) mounts.push({ from, form: 'devcontainer', mount: lowered.mount, holes: table.holes });
    else omitted.push({ from, why: table.display(lowered.why) });
  }
  return { mounts, omitted };
}
