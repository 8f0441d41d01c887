import { at } from './places.js';
import type { Rule } from './rule.js';

/** `-v` or `--tmpfs` with `docker service`. */
export const serviceCreateVolumeFlag: Rule = {
  code: 'MC119',
  name: 'service-create-volume-flag',
  severity: 'error',
  since: '0.1.0',
  summary: '-v, --volume or --tmpfs with docker service',
  why: "Services take `--mount` alone: `unknown shorthand flag: 'v' in -v`.",
  sources: ['https://docs.docker.com/reference/cli/docker/service/create/#mount'],
  valid: [
    'docker service create --mount type=bind,src=/a,dst=/b alpine',
    'docker service create --name v alpine ls -v /a:/b',
    'docker run -v /a:/b alpine',
  ],
  invalid: [
    'docker service create -v /a:/b alpine',
    'docker service create --name x --volume data:/b alpine',
    'docker service create --tmpfs /t alpine',
    'docker service update --volume=/a:/b web',
  ],
  checkCommand({ source, invocation }, report) {
    if (invocation?.problem === undefined || !invocation.path.startsWith('service')) return;
    const word = source.words[invocation.problem.word + 1];
    const flag = word && /^(?:-v|--volumes?(?==|$)|--tmpfs(?==|$))/.exec(word.value)?.[0];
    if (word === undefined || !flag) return;
    const isUpdate = invocation.path === 'service update';
    report({
      range: at(word, { start: 0, end: flag.length }),
      message: `\`docker ${invocation.path}\` has no \`${flag}\``,
      help: `use \`${isUpdate ? '--mount-add' : '--mount'} type=bind,source=…,target=…\` or \`type=volume\` or \`type=tmpfs\``,
    });
  },
};
