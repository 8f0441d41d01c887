import type { ComposeValue, ToldService } from '../container/field.js';
import { itemsIn, mapIn, scalarText } from '../container/kinds.js';
import { flagsOfService, type RunLoss } from '../container/run-fields.js';
import { DOCKER_ALONE } from '../dialects/podman/run-keys.js';
import { insteadOf } from '../dialects/podman/run-values.js';
import type { ServiceValues } from './service-values.js';
import { commandOf } from './told-service.js';

/** A value of a flag of `podman run`, and the key of the service that it comes from; unknown parts are marks. */
interface PodmanFlag {
  readonly flag: string;
  readonly key: string;
  readonly value: string;
}

/** What units say without a flag. */
const OF_UNITS: ReadonlySet<string> = new Set('networks build depends_on profiles use_api_socket'.split(' '));

/** What a service says besides its mounts and networks, as flags of `podman run` in the order of the file. */
export function podmanFlags(
  service: ServiceValues,
  told: ToldService,
): { readonly flags: readonly PodmanFlag[]; readonly losses: readonly RunLoss[] } {
  const values = Object.fromEntries(Object.entries(service).filter(([key]) => !OF_UNITS.has(key)));
  const read = flagsOfService(values, told);
  const order = Object.keys(values);
  const rank = ({ key }: { readonly key: string }) => order.indexOf(key.split('.', 1)[0]!);
  const losses: RunLoss[] = [];
  const flags = read.flags
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(({ field: { flag }, key, values: said }) => {
      const lose = (why: string) => {
        losses.push({ key, kind: 'impossible', why });
        return [];
      };
      if (DOCKER_ALONE.has(flag)) return lose(`podman run has no --${flag}`);
      return (WORDS_OF[flag]?.(values) ?? said).flatMap((value): readonly PodmanFlag[] => {
        const instead = insteadOf(flag, value) ?? [{ flag, value }];
        return 'why' in instead ? lose(instead.why) : instead.map((one) => ({ key, ...one }));
      });
    });
  for (const loss of [
    ...read.losses.filter(({ key }) => !WORDS.has(key)),
    ...commandOf(values['entrypoint'], 'entrypoint').losses,
  ])
    losses.push({ ...loss, why: loss.why.replace(/\bdocker\b(?! compose)/g, 'podman') });
  return { flags, losses };
}

/** Keys whose words podman takes as they are, where docker makes one of them. */
const WORDS: ReadonlySet<string> = new Set(['entrypoint', 'healthcheck.test']);

/** What podman takes as several words; none where docker's one word says the same. */
const WORDS_OF: Readonly<
  Record<string, ((values: ServiceValues) => readonly string[] | undefined) | undefined>
> = {
  entrypoint: ({ entrypoint }) => {
    const { words } = commandOf(entrypoint);
    return words.length > 1 ? [JSON.stringify(words)] : undefined;
  },
  'health-cmd': ({ healthcheck }) => {
    const [how, ...words] = textsIn(mapIn(healthcheck)['test']);
    return how === 'CMD' ? [JSON.stringify(words)] : undefined;
  },
};

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? itemsIn(value as ComposeValue).flatMap((one) => scalarText(one) ?? []) : [];
