import { parseProcAddress } from './address.ts';

export const protocols = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
export type Protocol = (typeof protocols)[number];

/** A socket as the kernel lists it in /proc/net/tcp and its like (proc_net(5)). */
export interface InternetSocket {
  protocol: Protocol;
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
  /** As `ss` writes it: LISTEN, ESTAB, …; UNCONN for UDP that takes from anybody. */
  state: string;
  uid: number;
  /** 0: it belongs to no process any more. */
  inode: number;
  /** Bytes that wait; of a TCP socket that listens: connections that wait to be accepted. */
  receiveQueue: number;
  sendQueue: number;
}

export interface UnixSocket {
  kind: 'stream' | 'datagram' | 'packets';
  isListening: boolean;
  inode: number;
  /** Abstract ones begin with @; empty: it has no name. */
  path: string;
}

/** By their numbers (include/net/tcp_states.h), as `ss` writes them. */
const tcpStates: Record<string, string> = {
  '01': 'ESTAB',
  '02': 'SYN-SENT',
  '03': 'SYN-RECV',
  '04': 'FIN-WAIT-1',
  '05': 'FIN-WAIT-2',
  '06': 'TIME-WAIT',
  '07': 'UNCONN',
  '08': 'CLOSE-WAIT',
  '09': 'LAST-ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'NEW-SYN-RECV',
};

/** Any text is taken; lines that are none are left out. */
export function parseInternetSockets(protocol: Protocol, text: string): InternetSocket[] {
  return text.split('\n').flatMap((line) => {
    const [place, local = '', remote = '', state = '', queues = '', , , uid, , inode] = line.trim().split(/\s+/);
    if (!/^\d+:$/.test(place ?? '')) return [];
    const [here, there] = [parseEndpoint(local), parseEndpoint(remote)];
    const [sendQueue = 0, receiveQueue = 0] = queues.split(':').map((hex) => Number.parseInt(hex, 16) || 0);
    if (here === undefined || there === undefined || !/^\d+$/.test(inode ?? '')) return [];
    return [
      {
        protocol,
        localAddress: here.address,
        localPort: here.port,
        remoteAddress: there.address,
        remotePort: there.port,
        state: tcpStates[state] ?? state,
        uid: Number(uid) || 0,
        inode: Number(inode),
        receiveQueue,
        sendQueue,
      },
    ];
  });
}

function parseEndpoint(text: string): { address: string; port: number } | undefined {
  const [hex = '', port = ''] = text.split(':');
  const address = parseProcAddress(hex);
  return address === undefined || !/^[0-9A-F]{4}$/i.test(port)
    ? undefined
    : { address, port: Number.parseInt(port, 16) };
}

const unixKinds: Record<string, UnixSocket['kind']> = { '0001': 'stream', '0002': 'datagram', '0005': 'packets' };

/** A path may hold anything, also a line end: a line that looks like a socket may be forged, but by its own container alone. */
export function parseUnixSockets(text: string): UnixSocket[] {
  return text.split('\n').flatMap((line) => {
    const [, flags = '', type = '', inode, path = ''] =
      /^[0-9a-f]+: [0-9A-F]+ [0-9A-F]+ ([0-9A-F]+) ([0-9A-F]{4}) [0-9A-F]{2} +(\d+)(?: (.*))?$/.exec(line) ?? [];
    const kind = unixKinds[type];
    if (kind === undefined || inode === undefined) return [];
    // __SO_ACCEPTCON (include/linux/net.h)
    return [{ kind, isListening: (Number.parseInt(flags, 16) & 0x10000) !== 0, inode: Number(inode), path }];
  });
}
