import type { MountView, ViewField } from '../../mount/view.js';
import { sliceText } from '../../text/spec-text.js';
import type { PlacedVerdict, Verdict } from '../program.js';
import { type FrontendFact, firstFrontend, frontendHas } from './frontends.js';
import { RUN_MOUNT_KEY_BY_NAME } from './run-mount-keys.js';

/** What the frontend that the file names does not have yet. */
export function notYet({ build, fields, place }: MountView, type: string | undefined): PlacedVerdict[] {
  const syntax = build?.syntax;
  if (syntax === undefined) return [];
  const lacks = (fact: FrontendFact) => frontendHas(syntax, fact) === false;
  const since = (what: string, fact: FrontendFact): Verdict => ({
    message: `${what} came with docker/dockerfile:${firstFrontend(fact)}: with \`${syntax}\` the build stops`,
    help: 'write `# syntax=docker/dockerfile:1` in the first line',
  });
  if (lacks('runMount')) return [{ place, ...since('`RUN --mount`', 'runMount') }];
  return fields.flatMap((field): PlacedVerdict[] => {
    const verdict = ofField(field);
    return verdict === undefined ? [] : [{ place: field.value?.place ?? field.key.place, ...verdict }];
  });

  function ofField(field: ViewField): Verdict | undefined {
    const { name, value } = field;
    const key = RUN_MOUNT_KEY_BY_NAME.get(name);
    if (key?.since !== undefined && lacks(key.since)) return since(`\`${name}\``, key.since);
    if (type === 'cache' && /^(?:uid|gid|mode)$/.test(name) && lacks('cacheOwner'))
      return since(`\`${name}\` of a cache`, 'cacheOwner');
    if (name === 'required' && value !== undefined && lacks('requiredValue'))
      return since('a value of `required`', 'requiredValue');
    if (name === 'required' && value === undefined && frontendHas(syntax, 'refusesBareRequired'))
      return {
        message: `\`${syntax}\` does not accept \`required\` without a value: the build stops`,
        help: 'write `required=true`, or name a newer one',
      };
    return name !== 'from' && value !== undefined && isVariable(value) && lacks('variables')
      ? {
          severity: 'warning',
          message: `\`${syntax}\` reads no variables in \`RUN --mount\`: the \`$\` is part of the value`,
          help: `name docker/dockerfile:${firstFrontend('variables')} or newer in the first line`,
        }
      : undefined;
  }
}

const isVariable = ({ host, range }: NonNullable<ViewField['value']>): boolean =>
  sliceText(host, range).holes.some(({ kind }) => kind === 'variable');
