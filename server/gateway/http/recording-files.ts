import { createReadStream } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { recordingStream } from '#lib/protocol/requests/recordings.ts';
import type { RecordingStore } from '../../recordings/recording-store.ts';
import type { StreamRoutes } from './stream-route.ts';

/** Recordings as asciicast files, to play and to keep. */
export function serveRecordings(app: FastifyInstance, routes: StreamRoutes, recordings: RecordingStore): void {
  routes.serve(app, recordingStream, async ({ wanted: { file: id }, caller, reply }) => {
    const path = await recordings.fileOf(id, caller.id).catch(() => undefined);
    if (path === undefined) {
      reply.callNotFound();
      return undefined;
    }
    reply.type('application/x-asciicast').header('Content-Disposition', `attachment; filename="${id}.cast"`);
    return createReadStream(path);
  });
}
