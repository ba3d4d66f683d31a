import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { PortForward } from '#lib/port-forward.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { getPod } from '../../kubernetes/pod-calls.ts';
import type { PodAddress } from '../../kubernetes/pod-watch.ts';
import { openPortStream } from '../../kubernetes/port-stream.ts';

/** Whose forwards they are, and how many that may be. */
export interface ForwardOwner {
  id: string;
  limits: { forwards: number };
}

/** A browser opens six for each page; a load test belongs elsewhere. */
const maxConnections = 100;
/**
 * Of this machine alone, as the server: whoever reaches the port reaches the pod. Never the server's own address, for cookies ignore
 * ports: a browser would give a pod's pages the cookie by which it may do all. Linux and Windows have all of 127.0.0.0/8; macOS does not.
 */
const hosts = ['127.0.0.2', '::1'];

interface OpenForward {
  about: PortForward;
  server: Server;
  sockets: Set<Socket>;
}

/** Ports of this machine that lead into pods, until they are closed or the server ends. */
export class PortForwards {
  readonly #open = new Map<string, OpenForward>();

  list(owner: string): PortForward[] {
    return [...this.#open.values()]
      .filter(({ about }) => about.owner === owner)
      .map(({ about, sockets }) => ({ ...about, connections: sockets.size }));
  }

  /** Opens one, or returns the one of this owner that is there. Rejects where there is no such pod. */
  async open(
    { id: owner, limits }: ForwardOwner,
    cluster: Cluster,
    { namespace, pod, port }: PodAddress & { port: number },
  ): Promise<PortForward> {
    const context = cluster.summary.name;
    const isSame = (one: PortForward) =>
      one.context === context && one.namespace === namespace && one.pod === pod && one.port === port;
    const own = this.list(owner);
    const known = own.find(isSame);
    if (known !== undefined) return known;
    if (own.length >= limits.forwards)
      throw new AppError('rate-limited', `${limits.forwards} ports are open already.`, {
        next: 'Close one that nobody needs.',
      });
    await getPod(cluster, { namespace, pod });
    const forward: OpenForward = {
      about: newForward({ owner, context, namespace, pod, port }),
      server: createServer({ allowHalfOpen: true }),
      sockets: new Set(),
    };
    forward.server.maxConnections = maxConnections;
    forward.server.on('connection', (socket) => void this.#serve(cluster, forward, socket));
    const place = await listen(forward.server);
    forward.about.localAddress = place.address;
    forward.about.localPort = place.port;
    this.#open.set(forward.about.id, forward);
    return forward.about;
  }

  /** Does nothing where this owner has none of this id. */
  close(id: string, owner: string): void {
    const forward = this.#open.get(id);
    if (forward?.about.owner === owner) this.#close(forward);
  }

  closeAll(): void {
    for (const forward of this.#open.values()) this.#close(forward);
  }

  #close({ about, server, sockets }: OpenForward): void {
    this.#open.delete(about.id);
    server.close();
    for (const socket of sockets) socket.destroy();
  }

  async #serve(cluster: Cluster, { about, sockets }: OpenForward, socket: Socket): Promise<void> {
    sockets.add(socket);
    about.served += 1;
    // Before the stream is open nobody else listens to it.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    try {
      const stream = await openPortStream(cluster, about);
      // A browser hangs up in the middle as it likes: only what the cluster says is a problem.
      stream.once('error', (error) => {
        about.problem = error.message;
      });
      await pipeline(socket, stream, socket);
    } catch (error) {
      if (error instanceof AppError) about.problem = error.message;
      socket.destroy();
    }
  }
}

/** At a free port of the first of the addresses that this machine has. */
async function listen(server: Server): Promise<AddressInfo> {
  for (const host of hosts) {
    try {
      server.listen(0, host);
      await once(server, 'listening');
      return server.address() as AddressInfo;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error;
    }
  }
  throw new AppError('internal', `This machine has neither of the addresses ${hosts.join(' and ')}.`, {
    next: 'Use the kubectl command, and another browser than the one with Ephemera.',
  });
}

function newForward(address: Pick<PortForward, 'owner' | 'context' | 'namespace' | 'pod' | 'port'>): PortForward {
  return {
    id: randomUUID(),
    ...address,
    localAddress: '',
    localPort: 0,
    since: Date.now(),
    connections: 0,
    served: 0,
    problem: undefined,
  };
}
