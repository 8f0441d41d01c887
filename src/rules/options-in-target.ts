import { VOLUME_MODE_BY_NAME } from '../dialects/docker/tables/volume-modes.js';
import { type MountView, showPart, type ViewPart } from '../mount/view.js';
import { composeEntry } from './compose-example.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** Options that became a part of the target, since they follow what this form does not cut at. */
export const optionsInTarget: Rule = {
  code: 'MC217',
  name: 'options-in-target',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'options behind a target that are taken for a part of it',
  why:
    'Options follow a colon in `-v` and a comma in `--mount`. Behind the other they are a part of the path: `-v /a:/data,ro` ' +
    'mounts at a directory called `/data,ro`, and writable.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---volume'],
  valid: [
    'docker run -v /a:/data:ro,z alpine',
    'docker run -v /a:/data,v alpine',
    'docker run -v /a:/data,$MODE -v "/a:/b$X,ro" alpine',
    'docker run --mount type=bind,src=/a,dst=/data,ro alpine',
    'docker run --mount type=bind,src=/a,dst=/data:v1 alpine',
    { file: 'compose', command: composeEntry('./a:/data:ro') },
  ],
  invalid: [
    { command: 'docker run -v /a:/data,ro alpine', fixed: 'docker run -v /a:/data:ro alpine' },
    { command: 'docker run -v data:/data,z,readonly alpine', fixed: 'docker run -v data:/data:z,ro alpine' },
    {
      command: 'docker run --mount type=bind,src=/a,dst=/b:ro alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    'docker run --mount type=volume,src=a,dst=/b:z alpine',
    { file: 'compose', command: composeEntry('./a:/data,ro'), fixed: composeEntry('./a:/data:ro') },
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: "/b:ro"}') },
  ],
  checkMount(view, report) {
    const { target, modes } = view;
    if (target?.text === undefined || view.form === 'tmpfs' || view.form === 'run-mount') return;
    const isCutAtColons = view.form === 'volume' || view.form === 'compose-short';
    if (modes.length > 0) return;
    const at = target.text.indexOf(isCutAtColons ? ',' : ':');
    if (at < 1 || !target.text.startsWith('/')) return;
    const words = target.text.slice(at + 1).split(',');
    if (!words.every((word) => word === 'readonly' || VOLUME_MODE_BY_NAME.has(word))) return;
    report({
      range: target.place,
      message: `\`${target.text.slice(at)}\` is taken for a part of the path: it mounts at \`${showPart(target)}\`, writable`,
      help: isCutAtColons ? 'write `:` in front of the options' : 'write the options as keys of their own',
      fix: fixOf(view, target, at, words),
    });
  },
};

/** What was meant: another place is mounted then, so it is not safe. */
function fixOf({ form, host }: MountView, target: ViewPart, at: number, words: readonly string[]) {
  const range = { start: target.range.start + at, end: target.range.end };
  if (form === 'volume' || form === 'compose-short') {
    const text = `:${words.map((word) => (word === 'readonly' ? 'ro' : word)).join(',')}`;
    return fixIn(host, [{ range, text }], 'write `:`', 'unsafe');
  }
  const isReadonly = words.every((word) => word === 'ro' || word === 'readonly');
  return form === 'mount' && isReadonly
    ? fixIn(host, [{ range, text: ',readonly' }], 'write `,readonly`', 'unsafe')
    : undefined;
}
