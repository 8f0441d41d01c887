import { showPart } from '../mount/view.js';
import type { Rule } from './rule.js';

/** A bind mount of a single file. */
export const singleFileBind: Rule = {
  code: 'MC907',
  name: 'single-file-bind',
  severity: 'info',
  isOptional: true,
  engines: 'any',
  since: '0.1.0',
  summary: 'a bind mount of a single file, which goes stale when the file is replaced',
  why:
    'The mount keeps the file as it was. Most editors, and `sed -i`, write a new file and rename it: the container ' +
    'still sees the old one.',
  sources: ['https://github.com/moby/moby/issues/15793'],
  valid: [
    'docker run -v /a/conf.d:/etc/conf.d alpine',
    'docker run -v /var/run/docker.sock:/var/run/docker.sock alpine',
    'docker run -v $FILE:/etc/app.json alpine',
    'docker run -v data:/app.json alpine',
    'docker run --mount type=volume,src=app.json,dst=/etc/app.json alpine',
  ],
  invalid: [
    'docker run -v /a/app.json:/etc/app.json alpine',
    'docker run -v "$PWD/nginx.conf":/etc/nginx/nginx.conf:ro alpine',
    'docker run --mount type=bind,src=/a/b.yml,dst=/b.yml alpine',
  ],
  checkMount({ source, target }, report, { meaning }) {
    if (meaning.type !== 'bind' || source === undefined || target === undefined) return;
    const extension = EXTENSION.exec(source.value)?.[1];
    if (extension === undefined || EXTENSION.exec(target.value)?.[1] !== extension) return;
    report({
      range: source.place,
      message: `\`${showPart(source)}\` is a single file: the container will not see a new file that replaces it`,
      help: 'mount its directory',
    });
  },
};

const EXTENSION =
  /[^/.]\.(conf|cfg|cnf|crt|env|html|ini|js|json|key|pem|properties|py|sh|sql|toml|ts|txt|xml|yaml|yml)$/;
