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

/** More than anybody has open at once; each is a port of this machine. */
const maxForwards = 20;
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

  list(): PortForward[] {
    return [...this.#open.values()].map(({ about, sockets }) => ({ ...about, connections: sockets.size }));
  }

  /** Opens one, or returns the one that is there. Rejects where there is no such pod. */
  async open(cluster: Cluster, { namespace, pod, port }: PodAddress & { port: number }): Promise<PortForward> {
    const context = cluster.summary.name;
    const isSame = (one: PortForward) =>
      one.context === context && one.namespace === namespace && one.pod === pod && one.port === port;
    const known = this.list().find(isSame);
    if (known !== undefined) return known;
    if (this.#open.size >= maxForwards)
      throw new AppError('rate-limited', `${maxForwards} ports are open already.`, {
        next: 'Close one that nobody needs.',
      });
    await getPod(cluster, { namespace, pod });
    const forward: OpenForward = {
      about: newForward({ context, namespace, pod, port }),
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

  close(id: string): void {
    const forward = this.#open.get(id);
    if (forward === undefined) return;
    this.#open.delete(id);
    forward.server.close();
    for (const socket of forward.sockets) socket.destroy();
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id);
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

function newForward(address: Pick<PortForward, 'context' | 'namespace' | 'pod' | 'port'>): PortForward {
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
