import { scanDocker } from '../dialects/docker/client/docker-argv.js';
import type { CommandView } from '../source/site.js';
import { untilEnough } from './enough.js';
import { at } from './places.js';
import type { Report, Rule } from './rule.js';

/** `-v` or `--tmpfs` with `docker service`. */
export const serviceCreateVolumeFlag: Rule = {
  code: 'MC119',
  name: 'service-create-volume-flag',
  severity: 'error',
  since: '0.1.0',
  summary: '-v, --volume or --tmpfs with docker service',
  why: "Services accept only `--mount`: `unknown shorthand flag: 'v' in -v`.",
  sources: ['https://docs.docker.com/reference/cli/docker/service/create/#mount'],
  valid: [
    'docker service create --mount type=bind,src=/a,dst=/b alpine',
    'docker service create --name v alpine ls -v /a:/b',
    'docker run -v /a:/b alpine',
  ],
  invalid: [
    {
      command: 'docker service create -v data:/b -v /c:/d:ro alpine',
      fixed:
        'docker service create --mount type=volume,src=data,dst=/b ' +
        '--mount type=bind,src=/c,dst=/d,readonly,bind-create-src alpine',
    },
    {
      command: 'docker service create --name x --volume data:/b alpine',
      fixed: 'docker service create --name x --mount type=volume,src=data,dst=/b alpine',
    },
    {
      command: 'docker service create --tmpfs /t alpine',
      fixed: 'docker service create --mount type=tmpfs,dst=/t alpine',
    },
    {
      command: 'docker service update --volume=data:/b web',
      fixed: 'docker service update --mount-add type=volume,src=data,dst=/b web',
    },
    'docker service create -v /a:/b:z alpine',
    'docker service create -v "$SPEC" alpine',
  ],
  // Each is found by reading the command again without those before it.
  checkCommand(command, report) {
    untilEnough(command.source.words.length, report, (limited) => checkWords(command, limited));
  },
};

function checkWords({ source, invocation, dialect }: CommandView, report: Report): void {
  let words = source.words;
  let rest: ReturnType<typeof scanDocker> | undefined = invocation;
  // docker names the first one alone; what stands after it is read as if docker knew it.
  while (rest?.kind === 'invocation' && rest.problem !== undefined && rest.path.startsWith('service')) {
    const index = rest.problem.word + 1;
    const word = words[index];
    const flag = word && /^(?:-v|--volumes?(?==|$)|--tmpfs(?==|$))/.exec(word.value)?.[0];
    if (word === undefined || !flag) return;
    const isUpdate = rest.path === 'service update';
    report({
      range: at(word, { start: 0, end: flag.length }),
      message: `\`docker ${rest.path}\` has no \`${flag}\``,
      help: `use \`${isUpdate ? '--mount-add' : '--mount'} type=bind,source=…,target=…\` or \`type=volume\` or \`type=tmpfs\``,
    });
    const isAttached = word.value.length > flag.length;
    words = words.filter((_, i) => i !== index && (isAttached || i !== index + 1));
    rest = scanDocker(words.slice(1), dialect.client);
  }
}
