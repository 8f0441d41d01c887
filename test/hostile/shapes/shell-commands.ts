import { fill, type Shape } from './shape.js';
import { shapesOf } from './yaml.js';

const RUN = 'docker run -v /a:/b x';
const LINE = `${RUN}\n`;

/** Scripts of POSIX shells whose commands are odd. */
export const SHELL_COMMANDS: readonly Shape[] = shapesOf('x.sh', {
  'pipe of commands in one line': (n) => `${fill(n, `${RUN} | `)}cat\n`,
  'pipe into a shell': (n) => `${fill(n, 'echo docker run -v /a:/b x | sh | ')}sh\n`,
  'and chain': (n) => `${fill(n, `${RUN} && `)}true\n`,
  semicolons: (n) => `${fill(n, `${RUN}; `)}\n`,
  'wrong flags in one command': (n) => `docker run ${fill(n, (i) => `--flag${i} `)}x\n`,
  'misspelled flags in one command': (n) => `docker run ${fill(n, '--volum /a:/b ')}x\n`,
  'mount flags that say nothing': (n) => `docker run ${fill(n, '-v ')}x\n`,
  'volumes that are wrong': (n) => `docker run ${fill(n, (i) => `-v /a${i}:/b${i}:zz `)}x\n`,
  'volumes with the same target': (n) => `docker run ${fill(n, '-v /a:/b ')}x\n`,
  'volumes with many targets': (n) => `docker run ${fill(n, (i) => `-v /a${i}:/b${i} `)}x\n`,
  'mounts with the same target': (n) => `docker run ${fill(n, '--mount type=bind,src=/a,dst=/b ')}x\n`,
  'mounts that are wrong': (n) => `docker run ${fill(n, (i) => `--mount type=bind,src=/a,foo${i}=b `)}x\n`,
  'mounts below mounts': (n) =>
    `docker run -v /a:/a:ro ${fill(n, (i) => `-v /a:/a${'/a'.repeat(i % 40)}/${i} `)}x\n`,
  'mounts each below the last': (n) => {
    const depth = Math.max(1, Math.floor(Math.sqrt(n)));
    let out = 'docker run ';
    for (let i = 1; i <= depth; i++) out += `-v /a:${'/a'.repeat(i)}:ro `;
    return `${out}x\n`;
  },
  'keys of one mount': (n) => `docker run --mount type=bind,${fill(n, (i) => `k${i}=v,`)}dst=/a x\n`,
  'one key of one mount again': (n) => `docker run --mount ${fill(n, 'src=/a,')}dst=/a x\n`,
  'spaces in one mount': (n) => `docker run --mount 'type=bind${fill(n, ', src=/a')}, dst=/b' x\n`,
  'quotes in one mount': (n) => `docker run --mount 'type=bind,"${fill(n, '""')}src=/a",dst=/b' x\n`,
  'options of one tmpfs': (n) => `docker run --tmpfs /a:${fill(n, 'size=1,exec,')}rw x\n`,
  'modes of one volume': (n) => `docker run -v /a:/b:${fill(n, 'ro,')}ro x\n`,
  'colons of one volume': (n) => `docker run -v /a${fill(n, ':/b')} x\n`,
  'long path': (n) => `docker run -v ${fill(n, '/a')}:/b x\n`,
  'long path with dots': (n) => `docker run -v /a${fill(n, '/../a')}:/b x\n`,
  'letters of one flag': (n) => `docker run -${fill(n, 'it')} -v /a:/b x\n`,
  environment: (n) => `docker run ${fill(n, '-e A=b ')}-v /a:/b x\n`,
  'words behind the image': (n) => `${RUN} ${fill(n, '-v /a:/b ')}\n`,
  'flags behind the image': (n) => `docker run x ${fill(n, (i) => `-v /a${i}:/b${i} `)}\n`,
  'one word': (n) => `${LINE}echo ${'x'.repeat(n)}\n`,
  'one word after a flag': (n) => `docker run -v ${'x'.repeat(n)} y\n`,
  'one engine of a word': (n) => `${fill(n, 'docker')} run -v /a:/b x\n`,
  'holes of one word': (n) => `docker run -v ${fill(n, '$A')}:/b x\n`,
  'quoted holes of one word': (n) => `docker run -v "${fill(n, '${A}')}:/b" x\n`,
  continuations: (n) => `docker run ${fill(n, '\\\n')} -v /a:/b x\n`,
  'continuations between flags': (n) => `docker run ${fill(n, '-v /a:/b \\\n')} x\n`,
  'broken continuations': (n) => fill(n, 'docker run \\ \n -v /a:/b \\ \n x\n'),
  'one broken continuation before many flags': (n) => `docker run x\n${fill(n, '  -v /a:/b\n')}`,
  'continuations that run on': (n) => fill(n, 'docker run -v /a:/b \\\n'),
  comments: (n) => `${fill(n, '# docker run -v /a:/b x\n')}${LINE}`,
  directives: (n) => `${fill(n, '# mountc-disable-next-line broad-host-mount\n')}${LINE}`,
  'directives and findings': (n) =>
    fill(n, '# mountc-disable-next-line broad-host-mount\ndocker run -v /:/b x\n'),
  'blocks of directives': (n) =>
    fill(n, '# mountc-disable broad-host-mount\ndocker run -v /:/b x\n# mountc-enable broad-host-mount\n'),
  'directives that open': (n) =>
    `${fill(n, '# mountc-disable broad-host-mount\n')}${fill(n, 'docker run -v /:/b x\n')}`,
  'rules in one directive': (n) => `# mountc-disable-file ${fill(n, 'broad-host-mount, ')}x\n${LINE}`,
  'unknown rules in one directive': (n) => `# mountc-disable-file ${fill(n, (i) => `rule-${i}, `)}x\n${LINE}`,
  findings: (n) => fill(n, 'docker run -v /:/b x\n'),
  'findings with fixes': (n) => fill(n, "docker run --mount 'type=bind, src=/a, dst=/b' x\n"),
  'findings in one line': (n) => `${fill(n, 'docker run -v /:/b x; ')}\n`,
  negations: (n) => `${fill(n, '! ')}${RUN}\n`,
  'time of time': (n) => `${fill(n, 'time ')}${RUN}\n`,
  'sudo of sudo': (n) => `${fill(n, 'sudo -E ')}${RUN}\n`,
  'sudo of sudo, in many commands': (n) => fill(n, `sudo sudo sudo sudo sudo sudo sudo ${RUN}\n`),
  env: (n) => `env ${fill(n, 'A=b ')}${RUN}\n`,
  'assignments before a command': (n) => `${fill(n, 'A=b ')}${RUN}\n`,
  'words before an engine': (n) => `${fill(n, 'docker exec ')}${RUN}\n`,
  'docker in docker': (n) => `${fill(n, 'docker run -v /a:/b x ')}\n`,
  'find with many commands': (n) => `find . ${fill(n, '-exec docker run -v {}:/b x \\; ')}\n`,
  'xargs of xargs': (n) => `${fill(n, 'xargs -I % ')}${RUN}\n`,
  'xargs with many tokens': (n) => fill(n, (i) => `ls | xargs -I T${i} docker run -v T${i}:/b x\n`),
  'braces of parallel': (n) => `parallel docker run ${fill(n, '-v {}:/b ')}x ::: a\n`,
  'shells of shells': (n) => `${fill(n, 'bash -c ')}'${RUN}'\n`,
  'shell in shell, quoted': (n) => {
    let text = RUN;
    while (text.length * 1.5 < n) text = `bash -c "${text.replace(/[\\"$`]/g, '\\$&')}"`;
    return `${text}\n`;
  },
  evals: (n) => `${fill(n, 'eval ')}${RUN}\n`,
  'eval in eval, quoted': (n) => {
    let text = RUN;
    while (text.length * 1.5 < n) text = `eval "${text.replace(/[\\"$`]/g, '\\$&')}"`;
    return `${text}\n`;
  },
  'eval of a long script': (n) => `eval '${fill(n, LINE)}'\n`,
  'ssh of ssh': (n) => `${fill(n, 'ssh h ')}${RUN}\n`,
  'su of su': (n) => `${fill(n, 'su -c ')}'${RUN}'\n`,
  traps: (n) => fill(n, `trap '${RUN}' EXIT\n`),
  'here strings': (n) => fill(n, `bash <<< '${RUN}'\n`),
  'here strings of one command': (n) => `bash ${fill(n, `<<< '${RUN}' `)}\n`,
  'redirects of one command': (n) => `${RUN} ${fill(n, '>a ')}\n`,
  'private characters': (n) => fill(n, 'docker run -v /\ue000:/\uf8ff x\n'),
  'invisible characters': (n) => `docker run -v /a:/b ${fill(n, '\u200b')} x\n`,
  'dashes of typography': (n) => `docker run ${fill(n, '–v /a:/b ')}x\n`,
  'volumes made and used': (n) => fill(n, (i) => `docker volume create v${i}\ndocker run -v v${i}:/b x\n`),
  'ordinary script': (n) =>
    fill(
      n,
      (i) =>
        `# part ${i}\nmkdir -p /srv/p${i}\ndocker run --rm -it -v /srv/p${i}:/data -w /data alpine:3 sh -c 'ls -la /data'\n`,
    ),
  'exit before everything': (n) => `exit 0\n${fill(n, LINE)}`,
  'compose commands': (n) => fill(n, 'docker compose -f a.yml run -v /a:/b x\n'),
  services: (n) => fill(n, 'docker service create --mount type=bind,src=/a,dst=/b x\n'),
  tildes: (n) => `docker run -v ~${fill(n, ':~')} x\n`,
  'equals signs': (n) => `docker run -v /a${fill(n, '=')} x\n`,
  'programs that may take a command': (n) => `${fill(n, 'claude -- ')}${RUN}\n`,
  parallels: (n) => `${fill(n, 'parallel ')}${RUN}\n`,
  'words that may be of fd': (n) => `${LINE}echo ${fill(n, 'fd ')}\n`,
  'find with commands that never end': (n) => `find . ${fill(n, '-exec ')}${RUN}\n`,
  'xargs with one letter': (n) => `${fill(n, 'ls | xargs -I x docker run -v x:/b y; ')}\n`,
  'values of one volume option': (n) =>
    `docker run --mount type=volume,src=v,dst=/b,${fill(n, (i) => `volume-opt=o${i}=v,`)}volume-nocopy x\n`,
  'one volume option again': (n) =>
    `docker run --mount type=volume,src=v,dst=/b,${fill(n, 'volume-opt=a=b,')}ro x\n`,
  'misspelled modes of one volume': (n) => `docker run -v /a:/b:${fill(n, 'rsahred,')}ro x\n`,
  'modes that are none': (n) => `docker run -v /a:/b:${fill(n, 'x,')}ro x\n`,
  'misspelled keys of one mount': (n) => `docker run --mount type=bind,${fill(n, 'sorce=/a,')}dst=/b x\n`,
  'typographic quotes in one word': (n) => `docker run -v “${fill(n, '/a”,“')}:/b x\n`,
  'windows paths': (n) => `docker run ${fill(n, '-v C:\\\\a:/b ')}x\n`,
  'flag and value in one word': (n) => `docker run ${fill(n, "'-v /a:/b' ")}x\n`,
  'specs as images': (n) => `docker run ${fill(n, 'type=bind,src=/a,dst=/b ')}\n`,
});
