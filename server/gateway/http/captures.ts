import type { FastifyInstance } from 'fastify';
import { captureStream } from '#lib/protocol/requests/capture-stream.ts';
import { capturePackets } from '../../inspection/network/capture.ts';
import type { StreamRoutes } from './stream-route.ts';

/** Packets of a pod as they come, until the browser leaves. */
export function serveCaptures(app: FastifyInstance, routes: StreamRoutes): void {
  routes.serve(app, captureStream, async ({ wanted: { context, ...wanted }, caller, reader, reply }) => {
    const packets = await capturePackets(caller.clusters.get(context), wanted, reader);
    reply.type('application/vnd.tcpdump.pcap');
    return packets;
  });
}
