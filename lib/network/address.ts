/**
 * An address of /proc/net/tcp and its like: four or sixteen bytes in hex, in words of the machine's byte order, which is little-endian on
 * all that Kubernetes runs on. Undefined where it is none.
 */
export function parseProcAddress(hex: string): string | undefined {
  if (!/^(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{32})$/.test(hex)) return undefined;
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => toBytes(word).reverse());
  return formatAddressBytes(bytes);
}

/** An address of /proc/net/if_inet6 and ipv6_route: sixteen bytes in hex, in their order. */
export function parsePlainAddress(hex: string): string | undefined {
  return /^[0-9A-Fa-f]{32}$/.test(hex) ? formatAddressBytes(toBytes(hex)) : undefined;
}

function toBytes(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}

/** Four or sixteen bytes, in their order. */
export function formatAddressBytes(bytes: number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  // What came by IPv4 to a socket of IPv6 is an address of IPv4 to everybody who reads it.
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  return compress(groups);
}

/** RFC 5952: the longest run of zeros, the first of equals, and no run of one. */
function compress(groups: number[]): string {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at++) {
    let length = 0;
    while (groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const words = groups.map((group) => group.toString(16));
  if (best.length < 2) return words.join(':');
  return `${words.slice(0, best.at).join(':')}::${words.slice(best.at + best.length).join(':')}`;
}

/** `[::1]:80`, `10.0.0.1:80`; a port 0 is any. */
export function formatEndpoint(address: string, port: number): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `${host}:${port === 0 ? '*' : port}`;
}
