// A docker that says which version it is, and else does what a test wants. It is a program and no script, since mountc asks only
// programs which docker they are: a small ELF file that becomes /bin/sh with the script beside it.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a fake docker answers to `docker version` and `docker --version`. */
export interface FakeDocker {
  readonly client: string;
  /** Nobody answers behind the client when left out. */
  readonly engine?: string;
  readonly engineOs?: string;
  /** The Engine API that they speak. */
  readonly api?: string;
  /** What it does with every other command; sh. */
  readonly script?: string;
  /** What it does before it answers; sh. */
  readonly before?: string;
}

// execve("/bin/sh", ["/bin/sh", SCRIPT, argv[1] …], envp), and exit status 127 when that fails; the two texts follow.
const CODE: Readonly<Record<string, { machine: number; code: string } | undefined>> = {
  x64: {
    machine: 62,
    code:
      '488b0424 488d54c410 488d3d26000000 48893c24 488d3523000000 4889742408 4889e6 b83b000000 0f05 ' +
      'bf7f000000 b83c000000 0f05',
  },
  arm64: {
    machine: 183,
    code:
      'e00340f9 e26f208b 42400091 40010010 e00300f9 41010010 e10700f9 e1030091 a81b80d2 010000d4 ' +
      'e00f80d2 a80b80d2 010000d4',
  },
};

/** Whether a fake docker can be made for this machine. */
export const CAN_FAKE_DOCKER = process.platform === 'linux' && CODE[process.arch] !== undefined;

/** Writes a fake docker and returns its path. */
export function writeDocker(path: string, fake: FakeDocker): string {
  const { client, engine, engineOs = 'linux', api, script = 'exit 0', before = '' } = fake;
  const server = engine === undefined ? null : { Version: engine, Os: engineOs };
  const json = JSON.stringify({ Client: { Version: client, ApiVersion: api }, Server: server });
  return writeElf(
    path,
    `case $* in
  --version) ${before}
    echo 'Docker version ${client}, build 0123456'; exit 0 ;;
  *'version --format {{json .}}') ${before}
    echo '${json}'; exit ${engine === undefined ? 1 : 0} ;;
esac
${script}
`,
  );
}

/** Writes a fake podman and returns its path; with every command but the ones about itself it does what the script says. */
export function writePodman(path: string, version = '5.4.2', script = 'exit 0'): string {
  return writeElf(
    path,
    `case $* in --version) echo 'podman version ${version}'; exit 0 ;; info*) echo '{"serviceIsRemote":false}'; exit 0 ;; esac\n${script}`,
  );
}

/** Writes a program that is no script, and does what the script says. */
export function writeElf(path: string, script: string): string {
  const { machine, code } = CODE[process.arch]!;
  const start = 0x400000;
  const header = Buffer.alloc(120);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(2, 16); // a program
  header.writeUInt16LE(machine, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(start + 120), 24); // where it begins
  header.writeBigUInt64LE(64n, 32); // the segment's own header
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  const body = Buffer.concat([
    Buffer.from(code.replaceAll(' ', ''), 'hex'),
    Buffer.from(`/bin/sh\0${path}.sh\0`),
  ]);
  header.writeUInt32LE(1, 64); // loaded,
  header.writeUInt32LE(5, 68); // to be read and run
  header.writeBigUInt64LE(BigInt(start), 80);
  header.writeBigUInt64LE(BigInt(start), 88);
  header.writeBigUInt64LE(BigInt(120 + body.length), 96);
  header.writeBigUInt64LE(BigInt(120 + body.length), 104);
  header.writeBigUInt64LE(0x1000n, 112);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.sh`, script);
  writeFileSync(path, Buffer.concat([header, body]));
  chmodSync(path, 0o755);
  return path;
}
