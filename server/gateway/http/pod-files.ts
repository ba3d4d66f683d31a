import type { FastifyInstance } from 'fastify';
import { decodeToBytes, namesOf, showPath } from '#lib/files/file-path.ts';
import { AppError } from '#lib/protocol/errors.ts';
import { fileStream, uploadStream } from '#lib/protocol/requests/file-streams.ts';
import { streamFile } from '../../inspection/files/file-stream.ts';
import { uploadFile } from '../../inspection/files/upload-file.ts';
import type { StreamRoutes } from './stream-route.ts';

/** Files of containers, down and up: over http, for a gigabyte of them must pass through and not stay. */
export function servePodFiles(app: FastifyInstance, routes: StreamRoutes): void {
  routes.serve(app, fileStream, async ({ wanted: { context, ...wanted }, caller, reader, reply }) => {
    const stream = await streamFile(caller.clusters.get(context), wanted, reader);
    const isKept = wanted.part === 'whole' || wanted.part === 'archive';
    // Never a type that a browser would show: what a container holds is no page of ours.
    reply.type(isKept ? 'application/octet-stream' : 'text/plain; charset=utf-8');
    const name = `${namesOf(wanted.path).at(-1) ?? wanted.container}${wanted.part === 'archive' ? '.tar' : ''}`;
    if (isKept) reply.header('Content-Disposition', toDisposition(name));
    return stream;
  });
  app.register((uploads, _options, ready) => {
    serveUploads(uploads, routes);
    ready();
  });
}

function serveUploads(app: FastifyInstance, routes: StreamRoutes): void {
  // As it comes, whatever its length: nothing of it is kept here.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  routes.serve(app, uploadStream, async ({ wanted: { context, ...address }, caller, reader, request, reply }) => {
    const bytes = Number(request.headers['content-length']);
    if (!Number.isSafeInteger(bytes)) throw new AppError('invalid', 'This is not an upload: it has no length.');
    const content = request.body as AsyncIterable<Uint8Array>;
    await uploadFile(caller.clusters.get(context), address, { content, bytes, signal: reader });
    reply.code(204).send();
    return undefined;
  });
}

/** RFC 6266: a plain name for old browsers, and the real one, whose bytes are percent-encoded already. */
function toDisposition(encoded: string): string {
  const plain = showPath(encoded).replace(/[^\w. -]/g, '_');
  const bytes = [...decodeToBytes(encoded)];
  const real = bytes.map((byte) =>
    /[\w.~-]/.test(byte) ? byte : `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${real.join('')}`;
}
