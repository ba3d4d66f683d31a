import { randomUUID } from 'node:crypto';
import { parseInterfaces, parseRoutes } from '#lib/network/interfaces.ts';
import type { Owned, PodNetwork, SocketOwner } from '#lib/network/pod-network.ts';
import { parseInternetSockets, parseUnixSockets, protocols } from '#lib/network/sockets.ts';
import type { ObservedProcess } from '#lib/processes/observed-process.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { execOutput } from '../../kubernetes/exec-output.ts';
import type { PodAddress } from '../../kubernetes/pod-watch.ts';
import { surveyPod } from '../pid-namespace-readers.ts';
import { toProcesses } from '../pod-reading.ts';
import { networkScript, parseNetwork, type RawNetwork } from './network-script.ts';

/** A line per socket has some 150 bytes: 50,000 of them are a node on its knees. */
const limits = { timeoutMs: 15_000, maxBytes: 8 * 1024 * 1024 };

/** Reads the sockets, interfaces and routes of a pod, through a shell in any of its containers. */
export async function readNetwork(cluster: Cluster, address: PodAddress): Promise<PodNetwork> {
  const { pod, mounts, readers, probes, unreadable } = await surveyPod(cluster, address);
  const read = await Promise.all(readers.map(async (name) => [name, await readIn(cluster, address, name)] as const));
  const [first] = read;
  if (first === undefined) {
    throw new AppError('container', unreadable[0]?.why ?? 'No container of this pod runs.', {
      next: 'Start a debugger, with any target or none: it has the same network as all containers of the pod.',
    });
  }
  const ofReaders = new Map([...probes].filter(([name]) => readers.includes(name)));
  return toPodNetwork(new Map(read), first[0], toProcesses(pod, ofReaders, mounts));
}

async function readIn(cluster: Cluster, address: PodAddress, container: string): Promise<RawNetwork> {
  const mark = randomUUID();
  const command = ['sh', '-c', networkScript, 'sh', mark];
  const { stdout, end } = await execOutput(cluster, { ...address, container }, command, limits);
  if (end.kind === 'failed') throw end.error;
  const network = parseNetwork(stdout, mark);
  if (network !== undefined) return network;
  throw new AppError(
    'container',
    `The network of ${address.pod} can’t be read through ${container}: its shell did not run the probe to its end.`,
  );
}

/** Pure: what was read in the readers, one of which tells of the sockets, and all of them of who has those open. */
export function toPodNetwork(
  read: ReadonlyMap<string, RawNetwork>,
  readFrom: string,
  processes: ObservedProcess[],
): PodNetwork {
  const text = (name: keyof RawNetwork['texts']) => read.get(readFrom)?.texts[name] ?? '';
  const ownersOf = (inode: number): SocketOwner[] =>
    [...read].flatMap(([seenFrom, { owners }]) =>
      (owners.get(inode) ?? []).flatMap((pid) => {
        const process = processes.find((one) => one.seenFrom === seenFrom && one.pid === pid);
        return process === undefined ? [] : [{ seenFrom, pid, name: process.name, container: process.container }];
      }),
    );
  const withOwners = <S extends { inode: number }>(socket: S): Owned<S> => ({
    ...socket,
    // 0 is none: what is over belongs to the kernel.
    owners: socket.inode === 0 ? [] : ownersOf(socket.inode),
  });
  return {
    at: Date.now(),
    readFrom,
    sockets: protocols.flatMap((protocol) => parseInternetSockets(protocol, text(protocol))).map(withOwners),
    unixSockets: parseUnixSockets(text('unix')).map(withOwners),
    interfaces: parseInterfaces({
      dev: text('dev'),
      trie: text('fib_trie'),
      route: text('route'),
      inet6: text('if_inet6'),
    }),
    routes: parseRoutes(text('route'), text('ipv6_route')),
    resolver: text('resolver').trim(),
    hosts: text('hosts').trim(),
  };
}
