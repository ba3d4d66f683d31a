import { formatAddressBytes, formatEndpoint } from './address.ts';

/** What a packet is, in the words of somebody who watches many go by. */
export interface DecodedPacket {
  source: string;
  destination: string;
  protocol: string;
  info: string;
}

/** Link types (tcpdump.org/linktypes.html) that are captured on Linux. */
const linkTypes = { ethernet: 1, raw: 101, cooked: 113, cooked2: 276 };
const etherTypes = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd };
const ipProtocols = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 };
/** Headers of IPv6 that stand before what is carried (RFC 8200). */
const extensionHeaders = new Set([0, 43, 60]);
const tcpFlags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

/** Any bytes are taken; what can't be told is said to be unknown. */
export function decodePacket(linkType: number, bytes: Uint8Array): DecodedPacket {
  const unknown = { source: '', destination: '', protocol: 'unknown', info: `${bytes.length} bytes` };
  const reader = new ByteReader(bytes);
  const { type, at } = readLink(linkType, reader);
  if (type === etherTypes.ipv4) return readIpv4(reader, at) ?? unknown;
  if (type === etherTypes.ipv6) return readIpv6(reader, at) ?? unknown;
  if (type === etherTypes.arp) return readArp(reader, at) ?? unknown;
  return type === undefined ? unknown : { ...unknown, info: `type 0x${type.toString(16).padStart(4, '0')}` };
}

/** Numbers in a packet, in the network's byte order; 0 behind its end, and `has` tells. */
class ByteReader {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  has(at: number, count: number): boolean {
    return at + count <= this.bytes.length;
  }

  byte(at: number): number {
    return this.bytes[at] ?? 0;
  }

  word(at: number): number {
    return (this.byte(at) << 8) | this.byte(at + 1);
  }

  long(at: number): number {
    return this.word(at) * 0x10000 + this.word(at + 2);
  }

  address(at: number, count: number): string {
    return formatAddressBytes([...this.bytes.subarray(at, at + count)]);
  }
}

/** What the link carries, and where that begins. */
function readLink(linkType: number, reader: ByteReader): { type: number | undefined; at: number } {
  switch (linkType) {
    case linkTypes.ethernet: {
      const type = reader.word(12);
      return type === etherTypes.vlan ? { type: reader.word(16), at: 18 } : { type, at: 14 };
    }
    case linkTypes.cooked:
      return { type: reader.word(14), at: 16 };
    case linkTypes.cooked2:
      return { type: reader.word(0), at: 20 };
    case linkTypes.raw:
      return { type: reader.byte(0) >> 4 === 6 ? etherTypes.ipv6 : etherTypes.ipv4, at: 0 };
    default:
      return { type: undefined, at: 0 };
  }
}

function readIpv4(reader: ByteReader, at: number): DecodedPacket | undefined {
  const headerBytes = (reader.byte(at) & 0x0f) * 4;
  if (!reader.has(at, 20) || headerBytes < 20) return undefined;
  const ends = { source: reader.address(at + 12, 4), destination: reader.address(at + 16, 4) };
  const fragment = reader.word(at + 6) & 0x1fff;
  if (fragment > 0) return { ...ends, protocol: 'IP', info: `fragment at ${fragment * 8}` };
  const length = reader.word(at + 2) - headerBytes;
  return readTransport(reader, { ...ends, at: at + headerBytes, protocol: reader.byte(at + 9), length });
}

function readIpv6(reader: ByteReader, at: number): DecodedPacket | undefined {
  if (!reader.has(at, 40)) return undefined;
  const ends = { source: reader.address(at + 8, 16), destination: reader.address(at + 24, 16) };
  let protocol = reader.byte(at + 6);
  let next = at + 40;
  while (extensionHeaders.has(protocol) && reader.has(next, 8)) {
    protocol = reader.byte(next);
    next += (reader.byte(next + 1) + 1) * 8;
  }
  return readTransport(reader, { ...ends, at: next, protocol, length: reader.word(at + 4) - (next - at - 40) });
}

interface Carried {
  source: string;
  destination: string;
  at: number;
  protocol: number;
  /** Of what is carried, by what the packet says. */
  length: number;
}

function readTransport(reader: ByteReader, { source, destination, at, protocol, length }: Carried): DecodedPacket {
  const ends = {
    source: formatEndpoint(source, reader.word(at)),
    destination: formatEndpoint(destination, reader.word(at + 2)),
  };
  if (protocol === ipProtocols.tcp && reader.has(at, 20)) return { ...ends, ...readTcp(reader, at, length) };
  if (protocol === ipProtocols.udp && reader.has(at, 8)) return { ...ends, ...readUdp(reader, at) };
  if (protocol === ipProtocols.icmp || protocol === ipProtocols.icmp6) {
    return {
      source,
      destination,
      protocol: protocol === ipProtocols.icmp ? 'ICMP' : 'ICMPv6',
      info: readIcmp(reader, at, protocol),
    };
  }
  return { source, destination, protocol: 'IP', info: `protocol ${protocol}` };
}

function readTcp(reader: ByteReader, at: number, length: number): Pick<DecodedPacket, 'protocol' | 'info'> {
  const headerBytes = (reader.byte(at + 12) >> 4) * 4;
  const flags = tcpFlags.filter((_, bit) => reader.byte(at + 13) & (1 << bit)).join(' ');
  const carried = Math.max(0, length - headerBytes);
  const text = httpLine(reader.bytes.subarray(at + headerBytes));
  if (text !== undefined) return { protocol: 'HTTP', info: text };
  return {
    protocol: 'TCP',
    info: `${flags || 'no flags'}, seq ${reader.long(at + 4)}${carried > 0 ? `, ${carried} bytes` : ''}`,
  };
}

/** The first line of a request or an answer. */
function httpLine(bytes: Uint8Array): string | undefined {
  const begin = String.fromCharCode(...bytes.subarray(0, 200));
  const [line] = begin.split('\r\n');
  return /^(?:[A-Z]{3,8} \S+ HTTP\/1\.[01]|HTTP\/1\.[01] \d{3}\b[ -~]*)$/.test(line ?? '') ? line : undefined;
}

function readUdp(reader: ByteReader, at: number): Pick<DecodedPacket, 'protocol' | 'info'> {
  const ports = [reader.word(at), reader.word(at + 2)];
  const bytes = Math.max(0, reader.word(at + 4) - 8);
  const name = ports.includes(53) ? dnsQuestion(reader, at + 8) : undefined;
  return name === undefined ? { protocol: 'UDP', info: `${bytes} bytes` } : { protocol: 'DNS', info: name };
}

const dnsTypes: Record<number, string> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
};
const dnsCodes = ['', 'format error', 'server failure', 'no such name', 'not implemented', 'refused'];

/** The name that is asked for, in a question or its answer (RFC 1035). */
function dnsQuestion(reader: ByteReader, at: number): string | undefined {
  if (!reader.has(at, 12) || reader.word(at + 4) !== 1) return undefined;
  const labels: string[] = [];
  let next = at + 12;
  for (let length = reader.byte(next); length > 0; length = reader.byte(next)) {
    // A pointer has no place in a question; a name has 255 bytes at most.
    if (length > 63 || !reader.has(next, length + 1) || next - at > 267) return undefined;
    labels.push(String.fromCharCode(...reader.bytes.subarray(next + 1, next + 1 + length)).replace(/[^\w-]/g, '?'));
    next += length + 1;
  }
  const flags = reader.word(at + 2);
  const type = dnsTypes[reader.word(next + 1)] ?? `type ${reader.word(next + 1)}`;
  const name = `${type} ${labels.join('.') || '.'}`;
  if ((flags & 0x8000) === 0) return `question ${name}`;
  const code = flags & 0x0f;
  const answers = reader.word(at + 6);
  return `answer ${name}: ${code === 0 ? `${answers} ${answers === 1 ? 'record' : 'records'}` : (dnsCodes[code] ?? `error ${code}`)}`;
}

/** Types of messages of each (RFC 792, 4443, 4861). */
const icmpTypes: Record<number, string> = {
  0: 'echo reply',
  3: 'unreachable',
  5: 'redirect',
  8: 'echo request',
  11: 'too many hops',
};
const icmp6Types: Record<number, string> = {
  1: 'unreachable',
  2: 'packet too big',
  3: 'too many hops',
  128: 'echo request',
  129: 'echo reply',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbour solicitation',
  136: 'neighbour advertisement',
  143: 'multicast report',
};

function readIcmp(reader: ByteReader, at: number, protocol: number): string {
  const [type, code] = [reader.byte(at), reader.byte(at + 1)];
  const word = (protocol === ipProtocols.icmp ? icmpTypes : icmp6Types)[type];
  if (word === undefined) return `type ${type}, code ${code}`;
  if (word.startsWith('echo')) return `${word}, number ${reader.word(at + 6)}`;
  return code === 0 ? word : `${word}, code ${code}`;
}

function readArp(reader: ByteReader, at: number): DecodedPacket | undefined {
  if (!reader.has(at, 28) || reader.word(at + 2) !== etherTypes.ipv4) return undefined;
  const [source, destination] = [reader.address(at + 14, 4), reader.address(at + 24, 4)];
  const isQuestion = reader.word(at + 6) === 1;
  return { source, destination, protocol: 'ARP', info: isQuestion ? `who has ${destination}?` : `${source} is here` };
}
