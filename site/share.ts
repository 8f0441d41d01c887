/** What a link to the page says. */
interface Shared {
  readonly text: string;
  readonly kind: string;
  readonly docker: string;
  readonly engine: string;
  readonly to: string;
}

/** What the address of the page says behind its `#`, which browsers send to nobody. */
export function readShare(): Shared | undefined {
  const said = new URLSearchParams(location.hash.slice(1));
  const text = said.get('text');
  if (text === null) return undefined;
  const of = (name: string) => said.get(name) ?? '';
  return { text, kind: of('kind'), docker: of('docker'), engine: of('engine'), to: of('to') };
}

/** Says it in the address of the page, without a step in its history. */
export function writeShare(shared: Shared): void {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(shared)) if (value !== '') said.set(name, value);
  try {
    history.replaceState(null, '', `#${said}`);
  } catch {
    // Somebody types faster than the browser takes addresses.
  }
}
