import { describeSite } from '../convert/command-mounts.js';
import { describeMount as describeEntry } from '../convert/compose-input.js';
import type { DescribedMount } from '../convert/described-mount.js';
import { type Dialect, makeDialect } from '../dialects/docker/tables/dialect.js';
import { explainPodman } from '../explain/explain-podman.js';
import { explainRunMount } from '../explain/explain-run-mount.js';
import { describeMount, explainSpec } from '../explain/explain-spec.js';
import { mountSentences } from '../explain/mount-sentences.js';
import type { Mount } from '../mount/mount.js';
import type { SpecForm } from '../spec/ast.js';
import type { Range } from '../text/range.js';
import { displayMarks, displayText, hasHole } from '../text/spec-text.js';
import { type OpenText, type PlacedMount, placeMounts } from './placed-mounts.js';

/** What a mount of a text does, in words. */
export interface ExplainedMount {
  /** Its spec, or all of its object. */
  readonly range: Range;
  /** As it was written, variables included. */
  readonly written: string;
  /** In a few words: `a bind mount, read-only`. */
  readonly heading: string;
  readonly sentences: readonly string[];
  /** What the program that reads it refuses, or what nobody can know, has no picture. */
  readonly picture?: MountPicture;
  readonly isRefused: boolean;
}

/** A mount for somebody who draws it: what of the host is where in the container. Unknown parts are as they were written. */
export interface MountPicture {
  readonly type: Mount['type'];
  readonly source?: string;
  readonly target: string;
  readonly isReadonly: boolean;
  /** What the image has at the target cannot be seen. */
  readonly hidesImage: boolean;
  /** What is missing is made: a directory of the host, a volume. */
  readonly makesSource: boolean;
}

/** What each mount of a text does, in its order. Any text gives an answer. */
export async function explainMounts(open: OpenText): Promise<readonly ExplainedMount[]> {
  const { mounts } = await placeMounts(open);
  return mounts.map((mount) => explainMount(mount, open.dialect ?? makeDialect()));
}

/** What one of them does. */
export function explainMount(placed: PlacedMount, dialect: Dialect): ExplainedMount {
  const { range, flag, found, view, form } = placed;
  const written = flag === undefined ? '' : displayText(flag.site.text);
  if (form === 'run-mount')
    return { range, written: displayText(view.host), isRefused: false, ...explainRunMount(view) };
  if (flag === undefined && found !== undefined) {
    const described = describeEntry(found, { declared: undefined }, { dialect, assume: 'bind' });
    const told = ofDescribed(
      described,
      found.form === 'compose-short' ? 'volume' : 'mount',
      dialect,
      COMPOSE_BASE,
    );
    return { range, written: described.from, ...told };
  }
  const { site, command } = flag!;
  const { engine } = command.source;
  if (!hasHole(site.text)) {
    const { value } = site.text;
    if (engine === 'podman')
      return { range, written, ...explainPodman(site.form, value, { podman: dialect.podman }) };
    const told = explainSpec(site.form, value, { dialect, cwd: '/' });
    if (told.isRefused) return { range, written, ...told };
  }
  const described = describeSite(command, site, { dialects: [dialect], assume: 'bind' });
  if (typeof described === 'string')
    return { range, written, heading: written, sentences: [described], isRefused: false };
  const base = form === 'devcontainer' ? 'the folder of the project' : `where ${engine} runs`;
  return { range, written, ...ofDescribed(described, site.form, dialect, base) };
}

const COMPOSE_BASE = 'the folder of the project';

function ofDescribed(
  described: DescribedMount | { readonly from: string; readonly why: string },
  form: SpecForm,
  dialect: Dialect,
  base: string,
): Pick<ExplainedMount, 'heading' | 'sentences' | 'picture' | 'isRefused'> {
  if ('why' in described)
    return { heading: described.from, sentences: [described.why], isRefused: /refuses/.test(described.why) };
  const { mount, holes } = described;
  const shown = (text: string) => displayMarks(text, holes);
  return {
    heading: shown(describeMount(mount)),
    sentences: mountSentences(mount, { dialect, form, base }).map(shown),
    picture: {
      type: mount.type,
      ...('source' in mount && mount.source !== undefined && { source: shown(mount.source) }),
      target: shown(mount.target),
      isReadonly: mount.readOnly === true || mount.type === 'image',
      hidesImage: mount.type === 'bind' || mount.type === 'tmpfs',
      makesSource: mount.type === 'volume' || (mount.type === 'bind' && mount.createSource),
    },
    isRefused: false,
  };
}
