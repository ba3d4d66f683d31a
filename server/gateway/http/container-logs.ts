import type { FastifyInstance } from 'fastify';
import { logStream } from '#lib/protocol/requests/log-stream.ts';
import { streamLog } from '../../kubernetes/pod-calls.ts';
import type { StreamRoutes } from './stream-route.ts';

/** Containers' logs as text, as they come: over http, so that a reader who is slow holds up the API server and not our memory. */
export function serveLogs(app: FastifyInstance, routes: StreamRoutes): void {
  routes.serve(app, logStream, async ({ wanted: { context, download, ...wanted }, caller, reader, reply }) => {
    const stream = await streamLog(caller.clusters.get(context), wanted, reader);
    if (download !== undefined)
      reply.header('Content-Disposition', `attachment; filename="${wanted.pod}-${wanted.container}.log"`);
    reply.type('text/plain; charset=utf-8');
    return stream;
  });
}
