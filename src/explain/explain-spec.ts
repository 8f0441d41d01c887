import { API_FACTS } from '../dialect/api-facts.js';
import type { Dialect } from '../dialect/dialect.js';
import { showVersion } from '../dialect/version.js';
import { parseFor, readSpec } from '../model/client-spec.js';
import { printSize } from '../model/kernel-size.js';
import type { TargetForm } from '../model/loss.js';
import { lowerSpec } from '../model/lower.js';
import type { Mount } from '../model/mount.js';
import { convertSpec, FLAG_OF } from '../print/convert-spec.js';
import type { SpecForm } from '../syntax/ast.js';
import { quoteShell } from '../text/shell-quote.js';

/** What `mountc explain` says of a spec: a heading, sentences, and the same mount in other forms. */
export interface SpecExplanation {
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly others: readonly string[];
  /** The volume that it mounts. */
  readonly source?: string;
  /** docker refuses it, or makes something odd of it. */
  readonly isRefused: boolean;
}

/** Guesses which flag a spec is the value of: fields with `=` and no colon before them are `--mount`'s. */
export function guessForm(text: string): SpecForm {
  return /^\s*"?(?:[A-Za-z-]+=|(?:readonly|ro)\b\s*,)/.test(text) && !/^[^=,]*:/.test(text)
    ? 'mount'
    : 'volume';
}

/** Says what a spec does, as a person would. */
export function explainSpec(
  form: SpecForm,
  text: string,
  context: { readonly dialect: Dialect; readonly cwd: string },
): SpecExplanation {
  const { dialect } = context;
  const node = parseFor(form, text, dialect);
  const result = readSpec(node, context);
  if (!result.ok) {
    return {
      heading: `${FLAG_OF[form]} ${text}`,
      sentences: [`docker ${showVersion(dialect.client)} refuses it: ${result.reason}`],
      others: [],
      isRefused: true,
    };
  }
  const lowered = lowerSpec(node, { dialect });
  if (!lowered.ok) {
    return { heading: `${FLAG_OF[form]} ${text}`, sentences: [lowered.why], others: [], isRefused: true };
  }
  const forms: readonly TargetForm[] =
    lowered.mount.type === 'tmpfs' ? ['mount', 'tmpfs'] : ['mount', 'volume'];
  const others = forms
    .filter((other) => other !== form)
    .map((other) => {
      const { text: converted, losses } = convertSpec(form, text, other, { dialects: [dialect] });
      const notes = losses.filter(({ kind }) => kind !== 'none-here').map(({ why }) => why);
      if (converted === undefined) return `not as ${FLAG_OF[other]}: ${notes.join('; ')}`;
      const flag = `${FLAG_OF[other]} ${quoteShell(converted)}`;
      return notes.length === 0 ? `the same: ${flag}` : `nearly: ${flag} (${notes.join('; ')})`;
    });
  return {
    heading: describe(lowered.mount),
    sentences: sentencesOf(lowered.mount, form, context),
    others,
    isRefused: false,
    source: lowered.mount.type === 'volume' ? lowered.mount.source : undefined,
  };
}

function describe(mount: Mount): string {
  const access = mount.readOnly ? 'read-only' : 'read and write';
  switch (mount.type) {
    case 'bind':
      return `a bind mount, ${access}`;
    case 'volume':
      return `${mount.source === undefined ? 'an anonymous volume' : `the volume \`${mount.source}\``}, ${access}`;
    case 'tmpfs':
      return `a tmpfs, ${access}`;
    case 'image':
      return 'an image, read-only';
    case 'npipe':
      return 'a Windows named pipe';
    case 'cluster':
      return 'a cluster volume (Swarm services only)';
  }
}

function sentencesOf(
  mount: Mount,
  form: SpecForm,
  { dialect, cwd }: { dialect: Dialect; cwd: string },
): string[] {
  const out: string[] = [];
  const add = (condition: unknown, text: string) => {
    if (condition) out.push(text);
  };
  switch (mount.type) {
    case 'bind':
      out.push(
        `\`${mount.source}\` of the host (the engine's, where that is another machine) is at \`${mount.target}\` in the container`,
      );
      add(
        mount.source.startsWith('.'),
        dialect.has.expandsDotSlash
          ? `the source is relative to where docker runs, now ${cwd}`
          : 'this docker does not expand relative sources',
      );
      add(
        mount.createSource,
        form === 'volume'
          ? 'if the source is missing, docker makes an empty directory there, owned by root'
          : 'if the source is missing, docker makes an empty directory there',
      );
      add(!mount.createSource, 'if the source is missing, docker refuses to make the container');
      out.push('what the image has at the target is hidden');
      add(
        mount.relabel === 'z',
        'with SELinux, the files are relabelled so that all containers may use them',
      );
      add(mount.relabel === 'Z', 'with SELinux, the files are relabelled for this container alone');
      add(mount.propagation, `mounts made later are passed on as \`${mount.propagation}\` says`);
      for (const recursion of mount.recursion) out.push(RECURSION[recursion]);
      break;
    case 'volume':
      if (mount.source === undefined) {
        out.push(
          `docker makes a new volume with a random name for \`${mount.target}\`; --rm removes it, docker rm without -v leaves it`,
        );
      } else {
        out.push(
          `the volume \`${mount.source}\` is at \`${mount.target}\` in the container; docker makes it if it is missing, and keeps it when the container goes`,
        );
      }
      out.push(
        mount.noCopy
          ? 'an empty volume stays empty'
          : 'an empty volume is filled with what the image has at the target',
      );
      add(mount.driver, `made with the driver \`${mount.driver}\``);
      add(
        Object.keys(mount.driverOptions).length > 0,
        'its driver options count only if docker makes it now',
      );
      add(mount.subpath, `only its directory \`${mount.subpath}\` is mounted`);
      break;
    case 'tmpfs':
      out.push(
        `a file system in memory at \`${mount.target}\`; what is in it is gone when the container stops, and never on disk (but swap)`,
      );
      out.push(
        mount.size === undefined
          ? 'it may grow to half of the memory'
          : `it holds at most ${printSize(mount.size)} (${mount.size} bytes)`,
      );
      add(mount.mode !== undefined, `its root has the mode ${mount.mode?.toString(8)}`);
      add(!mount.options.includes('exec'), 'programs in it cannot be run (noexec)');
      add(mount.options.length > 0, `options: ${mount.options.join(', ')}`);
      break;
    case 'image':
      out.push(`the files of the image \`${mount.source}\` are at \`${mount.target}\``);
      break;
    case 'npipe':
    case 'cluster':
      out.push(`\`${mount.source}\` is at \`${mount.target}\``);
      break;
  }
  add(mount.readOnly && mount.type !== 'bind', 'the container cannot write there');
  add(
    mount.readOnly && mount.type === 'bind',
    dialect.engineHas.readonlyBindsRecursive && dialect.api >= API_FACTS.recursiveReadonly.since
      ? 'the container cannot write there, nor to what is mounted below the source'
      : 'the container cannot write there; what is mounted below the source stays writable with this docker',
  );
  add(mount.consistency, `\`${mount.consistency}\` does nothing on Linux`);
  return out;
}

const RECURSION = {
  disabled: 'what is mounted below the source is left out',
  writable: 'what is mounted below the source stays writable',
  readonly: 'what is mounted below the source is read-only too, or docker refuses',
} as const;
