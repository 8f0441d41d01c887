import { isVolumeName } from '../mount/paths.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';

/** A volume whose name is that of a file. */
export const bareSourceLooksLikePath: Rule = {
  code: 'MC216',
  name: 'bare-source-looks-like-path',
  severity: 'warning',
  engines: 'any',
  since: '0.1.0',
  summary: 'a volume whose name ends like that of a file',
  why:
    'Without `./` a source is a volume name, and `-v config.json:/config.json` creates an empty volume, a directory, ' +
    'with that name.',
  sources: ['https://github.com/moby/moby/issues/16132'],
  valid: [
    'docker run -v data:/data alpine',
    'docker run -v ./config.json:/config.json alpine',
    'docker run -v my.app_data:/data alpine',
    'docker run -v $NAME.json:/x.json alpine',
  ],
  invalid: [
    {
      command: 'docker run -v config.json:/config.json alpine',
      fixed: 'docker run -v ./config.json:/config.json alpine',
    },
    {
      command: 'docker run -v nginx.conf:/etc/nginx/nginx.conf:ro alpine',
      fixed: 'docker run -v ./nginx.conf:/etc/nginx/nginx.conf:ro alpine',
    },
    'docker run --mount source=app.py,target=/app.py alpine',
  ],
  checkMount({ form, source, target }, report, { dialect, meaning }) {
    if (meaning.type !== 'volume' || source?.text === undefined || !isVolumeName(source.text)) return;
    const extension = source.text.slice(source.text.lastIndexOf('.') + 1);
    if (!source.text.includes('.') || !FILES.has(extension) || !target?.value.endsWith(`.${extension}`))
      return;
    const { start } = source.range;
    report({
      range: source.place,
      message: `\`${source.text}\` is a volume name here, not the file`,
      help: 'prefix it with `./`',
      fix:
        form === 'compose-short' || (form === 'volume' && dialect.has.expandsDotSlash)
          ? fixIn(
              source.host,
              [{ range: { start, end: start }, text: './' }],
              'prefix it with `./`',
              'unsafe',
            )
          : undefined,
    });
  },
};

const FILES = new Set(
  'conf cfg crt css csv env go html ini jar js json key log md pem php properties py rb sh sql toml ts txt war xml yaml yml'.split(
    ' ',
  ),
);
