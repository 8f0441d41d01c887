import { fleetOf } from '../dialects/docker/tables/fleet.js';
import { showVersion } from '../dialects/docker/tables/version.js';
import { compatMount } from '../forms/compat-mount.js';
import { FLAG_OF } from '../forms/convert-spec.js';
import { directoryOf } from '../source/directory-of.js';
import { replaceFlag } from '../source/replace-flag.js';
import { contains } from '../text/range.js';
import { displayText, holesByMark } from '../text/spec-text.js';
import { at } from './places.js';
import type { Rule } from './rule.js';

const FLEET = { docker: '29.8.0', since: '20.10.24' };

/** What one docker of a fleet refuses, or reads in another way. */
export const notEveryDocker: Rule = {
  code: 'MC403',
  name: 'not-every-docker',
  severity: 'error',
  since: '0.1.0',
  summary: 'a mount that not every docker of a range of versions accepts (`--docker 20.10-29.8`)',
  why:
    'A script that runs on several machines meets several docker versions. 20.10 does not accept `./x` as a source, 24 has no `bind-recursive`, 29 has ' +
    'no `bind-nonrecursive`, and each release refuses or trims other spellings. Where one spelling means the same to all of them, it is ' +
    'offered; `mountc convert --for` writes it, and `MOUNTC_REWRITE=compat` gives each docker a spelling that it accepts.',
  sources: ['https://docs.docker.com/engine/release-notes/'],
  valid: [
    'docker run -v ./a:/b alpine',
    { ...FLEET, command: 'docker run -v /a:/b alpine' },
    { ...FLEET, command: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine' },
    { ...FLEET, since: '23.0.15', command: 'docker run -v ./a:/b alpine' },
    { ...FLEET, command: 'docker run -v $X:/b -v data:/c alpine' },
    // No docker takes it.
    { ...FLEET, command: 'docker run --mount type=bind,src=/a,dst=/b,rw alpine' },
  ],
  invalid: [
    {
      ...FLEET,
      command: 'docker run -v ./a:/b alpine',
      fixed: 'docker run -v "$PWD"/a:/b alpine',
    },
    {
      ...FLEET,
      command: 'docker run --mount type=bind,src=.,dst=/b alpine',
      fixed: 'docker run --mount type=bind,src="$PWD",dst=/b alpine',
    },
    {
      ...FLEET,
      since: '23.0.15',
      command: 'docker run -v ../a:/b:ro alpine',
      fixed: 'docker run -v "$PWD"/../a:/b:ro alpine',
    },
    {
      ...FLEET,
      command: 'docker run --mount type=bind,src=/a,dst=/b,readonly=T alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,readonly alpine',
    },
    {
      docker: '28.5.2',
      since: '20.10.24',
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-recursive=disabled alpine',
      fixed: 'docker run --mount type=bind,src=/a,dst=/b,bind-nonrecursive alpine',
    },
    { ...FLEET, command: 'docker run --mount type=volume,src=data,dst=/b,volume-subpath=x alpine' },
    // It runs elsewhere than where the shell is.
    { ...FLEET, command: 'env -C /x docker run -v ./a:/b alpine' },
    {
      ...FLEET,
      command: 'docker run --mount type=bind,src=/a,dst=/b,bind-create-src alpine',
      fixed: 'docker run -v /a:/b alpine',
    },
  ],
  checkFlag(site, report, command) {
    const dialects = fleetOf(command.dialect);
    if (dialects.length < 2) return;
    const { view, text, form } = site;
    const paths = [view.source, view.target].flatMap((part) => part?.range ?? []);
    // What stands for more than a path may change how the rest is read.
    if (!text.holes.every(({ range }) => paths.some((path) => contains(path, range)))) return;
    const { invocation } = command;
    if (invocation?.flags.some(({ flag }) => flag.name === 'volume-driver')) return;
    const isAlone = command.sites.length === 1 && invocation?.path.startsWith('service') !== true;
    const compat = compatMount(view, form, {
      dialects,
      directory: directoryOf(command),
      kindOf: (start, of) => (holesByMark(of).get(start[0] ?? '')?.absolute ? 'bind' : undefined),
      forms: isAlone ? ['volume', 'mount', 'tmpfs'] : [form],
    });
    if (compat.kind === 'same' || compat.kind === 'refused') return;
    const isWritten = compat.kind === 'written';
    const edit =
      isWritten &&
      ((compat.form === form ? text.edit({ start: 0, end: text.value.length }, compat.value) : undefined) ??
        replaceFlag(command, site, FLAG_OF[compat.form], compat.value));
    const shown = isWritten ? `${FLAG_OF[compat.form]} ${displayText(compat.value)}` : '';
    report({
      range: at(text),
      message: `not every docker from ${showVersion(dialects[0]!.client)} to ${showVersion(command.dialect.client)} reads this like the others: ${compat.why}`,
      help: isWritten
        ? `write \`${shown}\`, which all of them accept`
        : 'write it in another way, or only for those that accept it',
      fix: edit ? { title: 'write it as all of them accept it', safety: 'safe', edits: [edit] } : undefined,
    });
  },
};
