/** What `podman run` gets instead of a value that `docker run` takes: other flags, none at all, or why that cannot be. */
type Instead = readonly { readonly flag: string; readonly value: string }[] | { readonly why: string };

const to = (flag: string, value: string): Instead => [{ flag, value }];

/** The flags that podman has, and reads otherwise than docker; undefined where a value is the same in both. */
const ROWS: ReadonlyMap<string, (value: string) => Instead | undefined> = new Map([
  [
    'publish',
    (value) => {
      // Docker takes an IPv6 address without brackets.
      const [, address, ports] = /^([^[\]]*:[^[\]]*)(:[^:]*:[^:]*)$/.exec(value) ?? [];
      return address === undefined ? undefined : to('publish', `[${address}]${ports}`);
    },
  ],
  [
    'add-host',
    (value) => {
      const [, name, address] = /^([^:=]*)[:=](.*)$/s.exec(value) ?? [];
      const bare = address?.replace(/^\[(.*)\]$/s, '$1');
      const own = `${name}:${bare}`;
      return bare === undefined || own === value ? undefined : to('add-host', own);
    },
  ],
  [
    'network',
    (value) => {
      // The long syntax of docker.
      if (!/(?:^|,)name=/.test(value)) return undefined;
      const parts = value.split(',').map((one) => one.split(/=(.*)/s) as [string, string?]);
      const name = parts.find(([key]) => key === 'name')?.[1] ?? '';
      const options = parts.flatMap(([key, text = '']) =>
        key === 'name' ? [] : [[IN_NETWORK.get(key), text] as const],
      );
      const lacking = parts.find(([key]) => key !== 'name' && !IN_NETWORK.has(key))?.[0];
      if (lacking !== undefined) return { why: `podman run cannot express \`${lacking}\` of a network` };
      const said = options.map(([key, text]) => `${key}=${text}`).join();
      return to('network', said === '' ? name : `${name}:${said}`);
    },
  ],
  [
    'gpus',
    (value) =>
      value === 'all'
        ? to('device', 'nvidia.com/gpu=all')
        : { why: 'podman has a name for each GPU, or `nvidia.com/gpu=all`: write it as a device' },
  ],
  [
    'log-driver',
    (value) =>
      /^(?:json-file|journald|none|k8s-file|passthrough(?:-tty)?)?$/.test(value)
        ? undefined
        : { why: `podman has no log driver \`${value}\`` },
  ],
]);

/** What podman says of a container in a network after the network's name, by docker's word. */
const IN_NETWORK: ReadonlyMap<string, string> = new Map([
  ['alias', 'alias'],
  ['ip', 'ip'],
  ['ip6', 'ip6'],
  ['mac-address', 'mac'],
]);

/** What podman gets where docker gets `--flag=value`; undefined where it is the same. */
export const insteadOf = (flag: string, value: string): Instead | undefined =>
  ROWS.get(flag === 'net' ? 'network' : flag)?.(value);
