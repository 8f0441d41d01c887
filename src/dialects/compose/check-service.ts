// What Compose asks of a service when all files are read together, besides its mounts.
import type { Range } from '../../text/range.js';
import type { Named, ProjectContext, Report } from './check-context.js';
import { type ComposeMap, type ComposeNode, itemsIn, stringIn, valueAt } from './node.js';
import { isEnabled } from './profiles.js';
import { isUnsure, namesIn, servicesBefore, waitingCircles } from './service-graph.js';

/** What a service needs to be run: an image, and the networks that it names. */
export function checkRun(
  { key: name, keyRange, value: service }: Named,
  { isWhole, known, declared }: ProjectContext,
  report: Report,
): void {
  if (!isWhole || isUnsure(service) || service.kind !== 'map') return;
  const refuse = (range: Range, message: string, help: string) =>
    report({ range, kind: 'undefined', message: `${message}: Compose refuses the file`, help });
  const has = (key: string) => service.entries.some((one) => one.key === key);
  if (!['image', 'build', 'provider', 'extends'].some(has))
    refuse(
      keyRange,
      `the service \`${name}\` has neither an image nor a build`,
      'write `image:` or `build:`, or a profile where it is a template for others',
    );
  for (const { text, range } of namesIn(valueAt(service, 'networks')))
    if (known.has('networks') && text !== 'default' && !declared.networks().has(text))
      refuse(
        range,
        `the network \`${text}\` is not declared`,
        `add \`${text}:\` under the top-level \`networks:\``,
      );
}

/** The services that it starts after must be there, run with it, and not wait for it themselves. */
export function checkNamedServices(
  { key: name, value: service }: Named,
  services: ComposeMap,
  { isRun, known, declared }: ProjectContext,
  report: Report,
): void {
  if (!known.has('services')) return;
  const circles = waitingCircles(services);
  for (const { text, range, value, by } of servicesBefore(service)) {
    const other = declared.services().get(text);
    const mayLack = valueAt(value, 'required') !== undefined;
    const refuse = (message: string, help: string) =>
      report({ range, kind: 'undefined', message: `${message}: Compose refuses the file`, help });
    if (text === name)
      refuse(
        by === 'volumes_from'
          ? 'the service uses `volumes_from` with itself'
          : 'the service waits for itself',
        'remove it',
      );
    else if (other === undefined || (!isEnabled(other) && !mayLack)) {
      // Other files may have it.
      if (isRun || by === 'volumes_from')
        refuse(
          `there is no service \`${text}\`${by === 'depends_on' ? ' to depend on' : ''}`,
          by === 'volumes_from'
            ? 'name a service of the file, or write `container:NAME`'
            : 'name a service of the file that runs with it',
        );
    } else if (isEnabled(other) && circles.get(text) === circles.get(name))
      refuse(
        `\`${text}\` waits for \`${name}\` itself`,
        by === 'volumes_from' ? 'share a volume of the top level' : 'remove one of the two',
      );
  }
}

/** What the keys of a service must not say together. */
export function checkConsistency(service: ComposeNode, report: Report): void {
  if (service.kind !== 'map' || isUnsure(service)) return;
  const refuse = (range: Range, message: string, help: string) =>
    report({ range, kind: 'value', message: `${message}: Compose refuses the file`, help });
  const [networkMode, networks] = [valueAt(service, 'network_mode'), valueAt(service, 'networks')];
  if (networkMode !== undefined && stringIn(networkMode) && namesIn(networks).length > 0)
    refuse(networkMode.range, '`network_mode` together with `networks`', 'remove one of them');
  const build = valueAt(service, 'build');
  const inline = valueAt(build, 'dockerfile_inline');
  if (inline !== undefined && stringIn(inline) && stringIn(valueAt(build, 'dockerfile')))
    refuse(inline.range, '`dockerfile_inline` together with `dockerfile`', 'remove one of them');
  const [first] = itemsIn(valueAt(valueAt(service, 'healthcheck'), 'test'));
  const word = stringIn(first);
  if (first !== undefined && word !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(word))
    refuse(
      first.range,
      'the list of `healthcheck.test` begins with none of `CMD`, `CMD-SHELL`, `NONE`',
      'write `CMD` in front of it, or one text for the shell',
    );
  checkScale(service, refuse);
}

/** Of a container with a name there is one. */
function checkScale(
  service: ComposeNode,
  refuse: (range: Range, message: string, help: string) => void,
): void {
  const [scale, replicas] = [valueAt(service, 'scale'), valueAt(valueAt(service, 'deploy'), 'replicas')];
  const [one, other] = [scale, replicas].map(countIn);
  if (scale !== undefined && one !== undefined && other !== undefined && one !== other)
    refuse(scale.range, '`scale` is not what `deploy.replicas` says', 'remove one of them');
  const name = valueAt(service, 'container_name');
  if (name !== undefined && stringIn(name) && ((scale === undefined ? other : one) ?? 0) > 1)
    refuse(
      name.range,
      'several containers cannot have one `container_name`',
      'leave the name, or the number, out',
    );
}

/** A whole number that is known. */
function countIn(node: ComposeNode | undefined): number | undefined {
  if (node?.kind !== 'scalar' || node.text === undefined || !/^\d+$/.test(node.text)) return undefined;
  return Number(node.text);
}
