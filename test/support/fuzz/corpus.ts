import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from '../../../src/rules/index.js';
import type { FileKind } from '../../../src/source/file-kinds.js';
import { kindOf } from '../../../src/source/kind.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures', import.meta.url));

/** A text that somebody wrote, as the kind of file that it is. */
export interface Seed {
  readonly kind: FileKind;
  readonly text: string;
}

/** The texts of the fixtures and of the rules' examples. */
export function seedFiles(): readonly Seed[] {
  const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[\w-]+\/(?:ok|err)\/[^/]+$/.test(path))
    .sort()
    .flatMap((path): Seed[] => {
      const text = readFileSync(join(FIXTURES, path), 'utf8');
      // A workflow is known by its folder.
      const kind = kindOf(path.replace(/^github\/(?:ok|err)\//, '.github/workflows/'), text);
      return kind === undefined ? [] : [{ kind, text }];
    });
  const examples = RULES.flatMap(({ valid, invalid }) =>
    [...valid, ...invalid].map(
      (one): Seed =>
        typeof one === 'string'
          ? { kind: 'shell', text: `${one}\n` }
          : { kind: one.file ?? 'shell', text: `${one.command}\n` },
    ),
  );
  return [...files, ...examples];
}

/** Command lines of docker: those of the rules' examples. */
export function seedCommands(): readonly string[] {
  return RULES.flatMap(({ valid, invalid }) =>
    [...valid, ...invalid].flatMap((one) =>
      typeof one === 'string' ? one : one.file === undefined ? one.command : [],
    ),
  );
}

/** docker's arguments: those that the real clients were asked about. */
export function seedArgs(): readonly (readonly string[])[] {
  return readFileSync(join(FIXTURES, 'clients/answers.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as [string[]])[0]);
}

/** Configurations of lint. */
export const SEED_CONFIGS: readonly string[] = [
  'docker: "28.2"\nengine: "27.0"\nengineOs: windows\nfailOn: warning\ncheckPaths: true\nignore:\n  - vendor/**\n  - "*.md"\nrules:\n  broad-host-mount: off\n  MC903: error\ncommands:\n  dk: docker\noverrides:\n  - files: ["a/**", "!b"]\n    rules: {socket-mount: info}\n    docker: "20.10"\n',
  '{"docker": "24.0", "rules": {"prefer-mount-syntax": "warning"}, "ignore": ["a", "[a-z]*", "**/x"]}\n',
  '// words\n{\n  "failOn": "never", /* more */\n  "overrides": [{"files": "x/**", "rules": {"redundant-rw": "off"}}],\n}\n',
  'rules: &r\n  a: off\nignore: *r\n? {a: b}\n: c\n--- \nx: !!set {a, b}\n',
  '{"name": "x", "mountc": {"rules": {"redundant-rw": "off"}}, "scripts": {"a": "docker run -v /a:/b:rw x"}}\n',
];

/** What `docker inspect`, Compose, devcontainers and the API say. */
export const SEED_DOCUMENTS: readonly string[] = [
  '[{"Id":"abc","Name":"/web","Config":{"Image":"x","Volumes":{"/v":{}}},"HostConfig":{"Binds":["/a:/b:ro","data:/c"],"Tmpfs":{"/t":"size=64m"},"Mounts":[{"Type":"bind","Source":"/s","Target":"/t2","ReadOnly":true,"BindOptions":{"Propagation":"rslave"}}]},"Mounts":[{"Type":"bind","Source":"/a","Destination":"/b","Mode":"ro","RW":false,"Propagation":"rprivate"},{"Type":"volume","Name":"data","Source":"/var/lib/docker/volumes/data/_data","Destination":"/c","Driver":"local","RW":true}]}]\n',
  'services:\n  a:\n    image: x\n    volumes:\n      - ./a:/b:ro\n      - type: bind\n        source: ./c\n        target: /d\n        bind: {propagation: rslave, create_host_path: false}\n      - type: tmpfs\n        target: /t\n        tmpfs: {size: 64m, mode: 0700}\n    tmpfs: [/run, "/tmp:size=1m"]\n  b:\n    extends: a\n    volumes_from: [a]\nvolumes:\n  data: {driver: local}\n',
  '{"name":"x","image":"y","mounts":["source=/a,target=/b,type=bind",{"type":"volume","source":"c","target":"/d"}],"workspaceMount":"source=${localWorkspaceFolder},target=/w,type=bind","runArgs":["-v","/a:/b"]}\n',
  '{"HostConfig":{"Binds":["/a:/b:ro,z"],"Mounts":[{"Type":"volume","Source":"v","Target":"/x","VolumeOptions":{"NoCopy":true,"Labels":{"a":"b"},"DriverConfig":{"Name":"local","Options":{"o":"x"}}}}],"Tmpfs":{"/t":""}},"Volumes":{"/y":{}}}\n',
  '["run","-v","/a:/b","x"]\n{"args":["create","--mount","type=bind,src=/a,dst=/b","x"],"cwd":"/w"}\n',
];
