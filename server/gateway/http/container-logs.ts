import type { FastifyInstance } from 'fastify';
import { logStream } from '#lib/protocol/requests/log-stream.ts';
import type { ClusterRegistry } from '../../kubernetes/cluster-registry.ts';
import { streamLog } from '../../kubernetes/pod-calls.ts';
import { serveStream } from './stream-reply.ts';

/** Containers' logs as text, as they come: over http, so that a reader who is slow holds up the API server and not our memory. */
export function serveLogs(app: FastifyInstance, clusters: ClusterRegistry): void {
  serveStream(app, {
    ...logStream,
    async open({ context, download, ...wanted }, reader, reply) {
      const stream = await streamLog(clusters.get(context), wanted, reader);
      if (download !== undefined)
        reply.header('Content-Disposition', `attachment; filename="${wanted.pod}-${wanted.container}.log"`);
      reply.type('text/plain; charset=utf-8');
      return stream;
    },
  });
}
