/** Whether Go's net.ParseIP reads the text, white space around it left out: dotted quads and IPv6, no zone, no port. */
export function isIpAddress(text: string): boolean {
  const address = text.trim();
  return address.includes(':') ? isIpv6(address) : isIpv4(address);
}

// No leading zeros since Go 1.17.
function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const hasIpv4 = last?.includes('.') === true && text.endsWith(last);
  if (hasIpv4 && !isIpv4(last)) return false;
  const plain = hasIpv4 ? groups.slice(0, -1) : groups;
  const width = plain.length + (hasIpv4 ? 2 : 0);
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? width <= 7 : width === 8;
}
