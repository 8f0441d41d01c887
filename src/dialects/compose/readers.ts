import { type ComposeNode, type ComposeTree, entriesIn, valueAt } from './node.js';
import { type ComposeChoice, everyCompose, orStack, stackOnly } from './versions.js';

/**
 * Who may read a file: the Compose that somebody chose, docker's loader of stack files where the name says that it is one, or either
 * where the file says things of Swarm and its name does not say that it is Compose's.
 */
export function chooseReaders(
  { root }: ComposeTree,
  path: string | undefined,
  chosen: ComposeChoice | undefined,
): ComposeChoice {
  if (path !== undefined && STACK_NAME.test(path)) return stackOnly();
  const choice = chosen ?? everyCompose();
  return chosen === undefined && isForSwarm(root) ? orStack(choice) : choice;
}

const STACK_NAME = /(?:^|[\\/])(?:docker-)?stack[\w.-]*\.ya?ml$|[.-]stack\.ya?ml$/i;

/** Keys of `deploy` that only Swarm does something with. */
const SWARM_KEYS: ReadonlySet<string> = new Set([
  'placement',
  'update_config',
  'rollback_config',
  'endpoint_mode',
  'mode',
]);
/** What only Compose reads. */
const COMPOSE_KEYS: ReadonlySet<string> = new Set([
  'extends',
  'volumes_from',
  'profiles',
  'develop',
  'provider',
  'container_name',
]);

function isForSwarm(root: ComposeNode): boolean {
  const services = entriesIn(valueAt(root, 'services'));
  const isComposes =
    valueAt(root, 'include') !== undefined ||
    services.some(({ value }) => entriesIn(value).some(({ key }) => COMPOSE_KEYS.has(key)));
  if (isComposes) return false;
  // Compose itself has no use for those.
  const isSwarms = (['configs', 'secrets'] as const).some((kind) =>
    entriesIn(valueAt(root, kind)).some(({ value }) =>
      ['external', 'driver', 'template_driver'].some((key) => valueAt(value, key) !== undefined),
    ),
  );
  if (isSwarms) return true;
  return services.some(({ value }) =>
    entriesIn(valueAt(value, 'deploy')).some(({ key }) => SWARM_KEYS.has(key)),
  );
}
