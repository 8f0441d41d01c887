import { sameMount } from '../mount/equal.js';
import type { Mount } from '../mount/mount.js';
import { type ConvertContext, convertMount } from './convert-spec.js';
import type { Loss, LossContext, MountForm } from './loss.js';
import { lossesOf } from './losses-of.js';
import { printApi } from './print-api.js';
import { printComposeLong, printComposeShort } from './print-compose.js';
import { readWritten, type WrittenMount } from './read-back.js';

/** The outcome for one mount: written with its losses, or refused. */
interface MountConversion {
  /** Absent when the form cannot say it. */
  readonly written?: WrittenMount;
  /** No difference that has an effect on the engines asked for. */
  readonly exact: boolean;
  readonly losses: readonly Loss[];
}

type WriteContext = ConvertContext & Pick<LossContext, 'from'>;

/** Writes a mount in any form, checked by reading it back. Exact, or with its losses named, or refused. */
export function writeMount(mount: Mount, form: MountForm, context: WriteContext): MountConversion {
  switch (form) {
    case 'volume':
    case 'mount':
    case 'tmpfs':
    case 'devcontainer': {
      const flag = form === 'devcontainer' ? 'mount' : form;
      const { text, exact, losses } = convertMount(mount, flag, context);
      return { written: text === undefined ? undefined : { form, text }, exact, losses };
    }
    case 'compose':
      return checked(mount, { form, entry: printComposeLong(mount) }, form, context);
    case 'compose-short': {
      const entry = printComposeShort(mount);
      return checked(mount, entry && { form, entry }, form, context);
    }
    case 'api': {
      const createsSource = context.dialects.every((one) => one.createsSource);
      return checked(mount, { form, part: printApi(mount, { createsSource }) }, form, context);
    }
  }
}

function checked(
  mount: Mount,
  written: WrittenMount | undefined,
  form: MountForm,
  context: WriteContext,
): MountConversion {
  const losses = lossesOf(mount, form, context);
  const impossible = losses.filter(({ kind }) => kind === 'impossible');
  if (impossible.length > 0) return { exact: false, losses: impossible };
  const refuse = (why: string): MountConversion => ({
    exact: false,
    losses: [{ field: 'spec', kind: 'impossible', why }],
  });
  if (written === undefined) return refuse('this form cannot express it');
  const changes = losses.filter(({ kind }) => kind === 'changed').map(({ field }) => field);
  const forget = (one: Mount): Mount =>
    one.type === 'bind' && changes.includes('createSource') ? { ...one, createSource: false } : one;
  for (const dialect of context.dialects) {
    const back = readWritten(written, dialect, context);
    if (!back.ok) return refuse(back.why);
    if (!sameMount(forget(back.mount), forget(mount)))
      return refuse('what would be written does not read back as the same mount');
  }
  return { written, exact: changes.length === 0, losses };
}
