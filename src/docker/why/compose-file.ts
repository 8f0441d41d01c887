import { isAbsolute, resolve } from 'node:path';
import { readTextFile } from '../../files/open-file.js';
import type { ContainerInfo } from '../../inspect/container-json.js';
import { readFindings } from '../../readers/index.js';
import type { FoundMount } from '../../source/frontend.js';
import type { WrittenMount, WrittenService } from '../../why/evidence.js';
import { localFiles } from './local-files.js';
import type { Reach } from './reachable.js';

const LARGEST = 1024 * 1024;

/**
 * The mounts of a container's service as its Compose file has them now; undefined where they are put together from several files, or
 * depend on what only Compose knows.
 */
export async function writtenService(
  { labels }: ContainerInfo,
  reach: Reach,
): Promise<WrittenService | undefined> {
  const service = labels['com.docker.compose.service'];
  const path = labels['com.docker.compose.project.config_files'];
  const folder = labels['com.docker.compose.project.working_dir'];
  if (!service || !path || !folder || path.includes(',') || !isAbsolute(path)) return undefined;
  // The label may name any file: one of a file system that does not answer is not waited for.
  const real = localFiles('', reach).real(path);
  const read = real === undefined ? undefined : readTextFile(real, { limit: LARGEST });
  if (read === undefined || !('text' in read)) return undefined;
  // These bring mounts from elsewhere.
  if (/^\s*(?:extends|include|volumes_from)\s*:|<<\s*:/m.test(read.text)) return undefined;
  const { mounts, problems } = await readFindings('compose', read.text, { path });
  if (problems.length > 0) return undefined;
  const own = mounts.filter(({ group }) => group === service);
  const written = own.map((mount) => writtenMount(mount, folder));
  if (written.some((mount) => mount === undefined)) return undefined;
  return {
    path,
    folder,
    service,
    project: labels['com.docker.compose.project'] ?? '',
    mounts: written.filter((mount) => mount !== undefined),
  };
}

/** A mount whose every part is literal. */
function writtenMount(
  { form, spec, fields, isBranched }: FoundMount,
  folder: string,
): WrittenMount | undefined {
  const texts = [spec, ...(fields ?? []).flatMap(({ value }) => (value === undefined ? [] : [value]))];
  if (isBranched || texts.some(({ holes }) => holes.length > 0)) return undefined;
  if (form === 'compose-tmpfs') return { target: spec.value.split(':')[0]! };
  if (form === 'compose-short') {
    const [first, second] = spec.value.split(':');
    if (second === undefined) return { target: first! };
    return { target: second, ...sourceOf(first!, folder) };
  }
  const field = (name: string) => fields?.find(({ key }) => key === name)?.value?.value;
  const target = field('target');
  const source = field('source');
  if (target === undefined) return undefined;
  return { target, ...(field('type') === 'bind' && source !== undefined && sourceOf(source, folder)) };
}

function sourceOf(source: string, folder: string): { readonly source?: string } {
  if (source.startsWith('/')) return { source };
  return /^\.{1,2}(?:\/|$)/.test(source) ? { source: resolve(folder, source) } : {};
}
