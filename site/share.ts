/** What a link to the page says. */
interface Shared {
  readonly text: string;
  readonly kind: string;
  readonly docker: string;
  readonly engine: string;
  readonly podman: string;
  readonly to: string;
}

/** What the address of the page says after its `#`, which browsers send to nobody. */
export function readShare(): Shared | undefined {
  const said = new URLSearchParams(location.hash.slice(1));
  const text = said.get('text');
  if (text === null) return undefined;
  const of = (name: string) => said.get(name) ?? '';
  return {
    text,
    kind: of('kind'),
    docker: of('docker'),
    engine: of('engine'),
    podman: of('podman'),
    to: of('to'),
  };
}

let due: { readonly shared: Shared; readonly timer: ReturnType<typeof setTimeout> } | undefined;

/** Says it in the address of the page once nobody types: browsers take only so many addresses, and long ones take long. */
export function writeShare(shared: Shared): void {
  clearTimeout(due?.timer);
  due = { shared, timer: setTimeout(sayShare, 250) };
}

/** Says it now, without a step in the history. */
export function sayShare(): void {
  if (due === undefined) return;
  const { shared, timer } = due;
  clearTimeout(timer);
  due = undefined;
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(shared)) if (value !== '') said.set(name, value);
  try {
    history.replaceState(null, '', `#${said}`);
  } catch {
    // Somebody types faster than the browser takes addresses.
  }
}
