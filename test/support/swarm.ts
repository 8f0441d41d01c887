// A Swarm of one machine on a private daemon: services are made by its manager and run on its node.
import type { ApiMount } from '../../src/dialects/docker/client/api.js';
import type { Daemon } from './daemons.js';
import { callApi } from './engine-api.js';

/** Makes the daemon a manager; undefined, or why it cannot be one. */
export async function makeManager(daemon: Daemon): Promise<string | undefined> {
  const addresses = { ListenAddr: '127.0.0.1:0', AdvertiseAddr: '127.0.0.1' };
  return messageOf(await callApi(daemon, 'POST', '/swarm/init', addresses));
}

/** Ends the Swarm with all its services. */
export async function leaveSwarm(daemon: Daemon): Promise<void> {
  await callApi(daemon, 'POST', '/swarm/leave?force=1');
}

/** What the manager made of a service: its id, or its message. */
export type CreatedService = { readonly id: string } | { readonly message: string };

/** Makes a service of busybox:local with these mounts, for `replicas` tasks that end at once and are not started again. */
export async function createService(
  daemon: Daemon,
  name: string,
  mounts: readonly ApiMount[],
  replicas: number,
): Promise<CreatedService> {
  const reply = await callApi(daemon, 'POST', '/services/create', {
    Name: name,
    TaskTemplate: {
      ContainerSpec: { Image: 'busybox:local', Command: ['true'], Mounts: mounts },
      RestartPolicy: { Condition: 'none' },
      Networks: [{ Target: 'host' }],
    },
    Mode: { Replicated: { Replicas: replicas } },
  });
  const { ID: id } = reply.body as { ID?: string };
  return id === undefined ? { message: messageOf(reply) ?? String(reply.body) } : { id };
}

/** The mounts of a service as the cluster keeps them. */
export async function storedMounts(daemon: Daemon, id: string): Promise<readonly ApiMount[]> {
  const { body } = await callApi(daemon, 'GET', `/services/${id}`);
  const { Spec } = body as { Spec: { TaskTemplate: { ContainerSpec: { Mounts?: ApiMount[] } } } };
  return Spec.TaskTemplate.ContainerSpec.Mounts ?? [];
}

/** How a service's only task ended. */
export interface TaskEnd {
  readonly state: string;
  readonly error?: string;
}

/** Waits for the only task of a service; its last state when it does not end in time. */
export async function taskEnd(daemon: Daemon, id: string, patience = 15_000): Promise<TaskEnd> {
  const path = `/tasks?filters=${JSON.stringify({ service: { [id]: true } })}`;
  const deadline = Date.now() + patience;
  for (;;) {
    const { body } = await callApi(daemon, 'GET', path);
    const [task] = body as { Status: { State: string; Err?: string } }[];
    const state = task?.Status.State ?? 'new';
    if (/^(?:complete|failed|rejected)$/.test(state) || Date.now() > deadline)
      return { state, error: task?.Status.Err };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Removes a service. */
export async function removeService(daemon: Daemon, id: string): Promise<void> {
  await callApi(daemon, 'DELETE', `/services/${id}`);
}

function messageOf({ status, body }: { status: number; body: unknown }): string | undefined {
  return status < 400 ? undefined : String((body as { message?: string }).message ?? body);
}
