import type { FastifyInstance } from 'fastify';
import { captureStream } from '#lib/protocol/requests/capture-stream.ts';
import { capturePackets } from '../../inspection/network/capture.ts';
import type { ClusterRegistry } from '../../kubernetes/cluster-registry.ts';
import { serveStream } from './stream-reply.ts';

/** Packets of a pod as they come, until the browser leaves. */
export function serveCaptures(app: FastifyInstance, clusters: ClusterRegistry): void {
  serveStream(app, {
    ...captureStream,
    async open({ context, ...wanted }, reader, reply) {
      const packets = await capturePackets(clusters.get(context), wanted, reader);
      reply.type('application/vnd.tcpdump.pcap');
      return packets;
    },
  });
}
