import type { WireError } from '../protocol/errors.ts';
import type { NetworkInterface, Route } from './interfaces.ts';
import type { InternetSocket, UnixSocket } from './sockets.ts';

/** A process that has a socket open. */
export interface SocketOwner {
  /** The container through which it was seen, and the pid that it has there. */
  seenFrom: string;
  pid: number;
  name: string;
  container: string | undefined;
}

export type Owned<S> = S & { owners: SocketOwner[] };

/** The network of a pod, which all its containers share, read at one time. */
export interface PodNetwork {
  /** Milliseconds since 1970. */
  at: number;
  /** The container in which it was read. */
  readFrom: string;
  sockets: Owned<InternetSocket>[];
  unixSockets: Owned<UnixSocket>[];
  interfaces: NetworkInterface[];
  routes: Route[];
  /** /etc/resolv.conf of that container. */
  resolver: string;
  hosts: string;
}

/** A Service that selects a pod, and whether it leads to it. */
export interface SelectingService {
  name: string;
  type: string;
  clusterIP: string | undefined;
  ports: { name: string | undefined; protocol: string; port: number; target: string; nodePort: number | undefined }[];
  /** Whether traffic to it comes to the pod, and why not. */
  state: { kind: 'in' } | { kind: 'out'; why: string };
  /** How many pods it leads to. */
  readyEndpoints: number;
}

export type PodServices = { kind: 'read'; services: SelectingService[] } | { kind: 'denied'; error: WireError };
