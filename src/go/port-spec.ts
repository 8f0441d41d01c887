import { isIpAddress } from './ip-address.js';

/** Whether docker and Compose read a text as ports: `[IP:][PUBLISHED:]OWN[/PROTOCOL]` (go-connections' nat.ParsePortSpec). */
export function isPortSpec(text: string): boolean {
  const parts = text.split(':');
  const [own = '', protocol = 'tcp'] = (parts.pop() ?? '').split('/');
  const host = parts.pop() ?? '';
  const ip = parts.join(':');
  const published = host === '' ? undefined : portRange(host);
  const range = portRange(own);
  if (range === undefined || (host !== '' && published === undefined)) return false;
  if (!/^(?:tcp|udp|sctp|)$/i.test(protocol)) return false;
  const address = /^\[([^[\]]*)\]$/.exec(ip)?.[1] ?? (ip.includes(':') ? '?' : ip);
  if (address !== '' && !isIpAddress(address)) return false;
  // One port may be any of several.
  return published === undefined || range === 0 || range === published;
}

/** By how many ports a range is longer than one; undefined for what is none. */
function portRange(text: string): number | undefined {
  const [first = '', end = first] = text.split('-');
  const isPort = (one: string) => /^\d+$/.test(one) && Number(one) <= 65_535;
  const length = Number(end) - Number(first);
  return isPort(first) && isPort(end) && length >= 0 ? length : undefined;
}
