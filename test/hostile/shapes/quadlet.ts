import { fill, nest, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const IMAGE = '[Container]\nImage=x\n';

/** Units of Quadlet. */
export const QUADLET: readonly Shape[] = [
  ...shapesOf('a.container', {
    volumes: (n) => IMAGE + fill(n, (i) => `Volume=/a${i}:/b${i}\n`),
    'volumes that are wrong': (n) => IMAGE + fill(n, 'Volume=a:b:c:d\n'),
    'volumes of units that are not there': (n) => IMAGE + fill(n, (i) => `Volume=v${i}.volume:/b${i}\n`),
    'volumes at one target': (n) => IMAGE + fill(n, (i) => `Volume=/a${i}:/b\n`),
    'volumes that are taken back': (n) => IMAGE + fill(n, 'Volume=/a:/b\nVolume=\n'),
    'one volume with many modes': (n) => `${IMAGE}Volume=/a:/b:${fill(n, 'ro,')}\n`,
    'modes that are there twice': (n) => IMAGE + fill(n, (i) => `Volume=/a:/b${i}:ro,ro\n`),
    'a volume with many colons': (n) => `${IMAGE}Volume=/a${fill(n, ':/b')}\n`,
    mounts: (n) => IMAGE + fill(n, (i) => `Mount=type=bind,source=/a${i},destination=/b${i}\n`),
    'mounts in one line': (n) => `${IMAGE}Mount=${fill(n, (i) => `type=tmpfs,dst=/t${i} `)}\n`,
    'a mount with many keys': (n) => `${IMAGE}Mount=type=bind${fill(n, (i) => `,k${i}=v`)}\n`,
    'a mount with many quotes': (n) => `${IMAGE}Mount=type=bind,"${fill(n, '""')}"\n`,
    tmpfs: (n) => IMAGE + fill(n, (i) => `Tmpfs=/t${i}:size=1k,uid=3\n`),
    'arguments of podman': (n) => `${IMAGE}PodmanArgs=${fill(n, (i) => `-v /a${i}:/b${i} `)}\n`,
    'arguments of podman, a line each': (n) => IMAGE + fill(n, 'PodmanArgs=-v a:b:c:d\n'),
    'arguments of podman that go on': (n) => `${IMAGE}PodmanArgs=\\\n${fill(n, '  -v a:b:c:d \\\n')}  --rm\n`,
    'arguments that go on after comments': (n) => `${IMAGE}PodmanArgs=\\\n${fill(n, '# a\n')}  -v a:b:c:d\n`,
    'a volume that goes on': (n) => `${IMAGE}Volume=\\\n${fill(n, 'a\\\n')}:/b\n`,
    'backslashes at ends of lines': (n) => IMAGE + fill(n, '\\\n'),
    backslashes: (n) => `${IMAGE}PodmanArgs=-v ${fill(n, '\\')}a:/b\n`,
    sections: (n) => `${fill(n, '[Container]\n')}Image=x\nVolume=a:b:c:d\n`,
    'sections of many names': (n) => fill(n, (i) => `[S${i}]\nImage=x\nVolume=a:b\n`) + IMAGE,
    'sections with a volume each': (n) => fill(n, `${IMAGE}Volume=/a:/b\n`),
    'brackets that open': (n) => `${IMAGE}${fill(n, '[')}\n`,
    'keys that nobody knows': (n) => IMAGE + fill(n, (i) => `Volumes${i}=/a:/b\n`),
    'one key that nobody knows': (n) => IMAGE + fill(n, 'Volumes=/a:/b\n'),
    'one long key': (n) => `${IMAGE}${fill(n, 'Volume')}=/a:/b\n`,
    images: (n) => `[Container]\nVolume=data.volume:/a\n${fill(n, 'Image=a\n')}`,
    'lines that are no entry': (n) => IMAGE + fill(n, 'a\n'),
    'equal signs': (n) => `${IMAGE}Volume${fill(n, '=')}/a:/b\n`,
    comments: (n) => `${IMAGE}${fill(n, '# mountc-disable-next-line\n; a\n')}Volume=a:b:c:d\n`,
    specifiers: (n) => `${IMAGE}Volume=${fill(n, '%h%%')}:/b\n`,
    variables: (n) => `${IMAGE}PodmanArgs=-v ${fill(n, '${A}$B')}:/b\n`,
    'variables that do not end': (n) => `${IMAGE}PodmanArgs=-v ${fill(n, '${A')}:/b\n`,
    'instances of a template': (n) => IMAGE + fill(n, (i) => `Volume=a${i}@%i.volume:/b${i}\n`),
    'at signs': (n) => `${IMAGE}Volume=${fill(n, 'a@')}.volume:/b\n`,
    'templates around each line': (n) =>
      IMAGE + fill(n, (i) => `{% if a %}\nVolume=/a${i}:/b${i}\n{% endif %}\n`),
    'templates that are not closed': (n) => `${IMAGE}${fill(n, '{% if a %}\n')}Volume=a:b:c:d\n`,
    'templates in templates': (n) => `${IMAGE}Volume=${nest(n, '{{ ', 'a', ' }}')}:/b\n`,
    quotes: (n) => `${IMAGE}PodmanArgs=-v ${fill(n, '"')}a:b:c:d\n`,
    'a space before each end of line': (n) => IMAGE + fill(n, 'Volume=/a:/b   \t \r\n'),
    'one long line of spaces': (n) => `${IMAGE}Volume=/a:/b${fill(n, ' ')}\n`,
    starts: (n) => `${IMAGE}[Service]\n${fill(n, 'ExecStartPre=/usr/bin/podman run -v a:b:c:d x\n')}`,
  }),
  ...shapesOf('a.pod', { 'volumes of a pod': (n) => `[Pod]\n${fill(n, (i) => `Volume=/a${i}:/b\n`)}` }),
  ...shapesOf('a.volume', {
    'keys of a volume': (n) => `[Volume]\n${fill(n, (i) => `VolumName${i}=a\n`)}`,
    'options of a volume': (n) => `[Volume]\n${fill(n, 'Options=a\nType=tmpfs\n')}`,
  }),
];
