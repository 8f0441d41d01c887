import { isVolumeName } from '../mount/paths.js';
import { fixIn } from './places.js';
import type { Rule } from './rule.js';
import { volumeDriver } from './volume-driver.js';

/** A volume that is called like a folder next to the command. */
export const volumeBesideDirectory: Rule = {
  code: 'MC308',
  name: 'volume-beside-directory',
  severity: 'warning',
  since: '0.1.0',
  summary: 'a new named volume with the name of a folder next to it',
  why:
    'Without `./` a source is a volume name. `-v src:/app` next to a folder `src` creates a new volume, which contains what the ' +
    'image has at `/app` and nothing of the folder. Looked at only in `mountc docker` on a terminal, where docker has no such ' +
    'volume yet, and with `mountc lint --check-paths`; places where services keep their data are left unchanged.',
  sources: ['https://docs.docker.com/engine/storage/bind-mounts/#options-for---volume'],
  valid: [
    'docker run -v src:/app alpine',
    { command: 'docker run -v src:/app alpine', host: { beside: [] } },
    { command: 'docker run -v ./src:/app alpine', host: { beside: ['src'] } },
    { command: 'docker run -v postgres:/var/lib/postgresql/data postgres', host: { beside: ['postgres'] } },
    { command: 'docker run -v data:/data redis', host: { beside: ['data'] } },
    { command: 'docker run -v node_modules:/app/node_modules node', host: { beside: ['node_modules'] } },
    { command: 'docker volume create src; docker run -v src:/app alpine', host: { beside: ['src'] } },
    { command: 'docker run --volume-driver sshfs -v src:/app alpine', host: { beside: ['src'] } },
    { command: 'docker run --mount type=volume,src=src,dst=/app alpine', host: { beside: ['src'] } },
  ],
  invalid: [
    {
      command: 'docker run -v src:/app alpine',
      host: { beside: ['src'] },
      fixed: 'docker run -v ./src:/app alpine',
    },
    {
      command: 'docker run -v html:/usr/share/nginx/html:ro nginx',
      host: { beside: ['html'] },
      fixed: 'docker run -v ./html:/usr/share/nginx/html:ro nginx',
    },
    {
      command: 'docker run --rm -v config:/etc/app alpine',
      host: { beside: ['config'] },
      fixed: 'docker run --rm -v ./config:/etc/app alpine',
    },
    { command: 'docker run -v src:/app alpine', docker: '20.10.24', host: { beside: ['src'] } },
  ],
  checkMount({ form, source, target }, report, { dialect, command }) {
    const name = source?.text;
    if (form !== 'volume' || name === undefined || target?.text === undefined || !isVolumeName(name)) return;
    const { host, invocation } = command ?? {};
    if (host?.isFolderBeside === undefined || invocation === undefined || volumeDriver(invocation)) return;
    // Where they keep it, or what is made anew.
    if (DATA.test(target.text) || MADE.has(name) || !host.isFolderBeside(name)) return;
    if (
      isManaged(name, command?.source.host?.value ?? '') ||
      (host.hasVolume !== undefined && host.hasVolume(name) !== false)
    )
      return;
    const { start } = source!.range;
    report({
      range: source!.place,
      message: `\`${name}\` is the name of a new volume here, not the folder \`./${name}\` next to it`,
      help: dialect.has.expandsDotSlash
        ? `write \`./${name}\` if you mean the folder`
        : `write \`"$PWD/${name}"\` if you mean the folder`,
      fix: dialect.has.expandsDotSlash
        ? fixIn(source!.host, [{ range: { start, end: start }, text: './' }], 'prefix it with `./`', 'unsafe')
        : undefined,
    });
  },
};

const DATA =
  /^\/(?:var\/(?!www(?:\/|$))|data(?:base)?(?:\/|$)|cache|backups?(?:\/|$)|root\/\.|home\/[^/]+\/\.|\.|usr\/local\/(?:cargo|bundle))/;
const MADE = new Set('node_modules vendor target build dist out cache tmp logs data db'.split(' '));

/** Whether a script makes or asks for the volume by its name; of a long one nobody knows. */
function isManaged(name: string, text: string): boolean {
  return (
    text.length > LONGEST ||
    text.split(/[\n;&|]/).some((line) => /\bvolume\s+\w/.test(line) && line.split(/[\s"']+/).includes(name))
  );
}

const LONGEST = 100_000;
