import type { MountView } from '../mount/view.js';
import { displayText } from '../text/spec-text.js';

/** What a `RUN --mount` does: a heading and sentences; with variables as they were written. */
export function explainRunMount(view: MountView): {
  readonly heading: string;
  readonly sentences: readonly string[];
} {
  const said = (...names: readonly string[]) => {
    const part = view.fields.findLast(({ name }) => names.includes(name))?.value;
    return part && displayText(part.host, part.range);
  };
  const isSet = (...names: readonly string[]) => {
    const field = view.fields.findLast(({ name }) => names.includes(name));
    return field !== undefined && said(...names) !== 'false';
  };
  const type = view.type === undefined ? 'bind' : displayText(view.type.host, view.type.range).toLowerCase();
  const target = said('target', 'dst', 'destination');
  const source = said('source', 'src');
  const from = said('from');
  const id = said('id');
  const at = target === undefined ? '' : ` at \`${target}\``;
  switch (type) {
    case 'bind': {
      const files = source === undefined || source === '/' ? 'all files' : `\`${source}\``;
      const canWrite = isSet('readwrite', 'rw');
      return {
        heading: `a bind mount of the build, ${canWrite ? 'read and write' : 'read-only'}`,
        sentences: [
          `${files} of ${from === undefined ? 'the build context' : `\`${from}\``} are${at} while this RUN runs; nothing of it is in a layer`,
          canWrite ? 'what is written there is discarded' : 'nothing can be written there',
        ],
      };
    }
    case 'cache': {
      const sharing = said('sharing') ?? 'shared';
      const how =
        sharing === 'private'
          ? 'a build that runs at the same time gets a cache of its own'
          : sharing === 'locked'
            ? 'a build that runs at the same time waits'
            : 'builds that run at the same time write to it together';
      return {
        heading: 'a cache of the build',
        sentences: [
          `a directory${at} that the builder keeps from one build to the next, by the name \`${id ?? target ?? ''}\`; nothing of it is in a layer`,
          how,
        ],
      };
    }
    case 'tmpfs':
      return {
        heading: 'a tmpfs of the build',
        sentences: [`a file system in memory${at}, gone when this RUN ends`],
      };
    case 'secret': {
      const env = said('env');
      const name = id ?? target?.split('/').at(-1) ?? '';
      const place =
        env === undefined || target !== undefined ? (target ?? `/run/secrets/${name}`) : undefined;
      return {
        heading: 'a secret of the build',
        sentences: [
          `the secret \`${name}\` is ${[place && `at \`${place}\``, env && `in \`$${env}\``].filter(Boolean).join(' and ')} while this RUN runs; no layer keeps it`,
          isSet('required')
            ? 'the build stops where it is not given'
            : 'where it is not given, there is no file, and the build goes on',
        ],
      };
    }
    case 'ssh':
      return {
        heading: 'the SSH agent of the user who builds',
        sentences: [
          `its socket is${at === '' ? ' in `$SSH_AUTH_SOCK`' : at} while this RUN runs; no layer keeps it`,
        ],
      };
    default:
      return { heading: `\`${type}\``, sentences: ['BuildKit does not have this mount type'] };
  }
}
