import { trimmedGo } from '../go/text.js';
import { nearest } from '../text/nearest.js';
import { composeEntry } from './compose-example.js';
import { composeMounts, knownField } from './compose-facts.js';
import { factsOf } from './facts.js';
import { judgeFields } from './mount-fields.js';
import { isWindowsPath } from './paths.js';
import { at, replaceIn, shown } from './places.js';
import type { Rule } from './rule.js';

/** A mount type that the engine does not know. */
export const mountUnknownType: Rule = {
  code: 'MC107',
  name: 'mount-unknown-type',
  severity: 'error',
  since: '0.1.0',
  summary: 'a mount type that the engine does not know',
  why:
    'No client checks the type; the engine says `mount type unknown`. A Linux engine knows bind, volume, tmpfs and, since ' +
    '28.0, image; `npipe` is for Windows engines and `cluster` for services.',
  sources: ['https://docs.docker.com/reference/cli/docker/container/run/#mount'],
  valid: [
    { file: 'compose', command: composeEntry('{type: bind, source: ./a, target: /b}') },
    'docker run --mount type=bind,src=/a,dst=/b alpine',
    'docker run --mount type=BIND,src=/a,dst=/b alpine',
    'docker run --mount type=$KIND,src=/a,dst=/b alpine',
    {
      command: "docker run --mount 'type=npipe,src=\\\\.\\pipe\\a,dst=\\\\.\\pipe\\a' alpine",
      engineOs: 'windows',
    },
    'docker service create --mount type=cluster,src=group:a,dst=/b alpine',
  ],
  invalid: [
    {
      file: 'compose',
      command: composeEntry('{type: bnid, source: ./a, target: /b}'),
      fixed: composeEntry('{type: bind, source: ./a, target: /b}'),
    },
    { file: 'compose', command: composeEntry('{source: ./a, target: /b}') },
    {
      command: 'docker run --mount type=bnid,src=/a,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b alpine',
    },
    'docker run --mount type=nfs,src=/a,dst=/b alpine',
    'docker run --mount type=npipe,src=/a,dst=/b alpine',
    'docker run --mount type=cluster,src=a1,dst=/b alpine',
  ],
  checkMount(site, report, command) {
    if (site.node.kind !== 'mount') return;
    const facts = factsOf(site, command.dialect);
    const type = facts?.type;
    if (type === undefined || type === '') return;
    const isService = command.invocation?.path.startsWith('service') ?? false;
    const known = knownTypes(command.dialect.engineOs, isService);
    if (known.includes(type) || OTHERWISE_SAID.has(type)) return;
    if (type === 'npipe' && facts?.source !== undefined && isWindowsPath(facts.source.value)) return;
    const field = judgeFields(site, command).findLast(({ name }) => name === 'type')?.field;
    if (field?.value === undefined) return;
    const better = KNOWN_ANYWHERE.includes(type) ? undefined : nearest(trimmedGo(type), known);
    report({
      range: at(site.text, field.value.range),
      message: `\`${shown(site, field.value.range)}\` is no mount type that this engine knows here`,
      help: better === undefined ? `it knows ${known.join(', ')}` : `did you mean \`${better}\`?`,
      fix:
        better === undefined
          ? undefined
          : replaceIn(site, [{ range: field.value.range, text: better }], `write \`${better}\``),
    });
  },
  checkFile(file, report) {
    for (const { mount, isTemplate } of composeMounts(file)) {
      if (mount.fields === undefined || isTemplate) continue;
      const field = mount.fields.find(({ key }) => key === 'type');
      const type = knownField(mount, 'type')?.text;
      if (
        field === undefined ? mount.fields.length === 0 : type === undefined || KNOWN_ANYWHERE.includes(type)
      )
        continue;
      const better = type === undefined ? undefined : nearest(type, KNOWN_ANYWHERE);
      const edit =
        better === undefined
          ? undefined
          : field?.value?.edit({ start: 0, end: type!.length }, { value: better, holes: [] });
      report({
        range: field?.valueRange ?? mount.fields[0]?.keyRange ?? mount.range,
        message:
          type === undefined
            ? 'no type: Compose refuses an entry without one'
            : `\`${type}\` is no mount type: Compose or the engine refuses it`,
        help:
          better === undefined ? 'write `type: bind`, `volume` or `tmpfs`' : `did you mean \`${better}\`?`,
        fix: edit && { title: `write \`${better}\``, safety: 'safe', edits: [edit] },
      });
    }
  },
};

const KNOWN_ANYWHERE: readonly string[] = ['bind', 'volume', 'tmpfs', 'image', 'npipe', 'cluster'];
// Rules of their own say what is wrong with these where the engine does not take them.
const OTHERWISE_SAID = new Set(['tmpfs', 'image']);

function knownTypes(os: 'linux' | 'windows', isService: boolean): readonly string[] {
  const own = os === 'linux' ? ['bind', 'volume', 'tmpfs', 'image'] : ['bind', 'volume', 'npipe'];
  return isService ? [...own, 'cluster', 'npipe'] : own;
}
