import type { ExplainedMount, MountPicture } from '../src/editor/explain-mounts.js';
import { element, prose } from './elements.js';

/** What a mount does, in words and as a picture. */
export function mountItem({
  heading,
  sentences,
  picture,
  written,
  isRefused,
}: ExplainedMount): HTMLLIElement {
  const item = element(
    'li',
    { className: isRefused ? 'mount refused' : 'mount' },
    element('h3', {}, ...prose(heading)),
  );
  if (written !== '' && !heading.endsWith(written))
    item.append(element('p', {}, element('code', {}, written)));
  if (picture !== undefined) item.append(drawn(picture));
  item.append(element('ul', {}, ...sentences.map((one) => element('li', {}, ...prose(one)))));
  return item;
}

const PLACES = {
  bind: 'host',
  volume: 'docker keeps it',
  tmpfs: 'memory',
  image: 'image',
  npipe: 'host',
  cluster: 'cluster',
} as const satisfies Record<MountPicture['type'], string>;

/** Host, arrow, container: the sentences below say the same, so that nobody needs the picture. */
function drawn({ type, source, target, isReadonly, hidesImage, makesSource }: MountPicture): HTMLElement {
  const box = (className: string, title: string, path: string, notes: readonly string[]) =>
    element(
      'div',
      { className },
      element('span', {}, title),
      element('code', {}, path),
      ...notes.map((note) => element('span', {}, note)),
    );
  const picture = element(
    'div',
    { className: 'picture', role: 'img' },
    box('host', PLACES[type], source ?? (type === 'tmpfs' ? 'empty at every start' : 'a random name'), [
      ...(makesSource ? [type === 'volume' ? 'made when it is missing' : 'a missing directory is made'] : []),
    ]),
    element(
      'div',
      { className: 'arrow' },
      element('b', {}, isReadonly ? '→' : '↔'),
      isReadonly ? 'read-only' : 'read, write',
    ),
    box('container', 'container', target, [...(hidesImage ? ['hides what the image has there'] : [])]),
  );
  picture.ariaLabel = `${source ?? type} is at ${target}, ${isReadonly ? 'read-only' : 'read and write'}`;
  return picture;
}
