import { parsePlainAddress, parseProcAddress } from './address.ts';

export interface NetworkInterface {
  name: string;
  /** With their prefix: `10.244.0.7/24`. */
  addresses: string[];
  receivedBytes: number;
  receivedPackets: number;
  sentBytes: number;
  sentPackets: number;
  /** Packets that were lost at it, in and out. */
  errors: number;
  drops: number;
}

export interface Route {
  /** `default`, or `10.244.0.0/24`. */
  destination: string;
  /** Undefined: straight on the link. */
  gateway: string | undefined;
  interface: string;
  metric: number;
}

/** /proc/net/route and /proc/net/ipv6_route; what is no way to anywhere (down, local, unreachable) is left out. */
export function parseRoutes(ipv4: string, ipv6: string): Route[] {
  return [...parseIpv4Routes(ipv4), ...parseIpv6Routes(ipv6)];
}

/** RTF_UP, RTF_GATEWAY, RTF_REJECT, RTF_LOCAL (include/uapi/linux/route.h, ipv6_route.h). */
const flag = { up: 0x1, gateway: 0x2, reject: 0x200, local: 0x80000000 };

function parseIpv4Routes(text: string): Route[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', destination = '', gateway = '', flags = '', , , metric, mask = ''] = line.trim().split(/\s+/);
    const bits = Number.parseInt(flags, 16);
    const [to, via, prefix] = [parseProcAddress(destination), parseProcAddress(gateway), prefixOf(mask)];
    if (to === undefined || via === undefined || prefix === undefined || (bits & flag.up) === 0) return [];
    return [
      {
        destination: prefix === 0 ? 'default' : `${to}/${prefix}`,
        gateway: bits & flag.gateway ? via : undefined,
        interface: name,
        metric: Number(metric) || 0,
      },
    ];
  });
}

function parseIpv6Routes(text: string): Route[] {
  return text.split('\n').flatMap((line) => {
    const [destination = '', prefix = '', , , gateway = '', metric = '', , , flags = '', name = ''] = line
      .trim()
      .split(/\s+/);
    const [to, via] = [parsePlainAddress(destination), parsePlainAddress(gateway)];
    const [bits, length] = [Number.parseInt(flags, 16), Number.parseInt(prefix, 16)];
    if (to === undefined || via === undefined || name === 'lo' || Number.isNaN(length)) return [];
    if ((bits & flag.up) === 0 || bits & flag.reject || bits & flag.local) return [];
    return [
      {
        destination: length === 0 ? 'default' : `${to}/${length}`,
        gateway: bits & flag.gateway ? via : undefined,
        interface: name,
        metric: Number.parseInt(metric, 16) || 0,
      },
    ];
  });
}

function prefixOf(mask: string): number | undefined {
  const address = parseProcAddress(mask);
  if (address === undefined) return undefined;
  const bits = address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return bits.includes('01') ? undefined : bits.indexOf('0') === -1 ? 32 : bits.indexOf('0');
}

export interface InterfaceTexts {
  /** /proc/net/dev */
  dev: string;
  /** /proc/net/fib_trie: the addresses of IPv4. */
  trie: string;
  /** /proc/net/route: which of them is whose. */
  route: string;
  /** /proc/net/if_inet6 */
  inet6: string;
}

export function parseInterfaces({ dev, trie, route, inet6 }: InterfaceTexts): NetworkInterface[] {
  const ipv4 = assignIpv4(trie, route);
  const ipv6 = parseIpv6Addresses(inet6);
  return dev.split('\n').flatMap((line) => {
    const [, name, counters] = /^\s*([^\s:]+):\s*(\d.*)$/.exec(line) ?? [];
    if (name === undefined || counters === undefined) return [];
    const [
      receivedBytes = 0,
      receivedPackets = 0,
      errorsIn = 0,
      dropsIn = 0,
      ,
      ,
      ,
      ,
      sentBytes = 0,
      sentPackets = 0,
      errorsOut = 0,
      dropsOut = 0,
    ] = counters.split(/\s+/).map(Number);
    const addresses = [...ipv4, ...ipv6].filter((one) => one.interface === name).map(({ address }) => address);
    return [
      {
        name,
        addresses,
        receivedBytes,
        receivedPackets,
        sentBytes,
        sentPackets,
        errors: errorsIn + errorsOut,
        drops: dropsIn + dropsOut,
      },
    ];
  });
}

/** No file tells both the address and its interface: an address is on the one to which the narrowest route to it leads. */
function assignIpv4(trie: string, route: string): { interface: string; address: string }[] {
  const links = parseIpv4Routes(route).filter(
    ({ gateway, destination }) => gateway === undefined && destination !== 'default',
  );
  return localAddresses(trie).map((address) => {
    if (address.startsWith('127.')) return { interface: 'lo', address: `${address}/8` };
    const [best] = links
      .filter(({ destination }) => contains(destination, address))
      .sort((a, b) => prefixLength(b.destination) - prefixLength(a.destination));
    const only = new Set(parseIpv4Routes(route).map((one) => one.interface));
    const name = best?.interface ?? (only.size === 1 ? [...only][0] : undefined) ?? '';
    // An address without a route to its neighbours is one for itself (/32), as some networks give them.
    return { interface: name, address: `${address}/${best === undefined ? 32 : prefixLength(best.destination)}` };
  });
}

/** In the tree each address stands on a line of its own, and below it what it is. */
function localAddresses(trie: string): string[] {
  const found = new Set<string>();
  let last = '';
  for (const line of trie.split('\n')) {
    last = /^\s*\|-- (\d+\.\d+\.\d+\.\d+)$/.exec(line)?.[1] ?? last;
    if (/^\s*\/32 host LOCAL$/.test(line) && last !== '') found.add(last);
  }
  return [...found];
}

function prefixLength(destination: string): number {
  return Number(destination.split('/')[1]);
}

function contains(destination: string, address: string): boolean {
  const [network = '', prefix = ''] = destination.split('/');
  const shift = 32 - Number(prefix);
  return Math.floor(toNumber(network) / 2 ** shift) === Math.floor(toNumber(address) / 2 ** shift);
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** `fe80… 04 40 20 80     eth0`: address, number, prefix, scope, flags, name. */
function parseIpv6Addresses(text: string): { interface: string; address: string }[] {
  return text.split('\n').flatMap((line) => {
    const [hex = '', , prefix = '', , , name] = line.trim().split(/\s+/);
    const address = parsePlainAddress(hex);
    return address === undefined || name === undefined
      ? []
      : [{ interface: name, address: `${address}/${Number.parseInt(prefix, 16)}` }];
  });
}
