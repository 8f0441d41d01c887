import { LineIndex } from '../src/text/line-index.js';
import { element, fillList, find, prose } from './elements.js';
import {
  convertContainers,
  convertMounts,
  convertOnlyMounts,
  convertText,
  explainText,
  fixText,
  guessKind,
  lintText,
  NEWEST,
  showVersion,
  type TextOptions,
} from './engine.js';
import { EXAMPLES } from './examples.js';
import { findingItem } from './findings.js';
import { FORMS, type Form, formsFor, type Written } from './forms.js';
import { mountItem } from './mounts.js';
import { readShare, sayShare, writeShare } from './share.js';

const DOCKERS = ['', '20.10', '23.0', '24.0', '25.0', '26.1', '27.5', '28.2', '29.0'];
const PODMANS = ['', '4.3', '4.9', '5.0', '5.4', '5.8', '6.1'];
const KINDS: readonly (readonly [value: string, label: string])[] = [
  ['', 'whatever it looks like'],
  ['shell', 'a command or shell script'],
  ['compose', 'a Compose file'],
  ['dockerfile', 'a Dockerfile'],
  ['devcontainer', 'a devcontainer.json'],
  ['markdown', 'Markdown'],
  ['makefile', 'a Makefile'],
  ['quadlet', 'a Quadlet unit'],
  ['powershell', 'PowerShell'],
  ['batch', 'a batch file'],
  ['github', 'a GitHub workflow'],
  ['gitlab', 'a GitLab CI file'],
  ['api', 'what docker inspect prints'],
];

const input = find<HTMLTextAreaElement>('input');
const kindBox = find<HTMLSelectElement>('kind');
const dockerBox = find<HTMLSelectElement>('docker');
const engineBox = find<HTMLSelectElement>('engine');
const podmanBox = find<HTMLSelectElement>('podman');
const exampleBox = find<HTMLSelectElement>('example');
const status = find('status');
let form: Form = 'mount';
let run = 0;

function fill(box: HTMLSelectElement, options: readonly (readonly [string, string])[]): void {
  box.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
}

/** What is chosen: a kind of text, and which docker and podman are meant. */
type Chosen = Omit<TextOptions, 'kind'> & { readonly kind: ReturnType<typeof guessKind> | 'api' };

/** What is chosen, as the library takes it. */
function optionsOf(text: string): Chosen {
  const kind = (kindBox.value || guessed(text)) as Chosen['kind'];
  const docker = dockerBox.value || undefined;
  const engine = engineBox.value || undefined;
  const podman = podmanBox.value || undefined;
  return { kind, ...(docker && { docker }), ...(engine && { engine }), ...(podman && { podman }) };
}

/** A unit of Quadlet and a create call look like others to who asks for a script. */
function guessed(text: string): string {
  if (/^\[(?:Container|Volume|Pod)\]/m.test(text)) return 'quadlet';
  return /^\s*[[{]/.test(text) && /"(?:HostConfig|Binds|Mounts)"\s*:/.test(text) ? 'api' : guessKind(text);
}

async function update(): Promise<void> {
  const mine = ++run;
  const text = input.value;
  const options = optionsOf(text);
  const [docker, engine, podman] = [dockerBox.value, engineBox.value, podmanBox.value];
  writeShare({ text, kind: kindBox.value, docker, engine, podman, to: form });
  performance.mark('mountc-typed');
  const isCurrent = () => mine === run;
  const { kind, ...versions } = options;
  const diagnostics = kind === 'api' ? [] : (await lintText(text, { ...versions, kind })).diagnostics;
  if (!isCurrent()) return;
  showFindings(text, options, diagnostics, isCurrent);
  const explained = await mountsExplained(text, options);
  if (!isCurrent()) return;
  const items = explained.map((one) => () => mountItem(one));
  const nothing = text.trim() === '' ? 'nothing yet' : 'it mounts nothing';
  fillList(find('does'), items.length > 0 ? items : [() => noItem(nothing)], isCurrent);
  await showForms(text, options, mine);
  performance.mark('mountc-shown');
  document.body.dataset['shown'] = String(mine);
}

/** What is done by each mount; of a container that is there, by those of the command that makes it. */
async function mountsExplained(text: string, { kind, ...versions }: Chosen): ReturnType<typeof explainText> {
  if (kind !== 'api') return explainText(text, { ...versions, kind });
  const made = await convertContainers(text, 'run', { ...versions, from: 'api' });
  return 'problem' in made ? [] : explainText(made.text, { ...versions, kind: 'shell' });
}

const noItem = (text: string) => element('li', { className: 'none' }, text);

function showFindings(
  text: string,
  options: Chosen,
  diagnostics: Awaited<ReturnType<typeof lintText>>['diagnostics'],
  isCurrent: () => boolean,
): void {
  const apply = (fresh: string | undefined) => {
    if (fresh === undefined) return;
    replace(fresh);
    input.focus();
  };
  const lines = new LineIndex(text);
  const items: (() => HTMLElement)[] = diagnostics.map((one) => () => findingItem(text, lines, one, apply));
  const mendable = diagnostics.filter(({ fix }) => fix?.safety === 'safe');
  if (mendable.length > 1) {
    const all = element(
      'button',
      { type: 'button', id: 'fix-all' },
      `Apply all ${mendable.length} safe fixes`,
    );
    all.addEventListener('click', async () => apply((await fixText(text, options as TextOptions)).text));
    items.unshift(() => element('li', {}, all));
  }
  const none = options.kind === 'api' ? 'it runs, so docker took it' : 'nothing that mountc knows of';
  fillList(find('findings'), items.length > 0 ? items : [() => noItem(none)], isCurrent);
  const counts = (['error', 'warning', 'info'] as const)
    .map((severity) => [severity, diagnostics.filter((one) => one.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`);
  status.textContent = `read as ${labelOf(options)}: ${counts.join(', ') || 'no findings'}`;
}

const labelOf = ({ kind }: { readonly kind?: string }): string =>
  KINDS.find(([value]) => value === kind)?.[1] ?? kind ?? 'a text';

/** Puts a text in place of what is there, as if it were typed: undo takes it back. */
function replace(text: string): void {
  input.select();
  // What browsers have instead does not know undo.
  if (!document.execCommand('insertText', false, text)) input.value = text;
  void update();
}

async function showForms(text: string, options: Chosen, mine: number): Promise<void> {
  const forms = formsFor(options.kind);
  if (!forms.includes(form)) form = forms[0] ?? 'mount';
  const tabs = find('tabs');
  const had = tabs.contains(document.activeElement);
  tabs.replaceChildren(
    ...forms.map((one) => {
      const isChosen = one === form;
      const tab = element(
        'button',
        {
          type: 'button',
          id: `tab-${one}`,
          role: 'tab',
          ariaSelected: String(isChosen),
          tabIndex: isChosen ? 0 : -1,
        },
        FORMS[one],
      );
      tab.setAttribute('aria-controls', 'form');
      tab.addEventListener('click', () => choose(one));
      return tab;
    }),
  );
  if (had) find(`tab-${form}`).focus();
  const panel = find('form');
  panel.setAttribute('aria-labelledby', `tab-${form}`);
  const written = text.trim() === '' ? { text: '', losses: [] } : await write(text, form, options);
  if (mine !== run) return;
  panel.replaceChildren(...writtenParts(written));
}

function writtenParts({ text, losses, problem }: Written): HTMLElement[] {
  if (problem !== undefined) return [element('p', { className: 'none' }, ...prose(problem))];
  const copy = element('button', { type: 'button' }, 'Copy');
  copy.addEventListener('click', () => void copyText(text, copy));
  const parts: HTMLElement[] = [element('pre', { className: 'out', id: 'out' }, text), copy];
  if (losses.length > 0) {
    parts.push(
      element('p', {}, 'Not the same:'),
      element('ul', { className: 'losses' }, ...losses.map((loss) => element('li', {}, ...prose(loss)))),
    );
  }
  return parts;
}

async function write(text: string, to: Form, options: Chosen): Promise<Written> {
  const { kind, ...docker } = options;
  const isDocument = kind === 'compose' || kind === 'devcontainer' || kind === 'api';
  const lossesOf = (
    all: readonly {
      readonly from: string;
      readonly losses: readonly { readonly kind: string; readonly why: string }[];
    }[],
  ) => [
    ...new Set(
      all.flatMap(({ from, losses }) =>
        losses.filter((loss) => loss.kind !== 'none-here').map(({ why }) => `\`${from}\`: ${why}`),
      ),
    ),
  ];
  const inPlace = to === 'mount' || to === 'volume';
  if ((inPlace && !isDocument) || (kind === 'compose' && (to === 'compose' || to === 'compose-short'))) {
    const made = await convertText(text, to as 'mount', options as TextOptions);
    if (made === undefined)
      return { text: '', losses: [], problem: 'it has nothing that could be written so' };
    const { broken, conversions } = made;
    if (broken !== undefined)
      return { text: '', losses: [], problem: `it cannot be read: ${broken.message}` };
    return { text: made.text, losses: lossesOf(conversions) };
  }
  const from = isDocument
    ? (kind as 'compose')
    : kind === 'quadlet'
      ? ('quadlet' as const)
      : ('command' as const);
  const how = { ...docker, path: kind === 'quadlet' ? 'app.container' : 'compose.yaml' };
  const made =
    to === 'run' || to === 'podman-run' || to === 'docker-run' || to === 'quadlet'
      ? await convertContainers(text, to, { ...how, from: from as 'command' })
      : await mountsIn(text, to, { ...how, from: from as 'command' });
  if ('problem' in made) return { text: '', losses: [], problem: made.problem };
  return { text: made.text, losses: lossesOf(made.conversions) };
}

/** Compose's long and short form of a command are its mounts alone, where one command has any: all of it is the service. */
async function mountsIn(
  text: string,
  to: Exclude<Form, 'run' | 'podman-run' | 'docker-run' | 'quadlet'>,
  how: Parameters<typeof convertMounts>[2] & object,
): ReturnType<typeof convertMounts> {
  if (to === 'service') return convertMounts(text, 'compose', how);
  if (how.from === 'command' && to.startsWith('compose')) {
    const made = await convertOnlyMounts(text, to, how);
    if (!('problem' in made)) return made;
  }
  return convertMounts(text, to, how);
}

async function copyText(text: string, button: HTMLElement): Promise<void> {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page that is a file may not; what is selected can be copied all the same.
    const box = element('textarea', { value: text });
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
  }
  button.textContent = 'Copied';
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

function choose(one: Form): void {
  form = one;
  void update();
}

find('tabs').addEventListener('keydown', (event) => {
  const tabs = [...find('tabs').querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab.ariaSelected === 'true');
  const to =
    event.key === 'ArrowRight'
      ? (at + 1) % tabs.length
      : event.key === 'ArrowLeft'
        ? (at + tabs.length - 1) % tabs.length
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? tabs.length - 1
            : undefined;
  if (to === undefined) return;
  event.preventDefault();
  choose(tabs[to]!.id.slice('tab-'.length) as Form);
});

fill(kindBox, KINDS);
fill(
  dockerBox,
  DOCKERS.map((one) => [one, one === '' ? `${showVersion(NEWEST)} (newest)` : one] as const),
);
fill(
  engineBox,
  DOCKERS.map((one) => [one, one === '' ? 'as docker' : one] as const),
);
fill(
  podmanBox,
  PODMANS.map((one) => [one, one === '' ? 'every podman' : one] as const),
);
fill(exampleBox, [['', 'choose one'], ...EXAMPLES.map(({ name }) => [name, name] as const)]);

function start(): void {
  const shared = readShare();
  input.value = shared?.text ?? EXAMPLES[0]!.text;
  kindBox.value = shared?.kind ?? '';
  dockerBox.value = shared?.docker ?? '';
  engineBox.value = shared?.engine ?? '';
  podmanBox.value = shared?.podman ?? '';
  if (shared?.to !== undefined && shared.to in FORMS) form = shared.to as Form;
  void update();
}

let isPending = false;
input.addEventListener('input', () => {
  if (isPending) return;
  isPending = true;
  // Once a frame, however fast somebody types.
  setTimeout(() => {
    isPending = false;
    void update();
  }, 0);
});
for (const box of [kindBox, dockerBox, engineBox, podmanBox])
  box.addEventListener('change', () => void update());
exampleBox.addEventListener('change', () => {
  const example = EXAMPLES.find(({ name }) => name === exampleBox.value);
  if (example === undefined) return;
  kindBox.value = '';
  exampleBox.value = '';
  replace(example.text);
});
find('share').addEventListener('click', (event) => {
  sayShare();
  void copyText(location.href, event.currentTarget as HTMLElement);
});
// Somebody pasted another link into the same tab.
addEventListener('hashchange', start);
start();
