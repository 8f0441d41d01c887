import { stringifyApi } from '../dialects/docker/client/api.js';
import type { Loss, MountForm } from '../forms/loss.js';
import { composeFile } from './compose-output.js';
import type { MountList } from './described-mount.js';
import {
  apiBody,
  composeItems,
  devcontainerText,
  flagLines,
  type MountOutcome,
  type WriteOptions,
  writeMounts,
} from './write-mounts.js';

/** What became of one mount, or of another thing that was asked for. */
export interface ConvertedMount {
  /** As it was written, for a person. */
  readonly from: string;
  /** The flag that it is about, where it is one that is about no mount: `--env`. */
  readonly flag?: string;
  /** The service and its key that it is about, where it is one of a file. */
  readonly service?: string;
  readonly key?: string;
  /** Whether it is in the text. */
  readonly written: boolean;
  /** With the same effect. */
  readonly exact: boolean;
  readonly losses: readonly Loss[];
}

/** All mounts of a container in another form. */
export interface ConvertedMounts {
  /** Flags, one a line; a Compose file with one service; a part of a devcontainer.json; the JSON of a create call. */
  readonly text: string;
  readonly conversions: readonly ConvertedMount[];
}

/**
 * Writes a list of mounts in a form; `service`: the one to write, for Compose. Everything that was in the list is in the text, or
 * among the conversions with a reason.
 */
export function convertMounts(
  list: MountList,
  to: MountForm,
  options: WriteOptions & { readonly service?: string },
): ConvertedMounts {
  const outcomes = writeMounts(list, to, options);
  const conversions = outcomes.map(
    ({ from, written, exact, losses }): ConvertedMount => ({
      from,
      written: written !== undefined,
      exact,
      losses,
    }),
  );
  return { text: render(outcomes, to, options.service ?? 'app'), conversions };
}

function render(outcomes: readonly MountOutcome[], to: MountForm, service: string): string {
  switch (to) {
    case 'compose':
    case 'compose-short':
      return composeFile([{ name: service, ...composeItems(outcomes) }]);
    case 'devcontainer':
      return devcontainerText(outcomes);
    case 'api':
      return `${stringifyApi(apiBody(outcomes), 2)}\n`;
    case 'mount':
    case 'volume':
    case 'tmpfs':
      return flagLines(outcomes)
        .map((line) => `${line}\n`)
        .join('');
  }
}
